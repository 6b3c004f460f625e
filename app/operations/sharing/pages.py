"""What the pages of shared services show, gathered for the templates."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from app.accounts.access import Viewer
from app.core.operation import ZERO
from app.core.sharing import Cost, Reason, ShareState, SharingState
from app.operations.models import OperatedService
from app.operations.models_sharing import ServiceShare, ServiceShareAnswer, ServiceSharing
from app.operations.queries import ServiceOf
from app.operations.sharing import policy, queries
from app.operations.sharing.queries import ShareOf, SharingOf


@dataclass(frozen=True)
class YearRow:
    """A year of a service, and how far its departments have come."""

    year: int
    cost: Cost
    sharing: ServiceSharing | None
    state: SharingState | None
    """None: nobody has proposed a key."""
    accepted: int
    """So many departments."""


@dataclass(frozen=True)
class ShareRow:
    """A department's share, and what it has answered."""

    share: ServiceShare
    state: ShareState
    answer: ServiceShareAnswer | None
    """The newest."""
    may_answer: bool


@dataclass(frozen=True)
class EarlierRow:
    """A version that does not stand, and what was answered about it."""

    sharing: ServiceSharing
    answers: Sequence[tuple[str, ServiceShareAnswer]]
    """By whichever department, in the order in which they were given."""


@dataclass(frozen=True)
class SharingPage:
    """Everything on the page of a year."""

    service: OperatedService
    year: int
    cost: Cost
    """What there is to share now."""
    standing: ServiceSharing | None
    """None while nobody has proposed a key, or when it was withdrawn."""
    state: SharingState | None
    rows: Sequence[ShareRow]
    kronor: Decimal
    """What the rows come to, in whole kronor."""
    earlier: Sequence[EarlierRow]
    """Versions that do not stand, the newest first."""
    may_propose: bool
    may_withdraw: bool


def years_of(found: ServiceOf) -> list[YearRow]:
    """Every year that can be shared or is, the newest first."""
    standing, costs = queries.standing_of(found.service.id), queries.costs_of(found)
    rows = []
    for year in sorted({*standing, *(year for year, cost in costs.items() if cost.amount)}, reverse=True):
        sharing = standing.get(year)
        cost = costs.get(year) or queries.year_of(found, year).cost
        states = [queries.share_state(share) for share in sharing.shares] if sharing else []
        rows.append(
            YearRow(
                year,
                cost,
                sharing,
                queries.sharing_state(sharing) if sharing else None,
                states.count(ShareState.ACCEPTED),
            )
        )
    return rows


def sharing_page(viewer: Viewer, found: SharingOf) -> SharingPage:
    """Gather the page of a year."""
    newest = found.standing
    withdrawn = newest is not None and newest.why is Reason.WITHDRAWN
    standing = None if withdrawn else newest
    rows = [_row(viewer, ShareOf(found, standing, share)) for share in standing.shares] if standing else []
    return SharingPage(
        service=found.of.service,
        year=found.year,
        cost=found.cost,
        standing=standing,
        state=queries.sharing_state(newest) if newest else None,
        rows=rows,
        kronor=sum((row.share.kronor for row in rows), ZERO),
        earlier=[_earlier(row) for row in (found.versions if withdrawn else found.versions[1:])],
        may_propose=bool(policy.may_propose(viewer, found)),
        may_withdraw=bool(policy.may_withdraw(viewer, found)),
    )


def _row(viewer: Viewer, of: ShareOf) -> ShareRow:
    return ShareRow(
        of.share,
        queries.share_state(of.share),
        next(iter(reversed(of.share.answers)), None),
        bool(policy.may_answer_share(viewer, of)),
    )


def _earlier(version: ServiceSharing) -> EarlierRow:
    found = [(share.department.name, answer) for share in version.shares for answer in share.answers]
    return EarlierRow(version, sorted(found, key=lambda row: row[1].id))


def as_it_stands(found: SharingOf) -> dict[str, Any]:
    """What is answered about is the version that the page showed."""
    return {"version": found.standing.content_sha256 if found.standing else ""}
