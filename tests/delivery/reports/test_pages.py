"""The pages of reports, as the people of the story see them."""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import date, timedelta

import pytest
from sqlalchemy import func, select

from app.core.costs import Financier
from app.db import db, transaction
from app.delivery.plans import queries as plans
from app.delivery.plans import service as planning
from app.delivery.plans.values import MilestoneValues
from app.delivery.reports import queries
from app.delivery.reports.models import ReportVersion, StatusReport
from app.history.service import System, record
from app.programmes.models import Programme
from app.projects.models import Project
from tests.conftest import Browser, Cast
from tests.drafting import filled_in, form_on
from tests.running_story import PLANNED, complete, drawn_up, granted_budget, period, report_sent, running
from tests.story import reloaded

ONE_DATABASE_IS_ENOUGH = "What its pages ask is asked of both databases in tests/web/test_both_databases.py."

HOSTILE = "<script>alert(1)</script>{{ 7 * 7 }}"
KEYS = re.compile(r' value="[^"]*"')


def plain(page: str) -> str:
    return page.replace("&nbsp;", " ").replace("\u00a0", " ")


def at(project: Project, cast: Cast, programme: Programme) -> str:
    return f"/projekt/{project.id}/lagesrapporter/{period(cast, programme).id}"


ALL_GREEN = {f"light_{area}": "green" for area in ("time", "cost", "scope", "quality", "benefits")} | {
    "light_risk": "yellow",
    "reason_risk": "Risken från ansökan kvarstår.",
    "done": "Mätningen är klar.",
    "coming": "Upphandling.",
}
"""What a leader says when everything goes as planned."""


def send_rows(browser: Browser, address: str, **typed: str) -> str:
    """Save the rows of a part, and go on; where that leads."""
    answer = browser.post(address, data=filled_in(form_on(browser.get(address).text)) | typed)
    assert answer.status_code == 302, answer.text
    return answer.headers["Location"]


def tell_rows(browser: Browser, address: str, project: Project) -> None:
    """The leader goes through the parts, one leading to the next, and says that all goes as planned."""
    plan = plans.current_plan(project.id)
    assert plan is not None
    costs = {f"spent_{line.key}": "1 000,50" for line in plan.budget}
    costs |= {f"cost_{line.key}": f"{line.total:f}" for line in plan.budget}
    hours = {f"worked_{row.key}": "4" for row in plan.effort}
    hours |= {f"hours_{row.key}": str(row.high or 0) for row in plan.effort}
    part = f"{address}/milstolpar"
    for typed in ({}, costs, hours):
        part = send_rows(browser, part, action="next", **typed)
    assert part == address


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
    tell_rows(browser, f"{address}/skriv", project)
    sent = filled_in(form_on(browser.get(f"{address}/skriv").text))
    assert sent["done"] == "Halva."
    answer = browser.post(f"{address}/skriv", data=sent | ALL_GREEN | {"action": "send"})
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
    assert "Pengar, kronor: 6 saker saknas." in answer.text
    assert "/pengar?saknas=1" in answer.text
    assert browser.get(f"{address}/pengar").text.count("0 om inget är det.") == 0
    page = browser.get(f"{address}/pengar?saknas=1")
    assert page.status_code == 200
    assert page.text.count("Ange vad som är förbrukat, 0 om inget är det.") == 6
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
    part = {"forecast_1": "/milstolpar", "spent_1": "/pengar"}.get(next(iter(typed)), "")
    address = f"{at(project, cast, programme)}/skriv{part}"
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
    tell_rows(browser, f"{address}/skriv", project)
    sent = filled_in(form_on(browser.get(f"{address}/skriv").text)) | ALL_GREEN
    browser.post(f"{address}/skriv", data=sent | {"done": HOSTILE, "needs": HOSTILE, "action": "send"})
    page = browser.get(address).text
    assert "<script>alert" not in page
    assert page.count("{{ 7 * 7 }}") == 2


def test_a_form_sent_twice_is_one_version(browser: Browser, cast: Cast, programme: Programme) -> None:
    project = running(cast, programme)
    address = f"{at(project, cast, programme)}/skriv"
    browser.sign_in(cast.leader)
    tell_rows(browser, address, project)
    sent = filled_in(form_on(browser.get(address).text)) | ALL_GREEN | {"action": "send"}
    first, second = (browser.post(address, data=sent).headers["Location"] for _time in range(2))
    assert first == second
    assert db.session.scalar(select(func.count(ReportVersion.id))) == 1


def test_however_long_the_plan_is_every_page_of_the_report_is_light_and_asks_of_every_row(
    browser: Browser, cast: Cast, programme: Programme
) -> None:
    project = drawn_up(cast, programme)
    complete(cast, project)
    names = [f"Delmål {place} av trettio som ska vara nått innan tjänsten kan öppna" for place in range(30)]
    first = date(2027, 9, 1)
    milestones = [
        MilestoneValues(name=name, planned_on=first + timedelta(days=20 * place))
        for place, name in enumerate(names)
    ]
    budget = granted_budget(cast, project)
    line = next(row for row in budget if row.financier is not Financier.PROGRAMME)
    own = [replace(line, description=f"Kostnad {place} som förvaltningen bär") for place in range(20)]
    with transaction():
        planning.save_milestones(
            cast.leader, reloaded(project), starts_on=date(2027, 4, 1), ends_on=date(2029, 6, 30),
            milestones=milestones, now=PLANNED,
        )  # fmt: skip
        planning.save_budget(cast.leader, reloaded(project), [*budget, *own], PLANNED)
    with transaction():
        planning.establish(cast.leader, reloaded(project), PLANNED)
    address = f"{at(project, cast, programme)}/skriv"
    browser.sign_in(cast.leader)
    plan = plans.current_plan(project.id)
    assert plan is not None
    asked: list[str] = []
    part = f"{address}/milstolpar"
    while part != address:
        page = browser.get(part)
        assert len(page.data) <= 30_000, part
        asked += [name for name in filled_in(form_on(page.text)) if name.startswith(("forecast_", "spent_"))]
        part = send_rows(browser, part, action="next")
    assert asked == [f"forecast_{row.key}" for row in plan.milestones] + [
        f"spent_{row.key}" for row in plan.budget
    ]
    assert len(asked) > 50
    page = browser.get(address)
    assert len(page.data) <= 30_000
    assert "Milstolpar 21–30" in page.text
    assert browser.get(f"{address}/milstolpar-3").status_code == 404
