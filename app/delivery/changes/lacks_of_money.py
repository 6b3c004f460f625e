"""What stands against granting or moving the money that a request asks for."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from decimal import Decimal
from typing import Any

from flask_babel import lazy_gettext as _l

from app.core.changes import Move, Part, Wanted
from app.core.moving import by_account, by_source
from app.delivery.changes.lacking import Lack, Standing
from app.web.formats import exact

ZERO = Decimal(0)


def no_money_for(year: int, years: range) -> Any:
    """What to say of a year that is none of the programme's."""
    return _l(
        "Programmet har inga pengar för %(year)s. Välj ett år från %(first)s till %(last)s.",
        year=year,
        first=years.start,
        last=years.stop - 1,
    )


def lacks_in_money(wanted: Wanted, standing: Standing) -> Iterator[Lack]:
    """Money is for the programme's years; what is moved goes somewhere else, and nobody has used it."""
    for year in sorted({cost.year for cost in wanted.costs}):
        if year not in standing.years:
            yield Lack(Part.FUNDS, no_money_for(year, standing.years))
    for move in wanted.moves:
        if move.source == move.target:
            yield Lack(
                Part.MOVE,
                _l("”%(name)s”: välj ett annat år eller en annan förvaltning.", name=move.description),
            )
        if move.to_year not in standing.years:
            yield Lack(Part.MOVE, no_money_for(move.to_year, standing.years))
    yield from _more_than_there_is(wanted.moves, standing)


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
