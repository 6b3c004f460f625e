"""The pages on which a file of costs and hours is read in, as the project leader uses them."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from io import BytesIO
from typing import Any

import pytest
from bs4 import BeautifulSoup
from werkzeug.test import TestResponse

from app.accepted import office
from app.delivery.costs import queries
from app.programmes.models import Programme
from app.projects.models import Project
from tests.applications.workbooks import Value, book, one_sheet, sheet
from tests.conftest import Browser, Cast
from tests.delivery.costs import files
from tests.delivery.costs.booking import DAY, actuals, entered, lines, values
from tests.drafting import filled_in, form_on
from tests.running_story import running

ONE_DATABASE_IS_ENOUGH = "What its pages ask is asked of both databases in tests/web/test_both_databases.py."

HOSTILE = "<script>alert(1)</script>{{ 7 * 7 }}"


def plain(page: str) -> str:
    return page.replace("&nbsp;", " ").replace("\u00a0", " ")


def of(project: Project) -> str:
    return f"/projekt/{project.id}/kostnader"


def send(browser: Browser, project: Project, content: bytes, name: str = "huvudbok.xlsx") -> TestResponse:
    address = f"{of(project)}/las-in"
    sent: dict[str, Any] = filled_in(button_form(browser.get(address).text))
    sent["files"] = [(BytesIO(content), name)]
    return browser.post(address, data=sent, content_type="multipart/form-data")


def button_form(page: str) -> Any:
    """The form of a page in which nobody writes at length."""
    return BeautifulSoup(page, "html.parser").select("main form[method=post]")[-1]


def chosen(browser: Browser, project: Project, **changes: str) -> TestResponse:
    address = f"{of(project)}/las-in/kolumner"
    sent = filled_in(button_form(browser.get(address).text)) | {"account": "own_budget"} | changes
    return browser.post(address, data=sent)


def confirmed(browser: Browser, project: Project) -> TestResponse:
    address = f"{of(project)}/las-in/granska"
    return browser.post(address, data=filled_in(button_form(browser.get(address).text)))


def ledger(project: Project) -> list[list[Value]]:
    budget = lines(project)[0].description
    return [
        ["Huvudbok 2027"],
        [],
        ["Datum", "Text", "Budgetrad", "Belopp"],
        [date(2027, 2, 1), HOSTILE, budget, Decimal("1234.50")],
        ["2027-02-02", "Kredit", None, "−34,50"],
        ["Summa", None, None, 1200],
    ]


def test_from_the_ledgers_file_to_the_projects_costs(
    browser: Browser, cast: Cast, programme: Programme
) -> None:
    project = running(cast, programme)
    browser.sign_in(cast.leader)
    assert f"{of(project)}/las-in" in browser.get(of(project)).text
    content = one_sheet(ledger(project))
    assert send(browser, project, content).location == f"{of(project)}/las-in/kolumner"
    assert chosen(browser, project, save_as="Huvudboken").location == f"{of(project)}/las-in/granska"
    page = plain(browser.get(f"{of(project)}/las-in/granska").text)
    assert "Läs in 2 rader" in page
    assert "1 200 kr" in page
    assert "Rad 6: Summarad" in page
    assert "<script>alert(1)" not in page
    assert confirmed(browser, project).location == of(project)
    page = plain(browser.get(of(project)).text)
    assert "2 rader är inlästa." in page
    assert "huvudbok.xlsx, rad 4" in page
    assert actuals(project).by_line == {lines(project)[0].id: Decimal("1234.50")}
    assert actuals(project).total == 1200
    assert "läste in en fil" in browser.get(f"/projekt/{project.id}/historik").text

    answer = send(browser, project, content)
    assert answer.status_code == 422
    assert "Samma fil lästes in 2027-03-04" in answer.text
    void = f"{of(project)}/inlasning/{queries.read_ins_of(project.id)[0].id}/makulera"
    sent = filled_in(form_on(browser.get(void).text)) | {"reason": "Fel månad."}
    assert browser.post(void, data=sent).location == of(project)
    assert actuals(project).total == 0
    assert browser.get(of(project)).text.count("Fel månad.") == 3  # the file, and both of its rows


def test_columns_are_kept_by_name_and_offered_when_the_headings_are_the_same(
    browser: Browser, cast: Cast, programme: Programme
) -> None:
    project = running(cast, programme)
    browser.sign_in(cast.leader)
    rows: list[list[Value]] = [["Ett", "Två", "Tre"], ["2027-02-01", 5, "Köp"]]
    send(browser, project, one_sheet(rows))
    answer = chosen(browser, project, header_row="1", show="1")
    assert "rubrik=1" in answer.location
    address = f"{of(project)}/las-in/kolumner?rubrik=1"
    sent = filled_in(button_form(browser.get(address).text)) | {
        "account": "programme", "day": "0", "amount": "1", "activity": "2", "save_as": "Egen",
    }  # fmt: skip
    assert browser.post(address, data=sent).location == f"{of(project)}/las-in/granska"
    confirmed(browser, project)
    assert actuals(project).total == 5
    again: list[list[Value]] = [["ETT", "Två", "Tre"], ["2027-02-02", 7, "Mer"]]
    send(browser, project, one_sheet(again))
    page = browser.get(f"{of(project)}/las-in/kolumner?rubrik=1").text
    assert "valda som i ”Egen”" in page
    kept = filled_in(button_form(page))
    assert (kept["day"], kept["amount"], kept["activity"], kept["save_as"]) == ("0", "1", "2", "Egen")


@pytest.mark.parametrize(
    ("changes", "words"),
    [
        ({"day": ""}, "Välj den kolumn i filen som har detta."),
        ({"amount": ""}, "Välj en kolumn med belopp, med timmar, eller båda."),
        ({"rate": "2", "line": ""}, "Timpris kräver en kolumn med timmar."),
        ({"activity": "0"}, "Kolumnen är redan vald som Dag."),
        ({"account": ""}, "Välj en budgetrad, eller vem som betalar."),
        ({"amount": "77"}, "Välj ett av alternativen."),
    ],
)
def test_columns_that_cannot_be_are_told(
    browser: Browser, cast: Cast, programme: Programme, changes: dict[str, str], words: str
) -> None:
    project = running(cast, programme)
    browser.sign_in(cast.leader)
    send(browser, project, one_sheet(ledger(project)))
    answer = chosen(browser, project, **changes)
    assert answer.status_code == 422
    assert words in answer.text


def test_another_sheet_is_read_when_it_is_asked_for(
    browser: Browser, cast: Cast, programme: Programme
) -> None:
    project = running(cast, programme)
    browser.sign_in(cast.leader)
    other: list[list[Value]] = [["Dag", "Vad", "Timmar"], ["2027-02-01", "Möte", "2,5"]]
    send(browser, project, book({"Sammandrag": sheet([["Titel"]]), "Tider & annat": sheet(other)}))
    answer = chosen(browser, project, sheet="Tider & annat", show="1")
    sent = filled_in(button_form(browser.get(answer.location).text)) | {
        "account": "own_budget",
        "header_row": "1",
    }
    answer = browser.post(answer.location, data=sent)
    if "kolumner" in answer.location:
        sent = filled_in(button_form(browser.get(answer.location).text)) | {"account": "own_budget"}
        answer = browser.post(answer.location, data=sent)
    assert answer.location == f"{of(project)}/las-in/granska"
    confirmed(browser, project)
    assert actuals(project).hours == Decimal("2.5")


BAD_FILES = {
    "bild.png": (b"\x89PNG", "Filtypen går inte att läsa in."),
    "tom.xlsx": (b"", "Filen är tom."),
    "annat.xlsx": (b"%PDF-1.4", "Innehållet stämmer inte"),
    "bytes.csv": (b"a;b\x00\n", "Innehållet stämmer inte"),
    "trasig.csv": (b'"a;b\n', "Filen går inte att läsa."),
    "tecken.csv": (b"a;\x81\x8d\n", "Filens tecken går inte att tyda."),
    "lang.csv": (b"a;b\n" * 60_000, "Filen har fler än 50 000 rader."),
    "makro.exe.csv": (b"a;b\n", "dubbla ändelser"),
}


@pytest.mark.parametrize("name", BAD_FILES)
def test_a_file_that_cannot_be_read_is_refused_in_words(
    browser: Browser, cast: Cast, programme: Programme, name: str
) -> None:
    project = running(cast, programme)
    browser.sign_in(cast.leader)
    content, words = BAD_FILES[name]
    answer = send(browser, project, content, name)
    assert answer.status_code == 422
    assert words in answer.text
    assert queries.upload_of(project.id, cast.leader.id) is None


def test_a_workbook_that_unpacks_too_far_is_refused(
    browser: Browser, cast: Cast, programme: Programme, monkeypatch: pytest.MonkeyPatch
) -> None:
    project = running(cast, programme)
    browser.sign_in(cast.leader)
    monkeypatch.setattr(office, "LARGEST_UNPACKED", 1_000_000)
    answer = send(browser, project, one_sheet([["a" * 1_000_000]]))
    assert answer.status_code == 422
    assert "packar upp till orimligt mycket" in answer.text


def test_every_wrong_row_is_named_and_nothing_can_be_read_in(
    browser: Browser, cast: Cast, programme: Programme
) -> None:
    project = running(cast, programme)
    browser.sign_in(cast.leader)
    csv = "Datum;Text;Belopp\n2027-02-01;Rätt;5\ni går;Fel;5\n2027-02-01;Fel;fem\n"
    send(browser, project, csv.encode("cp1252"), "tid.csv")
    chosen(browser, project)
    page = browser.get(f"{of(project)}/las-in/granska").text
    assert "2 rader går inte att läsa. Inget läses in förrän de är rättade." in page
    assert "Rad 3" in page
    assert "Rad 4" in page
    assert "Läs in" not in page.split("<form", 1)[-1].replace("Läs in kostnader", "")
    assert "granska" in confirmed(browser, project).location
    assert not actuals(project).sums


def test_rows_that_are_booked_already_are_pointed_out(
    browser: Browser, cast: Cast, programme: Programme
) -> None:
    project = running(cast, programme)
    entered(cast.leader, project, values("Köp", amount=Decimal(5)))
    browser.sign_in(cast.leader)
    csv = f"Datum;Text;Belopp\n{DAY};Köp;5\n{DAY};Annat;5\n"
    send(browser, project, csv.encode(), "mars.csv")
    chosen(browser, project)
    page = browser.get(f"{of(project)}/las-in/granska").text
    assert "1 rad är lik en post som redan är bokförd" in page


def test_a_form_sent_twice_reads_in_once(browser: Browser, cast: Cast, programme: Programme) -> None:
    project = running(cast, programme)
    browser.sign_in(cast.leader)
    send(browser, project, one_sheet(ledger(project)))
    chosen(browser, project)
    address = f"{of(project)}/las-in/granska"
    sent = filled_in(button_form(browser.get(address).text))
    for _time in range(2):
        assert browser.post(address, data=sent).location == of(project)
    assert actuals(project).total == 1200


def test_nobody_else_sees_a_file_that_is_about_to_be_read_in(
    browser: Browser, cast: Cast, programme: Programme
) -> None:
    project = running(cast, programme)
    files.begun(cast.leader, project, "Faktura")
    browser.sign_in(cast.secretary)
    for step in ("kolumner", "granska"):
        assert browser.get(f"{of(project)}/las-in/{step}").status_code == 404
