"""What the page of a service shows, gathered for the template."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import MAXYEAR, date
from decimal import Decimal
from typing import Any

from app.accounts.access import Viewer
from app.applications.operating import LACKING
from app.applications.snapshot import sha256_of
from app.core.operation import Standing, YearlyKind, cost_in, notice_by, years_of
from app.operations import policy, queries
from app.operations.frozen import document_of
from app.operations.models import OperatedService, ServiceAcceptance, ServiceHolder, ServiceReview
from app.operations.queries import ServiceOf
from app.operations.rules import lacks_in
from app.operations.words import PARTS
from app.operations.yearly import can_be_reviewed
from app.projects.models import Project
from app.projects.queries import project_for

MOST_YEARS = 15
"""So many years of cost a page shows."""
YEARS_BACK = 2
"""And of what they have cost, where nobody has entered it."""


@dataclass(frozen=True)
class HolderRow:
    """A part in the service: its role, its department, who holds it."""

    label: Any
    role: str
    department: str
    person: str | None
    """None: nobody yet."""
    gone: bool
    """The person has left, or no longer works in the department."""


@dataclass(frozen=True)
class CostRow:
    """What a year costs, by kind and together."""

    year: int
    by_kind: Sequence[Decimal]
    total: Decimal
    financed: bool
    """The money is promised for the whole year."""


@dataclass(frozen=True)
class CarriedRow:
    """What a year has cost against what was planned."""

    year: int
    carried: Decimal | None
    """None: it is not entered yet."""
    planned: Decimal
    source: str

    @property
    def over(self) -> bool:
        """It cost more than was planned."""
        return self.carried is not None and self.carried > self.planned


@dataclass(frozen=True)
class HeldRow:
    """Somebody held a role from one day to another."""

    held: ServiceHolder
    until: date | None
    """None: still."""


@dataclass(frozen=True)
class ServicePage:
    """Everything on the page."""

    service: OperatedService
    project: Project | None
    """The project that launches it, if the viewer may see it."""
    holders: Sequence[HolderRow]
    kinds: Sequence[YearlyKind]
    costs: Sequence[CostRow]
    carried: Sequence[CarriedRow]
    """The newest year first."""
    reviews: Sequence[ServiceReview]
    notice_by: date | None
    leans_on: Sequence[tuple[str, int | None]]
    leaning: Sequence[OperatedService]
    answers: Sequence[ServiceAcceptance]
    held: Sequence[HeldRow]
    lacks: Sequence[Any]
    """What is missing before somebody can accept, in words; nothing once it is accepted."""
    may_write: bool
    may_ask: bool
    may_answer: bool
    may_decommission: bool
    may_review: bool
    may_enter_cost: bool


def service_page(viewer: Viewer, found: ServiceOf, today: date) -> ServicePage:
    """Gather the page."""
    service = found.service
    may_write = bool(policy.may_write(viewer, found))
    settled = service.standing in (Standing.ACCEPTED, Standing.DECOMMISSIONED)
    kinds = [kind for kind in YearlyKind if any(cost.kind is kind for cost in service.yearly)]
    return ServicePage(
        service=service,
        project=project_for(viewer, found.project.id) if found.project else None,
        holders=list(_holders(service)),
        kinds=kinds,
        costs=list(_costs(service, kinds, today)),
        carried=list(_carried(service, today)),
        reviews=queries.reviews_of(service.id),
        notice_by=notice_by(service.contract_ends_on, service.notice_months),
        leans_on=queries.leans_on(viewer, service),
        leaning=queries.leaning_on(viewer, service.id),
        answers=queries.acceptances_of(service.id),
        held=_held(queries.holders_of(service.id)),
        lacks=[] if settled else [LACKING[lack] for lack in lacks_in(service, today)],
        may_write=may_write,
        may_ask=bool(policy.may_ask(viewer, found)),
        may_answer=bool(policy.may_answer(viewer, found)),
        may_decommission=bool(policy.may_decommission(viewer, found)),
        may_review=can_be_reviewed(service, today) and bool(policy.may_review(viewer, found)),
        may_enter_cost=bool(policy.may_enter_cost(viewer, found)),
    )


def as_it_stands(found: ServiceOf) -> dict[str, str]:
    """What is accepted or reviewed is what the page showed: all of it."""
    return {"version": sha256_of({"standing": found.service.standing, **document_of(found.service)})}


def first_year(service: OperatedService) -> int:
    """The first year in which the service can have cost anything."""
    return min(service.launched_on or service.registered_on, service.registered_on).year


def _holders(service: OperatedService) -> list[HolderRow]:
    found = []
    for part, label in PARTS.items():
        department = service.department if part == "owner" else getattr(service, f"{part}_department")
        person = getattr(service, part)
        gone = person is not None and not (department and queries.works_in(person.id, department.id))
        role = getattr(service, f"{part}_role")
        name = person.name if person else None
        found.append(HolderRow(label, role, department.name if department else "", name, gone))
    return found


def _costs(service: OperatedService, kinds: Sequence[YearlyKind], today: date) -> list[CostRow]:
    yearly = service.yearly
    until, ends = service.financed_until, service.decommission_on
    last = ends.year if ends else MAXYEAR
    years = [year for year in years_of(yearly) if today.year <= year <= last][:MOST_YEARS]
    return [
        CostRow(
            year,
            [cost_in((cost for cost in yearly if cost.kind is kind), year) for kind in kinds],
            cost_in(yearly, year),
            financed=until is not None and until >= min(ends or date.max, date(year, 12, 31)),
        )
        for year in years
    ]


def _carried(service: OperatedService, today: date) -> Iterator[CarriedRow]:
    """Each year that is entered, and the last few that could be."""
    rows = queries.carried_of(service.id)
    years = {row.year for row in rows}
    years |= set(range(max(first_year(service), today.year - YEARS_BACK), today.year + 1))
    for year in sorted(years, reverse=True):
        of_year = [row for row in rows if row.year == year]
        carried = sum((row.amount for row in of_year), Decimal(0)) if of_year else None
        yield CarriedRow(year, carried, cost_in(service.yearly, year), of_year[0].source if of_year else "")


def _held(rows: Sequence[ServiceHolder]) -> list[HeldRow]:
    """The newest first; each until the next of its part."""
    following: dict[str, date] = {}
    found = []
    for row in reversed(rows):
        found.append(HeldRow(row, following.get(row.part)))
        following[row.part] = row.from_on
    return found
