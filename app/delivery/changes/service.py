"""What can be done with a request to change a project: write it, send it, ask about it, decide it."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime

from app.accounts.access import Viewer
from app.applications.snapshot import sha256_of
from app.core.changes import FIELD_OF, TARGETS, ChangeAction, ChangeState, Part, Wanted
from app.core.verdict import require
from app.core.workflow import Action
from app.db import db
from app.decisions.models import DecisionKind
from app.decisions.rules import Fault, InvalidError
from app.delivery.changes import applying, grounds, lacks, policy, queries, rules, terminated, told
from app.delivery.changes import wanted as json
from app.delivery.changes.lacking import IncompleteError, Lack
from app.delivery.changes.models import ChangeDecision, ChangeRemark, ChangeRequest, ChangeVersion
from app.delivery.changes.queries import ChangeOf
from app.delivery.changes.rules import Draft
from app.history.service import Actor, record
from app.notifications.models import Kind
from app.programmes.queries import delegation
from app.projects import service as projects
from app.projects.models import Project


def begin(actor: Viewer, project: Project, now: datetime) -> ChangeRequest:
    """Begin a request: a draft that only the project leader sees."""
    require(policy.may_ask_for_change(actor, project))
    row = ChangeRequest(
        project_id=project.id,
        number=queries.next_number(project.id),
        state=ChangeState.DRAFT.value,
        state_since=now,
        wanted=json.as_json(Wanted()),
    )
    db.session.add(row)
    record(actor, "begin_change", row, now=now)
    return row


def write(actor: Viewer, found: ChangeOf, wanted: Wanted, now: datetime) -> None:
    """Say how the project should be. It may be incomplete: it is held against the rules when it is sent."""
    require(policy.may_write(actor, found))
    content = json.as_json(wanted)
    if content == found.request.wanted:
        return
    found.request.wanted = content
    record(actor, "write_change", found.request, now=now)


_NOTHING = Wanted()


def leave_out(actor: Viewer, found: ChangeOf, part: Part, now: datetime) -> None:
    """Ask for it no more."""
    field = FIELD_OF[part]
    write(actor, found, replace(found.wanted, **{field: getattr(_NOTHING, field)}), now)


def lacks_in(found: ChangeOf) -> list[Lack]:
    """Everything that the request lacks as it is written now."""
    return lacks.lacks_in(found.wanted, grounds.standing_of(found.project))


def send(actor: Viewer, found: ChangeOf, now: datetime) -> ChangeVersion:
    """Send the draft: from now on it is a document. Raises IncompleteError."""
    require(policy.may_send(actor, found))
    version = _keep(actor, found, now)
    _move(actor, found, ChangeAction.SEND, now)
    told.to_secretariat(found, Kind.CHANGE_SENT, now)
    return version


def _keep(actor: Viewer, found: ChangeOf, now: datetime) -> ChangeVersion:
    lacking = lacks_in(found)
    if lacking:
        raise IncompleteError(lacking)
    content = grounds.content_of(found)
    version = ChangeVersion(
        project_id=found.project.id,
        request_id=found.request.id,
        number=len(found.request.versions) + 1,
        content=content,
        content_sha256=sha256_of(content),
        sent_by_id=actor.id,
        sent_at=now,
    )
    db.session.add(version)
    record(actor, "keep_change", version, now=now)
    return version


def ask(actor: Viewer, found: ChangeOf, text: str, now: datetime) -> None:
    """Ask the project leader something; the request can then be revised."""
    require(policy.may_ask(actor, found))
    _remark(actor, found, "question", text, now)
    _move(actor, found, ChangeAction.ASK, now)
    told.to_leader(found, Kind.CHANGE_QUESTIONED, now)


def answer(actor: Viewer, found: ChangeOf, text: str, now: datetime) -> None:
    """Answer; a request that was revised meanwhile is sent as its next version. Raises IncompleteError."""
    require(policy.may_answer(actor, found))
    ground = grounds.ground_for(found, now)
    if ground.overtaken or found.wanted != ground.wanted:
        _keep(actor, found, now)
    _remark(actor, found, "answer", text, now)
    _move(actor, found, ChangeAction.ANSWER, now)
    told.to_secretariat(found, Kind.CHANGE_ANSWERED, now)


def _remark(actor: Viewer, found: ChangeOf, kind: str, text: str, now: datetime) -> None:
    row = ChangeRemark(
        project_id=found.project.id,
        request_id=found.request.id,
        kind=kind,
        text=text,
        written_by_id=actor.id,
        written_at=now,
    )
    db.session.add(row)
    record(actor, f"write_{kind}", row, now=now)


def withdraw(actor: Viewer, found: ChangeOf, now: datetime) -> None:
    """Take the request back, for good."""
    require(policy.may_withdraw(actor, found))
    was_sent = bool(found.request.versions)
    _move(actor, found, ChangeAction.WITHDRAW, now)
    if was_sent:
        told.to_secretariat(found, Kind.CHANGE_WITHDRAWN, now)


def faults_in(found: ChangeOf, draft: Draft, now: datetime) -> list[Fault]:
    """Everything that stands against registering the decision."""
    return rules.faults_in(draft, grounds.ground_for(found, now, draft))


def decide(actor: Viewer, found: ChangeOf, draft: Draft, now: datetime) -> ChangeDecision:
    """Register what was decided, for good, and let it change the project at once. Raises InvalidError."""
    require(policy.may_decide(actor, found))
    faults = faults_in(found, draft, now)
    if faults:
        raise InvalidError(faults)
    project, wanted = found.project, json.from_json(found.latest.content["wanted"])
    approved, leader_before = draft.kind is not DecisionKind.REJECT, project.leader_id
    baseline = applying.change_plan(actor, found, wanted, draft, now) if approved else None
    decision = _decision(actor, found, draft, baseline.id if baseline else None, now)
    _move(actor, found, ChangeAction.DECIDE, now, note=draft.reasons)
    if approved:
        applying.change_project(actor, project, wanted, draft.reasons, now)
        if wanted.termination is not None:
            terminated.follow(actor, project, decision, now)
    told.to_applicants(found, Kind.CHANGE_DECIDED, now, also=[leader_before])
    return decision


def _decision(
    actor: Viewer, found: ChangeOf, draft: Draft, baseline_id: int | None, now: datetime
) -> ChangeDecision:
    basis, wanted = delegation(draft.delegation_id), json.from_json(found.latest.content["wanted"])
    if basis is None:
        raise LookupError("a valid draft has a delegation")
    row = ChangeDecision(
        project_id=found.project.id,
        request_id=found.request.id,
        version_id=found.latest.id,
        kind=draft.kind.value,
        decided_on=draft.decided_on,
        delegation_id=basis.id,
        decider=basis.decider,
        limit=basis.limit,
        amount=draft.total,
        granted={"costs": json.costs_as_json(applying.granted(wanted, draft))},
        reasons=draft.reasons,
        reference=draft.reference,
        baseline_id=baseline_id,
        registered_by_id=actor.id,
        registered_at=now,
    )
    db.session.add(row)
    record(actor, "write_change_decision", row, now=now)
    return row


def go_on(actor: Viewer, project: Project, now: datetime) -> None:
    """Take the work up again after a pause."""
    require(policy.may_continue(actor, project))
    projects.move(actor, project, Action.CONTINUE, now)
    told.of_going_on(actor, project, now)


def _move(
    actor: Actor, found: ChangeOf, action: ChangeAction, now: datetime, *, note: str | None = None
) -> None:
    found.request.state = TARGETS[found.state, action].value
    found.request.state_since = now
    record(actor, action.value, found.request, note=note, now=now)
