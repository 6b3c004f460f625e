"""What a request asks for as plain JSON, and back. Amounts are decimal strings, dates ISO."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from decimal import Decimal
from typing import Any

from app.core.changes import Cost, Move, Pause, Promise, Scope, Termination, Time, Wanted
from app.core.costs import CostKind, Financier
from app.core.plan import BenefitStart, Effort, Milestone, MilestoneKind, Plan
from app.core.precision import plain

Said = Mapping[str, Any]


def as_json(wanted: Wanted) -> dict[str, Any]:
    """Plain JSON; a part that is not asked for is null."""
    return {
        "reason": wanted.reason,
        "time": _time(wanted.time) if wanted.time else None,
        "scope": _scope(wanted.scope) if wanted.scope else None,
        "costs": costs_as_json(wanted.costs),
        "moves": [_move(move) for move in wanted.moves],
        "effort": [_effort(row) for row in wanted.effort],
        "leader_id": wanted.leader_id,
        "pause": _pause(wanted.pause) if wanted.pause else None,
        "termination": _termination(wanted.termination) if wanted.termination else None,
    }


def from_json(said: Said) -> Wanted:
    """The same again, equal to what was kept. Older ones do not know of parts that came later."""
    return Wanted(
        said["reason"],
        time=_time_from(said["time"]) if said["time"] else None,
        scope=_scope_from(said["scope"]) if said.get("scope") else None,
        costs=costs_from_json(said["costs"]),
        moves=tuple(_move_from(row) for row in said.get("moves", ())),
        effort=tuple(_effort_from(row) for row in said.get("effort", ())),
        leader_id=said["leader_id"],
        pause=_pause_from(said["pause"]) if said["pause"] else None,
        termination=_termination_from(said["termination"]) if said["termination"] else None,
    )


def costs_as_json(costs: Sequence[Cost]) -> list[dict[str, Any]]:
    """Costs alone: what a decision grants."""
    return [
        {
            "description": cost.description,
            "kind": cost.kind.value,
            "department_id": cost.department_id,
            "department": cost.department,
            "year": cost.year,
            "amount": f"{cost.amount:f}",
        }
        for cost in costs
    ]


def costs_from_json(rows: Sequence[Said]) -> tuple[Cost, ...]:
    """Costs again."""
    return tuple(
        Cost(
            row["description"],
            CostKind(row["kind"]),
            row["department_id"],
            row["department"],
            row["year"],
            Decimal(row["amount"]),
        )
        for row in rows
    )


def before_as_json(plan: Plan, wanted: Wanted) -> dict[str, Any]:
    """What the plan says of that which the request writes anew: to see whether it is still the same."""
    return {
        "time": _time(Time(plan.ends_on, plan.milestones)) if wanted.time else None,
        "scope": {"text": plan.scope, "benefits": [benefit_as_json(row) for row in plan.benefits]}
        if wanted.scope
        else None,
        "effort": [_effort(row) for row in plan.effort] if wanted.effort else None,
    }


def benefit_as_json(row: BenefitStart | Promise) -> dict[str, Any]:
    """When a benefit is expected, and what it is worth."""
    return {
        "key": row.key,
        "description": row.description,
        "starts_on": row.starts_on.isoformat() if row.starts_on else None,
        "yearly": None if row.yearly is None else f"{row.yearly:f}",
        "working": row.working,
    }


def _scope(scope: Scope) -> dict[str, Any]:
    return {"text": scope.text, "benefits": [benefit_as_json(row) for row in scope.benefits]}


def _scope_from(said: Said) -> Scope:
    return Scope(
        said["text"],
        tuple(
            Promise(
                row["key"],
                row["description"],
                date.fromisoformat(row["starts_on"]),
                None if row["yearly"] is None else Decimal(row["yearly"]),
                row["working"],
            )
            for row in said["benefits"]
        ),
    )


def _effort(row: Effort) -> dict[str, Any]:
    numbers = {name: getattr(row, name) for name in _OF_EFFORT}
    return {
        "key": row.key,
        "role": row.role,
        "department": row.department,
        **{name: None if value is None else f"{plain(value):f}" for name, value in numbers.items()},
    }


def _effort_from(said: Said) -> Effort:
    numbers = (None if said[name] is None else Decimal(said[name]) for name in _OF_EFFORT)
    return Effort(said["key"], said["role"], said["department"], *numbers)


_OF_EFFORT = ("low", "high", "share")


def _time(time: Time) -> dict[str, Any]:
    return {
        "ends_on": time.ends_on.isoformat(),
        "milestones": [
            {
                "key": row.key,
                "name": row.name,
                "kind": row.kind.value,
                "planned_on": row.planned_on.isoformat(),
                "responsible": row.responsible,
            }
            for row in time.milestones
        ],
    }


def _time_from(said: Said) -> Time:
    return Time(
        date.fromisoformat(said["ends_on"]),
        tuple(
            Milestone(
                row["key"],
                row["name"],
                MilestoneKind(row["kind"]),
                date.fromisoformat(row["planned_on"]),
                row["responsible"],
            )
            for row in said["milestones"]
        ),
    )


def _move(move: Move) -> dict[str, Any]:
    return {
        "line": move.line,
        "description": move.description,
        "financier": move.financier.value,
        "department_id": move.department_id,
        "department": move.department,
        "year": move.year,
        "to_department_id": move.to_department_id,
        "to_department": move.to_department,
        "to_year": move.to_year,
        "amount": f"{move.amount:f}",
    }


def _move_from(said: Said) -> Move:
    return Move(**{**said, "financier": Financier(said["financier"]), "amount": Decimal(said["amount"])})


def _pause(pause: Pause) -> dict[str, Any]:
    return {
        "starts_on": pause.starts_on.isoformat(),
        "until": pause.until.isoformat(),
        "why": pause.why,
    }


def _pause_from(said: Said) -> Pause:
    return Pause(date.fromisoformat(said["starts_on"]), date.fromisoformat(said["until"]), said["why"])


def _termination(end: Termination) -> dict[str, Any]:
    return {
        "decided_by": end.decided_by,
        "decided_on": end.decided_on.isoformat(),
        "reasons": end.reasons,
    }


def _termination_from(said: Said) -> Termination:
    return Termination(said["decided_by"], date.fromisoformat(said["decided_on"]), said["reasons"])
