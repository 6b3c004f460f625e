"""Everybody sends every form of every case: the refused change nothing, the allowed are not refused."""

from __future__ import annotations

from collections.abc import Iterator

from app.db import Base, db
from tests.access import addresses
from tests.access.conftest import Copies, Place
from tests.access.matrix import CASE_ROWS, ROWS, CaseRow
from tests.access.oracle import Answer, Case
from tests.access.people import WHO
from tests.access.test_reading import EVERYBODY
from tests.access.turns import ALLOWED, cases_for
from tests.access.visitor import Seen

POSTS = [row for row in CASE_ROWS if row.method == "POST"]
PLACES = [row for row in ROWS if row.method == "POST"]


def everything_in(place: Place) -> dict[str, str]:
    """What stands in every table."""
    with place.app.app_context():
        found = {
            table.name: repr(db.session.execute(table.select().order_by(*table.primary_key)).all())
            for table in Base.metadata.sorted_tables
        }
        db.session.remove()
    return found


@EVERYBODY
def test_a_refused_form_is_told_why_and_changes_nothing(place: Place, who: str) -> None:
    visitor, before = place.visitor(who), everything_in(place)
    wrong: list[str] = []
    for row in POSTS:
        for case in cases_for(who, row):
            expected = row.answer(WHO[who], case)
            if expected not in ALLOWED:
                sent = visitor.post(_address(place, row, case), **row.fields)
                wrong += _fault(f"{row.endpoint} of {case.key}", sent, expected)
    for place_row in PLACES:
        expected = place_row.answer(WHO[who])
        if expected not in ALLOWED:
            sent = visitor.post(addresses.of_place(place.app, place.city, place_row.endpoint))
            wrong += _fault(place_row.endpoint, sent, expected)
    after = everything_in(place)
    wrong += [f"{name} has changed" for name in after if after[name] != before[name]]
    assert not wrong, "\n".join(wrong)


def _address(place: Place, row: CaseRow, case: Case) -> str:
    return addresses.of_case(place.app, place.city, row.endpoint, case.key)


def _fault(what: str, sent: Seen, expected: Answer) -> Iterator[str]:
    if sent.answer is not expected:
        yield f"{what} is answered with {sent.status}, not {expected.value}"


@EVERYBODY
def test_an_allowed_form_is_not_refused(copies: Copies, who: str) -> None:
    wrong = []
    for row in POSTS:
        for case in cases_for(who, row):
            if row.answer(WHO[who], case) in ALLOWED:
                place = copies.fresh()
                sent = place.visitor(who).post(_address(place, row, case), **row.fields)
                if sent.answer not in ALLOWED or sent.status >= 500:
                    wrong.append(f"{row.endpoint} of {case.key} is answered with {sent.status}")
    for place_row in PLACES:
        if place_row.answer(WHO[who]) in ALLOWED:
            place = copies.fresh()
            sent = place.visitor(who).post(addresses.of_place(place.app, place.city, place_row.endpoint))
            if sent.answer not in ALLOWED or sent.status not in (200, 302, 303, 400, 422):
                wrong.append(f"{place_row.endpoint} is answered with {sent.status}")
    assert not wrong, "\n".join(wrong)
