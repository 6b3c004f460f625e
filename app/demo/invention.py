"""What an invented application says: its sections, its costs and its benefits."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta
from decimal import Decimal
from random import Random
from typing import Any

from app.benefits.values import Evidence
from app.core.money import allocate, round_half_up
from app.demo.case import Words
from app.demo.programmes import HOURLY_RATES
from app.web.formats import NBSP

CALCULATED_YEARS = 8
"""Operation is counted to the end of the programme's calculation period."""

_OWN_HOURS = {"kind": "internal_hours", "financier": "own_budget"}
_OPERATING_SHARES = (Decimal("0.09"), Decimal("0.12"), Decimal("0.16"))
"""Yearly operation and maintenance, as a share of what it costs to build."""


@dataclass(frozen=True)
class Invention:
    """An invented service, and when its application came in."""

    service: Words
    submitted_on: date
    phrases: Mapping[str, Any]
    chance: Random = field(compare=False)
    months: int = 0
    """For how long; 0: as long as others of its kind."""

    @property
    def is_pre_study(self) -> bool:
        """A pre-study finds something out; the others build a service."""
        return "study" in self.service

    @property
    def departments(self) -> list[str]:
        """The lead department first, then those that take part."""
        return [self.service["lead"], *self.service["with"]]

    @property
    def begins(self) -> date:
        """The first day of the third month after the application."""
        return first_of_month(self.submitted_on, 3)

    @property
    def ends(self) -> date:
        """Half a year for a pre-study, a year for a service, unless it is said."""
        months = self.months or (5 if self.is_pre_study else 12)
        return first_of_month(self.begins, months) - timedelta(days=1)

    def one_of(self, name: str) -> Any:
        """A phrase of this kind."""
        return self.chance.choice(self.phrases[name])

    def some_of(self, name: str, count: int) -> list[Any]:
        """Different phrases of this kind."""
        return self.chance.sample(self.phrases[name], count)


def first_of_month(day: date, months_later: int) -> date:
    """The first day of the month so many months later, or before."""
    months = day.year * 12 + day.month - 1 + months_later
    return date(months // 12, months % 12 + 1, 1)


# --- money -----------------------------------------------------------------------------------------------


def costs_of(invention: Invention) -> list[Words]:
    """The cost lines: what the programme is asked for, and what the department pays itself."""
    return _study_costs(invention) if invention.is_pre_study else _service_costs(invention)


def _study_costs(invention: Invention) -> list[Words]:
    lead, whole = invention.departments[0], Decimal(invention.service["cost"])
    consultants, hours = allocate(whole, [Decimal(65), Decimal(35)], Decimal(1000))
    return [
        _cost("Utredning och prövning med användare", lead, invention, consultants),
        _cost("Projektledning, egen tid", lead, invention, hours, **_OWN_HOURS),
        _cost("Nyttokalkyl och rapport", lead, invention, Decimal(40_000)),
    ]


def _service_costs(invention: Invention) -> list[Words]:
    lead, *others = invention.departments
    whole = Decimal(invention.service["cost"])
    build, lead_time, learning, reserve = allocate(
        whole, [Decimal(62), Decimal(14), Decimal(14), Decimal(10)], Decimal(1000)
    )
    yearly = round_half_up(whole * invention.chance.choice(_OPERATING_SHARES), Decimal(1000))
    first = invention.ends.year + 1
    development = _cost("Utveckling och införande", lead, invention, build)
    if whole >= 4_000_000:
        development |= {"treatment": "invested", "years": 5}
    return [
        development,
        _cost("Projektledning, egen tid", lead, invention, lead_time, **_OWN_HOURS),
        _cost("Utbildning och stöd vid införandet", lead, invention, learning, kind="change_management"),
        *(_cost(f"Anpassning, {name}", name, invention, Decimal(120_000)) for name in others),
        _cost("Reserv", lead, invention, reserve, kind="contingency"),
        {
            **_cost(
                "Drift och förvaltning", lead, invention, yearly, kind="operation", financier="own_budget"
            ),
            "amounts": {
                str(year): f"{yearly}" for year in range(first, invention.begins.year + CALCULATED_YEARS)
            },
        },
    ]


def _cost(
    description: str,
    department: str,
    invention: Invention,
    amount: Decimal,
    *,
    kind: str = "one_off",
    financier: str = "programme",
) -> dict[str, Any]:
    """A line whose amount is spread over the project's years by the months in each."""
    years = range(invention.begins.year, invention.ends.year + 1)
    months = [
        Decimal(
            sum(1 for month in range(1, 13) if invention.begins <= date(year, month, 1) <= invention.ends)
        )
        for year in years
    ]
    parts = allocate(amount, months, Decimal(1000))
    return {
        "description": description,
        "department": department,
        "kind": kind,
        "financier": financier,
        "amounts": {str(year): f"{part}" for year, part in zip(years, parts, strict=True) if part},
        "source": invention.one_of("cost_sources"),
    }


def benefits_of(invention: Invention) -> list[Words]:
    """The benefit lines, with ramps as hopeful as applicants are."""
    return [
        _benefit(told, place, invention) for place, told in enumerate(invention.service.get("benefits", ()))
    ]


def _benefit(told: Sequence[Any], place: int, invention: Invention) -> Words:
    what, category, beneficiary, method, figures, how, owner, indicator, ramp = told
    rates = HOURLY_RATES.get(figures.get("rate", ""))
    known = {key: value for key, value in figures.items() if key != "rate"}
    if rates:
        known["hourly_rate"] = str(rates[invention.submitted_on >= date(2026, 1, 1)])
    departments = invention.departments
    return {
        "description": what,
        "category": category,
        "beneficiary": beneficiary,
        "department": departments[place % len(departments)],
        "method": method,
        "starts_on": (invention.ends + timedelta(days=1)).isoformat(),
        "ramp": ramp,
        "taken_home_how": how,
        "owner_role": owner,
        "indicator": indicator,
        "source": invention.one_of("benefit_sources"),
        "evidence": list(Evidence)[place % len(Evidence)].value,
        **known,
    }


def asked_for(costs: Sequence[Words]) -> Decimal:
    """What the cost lines ask of the programme."""
    return sum(
        (
            Decimal(amount)
            for line in costs
            if line["financier"] == "programme"
            for amount in line["amounts"].values()
        ),
        Decimal(0),
    )


def in_words(amount: Decimal) -> str:
    """`1 250 000`, as it is written in a sentence."""
    return f"{amount:,.0f}".replace(",", NBSP)
