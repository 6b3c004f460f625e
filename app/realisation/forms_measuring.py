"""The shape of a measurement: what was seen and counted in a period, by hand or as a row of a file."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from decimal import Decimal
from typing import Any

import wtforms
from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from wtforms.validators import ValidationError

from app.benefits.values import BenefitMethod
from app.core.measuring import Month, Period
from app.realisation import service
from app.realisation.queries import BenefitOf
from app.realisation.values import COUNTED, MeasurementValues
from app.realisation.words import COUNTED as COUNTED_WORDS
from app.web.changing import ChangeForm
from app.web.forms import DateField, DecimalField, Line, MoneyField, PercentField, Required, Text


class MonthField(DateField):
    """A month, written 2028-03; kept as its first day."""

    def _value(self) -> str:
        text = super()._value()
        return text if self.raw_data else text[:7]

    def process_formdata(self, valuelist: list[str]) -> None:
        """The first day of the month; a whole date is read too."""
        typed = valuelist[0].strip() if valuelist else ""
        try:
            super().process_formdata([f"{typed}-01" if len(typed) == 7 else typed])
        except ValueError:
            raise ValueError(_("Ange en månad, till exempel 2028-03.")) from None
        self.data = self.data and self.data.replace(day=1)


class Measured(wtforms.Form):
    """What was seen and counted in a period: the fields and their rules, in a form or in a row of a file."""

    first = MonthField(
        _l("Första månad"), [Required(_l("Ange första månaden."))], description=_l("Till exempel 2028-01.")
    )
    last = MonthField(
        _l("Sista månad"),
        [Required(_l("Ange sista månaden."))],
        description=_l("Samma kalenderår. En månad mäts en gång."),
    )
    indicator_value = DecimalField(_l("Indikatorns värde"), [Required(_l("Ange det värde som mättes."))])
    volume = DecimalField(COUNTED_WORDS["volume"], [Required()], minimum=0)
    minutes_saved = DecimalField(COUNTED_WORDS["minutes_saved"], [Required()], minimum=0, maximum=100_000)
    share = PercentField(COUNTED_WORDS["share"], [Required()])
    quantity = DecimalField(COUNTED_WORDS["quantity"], [Required()], minimum=0)
    amount = MoneyField(COUNTED_WORDS["amount"], [Required()])
    source = Line(
        _l("Källa"), [Required(_l("Skriv varifrån siffrorna kommer."))], description=_l("Rapport och dag.")
    )
    explanation = Text(
        _l("Varför avviker det från planen?"),
        limit=2000,
        description=_l("Behövs när mindre än 90 % av det väntade är nått."),
    )

    def __init__(self, *args: Any, found: BenefitOf, **rest: Any) -> None:
        super().__init__(*args, **rest)
        self.found = found
        asked = COUNTED[BenefitMethod(found.benefit.method)]
        for name in COUNTED_WORDS:
            if name not in asked:
                del self[name]

    @property
    def counted(self) -> list[Any]:
        """The fields of what is counted."""
        return [self[name] for name in COUNTED[BenefitMethod(self.found.benefit.method)]]

    def validate_last(self, field: MonthField) -> None:
        """Whole months of one year that are over."""
        first, last = self.first.data, field.data
        if first is None or last is None:
            return
        if last < first:
            raise ValidationError(_("Sista månaden kommer före den första."))
        if last.year != first.year:
            raise ValidationError(_("Dela upp perioden vid årsskiftet. En mätning gäller ett kalenderår."))

    def values(self) -> MeasurementValues:
        """What is typed; only of a form without faults."""
        return MeasurementValues(
            period=Period(self.first.data or date.min, Month.of(self.last.data or date.min).last),
            indicator_value=self.indicator_value.data,
            source=self.source.data or "",
            counted={field.short_name: field.data for field in self.counted},
            explanation=self.explanation.data or "",
        )

    def refused(self, error: ValueError) -> None:
        """Say at its field what the service found."""
        faults = {
            service.UnexplainedError: (
                "explanation", _("Mätningen ligger under det som väntades. Skriv varför."),
            ),
            service.MeasuredError: ("first", _("Någon av månaderna är redan mätt. Rätta den mätningen.")),
            service.NotOverError: ("last", _("Perioden är inte slut än. Mät när den är det.")),
        }  # fmt: skip
        field, text = faults[type(error)]
        self[field].errors = [text]


class MeasurementForm(Measured, ChangeForm):
    """A measurement as somebody writes it by hand, or puts it right."""

    correction = Text(_l("Varför rättas mätningen?"), [Required(_l("Skriv varför."))], limit=1000)

    def __init__(self, *args: Any, corrects: bool = False, **rest: Any) -> None:
        super().__init__(*args, **rest)
        if not corrects:
            del self["correction"]

    def values(self) -> MeasurementValues:
        """What is typed; only of a form without faults."""
        return replace(
            super().values(), correction=self.correction.data or "" if "correction" in self else ""
        )


class MeasuredRow(Measured):
    """A measurement as a row of a file."""

    def validate_share(self, field: PercentField) -> None:
        """A spreadsheet that shows 50 % has kept 0.5, and nobody means half a per cent."""
        if field.data is not None and 0 < field.data < Decimal("0.01"):
            raise ValidationError(_("Skriv 50 för femtio procent, inte 0,5."))


MEASUREMENT_FAULTS = (service.UnexplainedError, service.MeasuredError, service.NotOverError)
"""What the service finds wrong with a measurement."""
