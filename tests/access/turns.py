"""Which questions of the matrix are asked: in the short form not all that nobody comes near to.

Whom the rules treat alike, by a route, in every case, share the cases of that route among them: three ask
for a third each, and every case is asked for by one of them. Who may in none, whatever the case, is held
against a tenth of the cases; two such people still ask for each. Which ones goes round from person
to person and from route to route. Where there are no more than two cases in which anybody may, everybody who
sees one of them asks for it: nowhere else would a rule be held against whom it nearly lets in. With
EVERY_CASE in the environment, as in `make drill-access`, everybody asks for everything. `make
mutants` tells whether the short form is sharp.
"""

from __future__ import annotations

import os
from collections.abc import Iterator
from functools import cache

from tests.access import oracle
from tests.access.matrix import CASE_ROWS, CaseRow
from tests.access.oracle import Answer, Case
from tests.access.people import CASES, PEOPLE, WHO

ALLOWED = (Answer.OPEN, Answer.ELSEWHERE)
_AMONG_SO_MANY = 3
_OF_THOSE_WHO_NEVER_MAY = 10
_FEW = 2


@cache
def _alike(place: int, who: str) -> list[str]:
    """Whom this row of the matrix answers as it answers this person, whatever the case."""
    row = CASE_ROWS[place]
    answers = [row.answer(WHO[who], case) for case in CASES]
    return [
        person.key
        for person in PEOPLE
        if all(row.answer(person, case) is answer for case, answer in zip(CASES, answers, strict=True))
    ]


def _share(who: str, row: CaseRow) -> tuple[int, int]:
    """One case of so many is this person's, beginning with this one."""
    if os.environ.get("EVERY_CASE"):
        return 1, 0
    place = CASE_ROWS.index(row)
    if not any(row.answer(WHO[who], case) in ALLOWED for case in CASES):
        return _OF_THOSE_WHO_NEVER_MAY, place + PEOPLE.index(WHO[who])
    alike = _alike(place, who)
    return min(len(alike), _AMONG_SO_MANY), place + alike.index(who)


@cache
def _rare(place: int) -> frozenset[str]:
    """The cases in which anybody may, when they are few."""
    row = CASE_ROWS[place]
    found = {case.key for case in CASES for person in PEOPLE if row.answer(person, case) in ALLOWED}
    return frozenset(found if len(found) <= _FEW else ())


def cases_for(who: str, row: CaseRow) -> Iterator[Case]:
    """The cases for which this person asks by this route."""
    one_of, turn = _share(who, row)
    rare = _rare(CASE_ROWS.index(row))
    for number, case in enumerate(CASES):
        near = case.key in rare and oracle.sees(WHO[who], case)
        if near or (number + turn) % one_of == 0:
            yield case
