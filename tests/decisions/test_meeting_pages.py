"""The pages of meetings, as the people of the story see them."""

from __future__ import annotations

from decimal import Decimal

import pytest

from app.db import transaction
from app.decisions import queries, service
from app.decisions.models import DecisionKind
from app.decisions.service import Item
from app.programmes.models import Programme
from app.projects.models import Project
from tests.conftest import Browser, Cast
from tests.review_story import (
    LATER,
    assessed,
    awaiting_decision,
    decide,
    in_council,
)
from tests.story import in_state, reloaded

ONE_DATABASE_IS_ENOUGH = "What its pages ask is asked of both databases in tests/web/test_both_databases.py."

HOSTILE = "<script>alert(1)</script>{{ 7 * 7 }}"


def plain(page: str) -> str:
    return page.replace("&nbsp;", " ").replace("\u00a0", " ")


def pack_data(*rows: dict[str, str]) -> dict[str, str]:
    data = {"title": "Rådet i mars", "meeting_on": "2027-03-12"}
    for index, row in enumerate(rows):
        data |= {f"items-{index}-{name}": value for name, value in row.items()}
    return data


def proposed(project: Project, **changes: str) -> dict[str, str]:
    return {
        "project_id": str(project.id),
        "include": "y",
        "position": "1",
        "proposal": "approve",
        "proposed_amount": "1 500 000",
        "proposal_text": "Nyttan är stor.",
    } | changes


def test_the_secretariat_makes_a_pack_in_its_own_order(
    browser: Browser, cast: Cast, programme: Programme
) -> None:
    first = in_council(cast, programme, title="Första")
    second = awaiting_decision(cast, programme, title="Andra")
    left_out = in_council(cast, programme, title="Tredje")
    browser.sign_in(cast.secretary)
    page = browser.get("/moten/nytt").text
    assert all(case.title in page for case in (first, second, left_out))
    skipped = {key: value for key, value in proposed(left_out).items() if key != "include"}
    part = proposed(second, proposal="approve_in_part", proposed_amount="400 000", position="1")
    data = pack_data(proposed(first, position="2"), part, skipped)
    answer = browser.post("/moten/nytt", data=data, follow_redirects=True)
    page = plain(answer.text)
    assert "Rådet i mars" in page
    assert page.index("1. Andra") < page.index("2. Första")
    assert "Tredje" not in page
    assert "1 900 000 kr" in page
    assert "3 000 000 kr" in page
    assert "Rådet i mars" in browser.get("/moten").text


def test_a_proposal_to_reject_carries_no_amount(browser: Browser, cast: Cast, programme: Programme) -> None:
    project = in_council(cast, programme)
    browser.sign_in(cast.secretary).post("/moten/nytt", data=pack_data(proposed(project, proposal="reject")))
    (agenda,) = queries.packs(cast.secretary)
    assert agenda.proposed == 0


PACK_FAULTS = [
    ({"title": " "}, "Ange en rubrik"),
    ({"title": "x" * 161}, "Korta den"),
    ({"meeting_on": "mars"}, "Ange ett datum"),
    ({"items-0-include": ""}, "Välj minst ett ärende"),
    ({"items-0-project_id": "9999"}, "Välj minst ett ärende"),
    ({"items-0-project_id": HOSTILE}, "Välj minst ett ärende"),
    ({"items-0-proposal": "maybe"}, "Välj ett av alternativen"),
    ({"items-0-proposed_amount": "-"}, "Ange ett belopp"),
    ({"items-0-proposed_amount": "1 234,50"}, "1 500 000 kr är sökt"),
    ({"items-0-proposal_text": "x" * 601}, "Korta den"),
    ({"items-0-position": "först"}, "Ange ett heltal"),
]


def test_a_fault_in_a_pack_is_told(
    browser: Browser, cast: Cast, programme: Programme, subtests: pytest.Subtests
) -> None:
    project = in_council(cast, programme)
    browser.sign_in(cast.secretary)
    for changes, says in PACK_FAULTS:
        with subtests.test(says=says):
            data = pack_data(proposed(project)) | changes
            if not data["items-0-include"]:
                del data["items-0-include"]
            answer = browser.post("/moten/nytt", data=data)
            assert answer.status_code == 422
            assert says in plain(answer.text)
            assert queries.packs(cast.secretary) == []


def test_a_case_that_is_not_with_the_council_cannot_be_put_on_an_agenda(
    browser: Browser, cast: Cast, programme: Programme
) -> None:
    waiting, early = in_council(cast, programme), assessed(cast, programme, title="För tidigt")
    browser.sign_in(cast.secretary)
    assert "För tidigt" not in browser.get("/moten/nytt").text
    answer = browser.post("/moten/nytt", data=pack_data(proposed(waiting), proposed(early)))
    assert answer.status_code == 422
    assert queries.packs(cast.secretary) == []


def pack_of(cast: Cast, programme: Programme, *projects: Project) -> int:
    items = [Item(project.id, DecisionKind.APPROVE, "Ja.", Decimal(1_500_000)) for project in projects]
    with transaction():
        return service.create_pack(
            cast.secretary,
            programme_id=programme.id,
            title="Rådet",
            meeting_on=LATER.date(),
            items=items,
            now=LATER,
        ).id


PACK_READERS = [
    ("secretary", 200, 200),
    ("council", 200, 403),
    ("decider", 200, 403),
    ("auditor", 200, 403),
    ("leader", 403, 403),
    ("manager", 403, 403),
    ("controller", 403, 403),
    ("administrator", 403, 403),
    ("nobody", 403, 403),
]


def test_who_reads_and_makes_packs(
    browser: Browser, cast: Cast, programme: Programme, subtests: pytest.Subtests
) -> None:
    pack_id = pack_of(cast, programme, in_council(cast, programme))
    for who, status, make in PACK_READERS:
        with subtests.test(who=who):
            browser.sign_in(getattr(cast, who))
            assert browser.get("/moten").status_code == status
            assert browser.get(f"/moten/{pack_id}").status_code == (404 if status == 403 else status)
            assert browser.get("/moten/nytt").status_code == make


def test_a_case_that_the_reader_may_not_see_is_not_even_counted(
    browser: Browser, cast: Cast, programme: Programme
) -> None:
    stays, goes = in_council(cast, programme, title="Kvar"), awaiting_decision(cast, programme, title="Borta")
    pack_id = pack_of(cast, programme, stays, goes)
    in_state(goes, "assessment", referred_at=None)
    page = plain(browser.sign_in(cast.council).get(f"/moten/{pack_id}").text)
    assert "Borta" not in page
    assert "3 000 000 kr" not in page
    agenda = queries.pack_for(cast.council, pack_id)
    assert agenda is not None
    assert (len(agenda.items), agenda.applied) == (1, Decimal(1_500_000))
    full = queries.pack_for(cast.auditor, pack_id)
    assert full is not None
    assert full.applied == Decimal(3_000_000)


def test_the_council_keeps_a_case_that_is_taken_up_again(
    browser: Browser, cast: Cast, programme: Programme
) -> None:
    project = awaiting_decision(cast, programme, title="Tillbaka")
    pack_id = pack_of(cast, programme, project)
    decide(cast.secretary, project, kind=DecisionKind.POSTPONE, amounts=())
    with transaction():
        service.resume(cast.secretary, reloaded(project), LATER)
    browser.sign_in(cast.council)
    assert "Tillbaka" in browser.get(f"/moten/{pack_id}").text
    assert browser.get(f"/projekt/{project.id}").status_code == 200


def test_a_pack_that_does_not_exist_is_not_found(browser: Browser, cast: Cast, programme: Programme) -> None:
    assert browser.sign_in(cast.council).get("/moten/99").status_code == 404
