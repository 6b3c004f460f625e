"""The shape of a yearly review, and of what a service has cost."""

from __future__ import annotations

from collections.abc import Mapping
from decimal import Decimal
from typing import Any

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from wtforms.validators import ValidationError

from app.core.operation import YearlyKind
from app.operations.values import ReviewValues
from app.operations.words import YEARLY_KINDS
from app.web.changing import ChangeForm, ConfirmForm
from app.web.choices import Choice
from app.web.forms import Line, MoneyField, Required, Text

_ANSWERS = (("yes", _l("Ja")), ("no", _l("Nej")))


def _right(question: Any) -> Choice:
    return Choice(question, [Required(_l("Välj ja eller nej."))], choices=_ANSWERS)


class ReviewForm(ConfirmForm):
    """Whether the service is still right."""

    written_in = True
    holders_right = _right(_l("Stämmer det vem som ansvarar?"))
    cost_right = _right(_l("Stämmer kostnaden och finansieringen?"))
    contract_right = _right(_l("Stämmer leverantören och avtalet?"))
    class_right = _right(_l("Stämmer informationsklassen och servicenivån?"))
    use = Text(
        _l("Hur används tjänsten?"),
        [Required(_l("Skriv hur tjänsten används."))],
        limit=2000,
        description=_l("Hur många som använder den, om den behövs, vad som inte används."),
    )
    words = Text(
        _l("Vad stämmer inte, och vad gör ni åt det?"),
        limit=2000,
        description=_l("Behövs när du har svarat nej på någon fråga."),
    )

    def validate_words(self, field: Text) -> None:
        """What is wrong is told."""
        answers = (self.holders_right, self.cost_right, self.contract_right, self.class_right)
        if any(answer.data == "no" for answer in answers) and not field.data:
            raise ValidationError(_("Skriv vad som inte stämmer."))

    def values(self) -> ReviewValues:
        """What is answered; only of a form without faults."""
        return ReviewValues(
            holders_right=self.holders_right.data == "yes",
            cost_right=self.cost_right.data == "yes",
            contract_right=self.contract_right.data == "yes",
            class_right=self.class_right.data == "yes",
            use=self.use.data or "",
            words=self.words.data or "",
        )


class CarriedForm(ChangeForm):
    """What the service has cost in a year, by kind."""

    operation = MoneyField(YEARLY_KINDS[YearlyKind.OPERATION])
    licences = MoneyField(YEARLY_KINDS[YearlyKind.LICENCES])
    maintenance = MoneyField(YEARLY_KINDS[YearlyKind.MAINTENANCE])
    capital = MoneyField(YEARLY_KINDS[YearlyKind.CAPITAL])
    other = MoneyField(YEARLY_KINDS[YearlyKind.OTHER])
    source = Line(
        _l("Varifrån kommer beloppen?"),
        [Required(_l("Skriv varifrån beloppen kommer."))],
        description=_l("Till exempel bokslutet och kontonas nummer."),
    )

    def amounts(self) -> Mapping[YearlyKind, Decimal]:
        """What is typed; nothing where nothing is."""
        return {kind: self[kind.value].data or Decimal(0) for kind in YearlyKind}
