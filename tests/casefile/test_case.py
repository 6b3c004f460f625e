"""A finished case as one thing: every document that was fixed on its way, and its data, not typed by hand."""

from __future__ import annotations

import json
from datetime import date
from io import BytesIO

import pytest
from pikepdf import Pdf

from app.casefile.contents import parts_of
from app.casefile.data import data_of
from app.casefile.documents import DATA
from app.casefile.policy import may_print_case
from app.db import db
from app.export.everything import everything
from app.jobs import running
from app.jobs.models import Job, JobState
from app.pdf.boxed.archiving import require_archival
from app.programmes.models import Programme
from app.projects.models import Project
from tests.conftest import Browser, Cast
from tests.follow_up.follow_story import follow_up_sent
from tests.mail.conftest import Time
from tests.pdf import reading
from tests.review_story import LATER, awaiting_decision
from tests.running_story import granted
from tests.sharing_story import YEAR, disputed

LATER_THAN_NOW = LATER.replace(year=2100)
CLOSED_ON = date(2028, 12, 31)


@pytest.fixture
def project(cast: Cast, programme: Programme) -> Project:
    """Handed over and followed up once."""
    return follow_up_sent(cast, programme)


def test_it_holds_each_document_that_was_sent_in_the_order_of_the_steps(cast: Cast, project: Project) -> None:
    parts = parts_of(cast.auditor, project, CLOSED_ON)
    names = [part.name for part in parts]
    assert names[:2] == ["Beslutsunderlag och beslut", "Ansökan, version 1"]
    assert names[-4:] == ["Slutrapport", "Uppföljning 1", "Nyttor och hemtagning", "Tjänstekort"]
    assert all(part.on <= CLOSED_ON for part in parts)


def test_it_holds_how_each_year_of_its_service_is_shared(cast: Cast, project: Project) -> None:
    disputed(cast, project, by=cast.manager)
    *_rest, card, shared = parts_of(cast.auditor, project, CLOSED_ON)
    assert (card.name, shared.name) == ("Tjänstekort", f"Delad kostnad {YEAR}")
    assert card.content is not None
    assert shared.content is not None
    assert (card.content["title"], shared.content["kronor"]) == (project.title, "310000")
    assert shared.document("sv").title == project.title


def test_its_data_is_that_of_the_export_and_of_the_fixed_documents(cast: Cast, project: Project) -> None:
    parts = parts_of(cast.auditor, project, CLOSED_ON)
    said = json.loads(data_of(project, parts, CLOSED_ON))
    exported = json.loads(json.dumps(everything(CLOSED_ON)))

    def of(part: str) -> list[object]:
        return [row for row in exported[part] if row.get("project_id") == project.id]

    assert said["project"] == next(row for row in exported["projects"] if row["id"] == project.id)
    for part in ("opinions", "decisions", "grants", "requisitions", "benefits", "budget_effects"):
        assert said[part] == of(part), part
    assert [said["calculation"]] == of("calculations")
    assert [row["name"] for row in said["documents"]] == [part.name for part in parts]
    kept = [part.content for part in parts if part.content is not None]
    assert [row["content"] for row in said["documents"] if row["content"]] == json.loads(json.dumps(kept))


def test_it_is_ordered_and_fetched_as_a_document_that_lasts(
    browser: Browser, cast: Cast, project: Project
) -> None:
    browser.sign_in(cast.secretary)
    address = f"/projekt/{project.id}/hela-arendet"
    page = browser.get(address).text
    assert "Beställ dokumentet" in page
    assert "Slutrapport" in page
    assert address in browser.get(f"/projekt/{project.id}").text
    number = int(browser.post(address).headers["Location"].rpartition("/")[2])
    assert running.do_what_waits(Time(LATER_THAN_NOW)) == 1
    job = db.session.get_one(Job, number, populate_existing=True)
    assert (job.state, job.fault) == (JobState.DONE, "")
    with browser.get(f"/arbeten/{number}/fil") as answer:
        content = answer.data
    require_archival(content)
    cover = reading.text(content, page=1)
    for expected in (project.title, "Beviljat", "Uppmätt nytta", "Slutrapport", "Uppföljning 1"):
        assert expected in cover
    with Pdf.open(BytesIO(content)) as opened:
        assert json.loads(opened.attachments[DATA].get_file().read_bytes())["project"]["id"] == project.id
        with opened.open_outline() as outline:
            assert [item.title for item in outline.root][-1] == "Tjänstekort"


def test_a_case_that_is_not_decided_is_no_finished_thing(cast: Cast, programme: Programme) -> None:
    waiting = awaiting_decision(cast, programme)
    assert not may_print_case(cast.secretary, waiting)
    assert may_print_case(cast.secretary, granted(cast, programme, title="Beslutat"))
