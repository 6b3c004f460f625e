"""That a request lacks something, and what it is held against to see."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from app.core.changes import Part
from app.core.moving import Room
from app.core.plan import Plan
from app.core.workflow import State


@dataclass(frozen=True)
class Lack:
    """Something that the request lacks; `part` None: the request as a whole."""

    part: Part | None
    text: Any


class IncompleteError(ValueError):
    """The request cannot be sent like this."""

    def __init__(self, lacks: Sequence[Lack]) -> None:
        super().__init__("; ".join(str(lack.text) for lack in lacks))
        self.lacks = tuple(lacks)


@dataclass(frozen=True)
class Bound:
    """What of the plan can no longer be otherwise."""

    reached: Mapping[int, str]
    """Milestones that are reached, by number."""
    worked: Collection[int]
    """Roles that time is booked on, by number."""
    last_days: Mapping[int, date]
    """Of benefits that end, by the number of their line."""


@dataclass(frozen=True)
class Standing:
    """The project as it stands: what a request is held against."""

    state: State
    plan: Plan | None
    bound: Bound
    leaders: frozenset[int]
    """Who may become project leader."""
    room: Room
    years: range
    """The budget years of the programme."""
