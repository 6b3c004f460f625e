"""Registering what the council and the decision-makers said, and preparing meetings."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal

from flask_babel import lazy_gettext as _l

from app.accounts.access import Viewer
from app.accounts.models import Role
from app.accounts.queries import people_with_role
from app.applications.queries import newest_version
from app.core.clock import local_day
from app.core.verdict import RefusedError, require
from app.core.workflow import Action
from app.db import db
from app.decisions import policy, queries, rules
from app.decisions.models import (
    Condition,
    Decision,
    DecisionAmount,
    DecisionKind,
    MeetingPack,
    MeetingPackItem,
    Opinion,
    OpinionKind,
)
from app.decisions.rules import Amount, Draft, Fault, InvalidError
from app.history.service import record
from app.notifications.models import Kind
from app.notifications.service import notify
from app.programmes.queries import delegation
from app.programmes.service import FrameExceededError, post_grant
from app.projects import service as projects
from app.projects.models import Project

_ACTION = {
    DecisionKind.APPROVE: Action.APPROVE,
    DecisionKind.APPROVE_IN_PART: Action.APPROVE,
    DecisionKind.POSTPONE: Action.POSTPONE,
    DecisionKind.REJECT: Action.REJECT,
}


def record_opinion(
    actor: Viewer,
    project: Project,
    *,
    meeting_on: date,
    kind: OpinionKind,
    text: str,
    separate_statements: int,
    now: datetime,
) -> Opinion:
    """Register the council's opinion as minuted; the case then waits for a decision."""
    require(policy.may_record_opinion(actor, project))
    version = newest_version(project.id)
    if version is None or meeting_on > local_day(now):
        raise InvalidError([Fault("meeting_on", _l("Mötet kan inte ligga i framtiden. Ange mötets dag."))])
    opinion = Opinion(
        project_id=project.id,
        version_id=version.id,
        meeting_on=meeting_on,
        kind=kind.value,
        text=text,
        separate_statements=separate_statements,
        registered_by_id=actor.id,
        registered_at=now,
    )
    db.session.add(opinion)
    record(actor, "write_opinion", opinion, now=now)
    projects.move(actor, project, Action.RECORD_OPINION, now, due_on=project.due_on)
    _tell_applicant(project, Kind.OPINION_REGISTERED, now)
    return opinion


def faults_in(project: Project, draft: Draft, now: datetime) -> list[Fault]:
    """Everything that stands against registering the draft."""
    return rules.faults_in(draft, queries.ground_for(project, draft.decided_on, local_day(now)))


def decide(  # noqa: PLR0913 - a decision is minuted with every one of these
    actor: Viewer,
    project: Project,
    *,
    kind: DecisionKind,
    decided_on: date,
    delegation_id: int,
    amounts: Sequence[tuple[int, int, Decimal]],
    conditions: Sequence[tuple[str, date | None]],
    reasons: str,
    reference: str,
    now: datetime,
) -> Decision:
    """Register a decision: for good. What it grants enters the frame's ledger in the same transaction.

    `amounts` are department, year and kronor; `conditions` text and due date. Raises InvalidError.
    """
    require(policy.may_decide(actor, project))
    draft = Draft(
        kind,
        decided_on,
        delegation_id,
        tuple(Amount(*row) for row in amounts),
        tuple(conditions),
        reasons,
        reference,
    )
    faults = faults_in(project, draft, now)
    if faults:
        raise InvalidError(faults)
    decision = _write(actor, project, draft, now)
    _grant(actor, project, decision, now)
    projects.move(actor, project, _ACTION[kind], now, note=reasons)
    _tell_applicant(
        project, Kind.POSTPONED if kind is DecisionKind.POSTPONE else Kind.DECIDED, now, decision=kind.value
    )
    return decision


def _write(actor: Viewer, project: Project, draft: Draft, now: datetime) -> Decision:
    version, basis = newest_version(project.id), delegation(draft.delegation_id)
    if version is None or basis is None:
        raise LookupError("a case that waits for decision has a version, a valid draft a delegation")
    decision = Decision(
        project_id=project.id,
        version_id=version.id,
        kind=draft.kind.value,
        decided_on=draft.decided_on,
        delegation_id=basis.id,
        decider=basis.decider,
        limit=basis.limit,
        amount=draft.total,
        reasons=draft.reasons,
        reference=draft.reference,
        registered_by_id=actor.id,
        registered_at=now,
        amounts=[
            DecisionAmount(department_id=row.department_id, year=row.year, amount=row.amount)
            for row in draft.amounts
        ],
        conditions=[
            Condition(position=position, text=text, due_on=due_on)
            for position, (text, due_on) in enumerate(draft.conditions, start=1)
        ],
    )
    db.session.add(decision)
    record(actor, "decide", decision, now=now)
    for row in (*decision.amounts, *decision.conditions):
        record(actor, "decide", row, project_id=project.id, now=now)
    return decision


def _grant(actor: Viewer, project: Project, decision: Decision, now: datetime) -> None:
    for row in decision.amounts:
        try:
            post_grant(
                actor,
                programme_id=project.programme_id,
                project_id=project.id,
                department_id=row.department_id,
                year=row.year,
                amount=row.amount,
                booked_on=decision.decided_on,
                reference=decision.reference or (project.case_number or ""),
                now=now,
            )
        except FrameExceededError as error:
            # Somebody else's decision took the money after ours was checked: nothing of ours may stay.
            raise RefusedError(rules.frame_exceeded(error.available)) from error


def resume(actor: Viewer, project: Project, now: datetime) -> None:
    """Take a postponed case up again: it is assessed anew."""
    require(policy.may_resume(actor, project))
    projects.move(actor, project, Action.RESUME, now)
    _tell_applicant(project, Kind.RESUMED, now)


@dataclass(frozen=True)
class Item:
    """A case for the agenda, and what the secretariat proposes."""

    project_id: int
    proposal: DecisionKind
    proposal_text: str
    proposed_amount: Decimal


def create_pack(
    actor: Viewer, *, programme_id: int, title: str, meeting_on: date, items: Sequence[Item], now: datetime
) -> MeetingPack:
    """Put cases on the agenda of a meeting, in this order, each in its newest version."""
    require(policy.may_make_packs(actor))
    allowed = {project.id for project in queries.cases_for_agenda(actor, programme_id)}
    versions = queries.newest_versions([item.project_id for item in items])
    if not items or not {item.project_id for item in items} <= allowed & versions.keys():
        raise InvalidError([Fault("items", _l("Välj minst ett ärende som väntar på rådet eller på beslut."))])
    faults = [
        Fault("items", text, row, "proposed_amount")
        for row, item in enumerate(items)
        if (text := _proposal_fault(item, versions[item.project_id].applied_amount))
    ]
    if faults:
        raise InvalidError(faults)
    pack = MeetingPack(
        programme_id=programme_id, title=title, meeting_on=meeting_on, created_by_id=actor.id, created_at=now
    )
    db.session.add(pack)
    record(actor, "create_pack", pack, now=now)
    for position, item in enumerate(items, start=1):
        row = MeetingPackItem(
            pack_id=pack.id,
            project_id=item.project_id,
            version_id=versions[item.project_id].id,
            position=position,
            proposal=item.proposal.value,
            proposal_text=item.proposal_text,
            proposed_amount=item.proposed_amount,
        )
        db.session.add(row)
        record(actor, "put_on_agenda", row, now=now)
    return pack


def _proposal_fault(item: Item, applied: Decimal) -> object:
    return rules.amount_fault(item.proposal, item.proposed_amount, applied)


def _tell_applicant(project: Project, kind: Kind, now: datetime, **details: object) -> None:
    managers = [person.id for person in people_with_role(Role.MANAGER, project.lead_department_id)]
    notify([project.leader_id, *managers], kind, project.id, now, title=project.title, **details)
