"""The pages of costs and hours, as the people of the story use them."""

from __future__ import annotations

import json
import re
from pathlib import Path
from typing import Any

import pytest

from app.delivery.costs.pages import ENTRIES_ON_A_PAGE
from app.programmes.models import Programme
from app.projects.models import Project
from tests.conftest import Browser, Cast
from tests.delivery.costs.booking import actuals, effort, entered, lines, values
from tests.drafting import filled_in, form_on, opened
from tests.running_story import planned, running

ONE_DATABASE_IS_ENOUGH = "What its pages ask is asked of both databases in tests/web/test_both_databases.py."

CHATBOT = json.loads((Path(__file__).parent / "chatbot_costs.json").read_text())
HOSTILE = "<script>alert(1)</script>{{ 7 * 7 }}"


def plain(page: str) -> str:
    return page.replace("&nbsp;", " ").replace("\u00a0", " ")


def of(project: Project) -> str:
    return f"/projekt/{project.id}/kostnader"


def typed(number: int, row: dict[str, Any]) -> dict[str, str]:
    """What somebody types of a row of the case."""
    said = {
        "booked_on": "2027-02-26",
        "activity": row["activity"],
        "account": "own_budget",
        "hours": str(row["hours"] or ""),
        "rate": str(row["rate"] or ""),
        "amount": "" if row["rate"] or not row["amount"] else f"{row['amount']:,}".replace(",", " "),
    }
    return {f"entries-{number}-{name}": text for name, text in said.items()}


def test_the_cancelled_project_comes_out_as_it_did(
    browser: Browser, cast: Cast, programme: Programme
) -> None:
    project = running(cast, programme)
    browser.sign_in(cast.leader)
    assert of(project) in browser.get(f"/projekt/{project.id}").text
    sent = opened(browser, f"{of(project)}/nya")
    for number, row in enumerate(CHATBOT["rows"]):
        sent |= typed(number, row)
    assert browser.post(f"{of(project)}/nya", data=sent).location == of(project)
    page = plain(browser.get(of(project)).text)
    found = actuals(project)
    checks = CHATBOT["checks"]
    assert found.priced_hours == checks["priced_hours"]
    assert found.hours == checks["all_hours"]
    assert found.priced_amount == checks["priced_amount"]
    assert found.total == checks["total"]
    assert "varav 182 med timpris, 138 127 kr" in page
    assert "7 poster är bokförda" in page
    assert "121 233" in page
    assert "235 327 kr" in page
    assert "bokförde en post" in browser.get(f"/projekt/{project.id}/historik").text


FAULTS = [
    ({"booked_on": ""}, "Ange dagen, till exempel 2027-03-31."),
    ({"booked_on": "2099-01-01"}, "Ange en dag som har varit, eller i dag."),
    ({"activity": " "}, "Skriv vad som gjordes eller köptes."),
    ({"account": ""}, "Välj en budgetrad, eller vem som betalar."),
    ({"account": "rad-999999"}, "Välj ett av alternativen."),
    ({"amount": ""}, "Ange timmar eller ett belopp."),
    ({"amount": "1,005"}, "Ange högst 2 decimaler."),
    ({"amount": "900 000 000 000"}, "Ange högst"),
    ({"hours": "2", "rate": "100", "amount": "201"}, "Timmar gånger timpris blir 200 kr."),
    ({"rate": "100"}, "Ange timmar eller ett belopp."),
    ({"effort": "999999"}, "Välj ett av alternativen."),
]


@pytest.mark.parametrize(("wrong", "words"), FAULTS)
def test_what_cannot_be_is_said_beside_its_field_and_nothing_is_entered(
    browser: Browser, cast: Cast, programme: Programme, wrong: dict[str, str], words: str
) -> None:
    project = running(cast, programme)
    browser.sign_in(cast.leader)
    row = {"activity": "Köp av licens", "account": "programme", "amount": "10"} | wrong
    sent = opened(browser, f"{of(project)}/nya") | {f"entries-0-{name}": text for name, text in row.items()}
    answer = browser.post(f"{of(project)}/nya", data=sent)
    assert answer.status_code == 422
    assert plain(answer.text).count(words) >= 2  # beside the field, and in the summary on top
    assert row["activity"].strip() in answer.text
    assert not actuals(project).sums


def test_a_row_more_and_a_row_less_without_a_script(
    browser: Browser, cast: Cast, programme: Programme
) -> None:
    project = running(cast, programme)
    browser.sign_in(cast.leader)
    address = f"{of(project)}/nya"
    more = browser.post(address, data=opened(browser, address) | {"add": "entries"}).text
    assert "entries-1-activity" in more
    less = browser.post(address, data=filled_in(form_on(more)) | {"remove": "entries-0"}).text
    assert "entries-0-activity" not in less
    assert not actuals(project).sums


def test_a_form_sent_twice_has_one_effect(browser: Browser, cast: Cast, programme: Programme) -> None:
    project = running(cast, programme)
    browser.sign_in(cast.leader)
    address = f"{of(project)}/nya"
    row = {"activity": "En gång", "account": "own_budget", "amount": "10"}
    sent = opened(browser, address) | {f"entries-0-{name}": text for name, text in row.items()}
    for _time in range(2):
        assert browser.post(address, data=sent).location == of(project)
    assert actuals(project).total == 10


def test_an_entry_is_voided_with_a_reason_and_stays_in_sight(
    browser: Browser, cast: Cast, programme: Programme
) -> None:
    project = running(cast, programme)
    (entry,) = entered(cast.leader, project, values(HOSTILE))
    browser.sign_in(cast.leader)
    address = f"{of(project)}/{entry.id}/makulera"
    assert address in browser.get(of(project)).text
    assert browser.post(address, data=opened(browser, address)).status_code == 422
    sent = opened(browser, address) | {"reason": HOSTILE}
    assert browser.post(address, data=sent).location == of(project)
    page = browser.get(of(project)).text
    assert "Makulerad" in page
    assert page.count("&lt;script&gt;alert(1)&lt;/script&gt;{{ 7 * 7 }}") >= 2
    assert address not in page
    assert browser.get(address).status_code == 403
    assert actuals(project).total == 0


def test_two_void_the_same_entry_and_the_second_is_told(
    browser: Browser, cast: Cast, programme: Programme
) -> None:
    project = running(cast, programme)
    (entry,) = entered(cast.leader, project)
    browser.sign_in(cast.leader)
    address = f"{of(project)}/{entry.id}/makulera"
    one, other = (opened(browser, address) | {"reason": why} for why in ("Fel.", "Fel igen."))
    assert browser.post(address, data=one).status_code == 302
    answer = browser.post(address, data=other)
    assert answer.status_code == 403
    assert "redan makulerad" in answer.text


def test_the_time_of_a_role_is_judged_and_held_against_the_plan(
    browser: Browser, cast: Cast, programme: Programme
) -> None:
    project = running(cast, programme)
    _paid, _own, steering = lines(project)
    browser.sign_in(cast.leader)
    address = f"{of(project)}/roll/{steering.id}"
    assert address in browser.get(of(project)).text
    assert browser.post(address, data=opened(browser, address)).status_code == 422
    sent = opened(browser, address) | {"hours_low": "240", "hours_high": "260"}
    assert browser.post(address, data=sent).location == of(project)
    page = plain(browser.get(of(project)).text)
    assert "240–260 h" in page
    assert "200 % till 550 % över" in page
    assert opened(browser, address)["hours_low"] == "240"  # the next starts from the last
    sent = opened(browser, address) | {"hours_low": "", "hours_high": "", "share": "65"}
    browser.post(address, data=sent)
    last = effort(cast.leader, project, steering).last
    assert last is not None
    assert (last.hours_low, str(last.share)) == (None, "0.650000")


@pytest.mark.parametrize(
    ("wrong", "words"),
    [
        ({"until": "2099-01-01", "share": "5"}, "Ange en dag som har varit, eller i dag."),
        ({"hours_low": "9", "hours_high": "8"}, "Ange minst lika många timmar"),
        ({"share": "101"}, "Ange högst 100."),
        ({}, "Ange timmar eller andel av tiden."),
    ],
)
def test_a_judgement_that_cannot_be_is_told(
    browser: Browser, cast: Cast, programme: Programme, wrong: dict[str, str], words: str
) -> None:
    project = running(cast, programme)
    browser.sign_in(cast.leader)
    address = f"{of(project)}/roll/{lines(project)[2].id}"
    answer = browser.post(address, data=opened(browser, address) | wrong)
    assert answer.status_code == 422
    assert words in answer.text


def test_the_figures_of_the_page_add_up(browser: Browser, cast: Cast, programme: Programme) -> None:
    project = running(cast, programme)
    paid, own, _steering = lines(project)
    entered(
        cast.leader,
        project,
        values(budget_line_id=paid.id, amount=1000),
        values(budget_line_id=own.id, amount=200),
        values(amount=30),
    )
    browser.sign_in(cast.auditor)
    page = plain(browser.get(of(project)).text)
    assert "Bokför kostnader" not in page
    tables = dict(zip(("lines", "years"), re.findall(r"<table.*?</table>", page, re.DOTALL), strict=False))
    for table in tables.values():
        *rows, _total = [
            amounts(row) for row in re.findall(r"<tr>.*?</tr>", table, re.DOTALL) if "<td" in row
        ]
        total = amounts(table[table.index("<tfoot>") :])
        assert [sum(column) for column in zip(*rows, strict=True)] == total, table
    assert amounts(tables["lines"][tables["lines"].index("<tfoot>") :])[1] == 1230


def amounts(row: str) -> list[float]:
    cells = re.findall(r"<td[^>]*>\s*([−\d ]+(?:,\d\d)?)\s*</td>", row)
    return [float(cell.replace(" ", "").replace("−", "-").replace(",", ".")) for cell in cells]


def test_a_long_list_comes_in_pages(browser: Browser, cast: Cast, programme: Programme) -> None:
    project = running(cast, programme)
    many = [values(f"Post {number}") for number in range(ENTRIES_ON_A_PAGE + 2)]
    entered(cast.leader, project, *many)
    browser.sign_in(cast.leader)
    assert "Post 0<" not in browser.get(of(project)).text
    assert "Post 0<" in browser.get(f"{of(project)}?page=2").text


def test_nothing_is_booked_before_the_plan_is_established(
    browser: Browser, cast: Cast, programme: Programme
) -> None:
    project = planned(cast, programme)
    browser.sign_in(cast.leader)
    assert of(project) not in browser.get(f"/projekt/{project.id}").text
    assert browser.get(of(project)).status_code == 403
