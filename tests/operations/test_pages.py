"""The pages of a service and of the register, as the people of the story see them."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal

from app.core.operation import Standing, YearlyCost, YearlyKind
from app.db import db, transaction
from app.operations import service
from app.programmes.models import Programme
from app.projects.queries import project_for
from tests.conftest import Browser, Cast
from tests.drafting import opened
from tests.operating_story import accepted, asked, changed_cost, older, said_by, service_of
from tests.pdf.reading import structure, text
from tests.running_story import PLANNED, running


def sent(browser: Browser, page: str, **data: str) -> tuple[int, str]:
    answer = browser.post(page, data=opened(browser, page) | data)
    return answer.status_code, answer.text


def test_from_what_the_application_says_to_somebody_who_answers_for_it(
    browser: Browser, cast: Cast, programme: Programme
) -> None:
    project = running(cast, programme)
    page = f"/drift/{service_of(project).service.id}"
    browser.sign_in(cast.leader)
    assert f"/projekt/{project.id}/drift" in browser.get(f"/projekt/{project.id}").text
    shown = browser.get(f"/projekt/{project.id}/drift").text
    assert "3 saker saknas" in shown
    assert "310 000" in shown.replace("\u00a0", " ").replace("&nbsp;", " ")
    assert "Be Miljöförvaltningen ta emot" not in shown
    assert sent(browser, f"{page}/tjansten", launched_on="2028-03-01", notice_months="6")[0] == 302
    who = {
        "business_role": "Förvaltningsledare",
        "business_department_id": str(cast.department.id),
        "it_role": "Systemförvaltare",
        "it_department_id": str(cast.department.id),
    }
    status, text = sent(browser, f"{page}/ansvar", **who, owner_id=str(cast.other_manager.id))
    assert status == 422
    assert "Personen har ingen roll i den förvaltningen." in text
    assert sent(browser, f"{page}/ansvar", **who, owner_id=str(cast.manager.id))[0] == 302
    assert "Be Miljöförvaltningen ta emot" in browser.get(page).text
    assert browser.post(f"{page}/fraga").status_code == 302
    browser.sign_in(cast.manager)
    assert f'href="{page}/svara"' in browser.get("/").text
    status, text = sent(browser, f"{page}/svara", answer="declined")
    assert (status, "Skriv varför förvaltningen avböjer." in text) == (422, True)
    assert sent(browser, f"{page}/svara", answer="accepted")[0] == 302
    shown = browser.get(page).text
    assert "Mottagen" in shown
    assert "tog emot driftansvaret" in shown
    assert "tog emot driftansvaret" in browser.get(f"/projekt/{project.id}").text


def test_what_it_costs_is_written_row_by_row_and_no_year_twice(
    browser: Browser, cast: Cast, programme: Programme
) -> None:
    project = running(cast, programme)
    page = f"/drift/{service_of(project).service.id}/pengar"
    browser.sign_in(cast.leader)
    more = browser.post(page, data=opened(browser, page) | {"add": "costs"})
    assert 'name="costs-1-kind"' in more.text
    row = {"costs-1-kind": "operation", "costs-1-from_year": "2035", "costs-1-to_year": "2036"}
    status, text = sent(browser, page, **row, **{"costs-1-amount": "12 000,50"})
    assert (status, "Rad 2 har ett år som redan står på en annan rad" in text) == (422, True)
    row |= {"costs-1-kind": "licences", "costs-1-amount": "12 000,50"}
    assert sent(browser, page, **row)[0] == 302
    db.session.expire_all()
    licences = YearlyCost(YearlyKind.LICENCES, 2035, 2036, Decimal("12000.50"))
    assert licences in service_of(project).service.yearly


def test_whoever_answers_has_read_what_is_accepted(
    browser: Browser, cast: Cast, programme: Programme
) -> None:
    project = running(cast, programme)
    asked(cast, project)
    page = f"/drift/{service_of(project).service.id}/svara"
    browser.sign_in(cast.manager)
    as_it_was = opened(browser, page)
    changed_cost(cast.leader, project, YearlyCost(YearlyKind.OPERATION, 2028, 2035, Decimal(990_000)))
    overtaken = browser.post(page, data=as_it_was | {"answer": "accepted"})
    assert overtaken.status_code == 409
    assert "990" in overtaken.text
    db.session.expire_all()
    assert service_of(project).service.standing == Standing.ASKED


def test_the_register_counts_what_is_to_be_seen_to(
    browser: Browser, cast: Cast, programme: Programme
) -> None:
    accepted(cast, running(cast, programme))
    number = older(cast)
    browser.sign_in(cast.secretary)
    page = browser.get("/drift").text
    for words in ("Alla (2)", "Utan ägare (2)", "Ingen har tagit emot (1)", "Utan pengar 2028 (1)"):
        assert words in page
    only = browser.get("/drift?brist=inte-mottagen").text
    assert f'href="/drift/{number}"' in only
    assert "Uteservering på nätet" not in only
    found = browser.get("/drift?q=UTESERV&ar=2032").text
    assert f'href="/drift/{number}"' not in found
    assert "Utan pengar 2032 (1)" in found
    assert "Inga tjänster" in browser.get(f"/drift?forvaltning={cast.other_department.id}").text


def test_a_service_from_before_the_programme_is_registered_on_a_page(browser: Browser, cast: Cast) -> None:
    browser.sign_in(cast.secretary)
    assert "Registrera en tjänst" in browser.get("/drift").text
    owner = {"department_id": str(cast.department.id), "owner_role": "Enhetschef"}
    assert sent(browser, "/drift/ny", title="Sotning", **owner)[0] == 422
    assert sent(browser, "/drift/ny", title="Sotning", launched_on="2019-05-01", **owner)[0] == 302
    assert "Sotning" in browser.get("/drift").text


def test_a_service_that_is_no_more_says_since_when(browser: Browser, cast: Cast) -> None:
    page = f"/drift/{older(cast)}/avveckla"
    browser.sign_in(cast.manager)
    assert sent(browser, page, on="2099-01-01", words="Ersatt.")[0] == 422
    assert sent(browser, page, on="2027-03-01", words="Ersatt.")[0] == 302
    assert "Avvecklad" in browser.get(page.removesuffix("/avveckla")).text
    assert browser.get(page).status_code == 403


def test_the_card_of_a_service_says_on_paper_what_its_page_says(
    browser: Browser, cast: Cast, programme: Programme
) -> None:
    project = running(cast, programme)
    accepted(cast, project)
    changed_cost(cast.leader, project, YearlyCost(YearlyKind.LICENCES, 2031, 2032, Decimal("12000.50")))
    row = service_of(project).service
    browser.sign_in(cast.manager)
    assert f'href="/drift/{row.id}.pdf"' in browser.get(f"/drift/{row.id}").text
    made = browser.get(f"/drift/{row.id}.pdf").data
    said = text(made)
    assert project.case_number is not None
    version = f"Version {row.version}"
    for words in (
        row.title,
        project.case_number,
        version,
        "Väntar på mottagaren",
        "2032 12 000,50",
        "Inte finansierad",
        "2031-12-31",
        "tog emot driftansvaret. ”Vi har pengar till 2031.”",
    ):
        assert words in said, words
    tags = structure(made)
    assert any("H1" in tag for tag in tags)
    assert any("TH" in tag for tag in tags)


def test_the_case_of_a_card_is_told_to_those_who_see_it_only(
    browser: Browser, cast: Cast, programme: Programme
) -> None:
    project = running(cast, programme)
    accepted(cast, project)
    found = service_of(project)
    _what, _who, money = said_by(found.service)
    with transaction():
        paid = replace(money, payer_department_id=cast.other_department.id)
        service.save_money(cast.leader, found, paid, PLANNED)
    browser.sign_in(cast.other_manager)
    page = browser.get(f"/drift/{found.service.id}.pdf")
    assert page.status_code == 200
    sees = project_for(cast.other_manager, project.id) is not None
    assert (str(project.case_number) in text(page.data)) == sees


def test_the_register_is_taken_along_as_it_is_filtered(
    browser: Browser, cast: Cast, programme: Programme
) -> None:
    accepted(cast, running(cast, programme))
    older(cast, "=HYPERLINK(1)")
    browser.sign_in(cast.secretary)
    page = browser.get("/drift?brist=inte-mottagen&ar=2032").text
    assert 'href="/drift.csv?brist=inte-mottagen&amp;ar=2032"' in page
    written = browser.get("/drift.csv?brist=inte-mottagen&ar=2032").get_data().decode("utf-8-sig")
    head, only = written.splitlines()
    assert head.startswith("Tjänst;Läge;Ägande förvaltning;")
    assert head.endswith("Kostnad 2032, kr")
    assert only.startswith("'=HYPERLINK(1);Planerad;")
    everything = browser.get("/drift.csv?ar=2029").get_data().decode("utf-8-sig").splitlines()
    assert [row.split(";")[-1] for row in everything[1:]] == ["0,00", "310000,00"]
    assert browser.get("/drift.xlsx").data.startswith(b"PK")
