"""A form that is sent twice has one effect and gets the same answer; other words are never swallowed."""

from __future__ import annotations

import re
from concurrent.futures import ThreadPoolExecutor
from decimal import Decimal
from io import BytesIO
from typing import Any

import pytest
from flask import Flask
from sqlalchemy import func, select

from app.applications.queries import attachments_of, versions_of
from app.core.workflow import State
from app.db import db
from app.decisions.models import Decision, MeetingPack
from app.programmes.models import LedgerEntry, Programme, Round
from app.programmes.queries import frame_balance
from app.projects.models import Project
from tests.applications.files import PDF, pdf
from tests.conftest import Browser, Cast
from tests.drafting import opened
from tests.review_clock import set_clock
from tests.review_story import LATER, awaiting_decision, delegation_of, in_council
from tests.story import awaiting_signature, reloaded, started, submitted

RAISE = {"direction": "raise", "amount": "1 000", "reference": "KF § 1", "booked_on": "2026-11-10"}


def key_on(browser: Browser, address: str) -> dict[str, str]:
    """The key of the last form on this page."""
    keys = re.findall(r'name="form_key" value="([^"]+)"', browser.get(address).text)
    assert keys, address
    return {"form_key": keys[-1]}


def frame(programme: Programme) -> Decimal:
    db.session.expire_all()
    found = frame_balance(programme.id)
    assert found is not None
    return found.frame


def test_the_frame_is_raised_once_by_two_clicks(browser: Browser, cast: Cast, programme: Programme) -> None:
    browser.sign_in(cast.administrator)
    sent = RAISE | key_on(browser, "/program/ram")
    answers = [browser.post("/program/ram", data=sent) for _click in range(2)]
    assert [answer.status_code in (302, 303) for answer in answers] == [True, True]
    assert len({answer.headers["Location"] for answer in answers}) == 1
    assert [answer.content_length == len(answer.data) for answer in answers] == [True, True]
    assert frame(programme) == Decimal(100_001_000)
    assert "Ramen är ändrad." in browser.get("/program").text


def test_the_same_words_from_another_page_are_another_decision(
    browser: Browser, cast: Cast, programme: Programme
) -> None:
    browser.sign_in(cast.administrator)
    for _page in range(2):
        browser.post("/program/ram", data=RAISE | key_on(browser, "/program/ram"))
    assert frame(programme) == Decimal(100_002_000)


def test_other_words_from_the_same_page_are_not_swallowed(
    browser: Browser, cast: Cast, programme: Programme
) -> None:
    browser.sign_in(cast.administrator)
    key = key_on(browser, "/program/ram")
    browser.post("/program/ram", data=RAISE | key)
    browser.post("/program/ram", data=RAISE | key | {"amount": "5"})
    assert frame(programme) == Decimal(100_001_005)


def test_a_form_with_faults_leaves_no_receipt(browser: Browser, cast: Cast, programme: Programme) -> None:
    browser.sign_in(cast.administrator)
    sent = RAISE | key_on(browser, "/program/ram") | {"amount": "x"}
    assert [browser.post("/program/ram", data=sent).status_code for _click in range(2)] == [422, 422]


def test_a_receipt_is_its_senders_alone(browser: Browser, cast: Cast, programme: Programme) -> None:
    browser.sign_in(cast.administrator)
    sent = RAISE | key_on(browser, "/program/ram")
    browser.post("/program/ram", data=sent)
    browser.post("/logga-ut")
    answer = browser.sign_in(cast.leader).post("/program/ram", data=sent)
    assert (answer.status_code, "Sidan är för gammal" in answer.text) == (400, True)


def test_a_case_is_registered_once_and_both_clicks_are_told_its_number(
    browser: Browser, cast: Cast, programme: Programme
) -> None:
    project = submitted(cast, programme)
    browser.sign_in(cast.secretary)
    case = f"/projekt/{project.id}/granskning"
    key = key_on(browser, case)
    for _click in range(2):
        assert browser.post(f"{case}/registrera", data=key).status_code in (302, 303)
    assert reloaded(project).case_serial == 1


def parallel(
    app: Flask,
    browser: Browser,
    address: str,
    sent: dict[str, str],
    times: int = 20,
    file: tuple[bytes, str] | None = None,
) -> set[str]:
    """Where the same form from many connections at once leads each of them."""
    cookie = browser.get_cookie("hemtag")
    assert cookie is not None

    def click(_number: int) -> str:
        client = app.test_client()
        client.set_cookie("hemtag", cookie.value)
        data: dict[str, Any] = dict(sent)
        if file is not None:
            data["file"] = (BytesIO(file[0]), file[1])
        answer = client.post(address, data=data)
        assert answer.status_code in (302, 303), answer.text
        return answer.headers["Location"]

    db.session.rollback()
    with ThreadPoolExecutor(8) as pool:
        led = set(pool.map(click, range(times)))
    db.session.rollback()
    return led


@pytest.mark.parametrize(
    ("address", "sent", "model"),
    [
        ("/program/ram", RAISE, LedgerEntry),
        (
            "/program/omgangar/ny",
            {"name": "Vår", "opens_on": "2027-01-01", "answer_within_days": "60"},
            Round,
        ),
    ],
)
def test_twenty_parallel_posts_have_one_effect(
    app: Flask,
    browser: Browser,
    cast: Cast,
    programme: Programme,
    address: str,
    sent: dict[str, str],
    model: type,
) -> None:
    browser.sign_in(cast.administrator)
    before = db.session.scalar(select(func.count()).select_from(model)) or 0
    assert len(parallel(app, browser, address, sent | key_on(browser, address))) == 1
    assert db.session.scalar(select(func.count()).select_from(model)) == before + 1


def test_twenty_parallel_posts_make_one_pack(
    app: Flask, browser: Browser, cast: Cast, programme: Programme
) -> None:
    case: Project = in_council(cast, programme)
    browser.sign_in(cast.secretary)
    sent = {
        "title": "Möte",
        "meeting_on": "2027-03-12",
        "items-0-project_id": str(case.id),
        "items-0-include": "y",
        "items-0-proposal": "reject",
    }
    assert len(parallel(app, browser, "/moten/nytt", sent | key_on(browser, "/moten/nytt"))) == 1
    assert db.session.scalar(select(func.count()).select_from(MeetingPack)) == 1


def test_twenty_parallel_posts_sign_once(
    app: Flask, browser: Browser, cast: Cast, programme: Programme
) -> None:
    case = awaiting_signature(cast, programme)
    place = f"/projekt/{case.id}/underskrift"
    sent = {"confirm": "y"} | key_of_form(browser.sign_in(cast.manager), place, place)
    assert parallel(app, browser, place, sent) == {f"{place}/klar"}
    assert [version.number for version in versions_of(case.id)] == [1]
    assert reloaded(case).state == State.SUBMITTED


def test_twenty_parallel_posts_decide_once(
    app: Flask, browser: Browser, cast: Cast, programme: Programme, monkeypatch: pytest.MonkeyPatch
) -> None:
    set_clock(monkeypatch)
    case = awaiting_decision(cast, programme)
    place = f"/projekt/{case.id}/beslut"
    form = opened(browser.sign_in(cast.secretary), place)
    delegation = str(delegation_of(programme.id, "Kommunstyrelsens utskott"))
    sent = form | {"kind": "approve", "delegation": delegation, "reasons": "Nyttan.", "step": "register"}
    sent |= {"reference": "KSU § 7", "decided_on": LATER.date().isoformat()}
    assert len(parallel(app, browser, place, sent)) == 1
    assert db.session.scalar(select(func.count()).select_from(Decision)) == 1
    granted = select(func.sum(LedgerEntry.amount)).where(LedgerEntry.project_id == case.id)
    assert db.session.scalar(granted) == Decimal(1_500_000)


def test_twenty_parallel_posts_attach_one_file(
    app: Flask, browser: Browser, cast: Cast, programme: Programme
) -> None:
    draft = started(cast, programme)
    page, place = f"/projekt/{draft.id}/ansokan/bilagor", f"/projekt/{draft.id}/bilagor"
    sent = {"description": "Offert"} | key_of_form(browser.sign_in(cast.leader), page, place)
    assert len(parallel(app, browser, place, sent, file=(PDF, "offert.pdf"))) == 1
    assert [row.description for row in attachments_of(draft.id)] == ["Offert"]
    # Another file under the same name is another upload, also from the same page.
    parallel(app, browser, place, sent, times=2, file=(pdf(b"<< >>"), "offert.pdf"))
    assert len(attachments_of(draft.id)) == 2


def key_of_form(browser: Browser, page: str, place: str) -> dict[str, str]:
    """The key of the form on this page that is sent to this address."""
    return {"form_key": opened(browser, page, place)["form_key"]}
