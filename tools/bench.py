"""Measure what people wait for, print it as a table, and keep it in docs/benchmarks.md.

`python -m tools.bench [WORD …]`: the calculation, the pages of a city with ten thousand cases and the server
under many readers, on both databases, the start, and every page and document of the demonstration. Words
choose parts by their names. Times are wall-clock.
"""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterator, Mapping, Sequence
from datetime import date
from decimal import Decimal
from functools import partial
from itertools import chain

from flask import Flask
from sqlalchemy import func, select

from app.core.benefits import Beneficiary, BenefitCategory, BenefitLine, SavedTime
from app.core.calculation import Assumptions, CostKind, CostLine, Financier, Treatment, calculate
from app.db import Base, db
from tools import trial
from tools.bench_pages import crowded_pages
from tools.bench_server import second_start, server
from tools.kept import crowded
from tools.measuring import HEAD, Row, Target, keep, machine, repeated

CASES = 10_000


def cost(number: int, years: int) -> CostLine:
    """One line of an ordinary calculation."""
    return CostLine(
        key=f"cost {number}",
        description="Licences",
        kind=CostKind.OPERATION if number % 2 else CostKind.ONE_OFF,
        treatment=Treatment.EXPENSED,
        department=f"Department {number % 5}",
        financier=Financier.PROGRAMME,
        amounts={2026 + year: Decimal(100_000 + number) for year in range(years)},
    )


def benefit(number: int) -> BenefitLine:
    """One line of an ordinary calculation."""
    return BenefitLine(
        key=f"benefit {number}",
        description="Shorter handling",
        category=BenefitCategory.REDISTRIBUTION,
        beneficiary=Beneficiary.STAFF,
        department=f"Department {number % 5}",
        method=SavedTime(
            volume=Decimal(12_000 + number),
            minutes=Decimal(7),
            share=Decimal("0.6"),
            hourly_rate=Decimal(450),
        ),
        start=date(2027, 4, 1),
        price_year=2026,
        ramp=(Decimal("0.3"), Decimal("0.7"), Decimal(1)),
    )


def all_results(costs: list[CostLine], benefits: list[BenefitLine], assumptions: Assumptions) -> object:
    """Calculate, and find the rates of return, which are found only when asked for."""
    return calculate(costs, benefits, assumptions).irr


def calculations() -> Iterator[Row]:
    """The calculation with all its results, as a page asks for it."""
    for costs, benefits, years, target in ((15, 12, 10, Target(median=5)), (100, 100, 20, None)):
        action = partial(
            all_results,
            [cost(number, years) for number in range(costs)],
            [benefit(number) for number in range(benefits)],
            Assumptions(
                discount_rate=Decimal("0.035"),
                internal_rate=Decimal("0.025"),
                price_year=2026,
                horizon_years=years,
            ),
        )
        size = f"{costs} costs, {benefits} benefits, {years} years"
        yield repeated("calculation", size, action, target=target)


def demo_pages(app: Flask) -> Iterator[Row]:
    """Every page and document of the demonstration, as the first role that reaches it."""
    known: set[str] = set()
    for role, email in trial.people(app).items():
        client = trial.signed_in(app, email)
        for endpoint, address in trial.pages(app, client).items():
            if endpoint in known:
                continue
            known.add(endpoint)
            answer = client.get(address)
            size = f"{len(answer.data) / 1024:.0f} kB"
            runs = 20 if answer.mimetype == "text/html" else 5
            yield repeated(f"{endpoint}, {role}", size, partial(client.get, address), runs)


def content(app: Flask) -> str:
    """How much the database holds."""
    names = ("project", "application_version", "benefit_line", "history_event")
    tables = [Base.metadata.tables[name] for name in names if name in Base.metadata.tables]
    with app.app_context():
        counts = [
            (db.session.scalar(select(func.count()).select_from(table)), table.name) for table in tables
        ]
    return ", ".join(f"{count} {name}" for count, name in counts)


def city(database: str, cases: int) -> Iterator[str]:
    """The pages of a city with very many cases, and the server under many readers."""
    with crowded(cases, database) as app:
        yield from (f"On {database}: {content(app)}.", "", HEAD)
        yield from map(str, chain(crowded_pages(app), server(app)))


def demonstration() -> Iterator[str]:
    """Every page and document of the demonstration."""
    with trial.city() as app:
        yield from (f"SQLite: {content(app)}.", "", HEAD, *map(str, demo_pages(app)))


def start() -> Iterator[str]:
    """How soon the product is there."""
    yield from (HEAD, str(second_start()))


PARTS: Mapping[str, Callable[[], Iterator[str]]] = {
    "calculation": lambda: chain((HEAD,), map(str, calculations())),
    "city on sqlite": partial(city, "sqlite", CASES),
    "city on postgresql": partial(city, "postgresql", CASES),
    "start": start,
    "demonstration": demonstration,
}


def main(wanted: Sequence[str]) -> None:
    """Measure the parts that are named, else all: print each line as it comes, and keep each part."""
    for name, measure in PARTS.items():
        if wanted and not any(word in name for word in wanted):
            continue
        print(f"\n## {name}\n\n{machine()}\n", flush=True)
        lines = []
        for line in measure():
            print(line, flush=True)
            lines.append(line)
        keep(name, lines)


if __name__ == "__main__":
    main(sys.argv[1:])
