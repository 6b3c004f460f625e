"""What is known of every project at a moment, whoever asks."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from decimal import Decimal
from functools import partial
from typing import Any

from app.db import db
from app.history.remembered import remembered
from app.portfolio.facts import Facts
from app.portfolio.moment import Moment
from app.portfolio.rows import Row


def known(moment: Moment, category: str) -> Mapping[int, Row]:
    """The row of each project, by its number; of benefits of one category, if one is named."""
    return remembered(("portfolio", moment, category), partial(counted, moment, category))


def counted(moment: Moment, category: str, only: Sequence[int] | None = None) -> Mapping[int, Row]:
    """The same, counted now; of some projects, if they are named."""
    found = db.session.execute(Facts(moment, category, only).query())
    amounts: dict[Decimal, Decimal] = {}
    return {row.id: Row(*(_once(value, amounts) for value in row)) for row in found}


def _once(value: Any, amounts: dict[Decimal, Decimal]) -> Any:
    """Most of what is remembered are amounts, and many of them are the same, nought above all."""
    return amounts.setdefault(value, value) if isinstance(value, Decimal) else value
