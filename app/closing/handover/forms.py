"""The shape of what is written of things that remain, and of what receivers answer."""

from __future__ import annotations

from collections.abc import Sequence

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from wtforms.validators import ValidationError

from app.accounts.models import Department
from app.closing.handover.queries import Candidate
from app.closing.handover.values import RestValues
from app.closing.handover.words import KINDS
from app.core.handover import RestAction, RestKind, RestOutcome
from app.web.changing import ChangeForm, ConfirmForm
from app.web.choices import Choice, Pick, row_number
from app.web.forms import DateField, Form, Line, Required, Text


class RestItemForm(ChangeForm):
    """Something that remains, and who is to have it."""

    text = Text(
        _l("Vad återstår?"),
        [Required(_l("Skriv vad som återstår."))],
        limit=1000,
        description=_l("Så att mottagaren vet vad som ska göras utan att fråga projektet."),
    )
    kind = Pick(
        _l("Slag"),
        [Required(_l("Välj vilket slag det är."))],
        choices=[("", _l("Välj")), *((kind.value, word) for kind, word in KINDS.items())],
        coerce=str,
    )
    department_id = Pick(
        _l("Mottagande förvaltning"),
        [Required(_l("Välj den förvaltning som ska ta emot."))],
        coerce=row_number,
        description=_l("Förvaltningens chef tar emot eller avböjer. Förvaltningen får läsa ärendet."),
    )
    owner = Line(_l("Ansvarig roll"), [Required(_l("Skriv rollen, inte ett namn."))])
    person_id = Pick(
        _l("Person som tar över"),
        coerce=row_number,
        description=_l("Om en bestämd person ska ta över i stället. Personen tillfrågas själv."),
    )
    due_on = DateField(
        _l("Ska vara klart"),
        [Required(_l("Ange den dag då det ska vara klart."))],
        description=_l("Till exempel 2027-03-31."),
    )

    def offer(self, departments: Sequence[Department], people: Sequence[Candidate]) -> None:
        """What there is to choose from."""
        self.department_id.choices = [("", _("Välj")), *((row.id, row.name) for row in departments)]
        named: dict[int, str] = {}
        for row in people:
            named.setdefault(row.person_id, f"{row.name}, {row.department}")
        self.person_id.choices = [("", _("Ingen bestämd person")), *named.items()]

    def values(self) -> RestValues:
        """What is typed; only of a form without faults."""
        return RestValues(
            text=self.text.data or "",
            kind=RestKind(self.kind.data),
            department_id=self.department_id.data,
            owner=self.owner.data or "",
            person_id=self.person_id.data or None,
            due_on=self.due_on.data,
        )


class AnswerForm(ConfirmForm):
    """Whether the department accepts."""

    written_in = True
    answer = Choice(
        _l("Tar förvaltningen emot detta?"),
        [Required(_l("Välj om förvaltningen tar emot."))],
        choices=[
            (RestAction.ACCEPT.value, _l("Ja, förvaltningen tar emot")),
            (RestAction.DECLINE.value, _l("Nej, förvaltningen avböjer")),
        ],
    )
    words = Text(
        _l("Ord till projektledaren"), limit=1000, description=_l("Behövs när förvaltningen avböjer.")
    )

    def validate_words(self, field: Text) -> None:
        """Whoever declines says why."""
        if self.answer.data == RestAction.DECLINE and not field.data:
            raise ValidationError(_("Skriv varför förvaltningen avböjer."))


class WordsForm(ConfirmForm):
    """What somebody says who takes something over, or confirms that nothing remains."""

    written_in = True
    words = Text(_l("Ord till projektledaren"), limit=1000)


class CloseForm(ConfirmForm):
    """How it ended."""

    written_in = True
    outcome = Choice(
        _l("Hur gick det?"),
        [Required(_l("Välj hur det gick."))],
        choices=[
            (RestOutcome.DONE.value, _l("Det är klart")),
            (RestOutcome.DROPPED.value, _l("Det ska inte göras")),
        ],
    )
    note = Text(
        _l("Vad är bra att veta efteråt?"), limit=1000, description=_l("Behövs när det inte ska göras.")
    )

    def validate_note(self, field: Text) -> None:
        """What is not to be done needs a reason."""
        if self.outcome.data == RestOutcome.DROPPED and not field.data:
            raise ValidationError(_("Skriv varför det inte ska göras."))


class ReopenForm(Form):
    """Why a project was not ready."""

    reason = Text(_l("Varför fortsätter projektet?"), [Required(_l("Skriv varför."))], limit=1000)


class BeginForm(Form):
    """Whether a project is ready with its work."""

    written_in = False
