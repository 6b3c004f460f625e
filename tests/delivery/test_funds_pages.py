"""The pages of money, as the project leader, the secretariat and the controller use them."""

from __future__ import annotations

from io import BytesIO
from typing import Any

from werkzeug.test import TestResponse

from app.core.requisitions import RequisitionState
from app.delivery.funds import queries
from app.programmes.models import Programme
from app.projects.models import Project
from tests.applications.files import PDF
from tests.conftest import Browser, Cast
from tests.delivery.granted import (
    checked,
    claim,
    file,
    granted,
    money,
    paid,
    payer,
    put_right,
    requisition,
    sent,
)
from tests.drafting import opened
from tests.pdf.reading import text
from tests.story import reloaded

ONE_DATABASE_IS_ENOUGH = "What its pages ask is asked of both databases in tests/web/test_both_databases.py."

HOSTILE = "<script>alert(1)</script>{{ 7 * 7 }}"


def plain(text: str) -> str:
    return text.replace("&nbsp;", " ").replace("\u00a0", " ")


def asked(cast: Cast, **changes: str) -> dict[str, str]:
    department = cast.department.id
    given = {"account": f"{department}-2027", "amount": "120 000,50", "covers": "Sprint 1."}
    return given | changes


def send(browser: Browser, address: str, data: dict[str, str], *names: str) -> TestResponse:
    sent_data: dict[str, Any] = dict(data)
    if names:
        sent_data["files"] = [(BytesIO(PDF), name) for name in names]
    return browser.post(address, data=sent_data, content_type="multipart/form-data")


def of(project: Project) -> str:
    return f"/projekt/{project.id}/rekvisitioner"


def test_from_the_project_to_the_payment(browser: Browser, cast: Cast, programme: Programme) -> None:
    project = granted(cast, programme)
    browser.sign_in(cast.leader)
    assert of(project) in browser.get(f"/projekt/{project.id}").text
    page = browser.get(of(project)).text
    assert "Rekvirera pengar" in page
    assert "1 500 000" in plain(page)
    answer = send(browser, f"{of(project)}/ny", asked(cast), "faktura.pdf")
    assert answer.status_code == 302
    one = f"{of(project)}/{requisition(cast.auditor, project).requisition.id}"
    assert answer.location == one
    page = browser.get(one).text
    assert "faktura.pdf" in page
    assert "Godkänn" not in page
    browser.post("/logga-ut")

    browser.sign_in(cast.secretary)
    assert one in browser.get("/").text
    assert one in browser.get("/rekvisitioner").text
    assert "1 rekvisition, 120 000,50 kr" in plain(browser.get("/rekvisitioner").text)
    assert browser.get(f"{one}/betala").status_code == 403
    assert browser.post(f"{one}/godkann", data={"read": "1"}).status_code == 302
    assert one not in browser.get("/").text
    browser.post("/logga-ut")

    browser.sign_in(payer())
    assert one in browser.get("/").text
    data = {"read": "1", "paid_on": "2027-03-04", "reference": "V-1042"}
    assert browser.post(f"{one}/betala", data=data).status_code == 302
    page = plain(browser.get(one).text)
    assert "Utbetald" in page
    assert "V-1042" in page
    assert "Inga rekvisitioner" in browser.get("/rekvisitioner").text
    assert one in browser.get("/rekvisitioner?lage=paid").text
    ledger = plain(browser.get("/program/rambok").text)
    assert "2027-0001-R1 V-1042" in ledger
    assert ledger.count("120 000,50") >= 6
    assert plain(browser.get("/program").text).count("120 000,50 kr") == 1
    assert money(project)[2027][2] == money(project)[2027][1]


def test_more_than_is_left_is_told_beside_the_amount(
    browser: Browser, cast: Cast, programme: Programme
) -> None:
    project = granted(cast, programme)
    browser.sign_in(cast.leader)
    answer = send(browser, f"{of(project)}/ny", asked(cast, amount="500 000,01"))
    assert answer.status_code == 422
    assert "Bara 500 000 kr är kvar" in plain(answer.text)
    assert "Sprint 1." in answer.text
    assert money(project)[2027][1] == 0
    for wrong in ("0", "-5", "tolv", ""):
        assert send(browser, f"{of(project)}/ny", asked(cast, amount=wrong)).status_code == 422
    for wrong in ("", "9999-2027", "x", "1-²", f"{cast.department.id}-2029"):
        assert send(browser, f"{of(project)}/ny", asked(cast, account=wrong)).status_code == 422
    assert queries.requisitions_of(reloaded(project)) == []


def test_a_form_sent_twice_is_one_requisition(browser: Browser, cast: Cast, programme: Programme) -> None:
    project = granted(cast, programme)
    browser.sign_in(cast.leader)
    key = browser.key()
    for _ in range(2):
        answer = send(browser, f"{of(project)}/ny", asked(cast, form_key=key), "faktura.pdf")
        assert answer.status_code in (302, 303)
    assert len(queries.requisitions_of(reloaded(project))) == 1


def test_a_file_that_is_not_taken_in_stops_the_requisition(
    browser: Browser, cast: Cast, programme: Programme
) -> None:
    project = granted(cast, programme)
    browser.sign_in(cast.leader)
    answer = send(browser, f"{of(project)}/ny", asked(cast), "faktura.exe")
    assert answer.status_code == 422
    assert "faktura.exe: " in answer.text
    assert money(project)[2027][1] == 0


def test_it_is_put_right_with_the_old_files_ticked(
    browser: Browser, cast: Cast, programme: Programme
) -> None:
    project = granted(cast, programme)
    sent(cast, project, claim(cast, 200_000), files=[file("fel.pdf"), file("offert.pdf")])
    found = put_right(cast, project)
    keep = next(row.id for row in found.latest.files if row.filename == "offert.pdf")
    browser.sign_in(cast.leader)
    one = f"{of(project)}/{found.requisition.id}"
    assert "Fakturan saknas." in browser.get(one).text
    page = browser.get(f"{one}/andra").text
    assert page.count("checked") == 2
    data = asked(cast, amount="500000", kept=str(keep))
    assert send(browser, f"{one}/andra", data, "faktura.pdf").status_code == 302
    found = requisition(cast.auditor, project)
    assert [row.filename for row in found.latest.files] == ["offert.pdf", "faktura.pdf"]
    assert found.latest.amount == 500_000, "all that is left, what it asked for before counted in"
    strange = asked(cast, kept="99999")
    assert send(browser, f"{one}/andra", strange).status_code == 403, "it has been sent already"


def test_a_page_that_was_overtaken_is_refused_and_the_words_are_kept(
    browser: Browser, cast: Cast, programme: Programme
) -> None:
    """The secretary writes what to put right; meanwhile a colleague approves."""
    project = granted(cast, programme)
    found = sent(cast, project)
    browser.sign_in(cast.other_secretary)
    address = f"{of(project)}/{found.requisition.id}/skicka-tillbaka"
    form = opened(browser, address)
    checked(cast, project)
    answer = browser.post(address, data=form | {"reason": "Fel underlag."})
    assert answer.status_code == 403
    assert "Fel underlag." in answer.text
    assert requisition(cast.auditor, project).state is RequisitionState.CHECKED


def test_a_button_on_an_old_version_does_nothing(browser: Browser, cast: Cast, programme: Programme) -> None:
    project = granted(cast, programme)
    found = sent(cast, project)
    browser.sign_in(cast.secretary)
    address = f"{of(project)}/{found.requisition.id}/godkann"
    for read in ("0", "2", "", "²"):
        assert browser.post(address, data={"read": read}).status_code == 403
    assert requisition(cast.auditor, project).state is RequisitionState.SENT


def test_taking_back_asks_first(browser: Browser, cast: Cast, programme: Programme) -> None:
    project = granted(cast, programme)
    found = sent(cast, project)
    browser.sign_in(cast.leader)
    address = f"{of(project)}/{found.requisition.id}/ta-tillbaka"
    assert "går inte att skicka igen" in browser.get(address).text
    assert browser.post(address).status_code == 302
    assert money(project)[2027][1] == 0


def test_a_payment_on_a_day_that_has_not_come_is_told_beside_its_field(
    browser: Browser, cast: Cast, programme: Programme
) -> None:
    project = granted(cast, programme)
    found = sent(cast, project)
    checked(cast, project)
    browser.sign_in(payer())
    address = f"{of(project)}/{found.requisition.id}/betala"
    form = opened(browser, address)
    answer = browser.post(address, data=form | {"paid_on": "2027-12-31", "reference": "V-1"})
    assert answer.status_code == 422
    assert "från och med kontrollen" in answer.text


def test_what_is_left_is_returned_on_its_page(browser: Browser, cast: Cast, programme: Programme) -> None:
    project = granted(cast, programme)
    browser.sign_in(payer())
    address = f"/projekt/{project.id}/aterforing"
    assert address in browser.get(of(project)).text
    data = asked(cast, amount="500 001", reference="KS § 9")
    answer = browser.post(address, data=data)
    assert "Bara 500 000 kr är kvar" in plain(answer.text)
    assert browser.post(address, data=data | {"amount": "500 000"}).status_code == 302
    assert money(project)[2027][3:] == (500_000, 0)
    assert "Återfört" in browser.get("/program/rambok").text


def test_the_ledger_shows_how_it_stood(browser: Browser, cast: Cast, programme: Programme) -> None:
    project = granted(cast, programme)
    sent(cast, project)
    browser.sign_in(cast.auditor)
    early = plain(browser.get("/program/rambok?till=2027-01-01").text)
    assert "2027-0001-R1" not in early
    assert "Ramboken till och med 2027-01-01" in early
    assert "2027-0001-R1" in browser.get("/program/rambok?till=2027-03-04").text
    assert browser.get("/program/rambok?till=i+morgon").status_code == 200


def test_a_requisition_on_paper(browser: Browser, cast: Cast, programme: Programme) -> None:
    project = granted(cast, programme)
    found = sent(cast, project, claim(cast, covers=HOSTILE), files=[file("faktura.pdf")])
    checked(cast, project)
    paid(cast, project)
    browser.sign_in(cast.leader)
    with browser.get(f"{of(project)}/{found.requisition.id}.pdf") as answer:
        assert answer.mimetype == "application/pdf"
        words = text(answer.data)
    for told in ("Rekvisition 1", "2027-0001", "100 000 kr", HOSTILE, "faktura.pdf", "V-1042", "Payer"):
        assert told in plain(words), told


def test_hostile_words_are_only_words(browser: Browser, cast: Cast, programme: Programme) -> None:
    project = granted(cast, programme)
    found = sent(cast, project, claim(cast, covers=HOSTILE))
    put_right(cast, project, HOSTILE)
    browser.sign_in(cast.leader)
    one = f"{of(project)}/{found.requisition.id}"
    for address in (one, f"{one}/andra", of(project), f"/projekt/{project.id}/historik", "/aviseringar"):
        page = browser.get(address).text
        assert "<script>alert" not in page


def test_files_of_another_project_are_not_found(browser: Browser, cast: Cast, programme: Programme) -> None:
    project = granted(cast, programme)
    found = sent(cast, project, files=[file("faktura.pdf")])
    number = found.latest.files[0].id
    browser.sign_in(cast.other_leader)
    assert browser.get(f"{of(project)}/underlag/{number}").status_code == 404
    browser.post("/logga-ut")
    browser.sign_in(cast.leader)
    assert browser.get(f"/projekt/{project.id + 1}/rekvisitioner/underlag/{number}").status_code == 404
    with browser.get(f"{of(project)}/underlag/{number}") as answer:
        assert answer.headers["Content-Disposition"].startswith("attachment;")
