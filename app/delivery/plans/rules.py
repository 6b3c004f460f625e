"""What must hold before a plan is established: every lack is told, with the part of the plan that has it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum
from typing import Any

from flask_babel import lazy_gettext as _l

from app.core.plan import Plan, differences
from app.delivery.plans.models import SteeringMeeting, SteeringMember
from app.web.formats import exact


class Part(StrEnum):
    """The parts of a plan, each with its page."""

    MILESTONES = "milestones"
    BUDGET = "budget"
    EFFORT = "effort"
    BENEFITS = "benefits"
    STEERING = "steering"


@dataclass(frozen=True)
class Lack:
    """Something that the plan lacks."""

    part: Part
    text: Any


class IncompleteError(ValueError):
    """The plan cannot be established like this."""

    def __init__(self, lacks: Sequence[Lack]) -> None:
        super().__init__("; ".join(str(lack.text) for lack in lacks))
        self.lacks = tuple(lacks)


@dataclass(frozen=True)
class Ground:
    """The plan, and what it is held against."""

    plan: Plan
    granted: Mapping[tuple[str, int], Decimal]
    """What is granted: kronor by department's name and year."""
    members: Sequence[SteeringMember]
    meetings: Sequence[SteeringMeeting]


def lacks_in(ground: Ground) -> list[Lack]:
    """Everything that the plan lacks; nothing when it may be established."""
    return [*_time(ground.plan), *_money(ground), *_people(ground)]


def _time(plan: Plan) -> Iterator[Lack]:
    if not plan.milestones:
        yield Lack(Part.MILESTONES, _l("Lägg till minst en milstolpe."))
    for row in plan.milestones:
        if row.planned_on < plan.starts_on:
            yield Lack(
                Part.MILESTONES,
                _l("Milstolpen ”%(name)s” ligger före projektets start. Ändra datumet.", name=row.name),
            )
    for benefit in plan.benefits:
        if benefit.starts_on is None:
            yield Lack(Part.BENEFITS, _l("Ange från vilken dag ”%(name)s” väntas.", name=benefit.description))


def _money(ground: Ground) -> Iterator[Lack]:
    for found in differences(ground.plan, ground.granted):
        yield Lack(
            Part.BUDGET,
            _l(
                "%(department)s %(year)s: budgeten har %(planned)s från programmet, men %(granted)s är "
                "beviljat. Gör dem lika.",
                department=found.department,
                year=found.year,
                planned=exact(found.planned),
                granted=exact(found.granted),
            ),
        )


def _people(ground: Ground) -> Iterator[Lack]:
    if not ground.plan.effort:
        yield Lack(Part.EFFORT, _l("Lägg till minst en roll som arbetar i projektet."))
    if sum(row.chairs for row in ground.members) != 1:
        yield Lack(Part.STEERING, _l("Ange vem som är ordförande i styrgruppen, en och bara en."))
    if not ground.meetings:
        yield Lack(Part.STEERING, _l("Ange minst ett datum då styrgruppen möts."))
