"""The shape of a key, and of what a department answers about its share."""

from __future__ import annotations

from collections.abc import Iterable
from decimal import Decimal
from typing import Any

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from wtforms import Form as PlainForm
from wtforms import FormField
from wtforms.validators import ValidationError

from app.accounts.models import Department
from app.core.sharing import FEWEST
from app.operations.sharing.service import TOO_FEW
from app.operations.sharing.values import KeyValues
from app.web.changing import ChangeForm, ConfirmForm
from app.web.choices import Choice, Pick, row_number
from app.web.forms import DateField, DecimalField, Line, Required, Text
from app.web.rows import Rows

LEAST, MOST = Decimal("0.0001"), Decimal(10**12)


class QuantityForm(PlainForm):
    """What was measured in a department."""

    department_id = Pick(_l("Förvaltning"), [Required(_l("Välj en förvaltning."))], coerce=row_number)
    quantity = DecimalField(_l("Mått"), [Required(_l("Ange måttet."))], minimum=LEAST, maximum=MOST)


class KeyForm(ChangeForm):
    """By which key a year is shared."""

    basis = Line(
        _l("Vad fördelas kostnaden efter?"),
        [Required(_l("Skriv vad kostnaden fördelas efter."))],
        description=_l("Till exempel antalet ärenden som varje förvaltning tog emot i tjänsten."),
    )
    unit = Line(
        _l("Vad räknas?"),
        [Required(_l("Skriv vad som räknas."))],
        limit=60,
        description=_l("Med ett eller två ord, till exempel ärenden eller användare."),
    )
    measured_on = DateField(
        _l("Uppmätt den"),
        [Required(_l("Ange den dag då det mättes."))],
        description=_l("Till exempel 2027-03-31."),
    )
    source = Line(
        _l("Var kommer måtten från?"),
        [Required(_l("Skriv var måtten kommer från."))],
        description=_l("Till exempel statistiken i e-tjänstplattformen."),
    )
    quantities = Rows(FormField(QuantityForm), max_entries=60)
    words = Text(_l("Kommentar till förvaltningarna"), limit=1000)

    def offer(self, departments: Iterable[Department]) -> None:
        """What there is to choose from; for a row that has just been added too."""
        choices = [("", _("Välj")), *((row.id, row.name) for row in departments)]
        for row in self.quantities:
            row.form.department_id.choices = choices

    def validate_quantities(self, field: Any) -> None:
        """Two departments at least, each of them once."""
        if any(row.errors for row in field):
            return
        numbers = [row.form.department_id.data for row in field]
        if len(numbers) < FEWEST:
            raise ValidationError(str(TOO_FEW))
        for place, number in enumerate(numbers):
            if number in numbers[:place]:
                raise ValidationError(
                    _("Rad %(number)s har en förvaltning som redan står på en annan rad.", number=place + 1)
                )

    def values(self) -> KeyValues:
        """What is typed; only of a form without faults."""
        return KeyValues(
            basis=self.basis.data or "",
            unit=self.unit.data or "",
            measured_on=self.measured_on.data,
            source=self.source.data or "",
            quantities={row.form.department_id.data: row.form.quantity.data for row in self.quantities},
            words=self.words.data or "",
        )


class ShareAnswerForm(ConfirmForm):
    """Whether the department accepts its share."""

    written_in = True
    answer = Choice(
        _l("Godkänner förvaltningen sin andel?"),
        [Required(_l("Välj om förvaltningen godkänner."))],
        choices=[
            ("accepted", _l("Ja, förvaltningen godkänner")),
            ("declined", _l("Nej, förvaltningen avböjer")),
        ],
    )
    words = Text(_l("Kommentar"), limit=1000, description=_l("Behövs när förvaltningen avböjer."))

    def validate_words(self, field: Text) -> None:
        """Whoever declines says why."""
        if self.answer.data == "declined" and not field.data:
            raise ValidationError(_("Skriv varför förvaltningen avböjer."))


class WithdrawSharingForm(ConfirmForm):
    """Why the year is not shared."""

    written_in = True
    words = Text(_l("Varför ska kostnaden inte delas?"), [Required(_l("Skriv varför."))], limit=1000)
