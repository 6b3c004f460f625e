"""Counting what projects came to, once a day, and reading it."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from decimal import Decimal

from sqlalchemy import delete, select

from app.core.calibration import Sums, added_up, by_trait
from app.db import db, insert
from app.knowledge.models import CountedOutcomes
from app.knowledge.outcomes import TRAITS, cases
from app.programmes.queries import programmes
from app.projects.models import Project

ALL = ("", "")
"""All projects of a programme together."""
_OF_SHARES, _OF_MONTHS = Decimal("0.000001"), Decimal("0.0001")
_KEY = ["programme_id", "trait", "value"]


def count_outcomes(today: date) -> int:
    """Count anew, for every programme, all that is there; how many rows that is.

    Who counts at the same time writes the same: neither stands in the other's way.
    """
    rows = [
        {"programme_id": programme.id, "trait": trait, "value": value, "counted_on": today} | _columns(sums)
        for programme in programmes()
        for (trait, value), sums in _groups(programme.id, today)
    ]
    for row in rows:
        new = insert(CountedOutcomes).values(row)
        changed = {name: new.excluded[name] for name in row if name not in _KEY}
        db.session.execute(new.on_conflict_do_update(index_elements=_KEY, set_=changed))
    # What has no case any more.
    db.session.execute(delete(CountedOutcomes).where(CountedOutcomes.counted_on < today))
    return len(rows)


def is_counted(today: date) -> bool:
    """Somebody has counted today."""
    found = select(CountedOutcomes.id).where(CountedOutcomes.counted_on >= today).limit(1)
    return db.session.scalar(found) is not None


def _groups(programme_id: int, today: date) -> Iterator[tuple[tuple[str, str], Sums]]:
    found = cases(Project.programme_id == programme_id, today)
    yield ALL, added_up(found)
    for trait in TRAITS:
        yield from (((trait, value), sums) for value, sums in by_trait(found, trait).items())


def _columns(sums: Sums) -> dict[str, object]:
    """As the columns keep it: the digits that are left out are far smaller than anybody reads."""
    shares, late = sums.shares, sums.late
    return {
        "cases": shares.cases,
        "shares": shares.total.quantize(_OF_SHARES),
        "shares_squared": shares.squares.quantize(_OF_SHARES),
        "late_cases": late.cases,
        "months": late.total.quantize(_OF_MONTHS),
        "months_squared": late.squares.quantize(_OF_MONTHS),
        "promised": sums.promised,
        "realised": sums.realised,
    }


def counted(programme_id: int, *groups: tuple[str, str]) -> list[CountedOutcomes]:
    """What was counted of these groups, in their order; without those that hold nothing."""
    query = select(CountedOutcomes).where(CountedOutcomes.programme_id == programme_id)
    rows = {(row.trait, row.value): row for row in db.session.scalars(query)}
    return [rows[group] for group in groups if group in rows]
