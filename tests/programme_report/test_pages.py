"""The programme's reports as their writers and readers meet them."""

from __future__ import annotations

import pytest
from flask import Flask
from flask_babel import force_locale

from app.accounts.access import Viewer
from app.db import db, transaction
from app.jobs import running
from app.jobs.models import Job, JobState
from app.programme_report import service
from app.programme_report.documents import cover, report_pdf
from app.programme_report.figures import Told
from app.programme_report.questions import ASKED, Ask, Part
from app.programmes.models import Programme
from app.web import paper
from tests import hostile
from tests.conftest import Browser, Cast
from tests.mail.conftest import Time
from tests.pdf import reading
from tests.programme_report.report_story import ISSUED, TEXTS, begun, found, issue, issued, written

AT = "/programrapporter"


def test_the_secretariat_writes_and_issues_a_report_and_the_council_reads_it(
    browser: Browser, cast: Cast, programme: Programme
) -> None:
    report_id = begun(cast, programme)
    browser.sign_in(cast.secretary)
    money = browser.get(f"{AT}/{report_id}/skriv/pengar").text
    assert "Kvar att bevilja" in money
    assert "100\xa0000\xa0000" in money, "the frame stands beside the text"
    sent = browser.post(f"{AT}/{report_id}/skriv/pengar", data={"money": "Ramen räcker.", "action": "next"})
    assert sent.headers["Location"].endswith(f"{AT}/{report_id}/skriv/arenden")
    goals = browser.get(f"{AT}/{report_id}/skriv/mal").text
    assert "Ökad medborgarnytta" in goals
    assert "62 %" in goals
    assert TEXTS[Ask.HEADLINE] in browser.get(f"{AT}/{report_id}/forhandsvisa").text
    issued_at = browser.post(f"{AT}/{report_id}/ge-ut").headers["Location"]
    assert issued_at.endswith(f"{AT}/{report_id}/version/1")
    browser.sign_in(cast.council)
    assert f'href="{AT}/{report_id}"' in browser.get(AT).text
    for part, words in (
        ("", "Realiserad nytta"),
        ("", TEXTS[Ask.WELL]),
        ("pengar", "Ramen räcker."),
        ("mal", "Delvis uppfyllt"),
        ("nonsens", "Realiserad nytta"),
    ):
        page = browser.get(f"{issued_at}?del={part}").text
        assert words in page, words
        assert f'href="{issued_at}?del=pengar"' in page, "the parts stand beside each other"
    projects = browser.get(f"{issued_at}/projekt").text
    assert "Bygglov på nätet" in projects
    assert "Felanmälan" not in projects, "it has not been sent to the council"


def test_a_lack_leads_to_where_it_is_written(browser: Browser, cast: Cast, programme: Programme) -> None:
    report_id = begun(cast, programme)
    browser.sign_in(cast.secretary)
    browser.post(
        f"{AT}/{report_id}/skriv/sammanfattning",
        data={"headline": "", "well": "Bra.", "worries": "A", "decide": "B"},
    )
    page = browser.get(f"{AT}/{report_id}/ge-ut").text
    assert f'href="{AT}/{report_id}/skriv/sammanfattning#headline"' in page
    assert browser.post(f"{AT}/{report_id}/ge-ut").status_code == 422
    assert not found(cast.secretary, report_id).versions


@pytest.mark.parametrize(
    "page",
    [
        "",
        "/version/1",
        "/version/1/projekt",
        "/skriv/pengar",
        "/dag",
        "/forhandsvisa",
        "/ge-ut",
        "/ny-version",
    ],
)
def test_whoever_does_not_follow_the_programme_reads_none(
    browser: Browser, cast: Cast, programme: Programme, page: str
) -> None:
    report_id = issued(cast, programme)
    writes = page not in ("", "/version/1", "/version/1/projekt")
    for person, reads in _people(cast):
        browser.sign_in(person)
        expected = 403 if writes or not reads else 200
        assert browser.get(f"{AT}/{report_id}{page}").status_code == expected, person.name


def _people(cast: Cast) -> list[tuple[Viewer, bool]]:
    """Whoever holds a role for the whole programme reads; nobody else."""
    return [
        (cast.council, True), (cast.decider, True), (cast.auditor, True),
        (cast.leader, False), (cast.manager, False), (cast.nobody, False), (cast.administrator, False),
    ]  # fmt: skip


def test_a_report_that_is_not_issued_is_as_one_that_there_is_not(
    browser: Browser, cast: Cast, programme: Programme
) -> None:
    report_id = begun(cast, programme)
    browser.sign_in(cast.auditor)
    for number in (report_id, 999_999):
        for page in ("", "/version/1", "/skriv/pengar", "/ge-ut"):
            assert browser.get(f"{AT}/{number}{page}").status_code == 404
    assert f"{AT}/{report_id}" not in browser.get(AT).text


def test_the_summary_stands_on_two_pages_and_then_every_part(
    browser: Browser, cast: Cast, programme: Programme
) -> None:
    report_id = issued(cast, programme)
    browser.sign_in(cast.council)
    number = int(browser.post(f"{AT}/{report_id}/version/1/bestall").headers["Location"].rpartition("/")[2])
    assert running.do_what_waits(Time(ISSUED.replace(year=2100))) == 1
    job = db.session.get_one(Job, number, populate_existing=True)
    assert (job.state, job.fault) == (JobState.DONE, "")
    with browser.get(f"/arbeten/{number}/fil") as answer:
        made = answer.data
    assert "Det som rådet behöver ta ställning till" in reading.text(made, 1)
    names = [name for name, _children in reading.bookmarks(reading.opened(made))]
    assert names[1:3] == ["1 Ram och pengar", "2 Ärenden och beslut"]
    assert names[-1].endswith("Projekt: Miljöförvaltningen")
    assert "Bygglov på nätet" in reading.text(made)


def test_the_summary_is_two_pages_however_much_is_written(
    app: Flask, cast: Cast, programme: Programme
) -> None:
    report_id = begun(cast, programme)
    longest = {
        question.ask.value: ("Nyttan kommer inte så snart som projekten lovade. " * 40)[: question.limit]
        for question in ASKED[Part.SUMMARY]
    }
    with transaction():
        service.save(cast.secretary, found(cast.secretary, report_id), written(programme, **longest), ISSUED)
    issue(cast, report_id)
    newest = found(cast.secretary, report_id).newest
    assert newest is not None
    with app.test_request_context(), force_locale("sv"), paper.press().order() as order:
        body = order.render(cover(Told(newest.content, "sv"), ["Ram och pengar"], (4,)))
    assert "Innehåll" in reading.text(body, 3)
    assert reading.page_count(body) == 3


def test_what_is_frozen_stays_text_on_every_page_and_on_paper(
    browser: Browser, cast: Cast, programme: Programme
) -> None:
    report_id = begun(cast, programme)
    with hostile.everything_written_is_hostile():
        issue(cast, report_id)
    browser.sign_in(cast.council)
    version = f"{AT}/{report_id}/version/1"
    parts = [f"?del={part}" for part in Part]
    shown = [browser.get(f"{version}{page}").text for page in ("", "/projekt", *parts)]
    for page in shown:
        assert "<script>canary" not in page
        assert "<img src=x" not in page
        assert "<svg onload" not in page
        assert "49" not in page.partition(f"{hostile.MARK}3 ")[2][:40], "nothing is counted"
    assert sum(page.count(hostile.MARK) for page in shown) > len(hostile.TEXTS)
    newest = found(cast.secretary, report_id).newest
    assert newest is not None
    with browser.application.test_request_context(), force_locale("sv"), paper.press().order() as order:
        made = report_pdf(newest.content, "sv", order)
    assert f"{hostile.MARK}2<script>canary(2)</script>" in reading.text(made)
