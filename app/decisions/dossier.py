"""What is known of a case when its decision is prepared, or was known when a meeting was."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from functools import cached_property

from sqlalchemy import select
from sqlalchemy.orm import joinedload

from app.applications.models import ApplicationVersion
from app.applications.queries import versions_of
from app.benefits.inputs import Inputs
from app.benefits.snapshot import inputs_from_json
from app.core.clock import local_day
from app.core.workflow import State
from app.db import db
from app.decisions.models import Decision, MeetingPack, MeetingPackItem, Opinion
from app.decisions.queries import SETTLED, decisions_of, opinions_of
from app.decisions.rules import ZERO
from app.programmes.models import DelegationLimit, EntryKind, effect_on_frame
from app.programmes.queries import delegations_on, ledger
from app.projects.models import Project, ProjectRemark
from app.projects.queries import remarks_on
from app.reviews.models import CompletionRequest
from app.reviews.queries import requests_of


@dataclass(frozen=True)
class Dossier:
    """One case. Lists are in the order of time; `version` is the one that is or was treated."""

    project: Project
    version: ApplicationVersion
    versions: Sequence[ApplicationVersion]
    returns: Sequence[CompletionRequest]
    opinions: Sequence[Opinion]
    decisions: Sequence[Decision]
    remarks: Sequence[ProjectRemark]
    delegations: Sequence[DelegationLimit]
    item: MeetingPackItem | None
    """What the secretariat proposes, as long as the case is open."""
    prepared_at: datetime | None
    """When the proposal was made."""
    decision: Decision | None
    """The decision that the case rests with; None while it is open."""

    @cached_property
    def inputs(self) -> Inputs:
        """The calculation of the version."""
        return inputs_from_json(self.version.content["calculation"])

    @property
    def amount(self) -> Decimal:
        """What is granted, else what is proposed, else what is applied for."""
        if self.decision is not None:
            return self.decision.amount
        return self.item.proposed_amount if self.item is not None else self.version.applied_amount

    @property
    def decider(self) -> DelegationLimit | None:
        """The first who may decide on what is proposed; on what is applied for when no money is proposed."""
        asked = self.amount or self.version.applied_amount
        return next((row for row in self.delegations if row.limit is None or row.limit >= asked), None)

    @property
    def told_on(self) -> date:
        """The day of the last thing that the dossier tells: its documents carry that date."""
        moments = [self.version.submitted_at]
        moments += [row.requested_at for row in self.returns]
        moments += [row.registered_at for row in self.opinions]
        moments += [row.registered_at for row in self.decisions]
        moments += [row.created_at for row in self.remarks]
        if self.prepared_at is not None:
            moments.append(self.prepared_at)
        return local_day(max(moments))


def dossier_of(project: Project, today: date) -> Dossier | None:
    """The case as it stands; None when nothing has been submitted."""
    versions = versions_of(project.id)
    if not versions:
        return None
    decisions = decisions_of(project.id)[::-1]
    settled = decisions[-1] if decisions and State(project.state) in SETTLED else None
    item = None if settled else _last_item(versions[-1], decisions)
    return Dossier(
        project,
        next(row for row in versions if row.id == settled.version_id) if settled else versions[-1],
        versions,
        requests_of(project.id)[::-1],
        opinions_of(project.id)[::-1],
        decisions,
        remarks_on(project.id),
        delegations_on(project.programme_id, today),
        item,
        item.pack.created_at if item else None,
        settled,
    )


def dossier_for(item: MeetingPackItem, pack: MeetingPack) -> Dossier:
    """The case as it stood when the meeting was prepared: what happened later is left out."""
    project, until = item.project, pack.created_at
    return Dossier(
        project,
        item.version,
        [row for row in versions_of(project.id) if row.submitted_at <= until],
        [row for row in requests_of(project.id)[::-1] if row.requested_at <= until],
        [row for row in opinions_of(project.id)[::-1] if row.registered_at <= until],
        [row for row in decisions_of(project.id)[::-1] if row.registered_at <= until],
        [row for row in remarks_on(project.id) if row.created_at <= until],
        delegations_on(project.programme_id, pack.meeting_on),
        item,
        until,
        None,
    )


def left_of_frame(programme_id: int, until: datetime) -> Decimal:
    """What was left of the frame at a moment."""
    booked = [row for row in ledger(programme_id) if row.created_at <= until]
    return sum((effect_on_frame(EntryKind(row.kind), row.amount) for row in booked), ZERO)


def _last_item(version: ApplicationVersion, decisions: Sequence[Decision]) -> MeetingPackItem | None:
    """The last proposal for this version, unless a decision has been made since."""
    query = (
        select(MeetingPackItem)
        .where(MeetingPackItem.version_id == version.id)
        .options(joinedload(MeetingPackItem.pack))
        .order_by(MeetingPackItem.id.desc())
        .limit(1)
    )
    item = db.session.scalar(query)
    if item is None or any(row.registered_at >= item.pack.created_at for row in decisions):
        return None
    return item
