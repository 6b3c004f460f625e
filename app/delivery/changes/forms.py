"""The shape of what is typed about a request."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from decimal import Decimal
from typing import Any

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from wtforms import Form as PlainForm
from wtforms import FormField, HiddenField
from wtforms.validators import ValidationError

from app.accounts.models import Person
from app.core.changes import Pause, Termination, Time, Wanted
from app.core.plan import Milestone, MilestoneKind
from app.decisions.models import DecisionKind
from app.decisions.rules import Fault
from app.delivery.changes.rules import KINDS, Draft
from app.delivery.changes.words import VERBS
from app.delivery.plans.forms import MilestoneForm
from app.programmes.models import DelegationLimit
from app.web.changing import ChangeForm, ConfirmForm
from app.web.choices import Choice, Pick, row_number
from app.web.formats import exact
from app.web.forms import DateField, Form, Line, MoneyField, Required, Text
from app.web.rows import Rows

ZERO = Decimal(0)


class ReasonForm(ChangeForm):
    """Why, of the request as a whole."""

    reason = Text(
        _l("Varför behöver projektet ändras?"),
        [Required(_l("Skriv varför projektet behöver ändras."))],
        limit=4000,
        description=_l("Vad har hänt, vad har ni prövat, och vad blir följden om det blir nej?"),
    )


class TimeForm(ChangeForm):
    """When the project should end, and what should be ready when."""

    ends_on = DateField(_l("Projektet ska sluta"), [Required(_l("Ange när projektet ska sluta."))])
    milestones = Rows(FormField(MilestoneForm), max_entries=100)

    def values(self) -> Time:
        """What is typed; only of a form without faults."""
        return Time(
            self.ends_on.data,
            tuple(
                Milestone(
                    row.form.number or 0,
                    row.form["name"].data,
                    MilestoneKind(row.form.kind.data),
                    row.form.planned_on.data,
                    row.form.responsible.data or "",
                )
                for row in self.milestones
            ),
        )


class LeaderForm(ChangeForm):
    """Who should lead the project."""

    leader_id = Pick(_l("Ny projektledare"), [Required(_l("Välj en person."))], coerce=row_number)

    def offer(self, people: Sequence[Person]) -> None:
        """Those who may lead it."""
        self.leader_id.choices = [("", _("Välj person")), *((row.id, row.name) for row in people)]


class PauseForm(ChangeForm):
    """For how long the project should rest, and why."""

    starts_on = DateField(_l("Första dagen"), [Required(_l("Ange pausens första dag."))])
    until = DateField(_l("Sista dagen"), [Required(_l("Ange pausens sista dag."))])
    why = Text(_l("Varför?"), [Required(_l("Skriv varför projektet behöver pausas."))], limit=4000)

    def validate_until(self, field: Any) -> None:
        """Not before it begins."""
        if field.data and self.starts_on.data and field.data < self.starts_on.data:
            raise ValidationError(_("Ange en dag som inte är före den första."))

    def values(self) -> Pause:
        """What is typed; only of a form without faults."""
        return Pause(self.starts_on.data, self.until.data, self.why.data or "")


class TerminationForm(ChangeForm):
    """Who has decided that the project should not go on."""

    decided_by = Line(
        _l("Vem har beslutat att projektet ska avbrytas?"),
        [Required(_l("Skriv vem som har beslutat, till exempel styrgruppen."))],
    )
    decided_on = DateField(_l("Vilken dag?"), [Required(_l("Ange beslutets dag."))])
    reasons = Text(_l("Varför?"), [Required(_l("Skriv varför projektet avbryts."))], limit=4000)

    def values(self) -> Termination:
        """What is typed; only of a form without faults."""
        return Termination(self.decided_by.data or "", self.decided_on.data, self.reasons.data or "")


class SendForm(ConfirmForm):
    """Sends what was read on the page."""


class WithdrawForm(ConfirmForm):
    """Takes the request back."""


class QuestionForm(Form):
    """What the secretariat asks."""

    text = Text(
        _l("Vad behöver du veta?"),
        [Required(_l("Skriv vad du behöver veta."))],
        limit=4000,
        description=_l("Projektledaren kan då också ändra sin begäran."),
    )


class AnswerForm(Form):
    """What the project leader answers."""

    text = Text(_l("Svar"), [Required(_l("Skriv svaret."))], limit=4000)


class _GrantedForm(PlainForm):
    """What is granted of one cost."""

    amount = MoneyField(_l("Belopp som beviljas"))


class DecideForm(Form):
    """What was decided on a request."""

    read = HiddenField()
    kind = Choice(
        _l("Beslut"), [Required(_l("Välj vad som beslutades."))],
        choices=[(kind.value, VERBS[kind]) for kind in KINDS],
    )  # fmt: skip
    amounts = Rows(FormField(_GrantedForm), max_entries=50)
    decided_on = DateField(
        _l("Beslutets dag"), [Required(_l("Ange beslutets dag."))], description=_l("Till exempel 2027-03-31.")
    )
    delegation = Pick(_l("Beslutsfattare"), [Required(_l("Välj beslutsfattare."))], coerce=row_number)
    reasons = Text(_l("Skäl"), [Required(_l("Skriv skälen för beslutet."))], limit=4000)
    reference = Line(_l("Beslutets nummer"), description=_l("Till exempel protokollets paragraf."))

    def offer(self, limits: Iterable[DelegationLimit], *, money: bool) -> None:
        """Those who may decide, with their limits; less than is asked for, only where money is."""
        kinds = KINDS if money else [kind for kind in KINDS if kind is not DecisionKind.APPROVE_IN_PART]
        self.kind.choices = [(kind.value, VERBS[kind]) for kind in kinds]
        self.delegation.choices = [("", _("Välj beslutsfattare"))] + [
            (
                row.id,
                _("%(decider)s, högst %(limit)s", decider=row.decider, limit=exact(row.limit))
                if row.limit is not None
                else _("%(decider)s, utan gräns", decider=row.decider),
            )
            for row in limits
        ]

    def draft(self, wanted: Wanted) -> Draft:
        """The decision; amounts count only where less is granted than is asked for."""
        kind = DecisionKind(self.kind.data)
        asked = [cost.amount for cost in wanted.costs]
        typed = [entry.form.amount.data or ZERO for entry in self.amounts][: len(asked)]
        amounts = {
            DecisionKind.APPROVE: asked,
            DecisionKind.REJECT: [ZERO] * len(asked),
        }.get(kind, typed + [ZERO] * (len(asked) - len(typed)))
        return Draft(
            kind,
            self.decided_on.data,
            self.delegation.data,
            tuple(amounts),
            self.reasons.data or "",
            self.reference.data or "",
        )

    def show(self, faults: Sequence[Fault]) -> None:
        """Tell each fault at its field."""
        for fault in faults:
            field = self[fault.field]
            if fault.row is not None:
                field = self.amounts.entries[fault.row].form.amount
            field.errors = [*field.errors, str(fault.text)]
