"""How what is said of a service is written, compared and told: fields, costs, dependencies, holders."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import fields
from datetime import datetime
from typing import Any

from app.accounts.access import Viewer
from app.core.clock import local_day
from app.db import db
from app.history.changes import Change, text_of
from app.history.service import record
from app.history.told import differences_in
from app.operations import queries
from app.operations.models import OperatedService, ServiceCost, ServiceDependency, ServiceHolder
from app.operations.values import Dependency, HolderValues, MoneyValues, ServiceValues

Said = Mapping[str, Any]
"""Everything that a service says, as texts."""

_FIELDS = tuple(
    field.name
    for values in (ServiceValues, HolderValues, MoneyValues)
    for field in fields(values)
    if field.name != "costs"
)
_WEIGHTY = frozenset({"department_id", "owner_role", "payer_department_id", "payer", "financed_until"})
AMOUNTS = "amounts"
PARTS = ("owner", "business", "it")


def fill(service: OperatedService, values: ServiceValues | HolderValues) -> None:
    """Let the service say this."""
    for field in fields(values):
        setattr(service, field.name, getattr(values, field.name))


def fill_money(service: OperatedService, values: MoneyValues) -> None:
    """Let it cost this, row by row: what stays the same stays the same row."""
    service.payer_department_id, service.payer = values.payer_department_id, values.payer
    service.financed_until = values.financed_until
    left = {(row.kind, row.from_year): row for row in service.costs}
    for cost in values.costs:
        row = left.pop((cost.kind.value, cost.from_year), None)
        if row is None:
            row = ServiceCost(kind=cost.kind.value, from_year=cost.from_year)
            service.costs.append(row)
        row.to_year, row.amount = cost.to_year, cost.amount
    for row in left.values():
        service.costs.remove(row)


def fill_dependencies(service: OperatedService, wanted: Sequence[Dependency]) -> None:
    """Let it depend on these, each once."""
    left = {Dependency(row.on_service_id, row.platform): row for row in service.dependencies}
    for one in dict.fromkeys(wanted):
        if left.pop(one, None) is None:
            service.dependencies.append(
                ServiceDependency(on_service_id=one.on_service_id, platform=one.platform)
            )
    for row in left.values():
        service.dependencies.remove(row)


# --- the history -----------------------------------------------------------------------------------------


def said(service: OperatedService) -> Said:
    """What it says now."""
    return {
        "standing": service.standing,
        **{name: text_of(getattr(service, name)) or "" for name in _FIELDS},
        AMOUNTS: {
            f"{row.from_year}–{row.to_year} {row.kind}": f"{row.amount.normalize():f}"
            for row in service.costs
        },
        "dependencies": ", ".join(
            sorted(row.platform or str(row.on_service_id) for row in service.dependencies)
        ),
    }


def differences(before: Said, service: OperatedService) -> list[Change]:
    """What it says otherwise than before."""
    return differences_in(before, said(service))


def is_weighty(change: Change) -> bool:
    """Whether what was accepted is no longer what there is: its owner, its cost, its financing."""
    return change.field is not None and (change.field in _WEIGHTY or change.field.startswith(f"{AMOUNTS}."))


def note_holders(actor: Viewer, service: OperatedService, now: datetime) -> None:
    """Write down who holds which role from today, where that is news; from the first acceptance on."""
    if service.accepted_on is None:
        return
    newest = {row.part: row for row in queries.holders_of(service.id)}
    for part in PARTS:
        holds = _holds(service, part)
        last = newest.get(part)
        if last is not None and (last.role, last.department_id, last.person_id) == holds:
            continue
        role, department_id, person_id = holds
        row = ServiceHolder(
            service_id=service.id,
            part=part,
            role=role,
            department_id=department_id,
            person_id=person_id,
            from_on=local_day(now),
            entered_at=now,
            entered_by_id=actor.id,
        )
        db.session.add(row)
        record(actor, "hold_service_role", row, project_id=service.project_id, note=service.title, now=now)


def _holds(service: OperatedService, part: str) -> tuple[str, int | None, int | None]:
    department = "department_id" if part == "owner" else f"{part}_department_id"
    return getattr(service, f"{part}_role"), getattr(service, department), getattr(service, f"{part}_id")
