"""The form of each part of a request, filled with what is written, else with how the project is."""

from __future__ import annotations

from dataclasses import asdict, replace
from typing import Any

from app.accounts.queries import departments
from app.core.changes import Part, Time, Wanted
from app.core.moving import Source
from app.delivery.changes import forms, forms_money, queries
from app.delivery.changes.queries import ChangeOf
from app.delivery.plans import queries as plans
from app.web.opened import AUTO


def reason_form(found: ChangeOf, formdata: Any = AUTO) -> forms.ReasonForm:
    """Why."""
    return forms.ReasonForm(formdata, data={"reason": found.wanted.reason})


def form_of(part: Part, found: ChangeOf, formdata: Any = AUTO) -> Any:
    """The form of the part."""
    return _FORMS[part](found, formdata)


def with_part(part: Part, found: ChangeOf, form: Any) -> Wanted:
    """The request with what the form says of the part."""
    wanted = found.wanted
    if part is Part.TIME:
        return replace(wanted, time=form.values())
    if part is Part.FUNDS:
        return replace(wanted, costs=form.values(queries.names_of_departments()))
    if part is Part.MOVE:
        return replace(wanted, moves=form.values(queries.names_of_departments(), sources_of(found)))
    if part is Part.LEADER:
        return replace(wanted, leader_id=form.leader_id.data)
    if part is Part.PAUSE:
        return replace(wanted, pause=form.values())
    return replace(wanted, termination=form.values())


def _time(found: ChangeOf, formdata: Any) -> forms.TimeForm:
    plan = plans.current_plan(found.project.id)
    time = found.wanted.time or (Time(plan.ends_on, plan.milestones) if plan else None)
    listed = [
        {
            "id": row.key or "",
            "name": row.name,
            "kind": row.kind.value,
            "planned_on": row.planned_on,
            "responsible": row.responsible,
        }
        for row in (time.milestones if time else ())
    ]
    return forms.TimeForm(formdata, data={"ends_on": time.ends_on if time else None, "milestones": listed})


def _funds(found: ChangeOf, formdata: Any) -> forms_money.FundsForm:
    listed = [asdict(cost) | {"kind": cost.kind.value} for cost in found.wanted.costs]
    form = forms_money.FundsForm(formdata, data={"costs": listed or [{}]})
    form.offer(departments())
    return form


def _moves(found: ChangeOf, formdata: Any) -> forms_money.MovesForm:
    listed = [
        {
            "source": f"{move.line}-{move.year}",
            "amount": move.amount,
            "to_department_id": move.to_department_id,
            "to_year": move.to_year,
        }
        for move in found.wanted.moves
    ]
    form = forms_money.MovesForm(formdata, data={"moves": listed or [{}]})
    form.offer(departments(), sources_of(found))
    return form


def sources_of(found: ChangeOf) -> list[Source]:
    """What there is in the budget that can be moved, and what is asked to be, also when it no longer can."""
    plan = plans.current_plan(found.project.id)
    if plan is None:
        return []
    asked = {(move.line, move.year) for move in found.wanted.moves}
    every = queries.room_of(found.project).sources(plan.budget)
    return [row for row in every if row.room or (row.line.key, row.year) in asked]


def _leader(found: ChangeOf, formdata: Any) -> forms.LeaderForm:
    form = forms.LeaderForm(formdata, data={"leader_id": found.wanted.leader_id})
    form.offer(queries.possible_leaders(found.project))
    return form


def _pause(found: ChangeOf, formdata: Any) -> forms.PauseForm:
    pause = found.wanted.pause
    return forms.PauseForm(formdata, data=asdict(pause) if pause else {})


def _termination(found: ChangeOf, formdata: Any) -> forms.TerminationForm:
    end = found.wanted.termination
    return forms.TerminationForm(formdata, data=asdict(end) if end else {})


_FORMS = {
    Part.TIME: _time,
    Part.FUNDS: _funds,
    Part.MOVE: _moves,
    Part.LEADER: _leader,
    Part.PAUSE: _pause,
    Part.TERMINATION: _termination,
}
