"""Measure what people wait for: the calculation, every page and every document, on the demo data.

Times are wall-clock milliseconds in one process, without network and without other users.
"""

from __future__ import annotations

import os
import platform
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from functools import partial
from itertools import chain
from pathlib import Path
from statistics import median, quantiles
from time import perf_counter

from flask import Flask
from sqlalchemy import func, select

from app.core.benefits import Beneficiary, BenefitCategory, BenefitLine, SavedTime
from app.core.calculation import Assumptions, CostKind, CostLine, Financier, Treatment, calculate
from app.db import Base, db
from tools import trial

RUNS = 20


@dataclass(frozen=True)
class Measured:
    """How long one thing took, in milliseconds."""

    what: str
    size: str
    runs: int
    median: float
    p95: float

    def __str__(self) -> str:
        """Write one row of the table."""
        return f"| {self.what} | {self.size} | {self.runs} | {self.median:.1f} | {self.p95:.1f} |"


def measure(what: str, size: str, action: Callable[[], object], runs: int = RUNS) -> Measured:
    """Do it once to warm up, then `runs` times."""
    action()
    times = []
    for _ in range(runs):
        begun = perf_counter()
        action()
        times.append((perf_counter() - begun) * 1000)
    return Measured(what, size, runs, median(times), quantiles(times, n=20)[-1])


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


def calculations() -> Iterator[Measured]:
    """The calculation with all its results, as a page asks for it."""
    for lines, years in ((10, 10), (100, 20)):
        costs = [cost(number, years) for number in range(lines)]
        benefits = [benefit(number) for number in range(lines)]
        assumptions = Assumptions(
            discount_rate=Decimal("0.035"),
            internal_rate=Decimal("0.025"),
            price_year=2026,
            horizon_years=years,
        )
        size = f"{lines} costs, {lines} benefits, {years} years"
        yield measure("calculation", size, partial(all_results, costs, benefits, assumptions))


def all_pages(app: Flask) -> Iterator[Measured]:
    """Every page and document, as the first role that reaches it."""
    known: set[str] = set()
    for role, email in trial.people(app).items():
        client = trial.signed_in(app, email)
        for endpoint, address in trial.pages(app, client).items():
            if endpoint in known:
                continue
            known.add(endpoint)
            answer = client.get(address)
            size = f"{len(answer.data) / 1024:.0f} kB"
            runs = RUNS if answer.mimetype == "text/html" else 5
            yield measure(f"{endpoint}, {role}", size, partial(client.get, address), runs)


def machine() -> str:
    """What it was measured on."""
    lines = Path("/proc/cpuinfo").read_text().splitlines() if Path("/proc/cpuinfo").exists() else []
    model = next((line.partition(": ")[2] for line in lines if line.startswith("model name")), "")
    return f"{model or platform.processor()}, {os.cpu_count()} cores, Python {platform.python_version()}"


def content(app: Flask) -> str:
    """How much the database holds."""
    names = ("project", "application_version", "benefit_line", "history_event")
    tables = [Base.metadata.tables[name] for name in names if name in Base.metadata.tables]
    with app.app_context():
        counts = [
            (db.session.scalar(select(func.count()).select_from(table)), table.name) for table in tables
        ]
    return ", ".join(f"{count} {name}" for count, name in counts)


def main() -> None:
    """Print it as a table that can stand in a document."""
    with trial.city() as app:
        print(f"Machine: {machine()}\nData: {content(app)}\n")
        print("| what | size | runs | median ms | p95 ms |\n|---|---|--:|--:|--:|")
        for row in chain(calculations(), all_pages(app)):
            print(row, flush=True)


if __name__ == "__main__":
    main()
