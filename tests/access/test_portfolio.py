"""The portfolio holds what each may see, no more and no fewer, as a list, as bubbles and as a timeline."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from tests.access import oracle
from tests.access import oracle_running as running
from tests.access.conftest import Place
from tests.access.oracle import Case, Person
from tests.access.people import WHO
from tests.access.test_lists import ids, plain, shown_in, those
from tests.access.test_reading import EVERYBODY


def came_in(person: Person, case: Case) -> bool:
    return case.came_in and oracle.sees(person, case)


def has_money(person: Person, case: Case) -> bool:
    return case.state in running.GRANTED and oracle.sees(person, case)


@pytest.mark.parametrize(
    ("page", "size", "there", "nouns"),
    [
        ("/portfolj", 12, came_in, ("ärende", "ärenden")),
        ("/portfolj/bubblor", 12, has_money, ("beviljat projekt", "beviljade projekt")),
        ("/portfolj/tidslinje", 8, has_money, ("beviljat projekt", "beviljade projekt")),
    ],
)
@EVERYBODY
def test_it_holds_and_counts_what_each_may_see(
    place: Place,
    who: str,
    page: str,
    size: int,
    there: Callable[[Person, Case], bool],
    nouns: tuple[str, str],
) -> None:
    if not oracle.has_list(WHO[who]):
        return
    expected = those(there, who)
    visitor, shown, last = place.visitor(who), set(), ""
    for number in range(1, len(expected) // size + 2):
        last = visitor.get(f"{page}?page={number}").text
        shown |= shown_in(last)
    assert shown == ids(place, expected)
    assert f"{len(expected)} {nouns[len(expected) != 1]}" in plain(last)
