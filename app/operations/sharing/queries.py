"""Reading how a year is shared, always only of services that the viewer may see."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal

from sqlalchemy import Select, select
from sqlalchemy.orm import joinedload, selectinload

from app.accounts.access import Viewer
from app.core.operation import cost_in, years_of
from app.core.sharing import Cost, ShareState, SharingState, cost_to_share, state_of, state_of_share
from app.db import db
from app.operations.models_sharing import ServiceShare, ServiceShareAnswer, ServiceSharing
from app.operations.queries import ServiceOf, carried_of, service_for
from app.operations.standing_shares import stands

YEARS = range(2000, 2200)
"""Those that can be shared."""


@dataclass(frozen=True)
class SharingOf:
    """A year of a service, and how it is shared."""

    of: ServiceOf
    year: int
    cost: Cost
    """What there is to share now."""
    versions: Sequence[ServiceSharing]
    """The newest first; none while nobody has proposed anything."""

    @property
    def standing(self) -> ServiceSharing | None:
        """The version that stands."""
        return next(iter(self.versions), None)


@dataclass(frozen=True)
class ShareOf:
    """A department's share in the version that stands."""

    found: SharingOf
    sharing: ServiceSharing
    share: ServiceShare


def sharing_for(viewer: Viewer, service_id: int, year: int) -> SharingOf | None:
    """A year that costs something, or is shared already. Made for `requires(..., load=sharing_for)`."""
    found = service_for(viewer, service_id)
    if found is None or year not in YEARS:
        return None
    of_year = year_of(found, year)
    return of_year if of_year.versions or of_year.cost.amount else None


def share_for(viewer: Viewer, service_id: int, year: int, department_id: int) -> ShareOf | None:
    """A department's share of the year, as it stands."""
    found = sharing_for(viewer, service_id, year)
    if found is None or found.standing is None:
        return None
    rows = (row for row in found.standing.shares if row.department_id == department_id)
    return next((ShareOf(found, found.standing, row) for row in rows), None)


def year_of(found: ServiceOf, year: int) -> SharingOf:
    """The year with all its versions."""
    query = _in_full().where(ServiceSharing.service_id == found.service.id, ServiceSharing.year == year)
    versions = db.session.scalars(query.order_by(ServiceSharing.number.desc()))
    return SharingOf(found, year, costs_of(found).get(year, cost_to_share(Decimal(0), None)), versions.all())


def costs_of(found: ServiceOf) -> dict[int, Cost]:
    """What each year costs, of those that can be shared: as it was planned, or as it stands in the books once
    that is entered."""
    carried: dict[int, Decimal] = {}
    for row in carried_of(found.service.id):
        carried[row.year] = carried.get(row.year, Decimal(0)) + row.amount
    planned = found.service.yearly
    years = {*years_of(planned), *carried} & set(YEARS)
    return {year: cost_to_share(cost_in(planned, year), carried.get(year)) for year in sorted(years)}


def standing_of(service_id: int) -> dict[int, ServiceSharing]:
    """The version that stands of each year that is shared, or was."""
    query = _in_full().where(ServiceSharing.service_id == service_id, stands())
    return {row.year: row for row in db.session.scalars(query.order_by(ServiceSharing.year))}


def _in_full() -> Select[ServiceSharing]:
    answers = selectinload(ServiceSharing.shares).selectinload(ServiceShare.answers)
    return (
        select(ServiceSharing)
        .options(
            joinedload(ServiceSharing.proposed_by),
            selectinload(ServiceSharing.shares).joinedload(ServiceShare.department),
            answers.joinedload(ServiceShareAnswer.answered_by),
        )
        .execution_options(populate_existing=True)
    )


def share_state(share: ServiceShare) -> ShareState:
    """What the department has answered."""
    return state_of_share([row.answer for row in share.answers])


def sharing_state(sharing: ServiceSharing) -> SharingState:
    """How far the departments have come."""
    return state_of(sharing.why, map(share_state, sharing.shares))
