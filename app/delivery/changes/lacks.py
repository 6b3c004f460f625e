"""What a request lacks before it can be sent, and before it can be approved as the project stands then."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from flask_babel import lazy_gettext as _l

from app.core.changed_plan import after
from app.core.changes import ASKED_IN, Part, Wanted
from app.core.plan import Plan
from app.delivery.changes.lacking import Lack, Standing
from app.delivery.changes.lacks_of_money import lacks_in_money
from app.web.formats import iso_date


def lacks_in(wanted: Wanted, standing: Standing) -> list[Lack]:
    """Everything that the request lacks; nothing when it may be sent."""
    return [
        *_whole(wanted, standing),
        *_time(wanted, standing),
        *_scope(wanted, standing),
        *lacks_in_money(wanted, standing),
        *_effort(wanted, standing),
        *_people(wanted, standing),
    ]


def _whole(wanted: Wanted, standing: Standing) -> Iterator[Lack]:
    if not wanted.parts:
        yield Lack(None, _l("Välj minst en sak som ska ändras."))
    if not wanted.reason.strip():
        yield Lack(None, _l("Skriv varför projektet behöver ändras."))
    for part in sorted(wanted.parts - ASKED_IN.get(standing.state, frozenset())):
        yield Lack(part, _l("Det går inte att begära som projektet står nu. Ta bort delen."))
    if Part.TERMINATION in wanted.parts and wanted.parts - {Part.TERMINATION, Part.LEADER}:
        yield Lack(
            Part.TERMINATION,
            _l("Ett projekt som ska avbrytas ändras inte i övrigt. Ta bort de andra delarna."),
        )


def _time(wanted: Wanted, standing: Standing) -> Iterator[Lack]:
    time, plan = wanted.time, standing.plan
    if time is None or plan is None:
        return
    if time.ends_on < plan.starts_on:
        yield Lack(Part.TIME, _l("Projektet kan inte sluta före sin start. Ändra slutdagen."))
    if not is_changed(wanted, plan):
        yield Lack(Part.TIME, _l("Tiden är densamma som i planen. Ändra något, eller ta bort delen."))
    if not time.milestones:
        yield Lack(Part.TIME, _l("Behåll minst en milstolpe."))
    for row in time.milestones:
        if row.planned_on < plan.starts_on:
            yield Lack(
                Part.TIME,
                _l("Milstolpen ”%(name)s” ligger före projektets start. Ändra datumet.", name=row.name),
            )
    yield from _reached(wanted, plan, standing.bound.reached)


def _reached(wanted: Wanted, plan: Plan, reached: Mapping[int, str]) -> Iterator[Lack]:
    kept = {row.key: row for row in wanted.time.milestones} if wanted.time else {}
    for row in plan.milestones:
        if row.key in reached and kept.get(row.key) != row:
            yield Lack(
                Part.TIME, _l("Milstolpen ”%(name)s” är redan nådd. Låt den vara som den är.", name=row.name)
            )


def is_changed(wanted: Wanted, plan: Plan) -> bool:
    """Whether the time that is asked for is another than the plan's."""
    time = wanted.time
    return time is not None and (time.ends_on, list(time.milestones)) != (plan.ends_on, list(plan.milestones))


def _scope(wanted: Wanted, standing: Standing) -> Iterator[Lack]:
    scope, plan = wanted.scope, standing.plan
    if scope is None or plan is None:
        return
    later = after(plan, Wanted(scope=scope))
    if (later.scope, later.benefits) == (plan.scope, list(plan.benefits)):
        yield Lack(Part.SCOPE, _l("Omfattningen är densamma som i planen. Ändra något, eller ta bort delen."))
    for old, new in zip(plan.benefits, later.benefits, strict=True):
        if new.yearly is not None and new.yearly != old.yearly and not new.working.strip():
            yield Lack(
                Part.SCOPE, _l("Skriv hur det nya värdet av ”%(name)s” är räknat.", name=new.description)
            )
        last = standing.bound.last_days.get(new.key)
        if last and new.starts_on and new.starts_on > last:
            yield Lack(
                Part.SCOPE,
                _l(
                    "”%(name)s” upphör %(last)s enligt ansökan. Ange en dag före det.",
                    name=new.description,
                    last=iso_date(last),
                ),
            )


def _effort(wanted: Wanted, standing: Standing) -> Iterator[Lack]:
    plan = standing.plan
    if not wanted.effort or plan is None:
        return
    if list(wanted.effort) == list(plan.effort):
        yield Lack(Part.EFFORT, _l("Bemanningen är densamma som i planen. Ändra något, eller ta bort delen."))
    kept = {row.key for row in wanted.effort}
    for row in plan.effort:
        if row.key in standing.bound.worked and row.key not in kept:
            yield Lack(Part.EFFORT, _l("Rollen ”%(name)s” har bokförd tid. Behåll den.", name=row.role))
    for row in wanted.effort:
        if row.department not in standing.room.departments:
            yield Lack(
                Part.EFFORT,
                _l("”%(name)s” heter inte så längre. Välj förvaltning igen.", name=row.department),
            )


def _people(wanted: Wanted, standing: Standing) -> Iterator[Lack]:
    if wanted.leader_id is not None and wanted.leader_id not in standing.leaders:
        yield Lack(Part.LEADER, _l("Välj någon annan som är projektledare i den ansvariga förvaltningen."))
