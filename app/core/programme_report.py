"""Reports of a programme: which there are, what time each is about, and on which days its figures may stand.

Pure.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from app.core.calendar import after_working_days

WORKING_DAYS_TO_ISSUE = 10
"""How long after the projects' own reports were due the programme's report on the same time is."""


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


def kind_of(ends_on: date) -> ReportKind | None:
    """Which report tells of the time that ends then; None where a programme reports on no such time."""
    ends = ((kind, month, day) for kind, (_first, month, day) in MONTHS.items())
    return next((kind for kind, month, day in ends if (ends_on.month, ends_on.day) == (month, day)), None)


def due_after(reports_due_on: date) -> date:
    """The day by which the programme's report is to be issued, when the projects' reports are due then."""
    return after_working_days(reports_due_on, WORKING_DAYS_TO_ISSUE)


def short_name(kind: ReportKind, span: Span) -> str:
    """What the time is called in every language: `T1 2027`, `2027`, `2025–2028`."""
    if kind is ReportKind.FINAL:
        return f"{span.starts_on.year}–{span.ends_on.year}"
    year = str(span.ends_on.year)
    return year if kind is ReportKind.YEAR else f"{kind.value.upper()} {year}"


def stands_on(kind: ReportKind, span: Span, as_at: date, today: date) -> bool:
    """Whether figures as they were at the end of this day can be frozen today: the day is over, so that
    nothing more can come to be known on it."""
    return first_day(kind, span) <= as_at < today
