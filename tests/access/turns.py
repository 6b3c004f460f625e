"""Which questions of the matrix are asked: in the short form not all that nobody comes near to.

By a route, the cases in which the rules answer every person alike are of one sort, and so are the people whom
they answer alike in every case. In the short form, each sort of people asks for each sort of cases, in turns;
one case of the sort stands for the others. Besides, everybody asks for some case that they see, and each case
is asked for by somebody who may in some case and sees this one. Which case it is, and who asks, goes round
from route to route. Where there are no more than two cases in which anybody may, everybody who sees one of
them asks for it: nowhere else would a rule be held against whom it nearly lets in.

With EVERY_CASE in the environment, as in `make drill-access`, everybody asks for everything. `make mutants`
tells whether the short form is sharp.
"""

from __future__ import annotations

import os
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache

from tests.access import oracle
from tests.access.matrix import CASE_ROWS, CaseRow
from tests.access.oracle import Answer, Case, Person
from tests.access.people import CASES, PEOPLE

ALLOWED = (Answer.OPEN, Answer.ELSEWHERE)
_AMONG_SO_MANY = 3
_FEW = 2


@dataclass(frozen=True)
class _Row:
    """A route: what the rules answer there, and who is asked for what."""

    place: int
    answers: dict[str, tuple[Answer, ...]]
    """By person, for each case."""

    def may(self, person: Person) -> bool:
        """The person may in some case."""
        return any(answer in ALLOWED for answer in self.answers[person.key])

    def turn(self, person: Person) -> tuple[int, int]:
        """Among how many people of a sort the sorts of cases are shared, and whose turn this is."""
        if not self.may(person):
            alike = [other.key for other in PEOPLE if not self.may(other)]
            return max(len(alike) // 2, 1), alike.index(person.key)
        alike = [other.key for other in PEOPLE if self.answers[other.key] == self.answers[person.key]]
        return min(len(alike), _AMONG_SO_MANY), alike.index(person.key)

    def sorts(self) -> list[list[Case]]:
        """The cases, those together in which everybody is answered alike."""
        found = defaultdict[tuple[Answer, ...], list[Case]](list)
        for number, case in enumerate(CASES):
            found[tuple(self.answers[person.key][number] for person in PEOPLE)].append(case)
        return list(found.values())

    def rare(self) -> list[Case]:
        """The cases in which anybody may, when they are few."""
        found = [
            case
            for number, case in enumerate(CASES)
            if any(self.answers[person.key][number] in ALLOWED for person in PEOPLE)
        ]
        return found if len(found) <= _FEW else []


@cache
def _asked(place: int) -> dict[str, set[str]]:
    """What each person asks for by this route: the names of cases."""
    row = CASE_ROWS[place]
    here = _Row(place, {person.key: tuple(row.answer(person, case) for case in CASES) for person in PEOPLE})
    asked: dict[str, set[str]] = {person.key: set() for person in PEOPLE}
    for person in PEOPLE:
        one_of, turn = here.turn(person)
        for number, sort in enumerate(here.sorts()):
            if (number + turn + place) % one_of == 0:
                asked[person.key].add(sort[(place + PEOPLE.index(person)) % len(sort)].key)
        asked[person.key].update(case.key for case in here.rare() if oracle.sees(person, case))
        if seen := [case.key for case in CASES if oracle.sees(person, case)]:
            asked[person.key].add(seen[(place + PEOPLE.index(person)) % len(seen)])
    for number, case in enumerate(CASES):
        near = [person for person in PEOPLE if here.may(person) and oracle.sees(person, case)]
        if near:
            asked[near[(number + place) % len(near)].key].add(case.key)
    return asked


def cases_for(who: str, row: CaseRow) -> Iterator[Case]:
    """The cases for which this person asks by this route."""
    if os.environ.get("EVERY_CASE"):
        yield from CASES
        return
    asked = _asked(CASE_ROWS.index(row))[who]
    yield from (case for case in CASES if case.key in asked)
