"""The pages of the calculation: what they show, to whom, and what they do with what is typed."""

from __future__ import annotations

import re
from collections.abc import Sequence
from decimal import Decimal

import pytest
from flask import Flask
from sqlalchemy import select

from app.benefits import queries, service
from app.benefits.inputs import BenefitMethod, CostValues
from app.benefits.models import BenefitLine, CostLine
from app.core.benefits import BenefitCategory
from app.core.costs import CostKind, Financier
from app.core.workflow import Action
from app.db import db, transaction
from app.history.models import HistoryEvent
from app.projects import drafts
from app.projects import service as projects
from app.projects.models import Project
from tests.benefits.conftest import BenefitMaker, CostMaker
from tests.conftest import NOW, Browser, Cast

SPACE = "\u00a0"


@pytest.fixture
def page(project: Project) -> str:
    """The address of the calculation."""
    return f"/projekt/{project.id}/kalkyl"


def kr(amount: int) -> str:
    return f"{amount:,}".replace(",", SPACE)


def cells(text: str, caption: str) -> list[list[str]]:
    """The cells of the table with this caption, row by row, the foot included."""
    table = next(part for part in text.split("<table")[1:] if f"<caption>{caption}" in part)
    rows = re.findall(r"<tr.*?</tr>", table.split("</table>")[0], re.DOTALL)
    return [
        [
            re.sub(r"(<[^>]+>|[ \n])+", " ", cell).strip(" ")
            for cell in re.findall(r"<t[hd].*?</t[hd]>", row, re.DOTALL)
        ]
        for row in rows
    ]


def cost_fields(**changes: str) -> dict[str, str]:
    fields = {
        "description": "Införande",
        "kind": "one_off",
        "department_id": "1",
        "financier": "programme",
        "treatment": "expensed",
        "amount_2027": "1 250 000",
        "depreciation_years": "",
        "source": "",
    }
    return fields | changes


def benefit_fields(**changes: str) -> dict[str, str]:
    fields = {
        "description": "Färre brev",
        "category": "financial",
        "beneficiary": "department",
        "department_id": "1",
        "method": "unit_price",
        "quantity": "18 000",
        "unit_price": "13,50",
        "starts_on": "2028-01-01",
    }
    return fields | changes


def lines(project: Project) -> tuple[Sequence[CostLine], Sequence[BenefitLine]]:
    found = queries.lines_of(project.id)
    return found.costs, found.benefits


def test_the_finding_stands_first_then_the_figures(
    browser: Browser, cast: Cast, page: str, cost: CostLine, benefit: BenefitLine
) -> None:
    text = browser.sign_in(cast.leader).get(page).text
    assert "Nyttan överstiger kostnaden från 2029." in text
    assert text.index("Nyttan överstiger") < text.index("Sökt belopp")
    assert f"{kr(1_500_000)}{SPACE}kr" in text


def test_a_calculation_that_never_pays_says_so(
    browser: Browser, cast: Cast, page: str, cost: CostLine
) -> None:
    text = browser.sign_in(cast.leader).get(page).text
    assert "Nyttan överstiger aldrig kostnaden inom kalkylperioden." in text
    assert "Finns inte" in text
    assert "Ingen kostnad för drift" in text


def test_an_empty_calculation_says_what_to_do(browser: Browser, cast: Cast, page: str) -> None:
    text = browser.sign_in(cast.leader).get(page).text
    assert "Kalkylen är tom än så länge." in text
    assert "Lägg till en kostnad" in text


def test_the_capital_cost_of_the_automation_platform_is_right_to_the_krona(
    browser: Browser, cast: Cast, page: str, investment: None
) -> None:
    shown = cells(browser.sign_in(cast.leader).get(page).text, "Kapitalkostnad för investeringarna")
    assert [row[1:] for row in shown[1:6]] == [
        [kr(2_300_000), kr(460_000), kr(34_500), kr(494_500), kr(1_840_000)],
        [kr(1_840_000), kr(460_000), kr(27_600), kr(487_600), kr(1_380_000)],
        [kr(1_380_000), kr(460_000), kr(20_700), kr(480_700), kr(920_000)],
        [kr(920_000), kr(460_000), kr(13_800), kr(473_800), kr(460_000)],
        [kr(460_000), kr(460_000), kr(6_900), kr(466_900), "0"],
    ]
    assert shown[6] == ["Summa", "", kr(2_300_000), kr(103_500), kr(2_403_500), ""]


def test_the_working_of_a_benefit_is_shown_with_its_numbers(
    browser: Browser, cast: Cast, page: str, benefit: BenefitLine
) -> None:
    text = browser.sign_in(cast.leader).get(page).text
    formula = f"{kr(6000)} × 20{SPACE}min ÷ 60 × 80{SPACE}% × 729{SPACE}kr/tim = {kr(1_166_400)}{SPACE}kr"
    assert formula in text
    shown = cells(text, "Uträkning per år: Kortare handläggning")
    assert shown[1] == ["2028", f"12 × 50{SPACE}% = 6", f"{kr(1_166_400)}{SPACE}kr × 6 ÷ 12", kr(583_200)]
    assert shown[2][0] == "2029–2035"


def test_a_benefit_without_a_price_stands_beside_the_money(
    browser: Browser, cast: Cast, project: Project, page: str, benefit_values: BenefitMaker
) -> None:
    with transaction():
        values = benefit_values(
            description="Tryggare beslut",
            method=BenefitMethod.DESCRIBED,
            category=BenefitCategory.QUALITY,
            taken_home_how="Färre överklaganden",
        )
        service.add_benefit_line(cast.leader, project, values, NOW)
    text = browser.sign_in(cast.leader).get(page).text
    assert "Nyttor utan pris" in text
    assert "Tryggare beslut" in text
    assert "Färre överklaganden" in text


def test_lines_that_are_not_counted_are_named_with_what_they_lack(
    browser: Browser, cast: Cast, project: Project, page: str, benefit_values: BenefitMaker
) -> None:
    with transaction():
        service.add_benefit_line(cast.leader, project, benefit_values(volume=None), NOW)
    text = browser.sign_in(cast.leader).get(page).text
    assert "Saknar volym." in text
    assert "räknas inte än" in text


def test_the_cost_table_adds_up_and_says_who_pays(
    browser: Browser, cast: Cast, project: Project, page: str, cost: CostLine, cost_values: CostMaker
) -> None:
    with transaction():
        own = cost_values(financier=Financier.OWN_BUDGET, amounts={2027: Decimal("99.50")})
        service.add_cost_line(cast.leader, project, own, NOW)
    shown = cells(browser.sign_in(cast.leader).get(page).text, "Kostnadsrader")
    assert [row[5] for row in shown[1:]] == [kr(1_500_000), "100", kr(1_500_100), kr(1_500_000), "100"]


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
    for address in (f"{page}/kostnad/{cost.id}/ta-bort", f"{page}/nytta/{benefit.id}/ta-bort"):
        assert "Ta bort raden?" in browser.get(address).text
        assert browser.post(address).status_code == 303
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
    typed = list(cost_fields(description="Halv mening", amount_2027="mycket").items())
    with transaction():
        drafts.keep(cast.leader.id, project.id, "cost-new", typed, NOW)
    browser.sign_in(cast.leader)
    text = browser.get(f"{page}/kostnad/ny").text
    assert "Halv mening" in text
    assert 'value="mycket"' in text
    assert "utkast som inte är sparat" in text
    browser.post(f"{page}/kostnad/ny", data=cost_fields())
    assert drafts.of(cast.leader.id, project.id, "cost-new") is None


def test_a_draft_can_be_thrown_away(
    browser: Browser, cast: Cast, project: Project, page: str, benefit: BenefitLine
) -> None:
    key = f"benefit-{benefit.id}"
    with transaction():
        drafts.keep(cast.leader.id, project.id, key, list(benefit_fields().items()), NOW)
    browser.sign_in(cast.leader)
    address = f"{page}/nytta/{benefit.id}"
    assert "Färre brev" in browser.get(address).text
    assert browser.post(address, data=benefit_fields(action="discard")).status_code == 303
    text = browser.get(address).text
    assert "Färre brev" not in text
    assert "Kortare handläggning" in text


def test_the_manager_reads_the_calculation_but_writes_nothing(
    browser: Browser, cast: Cast, page: str, cost: CostLine, benefit: BenefitLine
) -> None:
    browser.sign_in(cast.manager)
    text = browser.get(page).text
    assert "Upphandling av e-tjänst" in text
    assert "Ändra" not in text
    for address in (
        f"{page}/kostnad/ny",
        f"{page}/kostnad/{cost.id}",
        f"{page}/kostnad/{cost.id}/ta-bort",
        f"{page}/nytta/ny",
        f"{page}/nytta/{benefit.id}",
        f"{page}/nytta/{benefit.id}/ta-bort",
    ):
        for answer in (browser.get(address), browser.post(address, data=cost_fields())):
            assert answer.status_code == 403, address
            assert "Bara projektledaren kan ändra kalkylen." in answer.text
    assert browser.post(f"{page}/prova", data=cost_fields()).status_code == 403


def test_whoever_may_not_see_the_project_learns_nothing_of_it(
    browser: Browser, cast: Cast, page: str, cost: CostLine
) -> None:
    browser.sign_in(cast.other_leader)
    for address in ("", "/kostnad/ny", f"/kostnad/{cost.id}", f"/kostnad/{cost.id}/ta-bort"):
        assert browser.get(page + address).status_code == 404


def test_a_line_is_not_found_under_another_project(
    app: Flask, browser: Browser, cast: Cast, project: Project, cost: CostLine
) -> None:
    browser.sign_in(cast.leader)
    assert browser.get(f"/projekt/{project.id + 1}/kalkyl/kostnad/{cost.id}").status_code == 404
    assert browser.get(f"/projekt/{project.id}/kalkyl/kostnad/{cost.id + 1}").status_code == 404


def test_while_the_manager_reads_the_leader_is_told_why_nothing_can_be_changed(
    browser: Browser, cast: Cast, project: Project, page: str, cost: CostLine
) -> None:
    with transaction():
        projects.move(cast.leader, project, Action.ASK_FOR_SIGNATURE, NOW)
    browser.sign_in(cast.leader)
    assert "lämnat utkastet" in browser.get(page).text
    answer = browser.get(f"{page}/kostnad/ny")
    assert answer.status_code == 403
    assert "lämnat utkastet" in answer.text


@pytest.mark.parametrize("language", ["sv", "en"])
def test_every_page_is_there_in_both_languages(
    browser: Browser, cast: Cast, page: str, cost: CostLine, benefit: BenefitLine, language: str
) -> None:
    browser.sign_in(cast.leader).post("/sprak", data={"language": language})
    for address in ("", f"/kostnad/{cost.id}", f"/nytta/{benefit.id}", "/kostnad/ny", "/nytta/ny"):
        answer = browser.get(page + address)
        assert answer.status_code == 200
        assert f'lang="{language}"' in answer.text
        assert "style=" not in answer.text
