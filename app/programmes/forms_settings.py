"""The shape of what is typed about the programme's settings, each valid from a day on."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from wtforms import Form as PlainForm
from wtforms import FormField
from wtforms.validators import ValidationError

from app.programmes.forms import DAY, REFERENCE
from app.web.choices import Tick
from app.web.forms import (
    DateField,
    DecimalField,
    Form,
    Line,
    MoneyField,
    PercentField,
    Required,
    WholeNumberField,
    YearField,
)
from app.web.rows import Rows

_VALID_FROM = _l(
    "Det som gällde innan finns kvar och används för äldre kalkyler och beslut. "
    "Datumet ska vara senare än det som gäller nu."
)


class CalculationForm(Form):
    """What calculations assume from a day on."""

    valid_from = DateField(_l("Gäller från"), [Required(DAY)], description=_VALID_FROM)
    discount_rate = PercentField(
        _l("Kalkylränta"),
        [Required(_l("Ange kalkylräntan i procent."))],
        maximum=Decimal("0.2"),
        description=_l("Real ränta per år. Räknar om framtida belopp till dagens värde."),
    )
    internal_rate = PercentField(
        _l("Internränta"),
        [Required(_l("Ange internräntan i procent."))],
        maximum=Decimal("0.2"),
        description=_l("Räntan som förvaltningen betalar på det som är investerat."),
    )
    price_year = YearField(
        _l("Prisår"),
        [Required(_l("Ange prisåret."))],
        minimum=2000,
        maximum=2100,
        description=_l("Det år vars priser kalkylerna räknas i."),
    )
    payroll_overhead = PercentField(
        _l("Personalomkostnadspålägg (PO)"),
        [Required(_l("Ange pålägget i procent."))],
        description=_l("Läggs på lönen för att få vad en anställd kostar."),
    )
    horizon_years = WholeNumberField(
        _l("Kalkylperiod i år"),
        [Required(_l("Ange hur många år en kalkyl omfattar."))],
        minimum=1,
        maximum=30,
        description=_l("Så många år räknas kostnader och nyttor. Högst 30."),
    )
    reference = Line(_l("Beslut"), [Required(_l("Ange beslutet."))], description=REFERENCE)


class HourlyRateForm(Form):
    """What an hour costs from a day on."""

    staff_category = Line(
        _l("Personalkategori"),
        [Required(_l("Ange vilken personal det gäller."))],
        limit=120,
        description=_l("Skriv kategorin likadant som förut när timkostnaden ändras."),
    )
    rate = MoneyField(
        _l("Timkostnad"),
        [Required(_l("Ange timkostnaden i kronor."))],
        minimum=Decimal(1),
        maximum=Decimal(10_000),
        description=_l("Lön med personalomkostnadspålägg, delad med arbetad tid."),
    )
    valid_from = DateField(_l("Gäller från"), [Required(DAY)], description=_VALID_FROM)


class DelegationForm(Form):
    """How much an office may decide on from a day on."""

    decider = Line(
        _l("Beslutsfattare"),
        [Required(_l("Ange vem som beslutar."))],
        limit=160,
        description=_l("Befattningen eller nämnden, aldrig en persons namn."),
    )
    unlimited = Tick(_l("Får besluta om alla belopp"))
    limit = MoneyField(
        _l("Högsta belopp"),
        description=_l(
            "Så mycket får beslutas för ett projekt. "
            "Om alla belopp är tillåtna: lämna tomt och kryssa i rutan."
        ),
    )
    valid_from = DateField(_l("Gäller från"), [Required(DAY)], description=_VALID_FROM)
    valid_until = DateField(
        _l("Gäller till och med"), description=_l("Lämna tomt om delegationen gäller tills vidare.")
    )
    reference = Line(_l("Beslut"), [Required(_l("Ange beslutet."))], description=REFERENCE)

    def validate_unlimited(self, field: Any) -> None:
        """Either an amount or none, never a guess."""
        if field.data and self.limit.data is not None:
            raise ValidationError(_("Ange ett högsta belopp eller markera alla belopp, inte båda."))
        if not field.data and self.limit.data is None and not self.limit.process_errors:
            raise ValidationError(_("Ange ett högsta belopp, eller markera att alla belopp är tillåtna."))

    def validate_valid_until(self, field: Any) -> None:
        """Not before it begins."""
        if field.data and self.valid_from.data and field.data < self.valid_from.data:
            raise ValidationError(_("Ange en dag som inte är före den första."))


def _anchor(score: int) -> Line:
    return Line(
        _l("Betyg %(score)s betyder", score=score), [Required(_l("Beskriv vad betyget betyder."))], limit=400
    )


class CriterionForm(PlainForm):
    """One criterion with what its five scores mean."""

    name = Line(_l("Kriterium"), [Required(_l("Ange kriteriets namn."))], limit=160)
    weight = WholeNumberField(
        _l("Vikt i procent"), [Required(_l("Ange vikten i procent."))], minimum=1, maximum=100
    )
    anchor_1 = _anchor(1)
    anchor_2 = _anchor(2)
    anchor_3 = _anchor(3)
    anchor_4 = _anchor(4)
    anchor_5 = _anchor(5)

    @property
    def anchors(self) -> list[str]:
        """What each score means, from 1 to 5."""
        return [self[f"anchor_{score}"].data or "" for score in range(1, 6)]


class CriteriaForm(Form):
    """A whole set of criteria, valid from a day on."""

    valid_from = DateField(_l("Gäller från"), [Required(DAY)], description=_VALID_FROM)
    criteria = Rows(FormField(CriterionForm), max_entries=20)

    @property
    def total(self) -> int:
        """The sum of the weights that can be read."""
        return sum(entry.form.weight.data or 0 for entry in self.criteria)

    def validate_criteria(self, field: Any) -> None:
        """Together a whole, and each named once."""
        if not field.entries:
            raise ValidationError(_("Lägg till minst ett kriterium."))
        if any(entry.form.weight.data is None for entry in field):
            return
        if self.total != 100:
            raise ValidationError(
                _("Vikterna är %(total)s procent tillsammans. De ska vara 100 procent.", total=self.total)
            )
        names = [(entry.form["name"].data or "").casefold() for entry in field]
        if len(set(names)) < len(names):
            raise ValidationError(_("Två kriterier har samma namn. Ge dem olika namn."))


class IndexYearForm(PlainForm):
    """The index of one year."""

    year = YearField(_l("År"), [Required(_l("Ange året."))], minimum=2000, maximum=2100)
    value = DecimalField(
        _l("Index"), [Required(_l("Ange årets index."))], minimum=Decimal("0.0001"), maximum=1_000_000
    )


class PriceIndexForm(Form):
    """A whole price index, valid from a day on."""

    valid_from = DateField(_l("Gäller från"), [Required(DAY)], description=_VALID_FROM)
    name = Line(
        _l("Index"),
        [Required(_l("Ange vilket index det är."))],
        limit=120,
        description=_l("Indexets namn och basår, så att läsaren kan hitta källan."),
    )
    years = Rows(FormField(IndexYearForm), max_entries=60)
    reference = Line(_l("Beslut"), [Required(_l("Ange beslutet."))], description=REFERENCE)

    @property
    def values(self) -> dict[int, Decimal]:
        """The index by year; only of a form without faults."""
        return {row.form.year.data: row.form.value.data for row in self.years}

    def validate_years(self, field: Any) -> None:
        """At least two years, or there is nothing to convert between; each once."""
        years = [row.form.year.data for row in field if row.form.year.data is not None]
        if len(field.entries) < 2:
            raise ValidationError(_("Ange index för minst två år."))
        if len(set(years)) < len(years):
            raise ValidationError(_("Ett år står på två rader. Ta bort den ena."))
