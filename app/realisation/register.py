"""The register of all promised benefits that the viewer may see: filtered, summed, a page at a time."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from functools import cached_property, partial
from itertools import chain, islice
from operator import attrgetter
from typing import Any, NamedTuple

from sqlalchemy import ColumnElement, Select, and_, case, func, literal, select

from app.accounts.access import Viewer
from app.accounts.models import Department
from app.accounts.queries import department_names
from app.core.money import round_half_up
from app.core.realisation import BEHIND, ON_ITS_WAY, RED, BenefitStanding, Came, Light
from app.db import db
from app.history.remembered import remembered
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


class _Known(NamedTuple):
    """What the register divides and adds up of a benefit, on a day."""

    id: int
    department_id: int
    """That owns it."""
    category: str
    light: str
    promised: Decimal
    realised: Decimal
    """In whole kronor, as what is expected."""
    expected: Decimal


class Found:
    """The benefits that the viewer may see and asks for.

    What each of them comes to is remembered; who sees it is asked of the database each time.
    """

    def __init__(self, viewer: Viewer, wanted: Wanted, today: date) -> None:
        self._viewer, self._today = viewer, today
        self._of_all_lights = list(_asked_for(viewer, wanted, today))
        self._found = [one for one in self._of_all_lights if not wanted.lights or one.light in wanted.lights]

    @cached_property
    def sums(self) -> Sums:
        """What everything that is found comes to."""
        promised, realised, expected = (
            sum(map(attrgetter(name), self._found), ZERO) for name in ("promised", "realised", "expected")
        )
        return Sums(len(self._found), Came(promised, realised), expected)

    @property
    def counts(self) -> dict[Light, int]:
        """How many there are of each light, whatever lights are asked for."""
        found = Counter(one.light for one in self._of_all_lights)
        return {Light(name): number for name, number in found.items()}

    def listed(self, *, limit: int | None, offset: int = 0) -> list[Listed]:
        """A page of what is found, all of it without a limit: what is red first, then by department."""
        last = None if limit is None else offset + limit
        places = {number: place for place, number in enumerate(islice(self._in_order(), offset, last))}
        among = visible_to(self._viewer) if limit is None else Benefit.id.in_(places)
        rows = (Listed(*row) for row in db.session.execute(_listed(among, self._today)))
        shown = [row for row in rows if row.benefit_id in places]
        return sorted(shown, key=lambda row: places[row.benefit_id])

    def _in_order(self) -> Iterator[int]:
        names = {number: place for place, number in enumerate(department_names())}
        alike: dict[tuple[bool, int], list[int]] = {}
        for one in self._found:
            alike.setdefault((one.light not in RED, names[one.department_id]), []).append(one.id)
        return chain.from_iterable(alike[key] for key in sorted(alike))


def _asked_for(viewer: Viewer, wanted: Wanted, today: date) -> Iterator[_Known]:
    """Those of the projects that the viewer may see, in the order in which the projects were begun."""
    known = remembered(("benefits", today), partial(_counted, today))
    seen = db.session.scalars(select(Project.id).where(visible_to(viewer)).order_by(Project.id))
    owner, category = wanted.department_id, wanted.category
    for one in chain.from_iterable(known.get(number, ()) for number in seen):
        if owner in (None, one.department_id) and category in ("", one.category):
            yield one


def _counted(today: date, only: Sequence[int] | None) -> dict[int, list[_Known]]:
    """Of each project that has promised anything; of some, if they are named."""
    query = (
        select(
            Benefit.project_id, Benefit.id, OWNER, Benefit.category, light_column(today),
            Benefit.promised_total, Benefit.realised,
            Benefit.starts_on, Benefit.ends_on, Benefit.ramp, Benefit.yearly, Benefit.promised,
        )
        .outerjoin(BenefitPlan, BenefitPlan.benefit_id == Benefit.id)
        .order_by(Benefit.project_id, Benefit.position, Benefit.id)
    )  # fmt: skip
    if only is not None:
        query = query.where(Benefit.project_id.in_(only))
    found: dict[int, list[_Known]] = {}
    for project_id, number, owner, category, light, total, realised, *promise in db.session.execute(query):
        expected = expected_by(Promise(*promise), today)
        one = _Known(number, owner, category, light, total or ZERO, round_half_up(realised), expected)
        found.setdefault(project_id, []).append(one)
    return found


def _listed(among: ColumnElement[bool], today: date) -> Select[*tuple[Any, ...]]:
    return (
        select(
            Project.id, Project.title, Project.case_number, Benefit.id, Benefit.name, Benefit.category,
            Department.name, BenefitPlan.owner_role, light_column(today), Benefit.promised_total,
            Benefit.realised, Benefit.measured_until, Benefit.next_due_on, Benefit.outcome,
        )
        .select_from(Benefit)
        .join(Project, Project.id == Benefit.project_id)
        .outerjoin(BenefitPlan, BenefitPlan.benefit_id == Benefit.id)
        .join(Department, Department.id == OWNER)
        .where(among)
        .order_by(Project.id, Benefit.position, Benefit.id)
    )  # fmt: skip
