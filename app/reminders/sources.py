"""Who knows what falls due: the rooms whose records have a day register themselves here."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date

from app.notifications.models import Kind


@dataclass(frozen=True, slots=True)
class Due:
    """Somebody is to be reminded of a day, today."""

    record_id: int
    person_id: int
    due_on: date
    step: str
    project_id: int | None
    """None: of a service of the register, which those who answer for it read without its project."""
    tells: Kind
    """The notification that says it."""
    details: Mapping[str, object] = field(default_factory=dict)
    part_id: int = 0
    """Which part of the record, when it has several that fall due: else two of them on one day were one."""


Source = Callable[[date], Iterable[Due]]
"""All that is due today; also what has been reminded of before, which is not told again."""

SOURCES: dict[str, Source] = {}


def reminds(kind: str) -> Callable[[Source], Source]:
    """Register a source, under a name that its reminders keep."""

    def registered(source: Source) -> Source:
        SOURCES[kind] = source
        return source

    return registered
