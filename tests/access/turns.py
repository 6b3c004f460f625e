"""Which questions of the matrix are asked: in the short form not all that nobody comes near to.

Whoever may in one case at least is held against every case: there a rule goes wrong by a state, an interest,
a department. Who may in none, whatever the case, is held against a quarter of the cases. Which ones goes
round from person to person and from route to route, so that every case of every route is still asked for by
five people, and every person asks for a quarter of the routes of every case. With EVERY_CASE in the
environment, as in `make drill-access`, everybody asks for everything. `make mutants` tells whether the short
form is sharp.
"""

from __future__ import annotations

import os
from collections.abc import Iterator

from tests.access.matrix import CASE_ROWS, CaseRow
from tests.access.oracle import Answer, Case
from tests.access.people import CASES, PEOPLE, WHO

ALLOWED = (Answer.OPEN, Answer.ELSEWHERE)
_ONE_OF = 1 if os.environ.get("EVERY_CASE") else 4


def cases_for(who: str, row: CaseRow) -> Iterator[Case]:
    """The cases for which this person asks by this route."""
    person = WHO[who]
    may_somewhere = any(row.answer(person, case) in ALLOWED for case in CASES)
    turn = PEOPLE.index(person) + CASE_ROWS.index(row)
    for number, case in enumerate(CASES):
        if may_somewhere or (turn + number) % _ONE_OF == 0:
            yield case
