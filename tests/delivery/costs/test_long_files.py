"""A long file is read in beside the pages: with progress, once, as it was shown, or not at all."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime
from decimal import Decimal

import pytest
from sqlalchemy import select

from app.accepted.taking_in import TakenIn
from app.db import db, transaction
from app.delivery.costs import long_files, queries
from app.delivery.costs.models import CostReadIn
from app.jobs import running as working
from app.jobs.kinds import Work
from app.jobs.models import Job, JobState
from app.programmes.models import Programme
from app.projects.models import Project
from tests.applications.workbooks import one_sheet
from tests.conftest import Browser, Cast
from tests.delivery.costs import files
from tests.delivery.costs.booking import DAY, actuals
from tests.delivery.costs.test_reading_pages import confirmed, of, plain
from tests.mail.conftest import Time
from tests.running_story import running
from tests.story import in_state, reloaded

LATER = datetime(2100, 1, 1, tzinfo=UTC)
COUNT = 5


@pytest.fixture(autouse=True)
def _five_rows_are_long(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("app.delivery.costs.views_reading.LONG", COUNT - 1)


@pytest.fixture
def project(cast: Cast, programme: Programme, browser: Browser) -> Project:
    """One whose leader looks at a file of five rows, and is about to press the button."""
    found = running(cast, programme)
    files.begun(cast.leader, found, "Huvudbok", long_file("Huvudbok"))
    browser.sign_in(cast.leader)
    return found


def long_file(mark: str) -> TakenIn:
    return files.kept(mark, one_sheet(files.rows(mark, COUNT)))


def ordered(browser: Browser, project: Project) -> int:
    answer = confirmed(browser, project)
    assert answer.location.startswith("/arbeten/")
    return int(answer.location.rpartition("/")[2])


def done(job_id: int) -> Job:
    assert working.do_what_waits(Time(LATER)) == 1
    return db.session.get_one(Job, job_id, populate_existing=True)


def test_it_is_entered_by_the_worker_as_it_was_shown(browser: Browser, project: Project) -> None:
    number = ordered(browser, project)
    assert actuals(project).total == 0, "nothing is entered by the page"
    waiting = browser.get(f"/arbeten/{number}").text
    assert "Inläsning av Huvudbok.xlsx" in waiting
    assert "Gå vidare" not in waiting
    job = done(number)
    assert (job.state, job.fault) == (JobState.DONE, "")
    assert actuals(project).total == Decimal(11_111)
    page = plain(browser.get(f"/arbeten/{number}").text)
    assert "5 rader är inlästa." in page
    assert f'href="{of(project)}"' in page
    assert queries.upload_of(project.id, job.person_id) is None


def test_ordered_twice_it_is_entered_once(browser: Browser, project: Project) -> None:
    number = ordered(browser, project)
    assert ordered(browser, project) == number
    done(number)
    assert working.do_what_waits(Time(LATER)) == 0
    assert len(db.session.scalars(select(CostReadIn)).all()) == 1


def test_it_tells_how_many_rows_are_looked_at(cast: Cast, project: Project) -> None:
    found = files.opened(cast.leader, project)
    told: list[tuple[int, int]] = []

    class Watched(Work):
        def tell(self, done: int, total: int, word: str = "") -> None:
            told.append((done, total))
            super().tell(done, total, word)

    long_files.read_long_file(Watched(cast.leader, {"day": DAY.isoformat()}), found)
    assert told == [(place, COUNT + 1) for place in range(COUNT + 2)], "the headings are a row too"


def chooses_other_columns(cast: Cast, project: Project) -> None:
    with transaction():
        files.opened(cast.leader, project).upload.account = "programme"


def chooses_another_file(cast: Cast, project: Project) -> None:
    files.begun(cast.leader, project, "En annan", long_file("En annan"))


def reads_it_in_elsewhere(cast: Cast, project: Project) -> None:
    files.read_in(cast.leader, project, "Huvudbok", long_file("Huvudbok"))


def is_no_longer_the_leader(cast: Cast, project: Project) -> None:
    in_state(project, project.state, leader_id=cast.other_leader.id)


def has_no_project_that_is_running(cast: Cast, project: Project) -> None:
    in_state(project, "terminated")


@pytest.mark.parametrize(
    "meanwhile",
    [
        chooses_other_columns,
        chooses_another_file,
        reads_it_in_elsewhere,
        is_no_longer_the_leader,
        has_no_project_that_is_running,
    ],
)
def test_nothing_is_entered_when_it_is_not_what_was_shown(
    browser: Browser, cast: Cast, project: Project, meanwhile: Callable[[Cast, Project], None]
) -> None:
    number = ordered(browser, project)
    meanwhile(cast, project)
    before = actuals(reloaded(project)).total
    job = done(number)
    assert job.state == JobState.FAILED
    assert job.fault
    assert "Något gick fel hos oss" not in job.fault
    assert actuals(reloaded(project)).total == before


def test_what_changes_between_the_last_look_and_the_entering_is_seen(
    browser: Browser, cast: Cast, project: Project, monkeypatch: pytest.MonkeyPatch
) -> None:
    number = ordered(browser, project)
    entering = long_files._enter

    def a_moment_late(*given: object) -> None:
        files.opened(cast.leader, project).upload.account = "programme"
        entering(*given)  # type: ignore[arg-type] # handed on as they are

    monkeypatch.setattr(long_files, "_enter", a_moment_late)
    job = done(number)
    assert job.state == JobState.FAILED
    assert actuals(reloaded(project)).total == 0
    assert "Något har ändrats sedan filen granskades" in job.fault
    page = browser.get(f"/arbeten/{number}").text
    assert f'href="{of(project)}/las-in/granska"' in page, "the way back to the rows"


def test_a_short_file_is_entered_at_once(
    browser: Browser, project: Project, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("app.delivery.costs.views_reading.LONG", COUNT + 1)
    assert confirmed(browser, project).location == of(project)
    assert actuals(project).total == Decimal(11_111)
