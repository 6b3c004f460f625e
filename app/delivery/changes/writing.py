"""The form of each part of a request, filled with what is written, else with how the project is."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import asdict, replace
from typing import Any

from app.accounts.queries import departments
from app.core.changes import FIELD_OF, Part, Time, Wanted
from app.core.moving import Source
from app.delivery.changes import forms, forms_money, forms_scope, queries
from app.delivery.changes.queries import ChangeOf
from app.delivery.changes.worth import line_number
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
    return replace(found.wanted, **{FIELD_OF[part]: _VALUES[part](found, form)})


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
    form.offer(departments(), queries.years_of(found.project.programme_id))
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
    form.offer(departments(), queries.years_of(found.project.programme_id), sources_of(found))
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


def _scope(found: ChangeOf, formdata: Any) -> forms_scope.ScopeForm:
    plan, scope = plans.current_plan(found.project.id), found.wanted.scope
    said = {row.key: row for row in scope.benefits} if scope else {}
    listed = []
    for now in plan.benefits if plan else ():
        row = said.get(now.key, now)
        listed.append(
            {"key": now.key, "starts_on": row.starts_on, "yearly": row.yearly, "working": row.working}
        )
    text = scope.text if scope else (plan.scope if plan else "")
    return forms_scope.ScopeForm(formdata, data={"text": text, "benefits": listed})


def benefits_asked(found: ChangeOf) -> list[forms_scope.Asked]:
    """The benefits of the plan, with what the decided application says of each."""
    plan = plans.current_plan(found.project.id)
    if plan is None:
        return []
    decided = queries.decided_calculation(found.project.id)
    worth = {line_number(key): amount for key, amount in decided.full_years.items()}
    years = {
        line_number(entry.key): entry.values.price_year or decided.settings.price_year
        for entry in decided.benefits
    }
    return [forms_scope.Asked(row, worth.get(row.key), years[row.key]) for row in plan.benefits]


def _effort(found: ChangeOf, formdata: Any) -> forms_scope.WorkForm:
    plan, numbers = plans.current_plan(found.project.id), queries.numbers_of_departments()
    listed = [
        {
            "id": row.key or "",
            "role": row.role,
            "department_id": numbers.get(row.department),
            "hours_low": row.low,
            "hours_high": row.high,
            "share": row.share,
        }
        for row in found.wanted.effort or (plan.effort if plan else ())
    ]
    form = forms_scope.WorkForm(formdata, data={"lines": listed})
    form.offer(departments())
    return form


_FORMS = {
    Part.TIME: _time,
    Part.SCOPE: _scope,
    Part.FUNDS: _funds,
    Part.MOVE: _moves,
    Part.EFFORT: _effort,
    Part.LEADER: _leader,
    Part.PAUSE: _pause,
    Part.TERMINATION: _termination,
}

_VALUES: Mapping[Part, Callable[[ChangeOf, Any], Any]] = {
    Part.TIME: lambda _found, form: form.values(),
    Part.SCOPE: lambda found, form: form.values(benefits_asked(found)),
    Part.FUNDS: lambda _found, form: form.values(queries.names_of_departments()),
    Part.MOVE: lambda found, form: form.values(queries.names_of_departments(), sources_of(found)),
    Part.EFFORT: lambda _found, form: form.effort(queries.names_of_departments()),
    Part.LEADER: lambda _found, form: form.leader_id.data,
    Part.PAUSE: lambda _found, form: form.values(),
    Part.TERMINATION: lambda _found, form: form.values(),
}
