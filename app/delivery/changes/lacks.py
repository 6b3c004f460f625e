"""What a request lacks before it can be sent, and before it can be approved as the project stands then."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from flask_babel import lazy_gettext as _l

from app.core.changes import ASKED_IN, Move, Part, Wanted
from app.core.moving import Room, by_account, by_source
from app.core.plan import Plan
from app.core.workflow import State
from app.web.formats import exact

ZERO = Decimal(0)


@dataclass(frozen=True)
class Lack:
    """Something that the request lacks; `part` None: the request as a whole."""

    part: Part | None
    text: Any


class IncompleteError(ValueError):
    """The request cannot be sent like this."""

    def __init__(self, lacks: Sequence[Lack]) -> None:
        super().__init__("; ".join(str(lack.text) for lack in lacks))
        self.lacks = tuple(lacks)


@dataclass(frozen=True)
class Standing:
    """The project as it stands: what a request is held against."""

    state: State
    plan: Plan | None
    reached: Mapping[int, str]
    """Milestones that are reached."""
    leaders: frozenset[int]
    """Who may become project leader."""
    room: Room
    years: range
    """The budget years of the programme."""


def lacks_in(wanted: Wanted, standing: Standing) -> list[Lack]:
    """Everything that the request lacks; nothing when it may be sent."""
    return [
        *_whole(wanted, standing),
        *_time(wanted, standing),
        *_moves(wanted.moves, standing),
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
    yield from _reached(wanted, plan, standing.reached)


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


def _moves(moves: Sequence[Move], standing: Standing) -> Iterator[Lack]:
    for move in moves:
        if move.source == move.target:
            yield Lack(
                Part.MOVE,
                _l("”%(name)s”: välj ett annat år eller en annan förvaltning.", name=move.description),
            )
        if move.to_year not in standing.years:
            yield Lack(
                Part.MOVE,
                _l(
                    "Programmet har inga pengar för %(year)s. Välj ett år från %(first)s till %(last)s.",
                    year=move.to_year,
                    first=standing.years.start,
                    last=standing.years.stop - 1,
                ),
            )
    yield from _more_than_there_is(moves, standing)


def _more_than_there_is(moves: Sequence[Move], standing: Standing) -> Iterator[Lack]:
    lines = {line.key: line for line in standing.plan.budget} if standing.plan else {}
    names = {move.line: move.description for move in moves}
    for (key, year), asked in by_source(moves).items():
        line = lines.get(key)
        room = standing.room.source(line, year).room if line else ZERO
        if asked > room:
            yield Lack(
                Part.MOVE,
                _l(
                    "Av ”%(name)s” %(year)s går högst %(room)s att flytta, men begäran flyttar %(asked)s. "
                    "Det som är bokfört, rekvirerat, utbetalt eller återfört flyttas inte.",
                    name=names[key],
                    year=year,
                    room=exact(room),
                    asked=exact(asked),
                ),
            )
    departments = {move.department_id: move.department for move in moves}
    for place, asked in by_account(moves).items():
        left = standing.room.remaining.get(place, ZERO)
        if asked > left:
            yield Lack(
                Part.MOVE,
                _l(
                    "%(department)s har %(left)s kvar för %(year)s, men begäran flyttar %(asked)s därifrån. "
                    "Flytta mindre.",
                    department=departments[place[0]],
                    year=place[1],
                    left=exact(left),
                    asked=exact(asked),
                ),
            )


def _people(wanted: Wanted, standing: Standing) -> Iterator[Lack]:
    if wanted.leader_id is not None and wanted.leader_id not in standing.leaders:
        yield Lack(Part.LEADER, _l("Välj någon annan som är projektledare i den ansvariga förvaltningen."))
