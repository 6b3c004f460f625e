"""Reports of a programme: which there are, what time each is about, and on which days its figures may stand.

Pure.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from enum import StrEnum


class ReportKind(StrEnum):
    """What a report of a programme is about."""

    FIRST = "t1"
    """January to April."""
    SECOND = "t2"
    """May to August."""
    YEAR = "year"
    """The whole year: what follows up its last months."""
    FINAL = "final"
    """The whole programme, against its goals."""


MONTHS = {ReportKind.FIRST: (1, 4, 30), ReportKind.SECOND: (5, 8, 31), ReportKind.YEAR: (1, 12, 31)}
"""The first month, the last month, and the last day of that."""

EVALUATES = frozenset({ReportKind.YEAR, ReportKind.FINAL})
"""Reports that are to say of every goal of the programme how it goes."""


class GoalStanding(StrEnum):
    """How a goal of the programme stands, as the secretariat judges it."""

    MET = "met"
    PARTLY = "partly"
    NOT = "not"
    NOT_YET = "not_yet"
    """It cannot be measured yet."""


@dataclass(frozen=True, slots=True)
class Span:
    """The time that a report is about."""

    starts_on: date
    ends_on: date

    def holds(self, day: date) -> bool:
        """Whether the day lies in it."""
        return self.starts_on <= day <= self.ends_on


def span_of(kind: ReportKind, year: int, programme: Span) -> Span:
    """The time that a report of this kind and year is about; a final one is about the whole programme."""
    if kind is ReportKind.FINAL:
        return programme
    first, last, day = MONTHS[kind]
    return Span(date(year, first, 1), date(year, last, day))


def first_day(kind: ReportKind, span: Span) -> date:
    """The first day on which the figures may stand: when the time is over, but a programme may be evaluated
    while it still runs."""
    return span.starts_on if kind is ReportKind.FINAL else span.ends_on


def stands_on(kind: ReportKind, span: Span, as_at: date, today: date) -> bool:
    """Whether figures as they were at the end of this day can be frozen today: the day is over, so that
    nothing more can come to be known on it."""
    return first_day(kind, span) <= as_at < today
