"""The two programmes of the demonstration: one that is over, with a real frame, and an invented one today."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from decimal import Decimal

from app.accounts.access import Viewer
from app.programmes import service
from app.programmes.models import Programme, Round
from app.programmes.service import CriterionText

FIRST = "E-tjänstprogrammet"
TODAYS = "Programmet för digital service"
MILLION = Decimal(1_000_000)
COMMITTEE = "Kommunstyrelsen"
ROLLING = "Löpande ansökan"
Span = tuple[date, date]
ROUND_SPANS = ((330, 240), (200, 115), (95, -25))
"""When the rounds around today open and close, in days ago."""

DELEGATIONS: Mapping[str, Decimal | None] = {
    "Programdirektören": 3 * MILLION,
    "Stadsdirektören": 10 * MILLION,
    COMMITTEE: None,
}

HOURLY_RATES: Mapping[str, tuple[int, int]] = {
    "Projektledare": (753, 890),
    "Upphandlare": (860, 980),
    "Servicehandläggare": (729, 810),
    "Handläggare": (690, 780),
    "Socialsekreterare": (720, 820),
    "Inspektör": (710, 805),
    "Assistent": (540, 610),
    "Invånares tid": (150, 175),
}
"""Kronor an hour from the beginning of today's programme, and from 2026."""

CRITERIA = (
    CriterionText(
        "Nytta för invånare och företag",
        25,
        (
            "Ingen har frågat dem det gäller",
            "Nyttan är påstådd men inte belagd",
            "Nyttan är belagd för en mindre grupp",
            "Nyttan är belagd och mätbar för de flesta",
            "Nyttan är stor, belagd och efterfrågad",
        ),
    ),
    CriterionText(
        "Nytta för verksamheten",
        20,
        (
            "Arbetssättet ändras inte",
            "Vissa steg går fortare",
            "Steg försvinner, men tiden tas inte hem",
            "Tid eller pengar tas hem, och ägare finns",
            "Stor nytta med ägare, indikator och plan för hemtagning",
        ),
    ),
    CriterionText(
        "Kalkylens hållbarhet",
        15,
        (
            "Siffrorna saknar källa",
            "Källor finns för få av siffrorna",
            "Källor finns, men kalkylen tål inga avvikelser",
            "Kalkylen håller med en tredjedel lägre nytta",
            "Kalkylen är prövad mot liknande projekt och håller",
        ),
    ),
    CriterionText(
        "Genomförbarhet",
        15,
        (
            "Tid, pengar eller människor saknas",
            "Planen bygger på att allt går bra",
            "Planen är rimlig men trång",
            "Planen har marginaler och en styrgrupp som möts",
            "Planen är prövad, bemannad och förankrad",
        ),
    ),
    CriterionText(
        "Drift och ansvar efteråt",
        15,
        (
            "Ingen ägare är utpekad",
            "Ägare finns men ingen budget",
            "Driften är finansierad ett år",
            "Driften är finansierad i tre år med ägare",
            "Drift, ägare, avtal och avveckling är planerade",
        ),
    ),
    CriterionText(
        "Återanvändning i staden",
        10,
        (
            "Bara en enhet kan använda resultatet",
            "En förvaltning kan använda resultatet",
            "Flera förvaltningar kan, men ingen har frågat",
            "Flera förvaltningar har sagt att de vill",
            "Resultatet bygger på det gemensamma och lämnas vidare",
        ),
    ),
)

GOALS_TODAY = (
    "Invånare och företag gör sina ärenden när det passar dem",
    "Nyttan av varje tjänst tas hem och går att följa",
    "Förvaltningarna bygger på det gemensamma i stället för var för sig",
)


PRICE_INDEX = dict(
    zip(
        range(2019, 2027),
        map(Decimal, ("100", "101.2", "103.1", "109.8", "116.4", "120.3", "123.6", "126.9")),
        strict=True,
    )
)


@dataclass(frozen=True)
class Stage:
    """What the stories play on: the programmes and their rounds, by name."""

    programmes: Mapping[str, Programme]
    rounds: Mapping[str, Round]


def found(boss: Viewer, today: date, earlier: Sequence[Span] = ()) -> Stage:
    """Set up both programmes with frame, settings and rounds, by the services that people use.

    earlier: when other rounds of today's programme opened and closed."""
    first, todays = _first(boss), _todays(boss)
    name, last_day = "Löpande 2007–2010", first.ends_on
    opened = [_open(boss, first, name, opens_on=date(2007, 1, 1), closes_on=last_day, days=60)]
    rounds: list[tuple[str, date, date | None, int]] = [
        (ROLLING, todays.starts_on, None, 75),
        ("Omgång 2019", date(2019, 5, 1), date(2019, 8, 31), 60),
        ("Omgång hösten 2020", date(2020, 8, 1), date(2020, 10, 31), 60),
    ]
    around = (tuple(today - timedelta(days=ago) for ago in span) for span in ROUND_SPANS)
    for first_day, last_day in (*earlier, *around):
        rounds.append((round_name(last_day), first_day, last_day, 60))
    for name, opens_on, closes_on, days in rounds:
        opened.append(_open(boss, todays, name, opens_on=opens_on, closes_on=closes_on, days=days))
    return Stage({FIRST: first, TODAYS: todays}, {each.name: each for each in opened})


def _first(boss: Viewer) -> Programme:
    """The money was reserved in the budget of 2007; the programme itself was decided in October."""
    reserved = datetime(2007, 1, 8, 9, tzinfo=UTC)
    goals = ("ökad medborgarnytta", "ökad intern effektivitet", "Stockholm som IT-huvudstad")
    period = (date(2007, 10, 1), date(2010, 12, 31))
    programme = service.create_programme(
        boss,
        name=FIRST,
        starts_on=period[0],
        ends_on=period[1],
        decision_reference="Särskilt reserverade medel för it-satsning, 2007",
        frame=650 * MILLION,
        goals=goals,
        now=reserved,
    )
    service.change_programme(
        boss,
        programme,
        name=FIRST,
        starts_on=period[0],
        ends_on=period[1],
        decision_reference="Kommunfullmäktige, oktober 2007",
        goals=goals,
        description="Ramen, perioden och målen är programmets egna. Kalkylränta, timkostnader, "
        "kriterier och delegation utom beloppen 3 och 10 miljoner är satta för demonstrationen.",
        now=datetime(2007, 10, 15, 9, tzinfo=UTC),
    )
    _settings(boss, programme, date(2007, 1, 1), "0.04", "0.045", 2007, 5)
    _delegate(boss, programme, date(2007, 1, 1))
    service.set_hourly_rate(
        boss, programme, "Handläggare", Decimal(420), date(2007, 1, 1), now=_morning(date(2007, 1, 1))
    )
    service.set_criteria(
        boss,
        programme,
        valid_from=date(2007, 1, 1),
        criteria=CRITERIA,
        now=_morning(date(2007, 1, 1)),
    )
    return programme


def _todays(boss: Viewer) -> Programme:
    first_day = date(2019, 1, 1)
    programme = service.create_programme(
        boss,
        name=TODAYS,
        starts_on=first_day,
        ends_on=date(2030, 12, 31),
        decision_reference="Kommunfullmäktige 2018-11-19, § 14 (påhittat)",
        frame=300 * MILLION,
        goals=GOALS_TODAY,
        description="Ett påhittat program för demonstrationen.",
        now=datetime(2018, 12, 3, 9, tzinfo=UTC),
    )
    _settings(boss, programme, first_day, "0.035", "0.015", 2019, 6)
    _settings(boss, programme, date(2023, 1, 1), "0.035", "0.0125", 2023, 8)
    _settings(boss, programme, date(2026, 1, 1), "0.035", "0.0175", 2026, 8)
    service.set_price_index(
        boss,
        programme,
        valid_from=date(2026, 1, 1),
        name="Stadens prisindex, 2019 = 100 (påhittat)",
        values=PRICE_INDEX,
        reference="Budget 2026",
        now=datetime(2026, 1, 1, 8, tzinfo=UTC),
    )
    for category, rates in HOURLY_RATES.items():
        for valid_from, rate in zip((first_day, date(2026, 1, 1)), rates, strict=True):
            service.set_hourly_rate(
                boss, programme, category, Decimal(rate), valid_from, now=_morning(valid_from)
            )
    _delegate(boss, programme, first_day)
    service.set_criteria(boss, programme, valid_from=first_day, criteria=CRITERIA, now=_morning(first_day))
    return programme


def _settings(
    boss: Viewer,
    programme: Programme,
    valid_from: date,
    *figures: str | int,
) -> None:
    discount_rate, internal_rate, price_year, horizon = figures
    service.set_calculation(
        boss,
        programme,
        valid_from=valid_from,
        discount_rate=Decimal(discount_rate),
        internal_rate=Decimal(internal_rate),
        price_year=int(price_year),
        payroll_overhead=Decimal("0.42"),
        horizon_years=int(horizon),
        reference=f"Budget {valid_from.year}",
        now=_morning(valid_from),
    )


def _delegate(boss: Viewer, programme: Programme, valid_from: date) -> None:
    for decider, limit in DELEGATIONS.items():
        service.set_delegation(
            boss,
            programme,
            decider=decider,
            limit=limit,
            valid_from=valid_from,
            reference="Delegationsordningen",
            now=_morning(valid_from),
        )


def _open(
    boss: Viewer, programme: Programme, name: str, *, opens_on: date, closes_on: date | None, days: int
) -> Round:
    return service.open_round(
        boss,
        programme,
        name=name,
        opens_on=opens_on,
        closes_on=closes_on,
        answer_within_days=days,
        now=_morning(opens_on),
    )


def _morning(day: date) -> datetime:
    """When a setting of the demonstration was entered: the day it begins to be valid."""
    return datetime.combine(day, time(8), tzinfo=UTC)


def round_name(closes_on: date) -> str:
    """A round around today is named after its last month: true whenever the demonstration is made."""
    return f"Omgång {closes_on:%Y-%m}"
