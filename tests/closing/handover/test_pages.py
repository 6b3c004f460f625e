"""The pages of what remains, as the people of the story see them."""

from __future__ import annotations

from app.closing.handover import queries, service
from app.db import db, transaction
from app.programmes.models import Programme
from app.projects.models import Project
from tests.closing.handover.remaining import ENDING, added, asked, closing, half_accepted, of, values
from tests.conftest import Browser, Cast
from tests.drafting import opened
from tests.hostile import TEXTS
from tests.running_story import report_sent, running
from tests.story import reloaded

ONE_DATABASE_IS_ENOUGH = "What its pages ask is asked of both databases in tests/web/test_both_databases.py."


def page_of(project: Project, rest: str = "") -> str:
    return f"/projekt/{project.id}/overlamning{rest}"


def sent(cast: Cast, **changes: str) -> dict[str, str]:
    return {
        "text": "Prislista 2028 beslutas i nämnden",
        "kind": "task",
        "department_id": str(cast.other_department.id),
        "owner": "Verksamhetschef",
        "person_id": "",
        "due_on": "2027-11-15",
    } | changes


def test_from_something_that_remains_to_a_receiver_who_has_done_it(
    browser: Browser, cast: Cast, programme: Programme
) -> None:
    project = closing(cast, programme)
    browser.sign_in(cast.leader)
    assert page_of(project) in browser.get(f"/projekt/{project.id}").text
    new = page_of(project, "/ny")
    assert browser.post(new, data=opened(browser, new) | sent(cast)).status_code == 302
    page = browser.get(page_of(project)).text
    assert "Kulturförvaltningen är inte tillfrågad" in page
    ask = page_of(project, "/fraga")
    assert browser.post(ask, data=opened(browser, page_of(project), ask)).status_code == 302
    item = queries.items_of(project.id)[0]
    browser.sign_in(cast.other_manager)
    assert "Svara om det som återstår" in browser.get("/").text
    step = page_of(project, f"/{item.id}/svara")
    refused = browser.post(step, data=opened(browser, step) | {"answer": "decline_rest_item"})
    assert refused.status_code == 422
    assert "Skriv varför förvaltningen avböjer." in refused.text
    done = browser.post(
        step, data=opened(browser, step) | {"answer": "accept_rest_item", "words": "Vi tar den."}
    )
    assert done.status_code == 302
    page = browser.get(page_of(project)).text
    assert "Allt som återstår har en mottagare" in page
    assert "Vi tar den." in page
    step = page_of(project, f"/{item.id}/avsluta")
    assert browser.post(step, data=opened(browser, step) | {"outcome": "done"}).status_code == 302
    assert "Avslutade restpunkter" in browser.get(page_of(project)).text
    history = browser.get(f"/projekt/{project.id}/historik").text
    for words in ("skrev upp något som återstår", "tog emot en restpunkt", "gjorde klart en restpunkt"):
        assert words in history


def test_what_changed_while_it_was_read_is_not_accepted(
    browser: Browser, cast: Cast, programme: Programme
) -> None:
    project = closing(cast, programme)
    item = asked(cast, project)
    browser.sign_in(cast.other_manager)
    step = page_of(project, f"/{item.id}/svara")
    read = opened(browser, step)
    with transaction():
        service.change_item(cast.leader, of(cast.leader, item), values(cast, text="Annat."), ENDING)
        service.ask(cast.leader, reloaded(project), ENDING)
    late = browser.post(step, data=read | {"answer": "accept_rest_item"})
    assert late.status_code == 409
    assert "Någon annan hann före" in late.text
    db.session.expire_all()
    assert queries.items_of(project.id)[0].standing == "asked"


def test_the_way_into_the_last_step_tells_what_is_open_and_forbids_nothing(
    browser: Browser, cast: Cast, programme: Programme
) -> None:
    project = report_sent(cast, programme)
    browser.sign_in(cast.leader)
    step = f"/projekt/{project.id}/avsluta"
    page = browser.get(step).text
    for words in ("1 lägesrapport är inte godkänd.", "3 milstolpar är inte nådda.", "är beviljat men inte"):
        assert words in page
    assert browser.post(step, data=opened(browser, step, "")).status_code == 302
    assert reloaded(project).state == "closing"
    back = f"/projekt/{project.id}/ateruppta"
    assert browser.post(back, data=opened(browser, back)).status_code == 422
    assert browser.post(back, data=opened(browser, back) | {"reason": "Inte klart."}).status_code == 302
    assert reloaded(project).state == "running"


def test_an_empty_list_is_confirmed_on_a_page_of_its_own(
    browser: Browser, cast: Cast, programme: Programme
) -> None:
    project = closing(cast, programme)
    browser.sign_in(cast.manager)
    step = page_of(project, "/inget-aterstar")
    assert step in browser.get("/").text
    assert browser.post(step, data=opened(browser, step) | {"words": "Bra jobbat."}).status_code == 302
    assert "Bra jobbat." in browser.get(page_of(project)).text
    assert step not in browser.get("/").text


def test_a_named_person_who_does_not_read_the_case_is_refused_in_words(
    browser: Browser, cast: Cast, programme: Programme
) -> None:
    project = running(cast, programme)
    browser.sign_in(cast.leader)
    new = page_of(project, "/ny")
    other = sent(cast, person_id=str(cast.manager.id), department_id="")
    assert browser.post(new, data=opened(browser, new) | other).status_code == 422
    page = browser.post(new, data=opened(browser, new) | sent(cast, person_id="999999"))
    assert page.status_code == 422
    assert queries.items_of(project.id) == []


def test_hostile_text_stays_text(browser: Browser, cast: Cast, programme: Programme) -> None:
    project = closing(cast, programme)
    for text in TEXTS:
        added(cast, project, text=text, owner=text[:100])
    browser.sign_in(cast.leader)
    page = browser.get(page_of(project)).text
    assert "<script>alert" not in page
    assert browser.get(page_of(project, ".pdf")).data.startswith(b"%PDF")


def test_the_list_of_what_remains_shows_the_late_ones_of_the_projects_that_one_sees(
    browser: Browser, cast: Cast, programme: Programme
) -> None:
    project = half_accepted(cast, programme)
    browser.sign_in(cast.secretary)
    assert "Inga försenade restpunkter" in browser.get("/restpunkter").text
    page = browser.get("/restpunkter?visa=alla").text
    assert page.count(f"{page_of(project)}#item-") == 2
    assert browser.get("/restpunkter").status_code == 200
    browser.sign_in(cast.leader)
    assert browser.get("/restpunkter").status_code == 403
