"""The start page: the one next thing to do, for each who comes there."""

from __future__ import annotations

from datetime import date, timedelta
from decimal import Decimal

import pytest

from app.db import transaction
from app.decisions import service as decisions
from app.decisions.models import DecisionKind
from app.overview.getting_started import setup_steps
from app.overview.queries import QueueFilter, queue
from app.overview.start_page import start_page
from app.programmes.models import Programme
from app.web.tags import state_tag
from tests.conftest import TODAY, Browser, Cast
from tests.review_story import LATER, awaiting_decision, decide, in_council, returned, taken_in
from tests.story import awaiting_signature, filled_application


def meeting(cast: Cast, programme: Programme, project_id: int, day: date) -> int:
    with transaction():
        made = decisions.create_pack(
            cast.secretary,
            programme_id=programme.id,
            title=f"Rådet {day.isoformat()}",
            meeting_on=day,
            items=[decisions.Item(project_id, DecisionKind.APPROVE, "Bevilja.", Decimal(1_500_000))],
            now=LATER,
        )
        return made.id


def test_the_councils_next_step_is_the_documents_of_the_next_meeting(
    cast: Cast, programme: Programme
) -> None:
    case = in_council(cast, programme)
    today = LATER.date()
    meeting(cast, programme, case.id, today + timedelta(days=40))
    coming = meeting(cast, programme, case.id, today + timedelta(days=8))
    page = start_page(cast.council, today)
    assert page.meeting is not None
    assert page.meeting.pack.id == coming
    assert start_page(cast.leader, today).meeting is None
    assert start_page(cast.council, today + timedelta(days=41)).meeting is None


def test_whom_nothing_waits_for_is_led_to_the_cases(
    browser: Browser, cast: Cast, programme: Programme
) -> None:
    in_council(cast, programme)
    assert "Till ärendena" in browser.sign_in(cast.council).get("/").text


def test_the_administrator_is_led_through_what_is_to_be_set_up(browser: Browser, cast: Cast) -> None:
    page = browser.sign_in(cast.administrator).get("/").text
    assert "Kom i gång" in page
    assert page.count("Återstår") > 1


def test_nothing_is_left_to_set_up_when_all_of_it_stands(cast: Cast, programme: Programme) -> None:
    assert setup_steps(TODAY) == ()
    left = setup_steps(date(2025, 12, 31))
    assert {str(step.title) for step in left if not step.done} >= {
        "Kalkylförutsättningar",
        "Ansökningsomgång",
    }


def test_warm_is_only_what_waits_for_the_one_who_looks(cast: Cast, programme: Programme) -> None:
    project = awaiting_signature(cast, programme)
    assert state_tag(project.state).tone != "waiting"
    assert state_tag(project.state, mine=True).tone == "waiting"
    case = taken_in(cast, programme)
    everything = QueueFilter()
    rows, _totals = queue(cast.secretary, everything, today=TODAY, limit=50, offset=0)
    assert {row.id: row.mine for row in rows}[case.id]
    returned(cast, case)
    for reader in (cast.secretary, cast.other_secretary):
        rows, _totals = queue(reader, everything, today=TODAY, limit=50, offset=0)
        assert not any(row.mine for row in rows if row.id == case.id)


def test_a_case_that_is_decided_grows_no_older(cast: Cast, programme: Programme) -> None:
    waiting, decided = awaiting_decision(cast, programme), awaiting_decision(cast, programme)
    decide(cast.secretary, decided)
    rows, _totals = queue(cast.secretary, QueueFilter(), today=TODAY, limit=50, offset=0)
    ages = {row.id: row.age_days(TODAY) for row in rows}
    assert ages[decided.id] is None
    assert ages[waiting.id] is not None
    assert [row.id for row in rows][-1] == decided.id, "what nobody waits for comes last"


@pytest.mark.parametrize("written", [0, 1])
def test_the_task_list_leads_to_the_first_section_that_is_not_done(
    written: int, browser: Browser, cast: Cast, programme: Programme
) -> None:
    project = filled_application(cast, programme)
    browser.sign_in(cast.leader)
    address = f"/projekt/{project.id}/ansokan"
    if written:
        assert "Fortsätt:" not in browser.get(address).text
    else:
        browser.post(f"{address}/omfattning", data={"included": "Bara det.", "excluded": "", "version": "1"})
        assert "Fortsätt: Omfattning och avgränsning" in browser.get(address).text
