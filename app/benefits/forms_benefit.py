"""The form of a benefit line: what is asked, within which limits, and how it is read."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from decimal import Decimal
from typing import Any

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l

from app.benefits.forms import FIRST_YEAR, LAST_YEAR, Options, named
from app.benefits.inputs import check_benefit
from app.benefits.values import NEEDED, BenefitMethod, BenefitValues, Evidence
from app.core.benefits import Beneficiary, BenefitCategory
from app.core.errors import InputError
from app.web.changing import ChangeForm
from app.web.choices import Choice, Pick
from app.web.forms import (
    DateField,
    DecimalField,
    Line,
    MoneyField,
    PercentField,
    Required,
    Text,
    WholeNumberField,
)
from app.web.opened import AUTO

RAMP_YEARS = 5
_MOST = Decimal(1_000_000_000)


class BenefitForm(ChangeForm):
    """A benefit line. Every input may wait; only what kind of benefit it is must be said."""

    description = Line(
        _l("Vad blir bättre?"),
        [Required(_l("Skriv vad som blir bättre."))],
        description=_l("En nytta per rad, så att den kan mätas och tas hem för sig."),
    )
    category = Choice(
        _l("Vilket slags nytta är det?"),
        [Required(_l("Välj ett slags nytta."))],
        choices=named(BenefitCategory),
        coerce=BenefitCategory,
        description=_l(
            "Finansiell nytta tas hem i pengar. Omfördelning är frigjord tid som används till annat. "
            "Kvalitetsnytta är bättre service, säkerhet eller arbetsmiljö."
        ),
    )
    beneficiary = Choice(
        _l("För vem?"),
        [Required(_l("Välj vem nyttan är för."))],
        choices=named(Beneficiary),
        coerce=Beneficiary,
    )
    department_id = Pick(
        _l("Förvaltning"),
        [Required(_l("Välj en förvaltning."))],
        coerce=int,
        description=_l("Där nyttan uppstår. Det kan vara en annan än den som betalar."),
    )
    method = Choice(
        _l("Hur räknas nyttan?"),
        [Required(_l("Välj hur nyttan räknas."))],
        choices=named(BenefitMethod),
        coerce=BenefitMethod,
        description=_l("Välj det sätt som du har bäst underlag för. Du fyller bara i det sättets uppgifter."),
    )
    volume = DecimalField(_l("Ärenden per år"), minimum=0, maximum=_MOST)
    minutes_saved = DecimalField(_l("Sparade minuter per ärende"), minimum=0, maximum=100_000)
    share = PercentField(_l("Andel av ärendena som använder tjänsten"))
    staff = Pick(_l("Timkostnad enligt programmet"))
    hourly_rate = MoneyField(_l("Egen timkostnad"), maximum=100_000)
    quantity = DecimalField(_l("Antal per år"), minimum=0, maximum=_MOST)
    unit_price = MoneyField(_l("Pris per styck"), maximum=_MOST)
    fixed_amount = MoneyField(_l("Belopp per år"))
    starts_on = DateField(
        _l("Nyttan börjar"),
        description=_l("Den dag då de första kan använda tjänsten, till exempel 2028-03-01."),
    )
    ends_on = DateField(_l("Nyttan slutar"), description=_l("Lämna tomt om nyttan fortsätter."))
    ramp_1 = PercentField(_l("År 1"))
    ramp_2 = PercentField(_l("År 2"))
    ramp_3 = PercentField(_l("År 3"))
    ramp_4 = PercentField(_l("År 4"))
    ramp_5 = PercentField(_l("År 5"))
    price_year = WholeNumberField(
        _l("Prisår"),
        minimum=FIRST_YEAR,
        maximum=LAST_YEAR,
        description=_l("Lämna tomt för programmets prisår."),
    )
    taken_home_how = Text(
        _l("Hur tas nyttan hem?"), description=_l("Vad förvaltningen gör med pengarna eller tiden, och när.")
    )
    owner_role = Line(
        _l("Vem svarar för att nyttan tas hem?"),
        limit=160,
        description=_l("En roll, inte en person: rollen finns kvar när någon slutar."),
    )
    indicator = Line(_l("Hur mäts nyttan?"), description=_l("Det mått som ska visa att nyttan är hemma."))
    source = Text(
        _l("Varifrån kommer uppgifterna?"),
        description=_l("En källa för varje siffra: statistik, mätning, avtal eller uppskattning och vems."),
    )

    evidence = Choice(
        _l("Hur säkra är siffrorna?"),
        choices=named(Evidence),
        coerce=Evidence,
        description=_l(
            "Välj efter den siffra som betyder mest. Mätt: räknat i den egna verksamheten. Pilot eller "
            "jämförbart projekt: det som kom där. Bedömning: en leverantör eller sakkunnig har sagt det. "
            "Antagande: ingen av dem."
        ),
    )

    rates: Mapping[str, Decimal] = {}
    """The programme's hourly rates by kind of staff."""

    @property
    def ramp_fields(self) -> list[Any]:
        """The shares of full effect, year by year."""
        return [self[f"ramp_{year}"] for year in range(1, RAMP_YEARS + 1)]

    def values(self) -> BenefitValues | None:
        """What was typed, as far as it could be read; None as long as a choice is not made."""
        category, beneficiary = self.category.data, self.beneficiary.data
        department_id, method = self.department_id.data, self.method.data
        if None in (category, beneficiary, department_id, method):
            return None
        return BenefitValues(
            description=self.description.data or "",
            category=category,
            beneficiary=beneficiary,
            department_id=department_id,
            method=method,
            hourly_rate=self._rate(),
            ramp=tuple(field.data for field in self.ramp_fields if field.data is not None),
            evidence=self.evidence.data,
            **self._plainly_read(),
        )

    def _plainly_read(self) -> dict[str, Any]:
        given = {name: self[name].data for name in _NUMBERS_AND_DATES}
        return given | {name: self[name].data or "" for name in _TEXTS}

    def _rate(self) -> Decimal | None:
        """An own rate goes before the programme's."""
        own: Decimal | None = self.hourly_rate.data
        return self.rates.get(self.staff.data or "") if own is None else own

    def validate(self, extra_validators: Any = None) -> bool:
        """Also what only shows when the inputs are seen together."""
        if not super().validate(extra_validators):
            return False
        faults = list(self._faults())
        for name, text in faults:
            self[name].errors = [text]
        return not faults

    def _faults(self) -> Iterable[tuple[str, str]]:
        if self.starts_on.data and self.ends_on.data and self.ends_on.data < self.starts_on.data:
            yield "ends_on", _("Nyttan kan inte sluta innan den börjar.")
            return
        filled = [field.data is not None for field in self.ramp_fields]
        if True in filled[filled.index(False) :] if False in filled else False:
            yield f"ramp_{filled.index(False) + 1}", _("Fyll i åren i följd, från år 1.")
            return
        values = self.values()
        try:
            if values is not None:
                check_benefit(values)
        except InputError:
            first = (*NEEDED[self.method.data], "starts_on")[0]
            yield first, _("Nyttan blir orimligt stor. Kontrollera antal och belopp.")


_NUMBERS_AND_DATES = (
    "volume",
    "minutes_saved",
    "share",
    "quantity",
    "unit_price",
    "fixed_amount",
    "starts_on",
    "ends_on",
    "price_year",
)
_TEXTS = ("taken_home_how", "owner_role", "indicator", "source")


def benefit_form(
    departments: Options,
    rates: Mapping[str, Decimal],
    staff: Options,
    *,
    values: BenefitValues | None = None,
    version: int = 0,
    about: str = "",
    formdata: Any = AUTO,
) -> BenefitForm:
    """The form of a benefit line; `rates` by kind of staff, `staff` as choices."""
    saved = _benefit_data(values, rates) or {"department_id": departments[0][0]}
    form = BenefitForm(formdata, about=about, data={"version": str(version), **saved})
    form.rates = rates
    form.staff.choices = [("", _("Välj, eller ange en egen nedan")), *staff]
    form.department_id.choices = departments
    return form


def _benefit_data(values: BenefitValues | None, rates: Mapping[str, Decimal]) -> dict[str, Any] | None:
    if values is None:
        return None
    names = (
        "description",
        "category",
        "beneficiary",
        "department_id",
        "method",
        "evidence",
        *_NUMBERS_AND_DATES,
        *_TEXTS,
    )
    data = {name: getattr(values, name) for name in names}
    staff = next((name for name, rate in rates.items() if rate == values.hourly_rate), None)
    data |= {"staff": staff, "hourly_rate": None if staff else values.hourly_rate}
    return data | {f"ramp_{year}": effect for year, effect in enumerate(values.ramp, start=1)}
