"""Which versions of how a year is shared stand, and who has accepted: as conditions of queries."""

from __future__ import annotations

from collections.abc import Iterable

from sqlalchemy import ColumnElement, Select, exists, select
from sqlalchemy.orm import aliased

from app.core.sharing import ShareState
from app.operations.models_sharing import ServiceShare, ServiceShareAnswer, ServiceSharing


def stands() -> ColumnElement[bool]:
    """The version is the newest of its service and year."""
    newer = aliased(ServiceSharing)
    same = newer.service_id == ServiceSharing.service_id, newer.year == ServiceSharing.year
    return ~exists().where(*same, newer.number > ServiceSharing.number).correlate(ServiceSharing)


def answered(state: ShareState) -> ColumnElement[bool]:
    """The department has said so of its share, whatever else it has said."""
    mine = ServiceShareAnswer
    return (
        exists().where(mine.share_id == ServiceShare.id, mine.answer == state.value).correlate(ServiceShare)
    )


def is_in(state: ShareState) -> ColumnElement[bool]:
    """Where the share is; `core.sharing.state_of_share` says the same of one."""
    accepted, declined = answered(ShareState.ACCEPTED), answered(ShareState.DECLINED)
    if state is ShareState.ACCEPTED:
        return accepted
    return ~accepted & declined if state is ShareState.DECLINED else ~accepted & ~declined


def shared_by(department_ids: Iterable[int]) -> Select[int]:
    """The services in which these departments have, or have had, a share: they keep what they have read."""
    return (
        select(ServiceSharing.service_id)
        .join(ServiceShare, ServiceShare.sharing_id == ServiceSharing.id)
        .where(ServiceShare.department_id.in_(sorted(department_ids)))
    )


def with_open_shares() -> Select[int]:
    """The services of which some department has not accepted its share."""
    return (
        select(ServiceSharing.service_id)
        .join(ServiceShare, ServiceShare.sharing_id == ServiceSharing.id)
        .where(stands(), ~answered(ShareState.ACCEPTED))
    )
