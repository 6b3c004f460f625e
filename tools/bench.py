"""Measure what people wait for, print it as a table, and keep it in docs/benchmarks.md.

`python -m tools.bench [CASES]`: the calculation, the pages of a city with ten thousand cases, the server
under many readers, and every page and document of the demonstration. Times are wall-clock.
"""

from __future__ import annotations

import sys
from collections.abc import Iterator
from datetime import date
from decimal import Decimal
from functools import partial
from itertools import chain
from pathlib import Path

from flask import Flask
from sqlalchemy import func, select

from app.core.benefits import Beneficiary, BenefitCategory, BenefitLine, SavedTime
from app.core.calculation import Assumptions, CostKind, CostLine, Financier, Treatment, calculate
from app.db import Base, db
from tools import trial
from tools.bench_pages import crowded_pages
from tools.bench_server import server
from tools.measuring import HEAD, Row, Target, machine, repeated

CASES = 10_000
KEPT = Path("docs/benchmarks.md")


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


def measurements(cases: int) -> Iterator[str]:
    """The whole document, line by line as it is measured."""
    yield f"# Figures\n\nMeasured by `make bench` on {date.today()}: {machine()}."  # noqa: DTZ011 - the machine's day
    yield from ("", "## The calculation", "", HEAD, *map(str, calculations()))
    with trial.crowded(cases) as app:
        yield from ("", "## A city with many cases", "", f"SQLite: {content(app)}.", "", HEAD)
        yield from map(str, chain(crowded_pages(app), server(app)))
    with trial.city() as app:
        yield from ("", "## Every page and document of the demonstration", "", f"SQLite: {content(app)}.")
        yield from ("", HEAD, *map(str, demo_pages(app)))


def main(cases: int) -> None:
    """Print it as it comes, and keep it."""
    lines = []
    for line in measurements(cases):
        print(line, flush=True)
        lines.append(line)
    KEPT.write_text("\n".join(lines) + "\n")


if __name__ == "__main__":
    main(int(sys.argv[1]) if len(sys.argv) > 1 else CASES)
