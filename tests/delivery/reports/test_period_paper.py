"""All reports of a period in one document: of what its asker sees, then and when it is fetched."""

from __future__ import annotations

from datetime import UTC, date, datetime

import pytest
from pikepdf import Name
from sqlalchemy import select

from app.core.reporting import Dimension, Light
from app.db import db, transaction
from app.delivery.reports import service
from app.delivery.reports.collecting import collection_for
from app.delivery.reports.content import LightSaid
from app.delivery.reports.printing import print_period
from app.jobs import running as working
from app.jobs.kinds import Work
from app.jobs.models import Job, JobState
from app.programmes.models import Programme
from app.projects.models import Project
from app.web import paper
from tests.conftest import Browser, Cast
from tests.mail.conftest import Time
from tests.pdf import reading
from tests.running_story import LIGHTS, REPORTED, complete_content, period, report_on, running
from tests.story import in_state

LATER = datetime(2100, 1, 1, tzinfo=UTC)
NEEDS = "Styrgruppen behöver besluta om en enhet i taget."


@pytest.fixture
def number(cast: Cast, programme: Programme) -> int:
    """A period of two projects that have reported, one with a yellow light, and one that has not."""
    green = running(cast, programme, title="Bygglov på nätet")
    yellow = running(cast, programme, title="Kulturkort")
    running(cast, programme, title="Hittegods")
    found = period(cast, programme).id
    late = LIGHTS | {Dimension.QUALITY: LightSaid(Light.YELLOW, "Många fel i provet.")}
    send(cast, green, found, lights=LIGHTS)
    send(cast, yellow, found, lights=late, needs=NEEDS)
    return found


def send(cast: Cast, project: Project, number: int, **changes: object) -> None:
    with transaction():
        content = complete_content(project, **changes)
        service.send(cast.leader, report_on(cast.leader, project, number), content, REPORTED)


def ordered(browser: Browser, number: int) -> int:
    answer = browser.post(f"/lagesrapporter/{number}/bestall")
    return int(answer.headers["Location"].rpartition("/")[2])


def made(browser: Browser, number: int) -> bytes:
    job_id = ordered(browser, number)
    assert working.do_what_waits(Time(LATER)) == 1
    job = db.session.get_one(Job, job_id, populate_existing=True)
    assert (job.state, job.fault) == (JobState.DONE, "")
    with browser.get(f"/arbeten/{job_id}/fil") as answer:
        return bytes(answer.data)


def out_of_sight(cast: Cast) -> None:
    """One of the projects goes to another department."""
    project = db.session.scalars(select(Project).where(Project.title == "Kulturkort")).one()
    in_state(project, project.state, lead_department_id=cast.other_department.id)


@pytest.fixture
def _a_week_late(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("app.delivery.reports.views_overview.today", lambda: date(2027, 5, 21))


@pytest.mark.usefixtures("_a_week_late")
def test_the_summary_answers_and_each_report_follows_as_it_was_sent(
    browser: Browser, cast: Cast, number: int
) -> None:
    document = made(browser.sign_in(cast.secretary), number)
    front = reading.text(document, 1) + reading.text(document, 2)
    assert "Inkomna Sena" in front
    assert "av 3 projekt" in front
    assert "Kvalitet 1 1 0" in front
    assert "Tid 2 0 0" in front
    assert f"Kulturkort: {NEEDS}" in front
    assert "Hittegods" in front
    assert reading.text(document).count("Projektens pengar över tid, tillsammans") == 1
    assert "Pengar över tid" not in reading.text(document)  # each report's own document has it
    assert "2027-04-30, Tertial 1 2027 –" in front
    opened = reading.opened(document)
    assert [title for title, _ in reading.bookmarks(opened)] == [
        "Lägesrapporter Tertial 1 2027", "Bygglov på nätet", "Kulturkort",
    ]  # fmt: skip
    assert opened.Root.Lang == "sv"
    assert len(reading.tagged(opened, Name.H1)) == 3
    pages = reading.page_count(document)
    for page in range(1, pages + 1):
        assert f"Handlingarnas sida {page} ({pages})" in reading.text(document, page)


def test_it_says_how_many_parts_are_made(cast: Cast, number: int) -> None:
    collection = collection_for(cast.secretary, number)
    assert collection is not None
    work = Work(cast.secretary, {"day": "2027-05-21"})
    print_period(work, collection)
    done, parts, word = work.reached()
    assert (done, word) == (parts, "Rapporterna sätts.")
    assert parts >= 5, "two reports, the summary, the page numbers and the whole"


@pytest.mark.usefixtures("_a_week_late")
def test_what_is_made_once_is_kept_and_the_same_again(
    browser: Browser, cast: Cast, number: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    first = made(browser.sign_in(cast.secretary), number)

    def nothing_is_ordered(*_given: object) -> None:
        raise AssertionError("everything is kept")

    monkeypatch.setattr(paper.workshop(), "order", nothing_is_ordered)
    assert made(browser, number) == first


def test_each_gets_the_reports_of_the_projects_that_he_or_she_sees(
    browser: Browser, cast: Cast, number: int
) -> None:
    out_of_sight(cast)
    text = reading.text(made(browser.sign_in(cast.manager), number))
    assert "Bygglov på nätet" in text
    assert "Kulturkort" not in text


def test_whoever_no_longer_sees_a_project_fetches_nothing_of_it(
    browser: Browser, cast: Cast, number: int
) -> None:
    browser.sign_in(cast.manager)
    fetched = ordered(browser, number)
    working.do_what_waits(Time(LATER))
    with browser.get(f"/arbeten/{fetched}/fil") as answer:
        assert answer.status_code == 200
    waiting = ordered(browser, number)
    out_of_sight(cast)
    assert browser.get(f"/arbeten/{fetched}/fil").status_code == 404
    working.do_what_waits(Time(LATER))
    job = db.session.get_one(Job, waiting, populate_existing=True)
    assert (job.state, job.sha256) == (JobState.FAILED, "")


def test_a_project_leader_orders_none(browser: Browser, cast: Cast, number: int) -> None:
    assert browser.sign_in(cast.leader).post(f"/lagesrapporter/{number}/bestall").status_code == 403


def test_a_period_without_projects_that_one_sees_is_not_ordered(
    browser: Browser, cast: Cast, programme: Programme
) -> None:
    number = period(cast, programme).id
    assert browser.sign_in(cast.secretary).post(f"/lagesrapporter/{number}/bestall").status_code == 403
    assert db.session.scalar(select(Job.id)) is None
