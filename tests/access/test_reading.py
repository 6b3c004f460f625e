"""Everybody opens every page of every case: what must be seen is, what must not be seen is not."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from tests.access import addresses, oracle
from tests.access.conftest import Place
from tests.access.matrix import CASE_ROWS, ROWS, UNKNOWN_NUMBER
from tests.access.oracle import Answer
from tests.access.people import CASES, PEOPLE, WHO
from tests.access.turns import cases_for
from tests.access.visitor import Seen, without_names
from tests.access.words import MAY_READ, Part, found_in, must_tell

EVERYBODY = pytest.mark.parametrize("who", [person.key for person in PEOPLE])

GETS = [row for row in CASE_ROWS if row.method == "GET"]
PLACES = [row for row in ROWS if row.method == "GET"]

OTHER_VERSIONS = (
    "/ansokan/las?version=1", "/ansokan/las?version=2", "/ansokan.pdf?version=1",
    "/ansokan.pdf?version=utkast", "/historik?before=999999", "/ansokan/jamfor?from=1&to=2",
)  # fmt: skip
"""What the pages of a case can be asked for besides, where somebody has written since it came in."""

SEARCHES = (
    "lage=all", "q=zq", "lage=all&q=Projektet", "lage=all&q=2027", "lage=all&sort=title", "lage=all&sena=1",
    "lage=all&handlaggare=mine", "lage=all&handlaggare=nobody", "lage=withdrawn", "lage=returned",
    "lage=draft", "lage=approved&q=zq",
)  # fmt: skip


OWN_DRAFTS = "/mina-utkast"
TYPED_BY = {"secretary": {Part.RETURN_DRAFT}}
"""Everybody finds what they have typed themselves among their own drafts, whatever has become of the case."""


def not_theirs(who: str, page: Seen, address: str = "") -> list[str]:
    """The parts of cases that the page tells and the person may not read."""
    own = TYPED_BY.get(who, set()) if address == OWN_DRAFTS else set()
    told = [(case, part) for case, part in found_in(page.text) if part not in own]
    return [f"tells {part.name} of {case.key}" for case, part in told if not MAY_READ[part](WHO[who], case)]


@EVERYBODY
def test_everybody_reads_the_pages_of_a_case_that_the_matrix_says_and_no_others(
    place: Place, who: str
) -> None:
    """And what may not be known of looks like what does not exist, to the last sign and question."""
    visitor, wrong = place.visitor(who), []
    for row in GETS:
        nothings: dict[str, Seen] = {}
        for case in cases_for(who, row):
            page = visitor.get(addresses.of_case(place.app, place.city, row.endpoint, case.key))
            expected, faults = row.answer(WHO[who], case), not_theirs(who, page)
            if page.answer is not expected:
                faults.append(f"is answered with {page.status}, not {expected.value}")
            elif page.answer is Answer.OPEN:
                left_out = must_tell(row.endpoint, WHO[who], case) - {
                    part for _case, part in found_in(page.text)
                }
                faults += [f"does not tell {part.name}" for part in left_out]
            elif not oracle.sees(WHO[who], case):
                nowhere = addresses.of_nothing(place.app, place.city, row.endpoint, case.key)
                nothings[nowhere] = nothings.get(nowhere) or visitor.get(nowhere)
                if not _same(place, nothings[nowhere], page, case.key):
                    faults.append("differs from what does not exist")
            wrong += [f"{row.endpoint} of {case.key} {fault}" for fault in faults]
    assert not wrong, "\n".join(wrong)


def _same(place: Place, nothing: Seen, hidden: Seen, case_key: str) -> bool:
    """The same answer, after the same number of questions to the database: it takes no longer either."""
    numbers = (UNKNOWN_NUMBER, place.city.ids[case_key], *place.city.parts[case_key].values())
    left, right = (without_names(page.text, *numbers) for page in (nothing, hidden))
    return (nothing.status, nothing.headers, nothing.statements, left) == (
        hidden.status, hidden.headers, hidden.statements, right,
    )  # fmt: skip


@EVERYBODY
def test_no_list_and_no_other_version_tells_anybody_what_is_not_theirs(place: Place, who: str) -> None:
    visitor, wrong = place.visitor(who), []
    for address in (*_other_versions(place), *(f"/arenden?{asked}" for asked in SEARCHES)):
        page = visitor.get(address)
        assert page.status < 500, address
        wrong += [f"{address} {fault}" for fault in not_theirs(who, page)]
    assert not wrong, "\n".join(wrong)


def _other_versions(place: Place) -> Iterator[str]:
    for key in ("draft", "submitted", "returned", "awaiting_new_signature", "completed"):
        yield from (f"/projekt/{place.city.ids[key]}{tail}" for tail in OTHER_VERSIONS)


@EVERYBODY
def test_everybody_finds_the_places_that_the_matrix_says_and_no_others(place: Place, who: str) -> None:
    """And none of them tells anybody what is not theirs."""
    visitor, wrong = place.visitor(who), []
    for row in PLACES:
        address = addresses.of_place(place.app, place.city, row.endpoint)
        page = visitor.get(address)
        assert page.status < 500, address
        wrong += [f"{address} {fault}" for fault in not_theirs(who, page, address)]
        expected = row.answer(WHO[who])
        # To change the language leads on to the door, whoever asks.
        if page.answer is not expected and row.endpoint != "accounts.language":
            wrong.append(f"{row.endpoint} is answered with {page.status}, not {expected.value}")
    assert not wrong, "\n".join(wrong)


@EVERYBODY
def test_what_is_written_in_a_completion_is_no_part_of_the_case_yet(place: Place, who: str) -> None:
    """Its lines and files, asked for by their own numbers."""
    visitor = place.visitor(who)
    for case_key, records in place.city.written_since.items():
        case = next(case for case in CASES if case.key == case_key)
        mine = oracle.sees_writing(WHO[who], case)
        project = f"/projekt/{place.city.ids[case_key]}"
        addressed = (
            f"{project}/bilagor/{records['attachment_id']}",
            f"{project}/kalkyl/kostnad/{records['cost']}",
            f"{project}/kalkyl/nytta/{records['benefit']}",
        )
        for address in addressed:
            assert (visitor.get(address).answer is not Answer.UNKNOWN) == mine, address
