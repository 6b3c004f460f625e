"""What became of promised benefits, project by project: the cases that the programme learns from."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal

from sqlalchemy import ColumnElement, Subquery, and_, case, func, null, or_, select
from sqlalchemy.orm import aliased

from app.accounts.models import Department
from app.benefits.values import Evidence
from app.core.benefits import MONTHS_PER_YEAR
from app.core.calendar import ONE_DAY
from app.core.calibration import Assumption, Case, Experience, added_up, by_trait, experience
from app.core.realisation import BenefitEnd
from app.db import db
from app.decisions.models import Decision
from app.decisions.rules import GRANTING
from app.projects.models import Project
from app.realisation.expecting import Promise, as_first_promised, expected_by
from app.realisation.models import Benefit, Measurement
from app.realisation.models_closing import BenefitDecision

ZERO = Decimal(0)

TRAITS = ("category", "department", "size", "evidence", "year")
NOT_STATED = "not_stated"
"""The evidence of benefits whose application does not say how sure its figures are."""
GRADES = (*(grade.value for grade in Evidence), NOT_STATED)
"""The surest first."""
LARGEST = (1_000_000, 3_000_000, 10_000_000)
"""Kronor that a small, a middling and a large project was granted at most; what is above is very large."""
SIZES = ("small", "middling", "large", "very_large")


_IN_ORDER: Mapping[str, Sequence[str]] = {"size": SIZES, "evidence": GRADES}


def size_of(granted: Decimal) -> str:
    """How large a project is that was granted so much, in kronor."""
    return SIZES[sum(granted > most for most in LARGEST)]


@dataclass
class _Gathered:
    """What the benefits of a project come to together."""

    department: str
    size: str
    year: int
    promised: Decimal = ZERO
    realised: Decimal = ZERO
    late: list[Decimal] = field(default_factory=list)
    categories: Counter[str] = field(default_factory=Counter)
    grades: Counter[str] = field(default_factory=Counter)

    def case(self, key: int) -> Case:
        """As a case: of the category, and of the evidence, that most was promised of."""
        return Case(
            key=key,
            promised=self.promised,
            realised=self.realised,
            months_late=sum(self.late, ZERO) / len(self.late) if self.late else None,
            traits={
                "category": _most_of(self.categories),
                "department": self.department,
                "size": self.size,
                "evidence": _most_of(self.grades),
                "year": str(self.year),
            },
        )


def _most_of(counted: Counter[str]) -> str:
    return min(counted, key=lambda name: (-counted[name], name))


def cases(among: ColumnElement[bool], today: date) -> list[Case]:
    """Those of the projects whose benefits should have begun to come: kronor that were promised until the
    end of last month, or until they ended, and what was measured. What nobody has measured is nought.

    Promised is what the project promised, whatever somebody decided when it had ended.
    """
    first, decided, changed = _first_measured(), _decided(), aliased(BenefitDecision)
    query = (
        select(
            Project.id, Department.name, decided.c.granted, decided.c.decided_on, Benefit.category,
            Benefit.evidence, Benefit.realised, first.c.begins_on, _last_day().label("until"), changed.before,
            Benefit.starts_on, Benefit.ends_on, Benefit.ramp, Benefit.yearly, Benefit.promised,
        )
        .select_from(Benefit)
        .join(Project, Project.id == Benefit.project_id)
        .join(decided, decided.c.project_id == Project.id)
        .join(Department, Department.id == Project.lead_department_id)
        .outerjoin(first, first.c.benefit_id == Benefit.id)
        .outerjoin(changed, and_(changed.benefit_id == Benefit.id, _is_first(changed)))
        .where(among, Benefit.yearly.is_not(None), or_(Benefit.starts_on < today, changed.id.is_not(None)))
        .order_by(Project.id)
    )  # fmt: skip
    found: dict[int, _Gathered] = {}
    for (
        project_id,
        department,
        granted,
        decided_on,
        category,
        grade,
        realised,
        came_on,
        until,
        before,
        *promised_so,
    ) in db.session.execute(query):
        promise = as_first_promised(Promise(*promised_so), before)
        promised = expected_by(promise, min(today, until + ONE_DAY) if until else today)
        if promised > 0:
            row = found.get(project_id)
            if row is None:
                row = found[project_id] = _Gathered(department, size_of(granted), decided_on.year)
            row.promised += promised
            row.realised += realised
            row.categories[category] += int(promised)
            row.grades[grade or NOT_STATED] += int(promised)
            if came_on is not None and promise.starts_on is not None:
                row.late.append(Decimal(_months(promise.starts_on, came_on)))
    return [row.case(project_id) for project_id, row in found.items()]


def _last_day() -> ColumnElement[date | None]:
    """Until when a benefit is held to its promise: what came and has ended, as long as it was measured."""
    came = Benefit.outcome.in_([BenefitEnd.REALISED.value, BenefitEnd.PARTLY.value])
    return case((came, Benefit.measured_until), else_=null())


def _decided() -> Subquery:
    """When each project was first granted money, and how much it has been granted."""
    return (
        select(
            Decision.project_id,
            func.min(Decision.decided_on).label("decided_on"),
            func.sum(Decision.amount).label("granted"),
        )
        .where(Decision.kind.in_(sorted(GRANTING)))
        .group_by(Decision.project_id)
        .subquery()
    )


def _is_first(changed: type[BenefitDecision]) -> ColumnElement[bool]:
    """The first decision on a benefit says what its project promised."""
    other = aliased(BenefitDecision)
    earlier = select(other.id).where(other.benefit_id == changed.benefit_id, other.id < changed.id)
    return ~earlier.exists()


def _first_measured() -> Subquery:
    """From when something of each benefit had come, by what stands of its measurements."""
    later = aliased(Measurement)
    replaced = select(later.replaces_id).where(later.replaces_id.is_not(None))
    return (
        select(Measurement.benefit_id, func.min(Measurement.begins_on).label("begins_on"))
        .where(Measurement.id.not_in(replaced), Measurement.value > 0)
        .group_by(Measurement.benefit_id)
        .subquery()
    )


def _months(promised_on: date, came_on: date) -> int:
    return (came_on.year - promised_on.year) * MONTHS_PER_YEAR + came_on.month - promised_on.month


@dataclass(frozen=True)
class Outcomes:
    """All cases together, and by each trait."""

    cases: int
    together: Experience
    by: Mapping[str, Mapping[str, Experience]]


def outcomes_of(found: Sequence[Case], assumed: Assumption) -> Outcomes:
    """What the cases came to, shrunk towards what is assumed."""
    return Outcomes(
        len(found),
        experience(added_up(found), assumed),
        {trait: dict(_groups(found, trait, assumed)) for trait in TRAITS},
    )


def _groups(found: Sequence[Case], trait: str, assumed: Assumption) -> Iterator[tuple[str, Experience]]:
    """Small before large, sure before unsure, the rest in the order of the alphabet."""
    sums = by_trait(found, trait)
    for value in (one for one in _IN_ORDER.get(trait, sums) if one in sums):
        yield value, experience(sums[value], assumed)
