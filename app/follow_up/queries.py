"""Reading follow-ups, always only of projects that the viewer may see."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from sqlalchemy import select
from sqlalchemy.orm import joinedload

from app.accounts.access import Viewer
from app.core.treated import Treated
from app.db import db
from app.follow_up.models import FollowUp, FollowUpRemark, FollowUpVersion
from app.projects.models import Project
from app.projects.queries import project_for


@dataclass(frozen=True)
class FollowUpOf:
    """One follow-up of a project, with everything that was sent and said of it."""

    project: Project
    follow_up: FollowUp
    versions: Sequence[FollowUpVersion]
    remarks: Sequence[FollowUpRemark]

    @property
    def state(self) -> Treated:
        """Where it stands."""
        return Treated(self.follow_up.state)

    @property
    def newest(self) -> FollowUpVersion | None:
        """What was sent last."""
        return self.versions[-1] if self.versions else None

    def remark_on(self, version: FollowUpVersion) -> FollowUpRemark | None:
        """What was said of a version."""
        return next((row for row in self.remarks if row.version_id == version.id), None)


def follow_ups_of(project_id: int) -> Sequence[FollowUp]:
    """Every follow-up of the project, in the order of their days."""
    query = select(FollowUp).where(FollowUp.project_id == project_id).options(joinedload(FollowUp.department))
    return db.session.scalars(query.order_by(FollowUp.follows_on, FollowUp.id)).all()


@dataclass(frozen=True)
class FollowUpsOf:
    """A project that is or has been followed up, and all that was planned and sent."""

    project: Project
    all: Sequence[FollowUpOf]


def follow_ups_for(viewer: Viewer, project_id: int) -> FollowUpsOf | None:
    """The follow-ups of a project that the viewer sees. Made for `requires(..., load=…)`."""
    project = project_for(viewer, project_id)
    return whole_of(project) if project else None


def whole_of(project: Project) -> FollowUpsOf:
    """Every follow-up of the project, with what was sent and said."""
    versions, remarks = _versions(project.id), _remarks(project.id)
    rows = [
        FollowUpOf(project, row, [one for one in versions if one.follow_up_id == row.id], remarks)
        for row in follow_ups_of(project.id)
    ]
    return FollowUpsOf(project, rows)


def follow_up_for(viewer: Viewer, project_id: int, number: int) -> FollowUpOf | None:
    """One follow-up of a project that the viewer sees."""
    found = follow_ups_for(viewer, project_id)
    return next((row for row in found.all if row.follow_up.number == number), None) if found else None


def _versions(project_id: int) -> Sequence[FollowUpVersion]:
    query = (
        select(FollowUpVersion)
        .where(FollowUpVersion.project_id == project_id)
        .options(joinedload(FollowUpVersion.sent_by))
        .order_by(FollowUpVersion.id)
    )
    return db.session.scalars(query).all()


def _remarks(project_id: int) -> Sequence[FollowUpRemark]:
    query = (
        select(FollowUpRemark)
        .where(FollowUpRemark.project_id == project_id)
        .options(joinedload(FollowUpRemark.author))
        .order_by(FollowUpRemark.id)
    )
    return db.session.scalars(query).all()


def last_sent_before(follow_up: FollowUp) -> FollowUpVersion | None:
    """What was sent last of the follow-up before this one: the day decides, not when it was written."""
    query = (
        select(FollowUpVersion)
        .join(FollowUp, FollowUp.id == FollowUpVersion.follow_up_id)
        .where(FollowUp.project_id == follow_up.project_id, FollowUp.follows_on < follow_up.follows_on)
        .order_by(FollowUp.follows_on.desc(), FollowUpVersion.number.desc())
        .limit(1)
    )
    return db.session.scalar(query)


@dataclass(frozen=True)
class OpenVersion:
    """A follow-up as it was sent once."""

    found: FollowUpOf
    version: FollowUpVersion


def version_for(viewer: Viewer, project_id: int, number: int, sent: int) -> OpenVersion | None:
    """One version of a follow-up of a project that the viewer sees."""
    found = follow_up_for(viewer, project_id, number)
    version = next((row for row in found.versions if row.number == sent), None) if found else None
    return OpenVersion(found, version) if found and version else None
