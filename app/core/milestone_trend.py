"""When milestones were expected, from one plan and report to the next: what is late.

Pure. A plan or a report is a moment at which somebody said a day for every milestone; a milestone is followed
by its key through all of them, whatever it was called. Days are Swedish calendar days.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from itertools import pairwise

from app.core.plan import days_late

MOST_MOMENTS = 8
"""The first plan and what was said last: what a phone and a page of paper hold."""
MOST_COURSES = 12


@dataclass(frozen=True, slots=True)
class Said:
    """The day that a plan has, or that a report expects, or on which the milestone was reached."""

    day: date
    is_reached: bool = False


@dataclass(frozen=True, slots=True)
class Moment:
    """A plan that was established, or a report on the time up to a day."""

    on: date
    name: str
    is_plan: bool
    plan: int
    """The number of the plan; of a report, of the plan that it is held against."""
    said: Mapping[int, Said]
    """By the milestone's key."""
    names: Mapping[int, str]
    is_end: bool = False
    """The project had ended; what has a name then and no day was not reached."""


class Standing(StrEnum):
    """How a milestone stands after the last that was said of it."""

    REACHED = "reached"
    LATE = "late"
    """Expected later than first planned."""
    EXPECTED = "expected"
    """As first planned, or earlier."""
    DROPPED = "dropped"
    """No longer in the plan."""
    MISSED = "missed"
    """Not reached when the project ended."""


@dataclass(frozen=True, slots=True)
class Course:
    """A milestone through all moments."""

    key: int
    name: str
    """What it was called last."""
    said: tuple[Said | None, ...]
    """One for each moment; None before it was planned, and after it was dropped."""
    standing: Standing
    first: date
    """When it was first planned to be ready."""
    latest: date
    """The day that was said last; of one that is reached, the day on which it was."""

    @property
    def delay(self) -> int:
        """Days later than first planned; below zero when earlier."""
        return days_late(self.first, self.latest)


@dataclass(frozen=True, slots=True)
class Trend:
    """Every milestone that is followed, in the order in which they were first planned to be ready."""

    moments: tuple[Moment, ...]
    courses: tuple[Course, ...]
    left_out: int = 0
    """Milestones that are not followed here because others are further from their plan."""
    moments_left_out: int = 0
    """Plans and reports after the first plan, and before the others that are here."""

    @property
    def is_told(self) -> bool:
        """Whether there is a report to hold against the plan."""
        return any(not moment.is_plan for moment in self.moments)

    @property
    def has_ended(self) -> bool:
        """Whether the project had."""
        return self.moments[-1].is_end

    def count(self, standing: Standing) -> int:
        """How many of the followed milestones stand so."""
        return sum(course.standing is standing for course in self.courses)


def trend(
    moments: Sequence[Moment], *, most_moments: int = MOST_MOMENTS, most_courses: int = MOST_COURSES
) -> Trend:
    """Follow the milestones through the moments: the first plan, and of the rest those that came last.

    A plan that moves no milestone is no moment. Of more milestones than `most_courses`, those that are
    furthest behind their first plan are followed.
    """
    told = _without_repeated_plans(_in_order(moments))
    keys = dict.fromkeys(key for moment in told for key in moment.said)
    places = [*range(len(told))][:1] + [*range(1, len(told))][-(most_moments - 1) :]
    courses = [_course(key, told) for key in keys if any(key in told[place].said for place in places)]
    behind = sorted(courses, key=lambda course: (-course.delay, course.first, course.key))[:most_courses]
    return Trend(
        tuple(told[place] for place in places),
        tuple(
            _at(course, places)
            for course in sorted(behind, key=lambda course: (course.first, course.latest, course.key))
        ),
        len(courses) - len(behind),
        len(told) - len(places),
    )


def _in_order(moments: Sequence[Moment]) -> list[Moment]:
    """Reports in the order of their periods; a plan before every report that is held against it, though it
    may have been established after the period's end, before the report was sent."""
    reports = [moment for moment in moments if not moment.is_plan]

    def place(moment: Moment) -> tuple[date, bool, int]:
        against = (report.on for report in reports if moment.is_plan and report.plan >= moment.plan)
        return min((moment.on, *against)), not moment.is_plan, moment.plan

    return sorted(moments, key=place)


def _without_repeated_plans(moments: Sequence[Moment]) -> list[Moment]:
    plans = [moment for moment in moments if moment.is_plan]
    same = [later for earlier, later in pairwise(plans) if later.said == earlier.said]
    return [moment for moment in moments if moment not in same]


def _course(key: int, moments: Sequence[Moment]) -> Course:
    said = tuple(moment.said.get(key) for moment in moments)
    name = next(moment.names[key] for moment in reversed(moments) if key in moment.names)
    known = [(row, moment.is_plan) for row, moment in zip(said, moments, strict=True) if row is not None]
    first = next((row for row, is_plan in known if is_plan), known[0][0]).day
    # A plan that is established after a milestone was reached still has the day that it was planned for.
    by_reports = [row for row, is_plan in known if not is_plan]
    last = by_reports[-1] if by_reports and by_reports[-1].is_reached else known[-1][0]
    standing = _standing(last, first)
    if said[-1] is None and standing is not Standing.REACHED:
        standing = Standing.MISSED if moments[-1].is_end and key in moments[-1].names else Standing.DROPPED
    return Course(key, name, said, standing, first, last.day)


def _standing(last: Said, first: date) -> Standing:
    if last.is_reached:
        return Standing.REACHED
    return Standing.LATE if last.day > first else Standing.EXPECTED


def _at(course: Course, places: Sequence[int]) -> Course:
    said = tuple(course.said[place] for place in places)
    return Course(course.key, course.name, said, course.standing, course.first, course.latest)
