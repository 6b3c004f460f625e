"""What can be done with a service: describe it, ask a department to answer for it, accept, decommission."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime

from flask_babel import lazy_gettext as _l

from app.accounts.access import Viewer
from app.applications.queries import newest_version
from app.applications.snapshot import sha256_of
from app.core.clock import local_day
from app.core.operation import ServiceAction, Standing, after, anniversary
from app.core.verdict import RefusedError, require
from app.db import Base, db
from app.delivery.plans.established import when_established
from app.history.service import Actor, record
from app.notifications.models import Kind
from app.operations import policy, prefill, queries, told, writing
from app.operations.accepting import is_accepted
from app.operations.costing import cost_has_changed
from app.operations.frozen import document_of
from app.operations.models import OperatedService, ServiceAcceptance
from app.operations.prefill import Document
from app.operations.queries import ServiceOf
from app.operations.rules import IncompleteServiceError, lacks_in
from app.operations.values import Dependency, HolderValues, MoneyValues, ServiceValues
from app.projects import service as projects
from app.projects.models import Project, ProjectKind
from app.projects.queries import participating_departments

GONE_ON = _l("Tjänsten har gått vidare, så det går inte att göra nu. Ladda om sidan.")
SAY_WHY = _l("Skriv varför.")


class OutsideDepartmentError(ValueError):
    """Somebody is to hold a role in a department without working there."""

    def __init__(self, field: str) -> None:
        super().__init__(field)
        self.field = field


# --- a service comes to be -------------------------------------------------------------------------------


@when_established
def take_over(actor: Viewer, project: Project, version: Document, now: datetime) -> None:
    """When the plan of a project that builds something is established, its service begins with what the
    decided application says."""
    if project.kind == ProjectKind.IMPLEMENTATION and queries.service_of(project) is None:
        _begin(actor, project, version, now)


def begin(actor: Viewer, project: Project, now: datetime) -> OperatedService:
    """The same, of a project whose plan was established before there was a register."""
    require(policy.may_begin(actor, project))
    version = newest_version(project.id)
    if version is None:
        raise LookupError("a project that runs has a decided version")
    return _begin(actor, project, version.content, now)


def _begin(actor: Viewer, project: Project, version: Document, now: datetime) -> OperatedService:
    service = OperatedService(
        project_id=project.id, standing=Standing.PLANNED.value, registered_on=local_day(now)
    )
    writing.fill(service, prefill.service_in(version))
    writing.fill(service, prefill.holders_in(version, project.lead_department_id))
    writing.fill_money(service, prefill.money_in(version))
    return _added(actor, service, "begin_service", now)


def register(actor: Viewer, values: ServiceValues, holders: HolderValues, now: datetime) -> OperatedService:
    """Write down a service that no project of the programme has launched. Raises OutsideDepartmentError."""
    require(policy.may_register(actor))
    _require_employed(holders)
    service = OperatedService(standing=Standing.PLANNED.value, registered_on=local_day(now), payer="")
    writing.fill(service, values)
    writing.fill(service, holders)
    return _added(actor, service, "register_service", now)


def _added(actor: Viewer, service: OperatedService, verb: str, now: datetime) -> OperatedService:
    db.session.add(service)
    record(actor, verb, service, covers=service.costs, note=service.title, now=now)
    return service


# --- it is described -------------------------------------------------------------------------------------


def save_service(actor: Viewer, found: ServiceOf, values: ServiceValues, now: datetime) -> None:
    """Say what it is."""
    require(policy.may_write(actor, found))
    before = writing.said(found.service)
    writing.fill(found.service, values)
    _keep(actor, found, before, now)


def save_holders(actor: Viewer, found: ServiceOf, values: HolderValues, now: datetime) -> None:
    """Say which roles answer for it, and who holds them. Raises OutsideDepartmentError."""
    require(policy.may_write(actor, found))
    _require_employed(values)
    before = writing.said(found.service)
    writing.fill(found.service, values)
    _keep(actor, found, before, now)


def save_money(actor: Viewer, found: ServiceOf, values: MoneyValues, now: datetime) -> None:
    """Say what it costs, who pays, and for how long there is money."""
    require(policy.may_write(actor, found))
    before, rows = writing.said(found.service), list(found.service.costs)
    writing.fill_money(found.service, values)
    _keep(actor, found, before, now, covers=[*rows, *found.service.costs])
    cost_has_changed(actor, found, now)


def save_dependencies(actor: Viewer, found: ServiceOf, wanted: Sequence[Dependency], now: datetime) -> None:
    """Say what it cannot do without. Only services that the actor may see, and never itself."""
    require(policy.may_write(actor, found))
    known = {None, *(row.id for row in queries.can_lean_on(actor, found))}
    if any(row.on_service_id not in known for row in wanted):
        raise RefusedError(_l("Välj en tjänst som finns i registret."))
    before, rows = writing.said(found.service), list(found.service.dependencies)
    writing.fill_dependencies(found.service, wanted)
    _keep(actor, found, before, now, covers=[*rows, *found.service.dependencies])


def _keep(
    actor: Viewer,
    found: ServiceOf,
    before: writing.Said,
    now: datetime,
    covers: Sequence[Base] = (),
) -> None:
    """Write what was changed to the history; what changes the owner, the cost or the financing of something
    that was accepted is to be accepted anew."""
    service, stood = found.service, found.service.standing
    moved_to = before["department_id"] != str(service.department_id)
    changes = writing.differences(before, service)
    if not changes:
        return
    accepted_lacks = stood == Standing.ACCEPTED and lacks_in(service, local_day(now))
    weighty = accepted_lacks or any(writing.is_weighty(change) for change in changes)
    verb = ServiceAction.CHANGE.value if weighty else "write_service"
    if weighty:
        _stand(service, ServiceAction.CHANGE)
    changes = writing.differences(before, service)
    record(actor, verb, service, changes=changes, covers=covers, note=service.title, now=now)
    writing.note_holders(actor, service, now)
    if service.standing == Standing.ASKED and (moved_to or stood != service.standing):
        _let_in(actor, found, now)
        told.asked(found, now)


def _require_employed(values: HolderValues) -> None:
    """Whoever holds a role works in its department."""
    for part, department_id in (
        ("owner", values.department_id),
        ("business", values.business_department_id),
        ("it", values.it_department_id),
    ):
        person_id = getattr(values, f"{part}_id")
        if person_id is None:
            continue
        if department_id is None or not queries.works_in(person_id, department_id):
            raise OutsideDepartmentError(f"{part}_id")


# --- somebody answers for it -----------------------------------------------------------------------------


def ask(actor: Viewer, found: ServiceOf, now: datetime) -> None:
    """Ask the department that is to own the service. It takes part in the case from then on, so that it can
    read what it is about. Raises IncompleteServiceError."""
    require(policy.may_ask(actor, found))
    _require_complete(found, local_day(now))
    _stand(found.service, ServiceAction.ASK)
    record(actor, ServiceAction.ASK.value, found.service, note=found.service.title, now=now)
    _let_in(actor, found, now)
    told.asked(found, now)


def _let_in(actor: Actor, found: ServiceOf, now: datetime) -> None:
    if found.project is None:
        return
    others = {row.department_id for row in participating_departments(found.project.id)}
    projects.set_departments(actor, found.project, others | {found.service.department_id}, now)


def accept(actor: Viewer, found: ServiceOf, words: str, now: datetime) -> ServiceAcceptance:
    """Answer for the service, for one's department: as it is described now, and is kept so. Raises
    IncompleteServiceError."""
    require(policy.may_answer(actor, found))
    today = local_day(now)
    _require_complete(found, today)
    said = _answer(actor, found, ("accepted", words), now)
    service = found.service
    service.accepted_on = service.accepted_on or today
    service.review_due_on = service.review_due_on or anniversary(service.accepted_on, 1)
    _stand(service, ServiceAction.ACCEPT)
    record(actor, ServiceAction.ACCEPT.value, service, note=service.title, now=now)
    writing.note_holders(actor, service, now)
    told.answered(found, Kind.SERVICE_ACCEPTED, words, now)
    is_accepted(actor, found, now)
    return said


def decline(actor: Viewer, found: ServiceOf, words: str, now: datetime) -> ServiceAcceptance:
    """Say that the department does not answer for it as it is described, and why."""
    require(policy.may_answer(actor, found))
    if not words.strip():
        raise RefusedError(SAY_WHY)
    said = _answer(actor, found, ("declined", words), now)
    _stand(found.service, ServiceAction.DECLINE)
    record(actor, ServiceAction.DECLINE.value, found.service, note=found.service.title, now=now)
    told.answered(found, Kind.SERVICE_DECLINED, words, now)
    return said


def _require_complete(found: ServiceOf, day: date) -> None:
    lacks = lacks_in(found.service, day)
    if lacks:
        raise IncompleteServiceError(lacks)


def _answer(actor: Viewer, found: ServiceOf, given: tuple[str, str], now: datetime) -> ServiceAcceptance:
    answer, words = given
    content = document_of(found.service)
    said = ServiceAcceptance(
        service_id=found.service.id,
        answer=answer,
        words=words,
        content=content,
        content_sha256=sha256_of(content),
        answered_by_id=actor.id,
        answered_at=now,
    )
    db.session.add(said)
    record(actor, "answer_about_service", said, project_id=found.service.project_id, now=now)
    return said


def _stand(service: OperatedService, action: ServiceAction) -> None:
    """The only function that changes how far a service has come."""
    target = after(Standing(service.standing), action)
    if target is None:
        raise RefusedError(GONE_ON)
    service.standing = target.value


def decommission(actor: Viewer, found: ServiceOf, on: date, words: str, now: datetime) -> None:
    """It is no more, since this day, and why."""
    require(policy.may_decommission(actor, found))
    if not words.strip():
        raise RefusedError(SAY_WHY)
    if on > local_day(now):
        raise RefusedError(_l("Ange en dag som har varit. Tjänsten avvecklas när den inte längre finns."))
    found.service.decommission_on = on
    _stand(found.service, ServiceAction.DECOMMISSION)
    record(actor, ServiceAction.DECOMMISSION.value, found.service, note=words, now=now)
