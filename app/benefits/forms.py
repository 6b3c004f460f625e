"""The form of a cost line: what is asked, within which limits, and how it is read."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from datetime import date
from functools import lru_cache
from typing import Any

from flask_babel import lazy_gettext as _l

from app.benefits.labels import NAMES
from app.benefits.values import CostValues
from app.core.costs import CostKind, Financier, Treatment
from app.web.changing import ChangeForm
from app.web.choices import Choice, Pick
from app.web.forms import (
    Line,
    MoneyField,
    Required,
    Text,
    WholeNumberField,
)
from app.web.opened import AUTO

YEARS_BACK, YEARS_AHEAD = 2, 12
FIRST_YEAR, LAST_YEAR = 2000, 2100
_YEAR_FIELD = re.compile(r"amount_(\d{4})")

Options = Sequence[tuple[Any, Any]]
"""Values and names to choose among."""


def named(members: Iterable[Any]) -> list[tuple[str, Any]]:
    """The members of an enumeration as choices."""
    return [(member.value, NAMES[member]) for member in members]


class CostForm(ChangeForm):
    """A cost line; `cost_form` adds a field for each year."""

    description = Line(
        _l("Vad kostar?"),
        [Required(_l("Skriv vad det är som kostar."))],
        description=_l("En rad för varje sak som du kan följa upp för sig."),
    )
    kind = Pick(
        _l("Slag av kostnad"),
        [Required(_l("Välj ett slag av kostnad."))],
        choices=named(CostKind),
        coerce=CostKind,
        default=CostKind.ONE_OFF,
        description=_l("Bara drift och förvaltning fortsätter när projektet är slut."),
    )
    department_id = Pick(
        _l("Förvaltning"),
        [Required(_l("Välj en förvaltning."))],
        coerce=int,
        description=_l("Den förvaltning som har kostnaden."),
    )
    financier = Choice(
        _l("Vem betalar?"),
        [Required(_l("Välj vem som betalar."))],
        choices=named(Financier),
        coerce=Financier,
        default=Financier.PROGRAMME,
        description=_l("Det som programmet betalar är projektets sökta belopp."),
    )
    treatment = Choice(
        _l("Hur bokförs kostnaden?"),
        [Required(_l("Välj hur kostnaden bokförs."))],
        choices=named(Treatment),
        coerce=Treatment,
        default=Treatment.EXPENSED,
        description=_l("En investering skrivs av under flera år. Fråga din controller om du är osäker."),
    )
    depreciation_years = WholeNumberField(
        _l("Avskrivningstid"),
        minimum=1,
        maximum=50,
        description=_l("Behövs bara för en investering."),
    )
    source = Text(
        _l("Varifrån kommer beloppen?"),
        description=_l("Offert, avtal, erfarenhet från ett annat projekt, eller en uppskattning och vems."),
    )

    @property
    def year_fields(self) -> list[Any]:
        """The amounts, in the order of the years."""
        return [field for field in self if _YEAR_FIELD.fullmatch(field.short_name)]

    def values(self) -> CostValues | None:
        """What was typed, as far as it could be read; None as long as a choice is not made."""
        kind, department_id = self.kind.data, self.department_id.data
        financier, treatment = self.financier.data, self.treatment.data
        if None in (kind, department_id, financier, treatment):
            return None
        return CostValues(
            description=self.description.data or "",
            kind=kind,
            department_id=department_id,
            financier=financier,
            treatment=treatment,
            amounts={
                int(field.short_name.removeprefix("amount_")): field.data
                for field in self.year_fields
                if field.data is not None
            },
            depreciation_years=self.depreciation_years.data,
            source=self.source.data or "",
        )


def cost_form(
    years: Sequence[int],
    departments: Options,
    *,
    values: CostValues | None = None,
    version: int = 0,
    about: str = "",
    formdata: Any = AUTO,
) -> CostForm:
    """The form with a field for each year; the first department is the one that a new line gets."""
    form_class = _with_years(tuple(years))
    saved = _cost_data(values) or {"department_id": departments[0][0]}
    form: CostForm = form_class(formdata, about=about, data={"version": str(version), **saved})
    form.department_id.choices = departments
    return form


def cost_years(today: date, last: int, existing: Iterable[int]) -> list[int]:
    """The years that can be filled in: from a little before today to `last`, and those that have amounts."""
    first = today.year - YEARS_BACK
    offered = range(first, min(max(last, today.year), today.year + YEARS_AHEAD) + 1)
    return sorted({*offered, *existing})


def years_in(fields: Iterable[str]) -> list[int]:
    """The years that have a field among these, within what can be stored."""
    found = [int(match[1]) for name in fields if (match := _YEAR_FIELD.fullmatch(name))]
    return sorted(year for year in set(found) if FIRST_YEAR <= year <= LAST_YEAR)


@lru_cache(maxsize=64)
def _with_years(years: tuple[int, ...]) -> type[CostForm]:
    fields = {f"amount_{year}": MoneyField(str(year)) for year in years}
    return type("CostFormOfYears", (CostForm,), fields)


def _cost_data(values: CostValues | None) -> dict[str, Any] | None:
    if values is None:
        return None
    names = ("description", "kind", "department_id", "financier", "treatment", "depreciation_years", "source")
    data = {name: getattr(values, name) for name in names}
    return data | {f"amount_{year}": amount for year, amount in values.amounts.items()}
