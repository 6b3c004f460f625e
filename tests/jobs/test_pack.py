"""The documents of a large meeting, made beside the pages."""

from __future__ import annotations

import pytest

from app.db import db
from app.decisions import views
from app.jobs import running
from app.jobs.models import Job, JobState
from app.pdf import BusyError, PdfError
from app.programmes.models import Programme
from app.web import paper
from tests.conftest import Browser, Cast
from tests.decisions.meeting import packed
from tests.mail.conftest import Time
from tests.review_story import LATER, in_council


@pytest.fixture
def pack_id(cast: Cast, programme: Programme) -> int:
    return packed(cast, programme, in_council(cast, programme, title="Bullerklagomål")).id


def ordered(browser: Browser, pack_id: int) -> int:
    answer = browser.post(f"/moten/{pack_id}/bestall")
    return int(answer.headers["Location"].rpartition("/")[2])


def test_a_large_meeting_is_ordered_and_fetched(
    browser: Browser, cast: Cast, pack_id: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    browser.sign_in(cast.council)
    assert "Beställ handlingarna" not in browser.get(f"/moten/{pack_id}").text
    monkeypatch.setattr(views, "MANY_CASES", 1)
    assert "Beställ handlingarna" in browser.get(f"/moten/{pack_id}").text
    number = ordered(browser, pack_id)
    assert ordered(browser, pack_id) == number, "it is under way"
    assert running.do_what_waits(Time(LATER_THAN_NOW)) == 1
    job = db.session.get_one(Job, number, populate_existing=True)
    assert (job.state, job.fault) == (JobState.DONE, "")
    with browser.get(f"/arbeten/{number}/fil") as answer, browser.get(f"/moten/{pack_id}.pdf") as at_once:
        assert answer.data.startswith(b"%PDF-")
        assert answer.data == at_once.data, "the same document"


LATER_THAN_NOW = LATER.replace(year=2100)


@pytest.mark.parametrize(("error", "state"), [(BusyError("full"), "waiting"), (PdfError("broken"), "failed")])
def test_a_document_that_cannot_be_made_is_tried_again_or_told_of(
    error: PdfError,
    state: str,
    browser: Browser,
    cast: Cast,
    pack_id: int,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    def made(*_given: object, **_more: object) -> bytes:
        raise error

    monkeypatch.setattr(paper, "made", made)
    number = ordered(browser.sign_in(cast.council), pack_id)
    running.do_what_waits(Time(LATER_THAN_NOW))
    assert db.session.get_one(Job, number, populate_existing=True).state == state


def test_whoever_reads_no_packs_orders_none(browser: Browser, cast: Cast, pack_id: int) -> None:
    assert browser.sign_in(cast.leader).post(f"/moten/{pack_id}/bestall").status_code == 404
