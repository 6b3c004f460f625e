"""The register of all promised benefits that the viewer may see: filtered, summed, a page at a time."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any, NamedTuple

from sqlalchemy import ColumnElement, Select, and_, case, func, literal, select

from app.accounts.access import Viewer
from app.accounts.models import Department
from app.alphabet import alphabetical
from app.core.money import round_half_up
from app.core.realisation import BEHIND, ON_ITS_WAY, RED, BenefitStanding, Came, Light
from app.db import db
from app.projects.models import Project
from app.projects.queries import visible_to
from app.realisation.expecting import Promise, expected_by
from app.realisation.models import Benefit, BenefitPlan

ZERO = Decimal(0)
OWNER: ColumnElement[int] = func.coalesce(BenefitPlan.department_id, Benefit.department_id)
"""The department that owns the benefit: as planned, else where it falls."""


@dataclass(frozen=True, slots=True)
class Wanted:
    """What of the register somebody wants to see."""

    department_id: int | None = None
    category: str = ""
    lights: frozenset[Light] = frozenset()
    """Nothing: all of them."""


class Listed(NamedTuple):
    """A benefit in the register."""

    project_id: int
    title: str
    case_number: str | None
    benefit_id: int
    name: str
    category: str
    department: str
    owner_role: str | None
    light: str
    promised: Decimal | None
    realised: Decimal
    measured_until: date | None
    due_on: date | None
    outcome: str | None


@dataclass(frozen=True, slots=True)
class Sums:
    """Of everything that is found, in whole kronor of each calculation's own price year."""

    count: int
    came: Came
    expected: Decimal
    """By the end of last month."""


def light_column(today: date) -> ColumnElement[str]:
    """`core.realisation.light`, for lists; a test holds the two together."""
    return case(
        (Benefit.standing == BenefitStanding.CLOSED.value, Light.CLOSED.value),
        (BenefitPlan.id.is_(None), Light.UNPLANNED.value),
        (and_(Benefit.next_due_on.is_not(None), Benefit.next_due_on < today), Light.UNMEASURED.value),
        (Benefit.measured_until.is_(None), Light.WAITING.value),
        (Benefit.fulfilment.is_(None), Light.UNJUDGED.value),
        (Benefit.fulfilment >= ON_ITS_WAY, Light.ON_ITS_WAY.value),
        (Benefit.fulfilment >= BEHIND, Light.BEHIND.value),
        else_=literal(Light.SHORT.value),
    )


def listed(
    viewer: Viewer, wanted: Wanted, today: date, *, limit: int | None, offset: int = 0
) -> list[Listed]:
    """A page of what is found, all of it without a limit: what is red first, then by department."""
    light = light_column(today)
    query = _found(
        viewer, wanted, today,
        Project.id, Project.title, Project.case_number, Benefit.id, Benefit.name, Benefit.category,
        Department.name, BenefitPlan.owner_role, light, Benefit.promised_total, Benefit.realised,
        Benefit.measured_until, Benefit.next_due_on, Benefit.outcome,
    )  # fmt: skip
    red = light.in_(sorted(RED))
    query = query.order_by(
        red.desc(), alphabetical(Department.name), Project.id, Benefit.position, Benefit.id
    )
    return [Listed(*row) for row in db.session.execute(query.limit(limit).offset(offset))]


def sums(viewer: Viewer, wanted: Wanted, today: date) -> Sums:
    """What everything that is found comes to."""
    query = _found(
        viewer, wanted, today,
        Benefit.starts_on, Benefit.ends_on, Benefit.ramp, Benefit.yearly, Benefit.promised,
        Benefit.promised_total, Benefit.realised,
    )  # fmt: skip
    count, came, expected = 0, Came(), ZERO
    for *of_promise, total, realised in db.session.execute(query):
        count += 1
        came += Came(total or ZERO, round_half_up(realised))
        expected += expected_by(Promise(*of_promise), today)
    return Sums(count, came, expected)


def counts(viewer: Viewer, wanted: Wanted, today: date) -> dict[Light, int]:
    """How many there are of each light, whatever lights are asked for."""
    light = light_column(today)
    everything = Wanted(wanted.department_id, wanted.category)
    query = _found(viewer, everything, today, light, func.count(Benefit.id)).group_by(light)
    return {Light(name): number for name, number in db.session.execute(query)}


def _found(viewer: Viewer, wanted: Wanted, today: date, *columns: Any) -> Select[*tuple[Any, ...]]:
    query = (
        select(*columns)
        .select_from(Benefit)
        .join(Project, Project.id == Benefit.project_id)
        .outerjoin(BenefitPlan, BenefitPlan.benefit_id == Benefit.id)
        .join(Department, Department.id == OWNER)
        .where(visible_to(viewer))
    )
    if wanted.department_id is not None:
        query = query.where(OWNER.in_([wanted.department_id]))
    if wanted.category:
        query = query.where(Benefit.category == wanted.category)
    if wanted.lights:
        query = query.where(light_column(today).in_(sorted(wanted.lights)))
    return query
