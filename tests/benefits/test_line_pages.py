"""The pages on which costs and benefits are written, and what they do with what is typed."""

from __future__ import annotations

import re
from decimal import Decimal

import pytest
from sqlalchemy import select

from app.benefits import queries, service
from app.benefits.models import BenefitLine, CostLine
from app.benefits.values import CostValues
from app.core.costs import CostKind, Financier
from app.db import db, transaction
from app.history.models import HistoryEvent
from app.projects.models import Project
from tests.benefits.conftest import CostMaker
from tests.benefits.pages import SPACE, benefit_fields, cost_fields, kr, lines
from tests.conftest import NOW, Browser, Cast
from tests.drafting import autosaved, filled_in, form_on, kept, opened

ONE_DATABASE_IS_ENOUGH = "What its pages ask is asked of both databases in tests/web/test_both_databases.py."


def test_a_cost_is_written_on_its_page(browser: Browser, cast: Cast, project: Project, page: str) -> None:
    browser.sign_in(cast.leader)
    form = browser.get(f"{page}/kostnad/ny")
    assert form.status_code == 200
    assert 'name="amount_2027"' in form.text
    answer = browser.post(f"{page}/kostnad/ny", data=cost_fields(amount_2028="300 kr"))
    assert answer.status_code == 303, answer.text
    [line] = lines(project)[0]
    assert queries.cost_values(line) == CostValues(
        description="Införande",
        kind=CostKind.ONE_OFF,
        department_id=1,
        financier=Financier.PROGRAMME,
        amounts={2027: Decimal(1_250_000), 2028: Decimal(300)},
    )
    assert "Kostnaden är sparad." in browser.get(page).text


def test_a_cost_is_changed_on_its_page_and_keeps_years_that_are_no_longer_offered(
    browser: Browser, cast: Cast, project: Project, page: str, cost_values: CostMaker
) -> None:
    with transaction():
        line_id = service.add_cost_line(cast.leader, project, cost_values(amounts={2011: Decimal(5)}), NOW).id
    address = f"{page}/kostnad/{line_id}"
    browser.sign_in(cast.leader)
    assert 'name="amount_2011"' in browser.get(address).text
    assert browser.post(address, data=cost_fields(amount_2011="6")).status_code == 303
    [line] = lines(project)[0]
    assert queries.cost_values(line).amounts == {2011: Decimal(6), 2027: Decimal(1_250_000)}


def test_a_benefit_is_written_and_changed_on_its_page(
    browser: Browser, cast: Cast, project: Project, page: str
) -> None:
    browser.sign_in(cast.leader)
    assert browser.get(f"{page}/nytta/ny").status_code == 200
    answer = browser.post(f"{page}/nytta/ny", data=benefit_fields(ramp_1="30", ramp_2="100 %"))
    assert answer.status_code == 303, answer.text
    [line] = lines(project)[1]
    assert line.ramp == ["0.3", "1"]
    address = f"{page}/nytta/{line.id}"
    assert "13,5" in browser.get(address).text
    assert browser.post(address, data=benefit_fields(unit_price="14")).status_code == 303
    assert lines(project)[1][0].unit_price == 14


def test_the_programmes_hourly_rate_is_chosen_and_an_own_one_goes_before_it(
    browser: Browser, cast: Cast, project: Project, page: str
) -> None:
    browser.sign_in(cast.leader)
    saved_time = benefit_fields(
        method="saved_time", volume="100", minutes_saved="60", share="50", staff="Handläggare"
    )
    browser.post(f"{page}/nytta/ny", data=saved_time)
    browser.post(f"{page}/nytta/ny", data=saved_time | {"hourly_rate": "800"})
    first, second = lines(project)[1]
    assert [first.hourly_rate, second.hourly_rate] == [Decimal(729), Decimal(800)]
    assert re.search(r"<option selected[^>]*>Handläggare", browser.get(f"{page}/nytta/{first.id}").text)
    assert 'value="800"' in browser.get(f"{page}/nytta/{second.id}").text


def test_an_unfinished_line_can_be_saved(browser: Browser, cast: Cast, project: Project, page: str) -> None:
    browser.sign_in(cast.leader)
    assert browser.post(f"{page}/kostnad/ny", data=cost_fields(amount_2027="")).status_code == 303
    unfinished = benefit_fields(quantity="", unit_price="", starts_on="")
    assert browser.post(f"{page}/nytta/ny", data=unfinished).status_code == 303
    text = browser.get(page).text
    assert "Saknar belopp per år." in text
    assert "Saknar antal, pris per styck, startdatum." in text


@pytest.mark.parametrize(
    ("wrong", "says"),
    [
        ({"amount_2027": "mycket"}, "Ange ett belopp i kronor"),
        ({"amount_2027": "-"}, "Ange ett belopp i kronor"),
        ({"amount_2027": "-5"}, "Ange minst 0"),
        ({"amount_2027": "1,234"}, "högst 2 decimaler"),
        ({"amount_2027": "9999999999999"}, "Ange högst"),
        ({"depreciation_years": "1,5"}, "heltal"),
        ({"depreciation_years": "0"}, "Ange minst 1"),
        ({"description": " "}, "Skriv vad det är som kostar."),
        ({"description": "x" * 201}, "Korta den"),
        ({"department_id": "999"}, "Välj ett av alternativen."),
        ({"financier": "någon annan"}, "Välj ett av alternativen."),
    ],
)
def test_a_faulty_cost_is_answered_beside_its_field_and_nothing_is_lost(
    browser: Browser, cast: Cast, project: Project, page: str, wrong: dict[str, str], says: str
) -> None:
    answer = browser.sign_in(cast.leader).post(
        f"{page}/kostnad/ny", data=cost_fields(source="Min källa", **wrong)
    )
    assert answer.status_code == 422
    assert says in answer.text
    assert "Det här behöver du rätta" in answer.text
    assert "<title>Fel:" in answer.text.replace("\n", "").replace("  ", "")
    assert "Min källa" in answer.text
    [typed] = wrong.values()
    assert typed.strip() in answer.text or typed in ("999", "någon annan")
    assert lines(project)[0] == []


@pytest.mark.parametrize(
    ("wrong", "says"),
    [
        ({"ends_on": "2027-12-31"}, "sluta innan den börjar"),
        ({"starts_on": "2028-13-01"}, "Ange ett datum"),
        ({"ramp_1": "30", "ramp_3": "100"}, "Fyll i åren i följd"),
        ({"ramp_1": "101"}, "Ange högst 100"),
        ({"quantity": "1000000000", "unit_price": "999999999"}, "orimligt stor"),
        ({"category": ""}, "Välj ett slags nytta."),
        ({"method": ""}, "Välj hur nyttan räknas."),
        ({"staff": "Trollkarl"}, "Välj ett av alternativen."),
        ({"price_year": "1066"}, "Ange minst"),
    ],
)
def test_a_faulty_benefit_is_answered_beside_its_field_and_nothing_is_lost(
    browser: Browser, cast: Cast, project: Project, page: str, wrong: dict[str, str], says: str
) -> None:
    fields = benefit_fields(indicator="Antal brev") | wrong
    answer = browser.sign_in(cast.leader).post(f"{page}/nytta/ny", data=fields)
    assert answer.status_code == 422
    assert says in answer.text
    assert 'value="Antal brev"' in answer.text
    assert lines(project)[1] == []


def test_hostile_text_is_shown_as_text(browser: Browser, cast: Cast, project: Project, page: str) -> None:
    hostile = "<script>alert(1)</script>{{ 7*7 }}"
    browser.sign_in(cast.leader)
    browser.post(f"{page}/kostnad/ny", data=cost_fields(description=hostile, source=hostile))
    browser.post(f"{page}/nytta/ny", data=benefit_fields(description=hostile, source=hostile))
    costs, benefits = lines(project)
    for address in (
        "",
        f"/kostnad/{costs[0].id}",
        f"/nytta/{benefits[0].id}",
        f"/kostnad/{costs[0].id}/ta-bort",
    ):
        text = browser.get(page + address).text
        assert "<script>alert" not in text
        assert "&lt;script&gt;alert(1)&lt;/script&gt;{{ 7*7 }}" in text


def test_a_line_is_removed_after_a_question(
    browser: Browser, cast: Cast, project: Project, page: str, cost: CostLine, benefit: BenefitLine
) -> None:
    browser.sign_in(cast.leader)
    for line, address in (
        (cost, f"{page}/kostnad/{cost.id}/ta-bort"),
        (benefit, f"{page}/nytta/{benefit.id}/ta-bort"),
    ):
        assert "Ta bort raden?" in browser.get(address).text
        assert browser.post(address, data={"version": "0"}).status_code == 409, "changed since it was asked"
        assert browser.post(address, data={"version": str(line.version)}).status_code == 303
    assert lines(project) == ([], [])
    verbs = db.session.scalars(select(HistoryEvent.verb).order_by(HistoryEvent.id)).all()
    assert verbs[-2:] == ["remove_cost_line", "remove_benefit_line"]


def test_trying_out_shows_the_result_and_stores_nothing(
    browser: Browser, cast: Cast, project: Project, page: str, cost: CostLine
) -> None:
    browser.sign_in(cast.leader)
    answer = browser.post(f"{page}/prova?line=benefit-new", data=benefit_fields())
    assert answer.status_code == 200
    assert kr(18_000 * 27 // 2 * 7) in answer.text
    answer = browser.post(f"{page}/prova?line=cost-{cost.id}", data=cost_fields(amount_2027="42"))
    assert f"42{SPACE}kr" in answer.text
    assert lines(project)[1] == []
    assert queries.cost_values(lines(project)[0][0]).amounts[2027] == 1_000_000


@pytest.mark.parametrize(
    ("line", "fields"),
    [
        ("cost-new", cost_fields(amount_2027="mycket", depreciation_years="-")),
        ("cost-new", cost_fields(amount_2027="-5", department_id="x")),
        ("cost-999", {}),
        ("benefit-new", benefit_fields(quantity="-", starts_on="i morgon")),
        ("benefit-new", benefit_fields(ends_on="2020-01-01")),
        ("benefit-new", {"method": "trolleri"}),
        ("något annat", cost_fields()),
    ],
)
def test_trying_out_what_is_half_typed_answers_calmly(
    browser: Browser, cast: Cast, page: str, cost: CostLine, line: str, fields: dict[str, str]
) -> None:
    answer = browser.sign_in(cast.leader).post(f"{page}/prova", query_string={"line": line}, data=fields)
    assert answer.status_code == 200
    assert "Nettonuvärde" in answer.text


def test_a_draft_is_offered_when_the_page_is_opened_again_and_gone_when_saved(
    browser: Browser, cast: Cast, project: Project, page: str
) -> None:
    place = f"{page}/kostnad/ny"
    typed = cost_fields(description="Halv mening", amount_2027="mycket")
    autosaved(browser.sign_in(cast.leader), place, typed)
    text = browser.get(place).text
    assert "Halv mening" in text
    assert 'value="mycket"' in text
    assert "Utkast från" in text
    browser.post(place, data=filled_in(form_on(text)) | cost_fields())
    assert kept(cast.leader, place) == {}


def test_a_draft_can_be_thrown_away(
    browser: Browser, cast: Cast, project: Project, page: str, benefit: BenefitLine
) -> None:
    address = f"{page}/nytta/{benefit.id}"
    autosaved(browser.sign_in(cast.leader), address, benefit_fields())
    assert "Färre brev" in browser.get(address).text
    discarded = opened(browser, address)
    answer = browser.post("/utkast/kasta", query_string={"till": address}, data=discarded)
    assert answer.status_code == 303
    text = browser.get(address).text
    assert "Färre brev" not in text
    assert "Kortare handläggning" in text
