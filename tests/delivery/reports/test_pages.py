"""The pages of reports, as the people of the story see them."""

from __future__ import annotations

import re

import pytest
from sqlalchemy import func, select

from app.db import db, transaction
from app.delivery.plans import queries as plans
from app.delivery.reports import queries
from app.delivery.reports.models import ReportVersion, StatusReport
from app.history.service import System, record
from app.programmes.models import Programme
from app.projects.models import Project
from tests.conftest import Browser, Cast
from tests.drafting import filled_in, form_on
from tests.running_story import PLANNED, period, report_sent, running

HOSTILE = "<script>alert(1)</script>{{ 7 * 7 }}"
KEYS = re.compile(r' value="[^"]*"')


def plain(page: str) -> str:
    return page.replace("&nbsp;", " ").replace("\u00a0", " ")


def at(project: Project, cast: Cast, programme: Programme) -> str:
    return f"/projekt/{project.id}/lagesrapporter/{period(cast, programme).id}"


def all_green(project: Project) -> dict[str, str]:
    """What a leader types when everything goes as planned."""
    plan = plans.current_plan(project.id)
    assert plan is not None
    areas = ("time", "cost", "scope", "quality", "benefits", "risk")
    typed = {f"light_{area}": "green" for area in areas}
    typed |= {"light_risk": "yellow", "reason_risk": "Risken från ansökan kvarstår."}
    for line in plan.budget:
        typed |= {f"spent_{line.key}": "1 000,50", f"cost_{line.key}": f"{line.total:f}"}
    for row in plan.effort:
        typed |= {f"worked_{row.key}": "4", f"hours_{row.key}": str(row.high or 0)}
    return typed | {"done": "Mätningen är klar.", "coming": "Upphandling."}


def test_a_report_goes_from_the_leader_to_the_secretariat_and_is_approved(
    browser: Browser, cast: Cast, programme: Programme
) -> None:
    project = running(cast, programme)
    address = at(project, cast, programme)
    browser.sign_in(cast.leader)
    assert "Skriv rapporten för Tertial 1 2027" in browser.get(f"/projekt/{project.id}/lagesrapporter").text
    sent = filled_in(form_on(browser.get(f"{address}/skriv").text))
    saved = browser.post(f"{address}/skriv", data=sent | {"done": "Halva.", "action": "save"})
    assert saved.status_code == 302
    sent = filled_in(form_on(browser.get(f"{address}/skriv").text))
    assert sent["done"] == "Halva."
    answer = browser.post(f"{address}/skriv", data=sent | all_green(project) | {"action": "send"})
    assert answer.headers["Location"] == address
    page = plain(browser.get(address).text)
    assert "Mätningen är klar." in page
    assert "3 001,50 kr" in page  # 1 000,50 kr for each of the three lines
    browser.sign_in(cast.secretary)
    assert "Läs en lägesrapport" in browser.get("/").text
    browser.post(f"{address}/last", data={"number": "1"})
    browser.post(f"{address}/kommentar", data={"text": "Bra gjort."})
    browser.post(f"{address}/godkann", data={"number": "1"})
    page = browser.get(address).text
    assert "Godkänd" in page
    assert "Bra gjort." in page
    assert "godkände en lägesrapport" in browser.get(f"/projekt/{project.id}/historik").text
    assert browser.get(f"{address}.pdf").data.startswith(b"%PDF")


def test_a_report_comes_back_and_is_sent_again(browser: Browser, cast: Cast, programme: Programme) -> None:
    project = report_sent(cast, programme)
    address = at(project, cast, programme)
    browser.sign_in(cast.secretary)
    assert browser.post(f"{address}/tillbaka", data={"number": "1"}).status_code == 422
    browser.post(f"{address}/tillbaka", data={"number": "1", "reason": "Ange när ni öppnar."})
    browser.sign_in(cast.leader)
    page = browser.get(f"{address}/skriv").text
    assert "Ange när ni öppnar." in page
    sent = filled_in(form_on(page)) | {"action": "send"}
    assert browser.post(f"{address}/skriv", data=sent).status_code == 302
    assert "Version 2" in browser.get(address).text
    assert "Det finns en nyare version" in browser.get(f"{address}?version=1").text
    assert browser.get(f"{address}?version=3").status_code == 404


def test_lacks_are_told_and_what_is_typed_is_kept(browser: Browser, cast: Cast, programme: Programme) -> None:
    project = running(cast, programme)
    address = f"{at(project, cast, programme)}/skriv"
    browser.sign_in(cast.leader)
    sent = filled_in(form_on(browser.get(address).text)) | {"done": "Detta är skrivet.", "action": "send"}
    answer = browser.post(address, data=sent)
    assert answer.status_code == 422
    assert answer.text.count("Välj grönt, gult eller rött.") == 12  # six fields, and the summary on top
    assert "Detta är skrivet." in answer.text
    assert db.session.scalar(select(func.count(ReportVersion.id))) == 0


@pytest.mark.parametrize(
    ("typed", "words"),
    [
        ({"forecast_1": "i maj"}, "Ange ett datum med år, månad och dag"),
        ({"spent_1": "dyrt"}, "Ange ett belopp i kronor"),
        ({"light_time": "blått"}, "Välj ett av alternativen."),
    ],
)
def test_what_cannot_be_read_is_said_beside_its_field(
    browser: Browser, cast: Cast, programme: Programme, typed: dict[str, str], words: str
) -> None:
    project = running(cast, programme)
    address = f"{at(project, cast, programme)}/skriv"
    plan = plans.current_plan(project.id)
    assert plan is not None
    own = {"forecast_1": f"forecast_{plan.milestones[0].key}", "spent_1": f"spent_{plan.budget[0].key}"}
    named = {own.get(name, name): value for name, value in typed.items()}
    browser.sign_in(cast.leader)
    sent = filled_in(form_on(browser.get(address).text)) | named | {"action": "save"}
    answer = browser.post(address, data=sent)
    assert answer.status_code == 422
    assert answer.text.count(words) >= 2
    assert db.session.scalar(select(func.count(StatusReport.id))) == 0


def test_a_report_stays_byte_for_byte_whatever_happens_to_the_plan(
    browser: Browser, cast: Cast, programme: Programme
) -> None:
    project = report_sent(cast, programme)
    address = at(project, cast, programme)
    browser.sign_in(cast.auditor)
    before, paper = KEYS.sub("", browser.get(address).text), browser.get(f"{address}.pdf").data
    milestone = plans.milestones_of(project.id)[0]
    project.title = "Ett helt annat namn"
    milestone.name = "En annan milstolpe"
    with transaction():
        record(System(), "change_milestone", milestone, now=PLANNED)
        record(System(), "change_project", project, now=PLANNED)
    after = KEYS.sub("", browser.get(address).text)
    assert after.replace("Ett helt annat namn", "Uteservering på nätet") == before
    assert browser.get(f"{address}.pdf").data == paper


def test_the_overview_shows_each_what_he_or_she_may_see(
    browser: Browser, cast: Cast, programme: Programme
) -> None:
    project = report_sent(cast, programme)
    for person in (cast.secretary, cast.council, cast.auditor):
        browser.sign_in(person)
        page = browser.get("/lagesrapporter").text
        assert project.title in page
        assert "Tertial 1 2027" in page
    browser.sign_in(cast.leader)
    assert browser.get("/lagesrapporter").status_code == 403


def test_the_calendar_proposes_the_next_period(browser: Browser, cast: Cast, programme: Programme) -> None:
    browser.sign_in(cast.secretary)
    sent = filled_in(form_on(browser.get("/lagesrapporter/perioder").text))
    assert (sent["name"], sent["ends_on"], sent["due_on"]) == ("Tertial 1 2027", "2027-04-30", "2027-05-17")
    browser.post("/lagesrapporter/perioder", data=sent)
    assert [row.name for row in queries.periods_of(programme.id)] == ["Tertial 1 2027"]
    fresh = filled_in(form_on(browser.get("/lagesrapporter/perioder").text))
    again = browser.post("/lagesrapporter/perioder", data=sent | {"form_key": fresh["form_key"]})
    assert "redan en period" in again.text
    backwards = fresh | {"due_on": "2027-04-30", "ends_on": "2027-01-31", "starts_on": "2027-02-01"}
    assert browser.post("/lagesrapporter/perioder", data=backwards).status_code == 422


def test_hostile_words_stay_text(browser: Browser, cast: Cast, programme: Programme) -> None:
    project = running(cast, programme)
    address = at(project, cast, programme)
    browser.sign_in(cast.leader)
    sent = filled_in(form_on(browser.get(f"{address}/skriv").text)) | all_green(project)
    browser.post(f"{address}/skriv", data=sent | {"done": HOSTILE, "needs": HOSTILE, "action": "send"})
    page = browser.get(address).text
    assert "<script>alert" not in page
    assert page.count("{{ 7 * 7 }}") == 2


def test_a_form_sent_twice_is_one_version(browser: Browser, cast: Cast, programme: Programme) -> None:
    project = running(cast, programme)
    address = f"{at(project, cast, programme)}/skriv"
    browser.sign_in(cast.leader)
    sent = filled_in(form_on(browser.get(address).text)) | all_green(project) | {"action": "send"}
    first, second = (browser.post(address, data=sent).headers["Location"] for _time in range(2))
    assert first == second
    assert db.session.scalar(select(func.count(ReportVersion.id))) == 1
