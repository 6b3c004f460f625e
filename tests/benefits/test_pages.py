"""The pages of the calculation: what they show, and to whom."""

from __future__ import annotations

from decimal import Decimal

import pytest
from bs4 import BeautifulSoup
from flask import Flask

from app.benefits import queries, service
from app.benefits.models import BenefitLine, CostLine
from app.benefits.pictures import pictures
from app.benefits.values import BenefitMethod
from app.core.benefits import BenefitCategory
from app.core.costs import Financier
from app.core.workflow import Action
from app.db import transaction
from app.programmes.models import Programme
from app.projects import service as projects
from app.projects.models import Project, ProjectKind
from app.web.formats import number
from tests import story
from tests.benefits.conftest import BenefitMaker, CostMaker
from tests.benefits.pages import SPACE, cells, cost_fields, kr
from tests.conftest import NOW, TODAY, Browser, Cast

ONE_DATABASE_IS_ENOUGH = "What its pages ask is asked of both databases in tests/web/test_both_databases.py."


def test_the_finding_stands_first_then_the_figures(
    browser: Browser, cast: Cast, page: str, cost: CostLine, benefit: BenefitLine
) -> None:
    text = browser.sign_in(cast.leader).get(page).text
    assert "Nyttan överstiger kostnaden från 2029." in text
    assert text.index("Nyttan överstiger") < text.index("Sökt belopp")
    assert f"{kr(1_500_000)}{SPACE}kr" in text


def payback_in(page: str) -> list[str]:
    """What the page says of the payback time: the value and its note."""
    shown = BeautifulSoup(page, "html.parser").find("dt", string="Återbetalningstid")
    assert shown is not None
    return [word.get_text(" ", strip=True) for word in shown.find_next_siblings("dd")]


def test_a_payback_that_never_comes_says_why_once(
    browser: Browser, cast: Cast, page: str, cost: CostLine
) -> None:
    """Without "with interest: –" after a dash."""
    said = payback_in(browser.sign_in(cast.leader).get(page).text)
    assert said == ["– ingen nytta är prissatt"]


def test_a_calculation_without_a_priced_benefit_says_so(
    browser: Browser, cast: Cast, page: str, cost: CostLine
) -> None:
    text = browser.sign_in(cast.leader).get(page).text
    assert "Ingen nytta är prissatt. Kalkylen visar bara vad projektet kostar." in text
    assert "Inte prissatt" in text
    assert "Ingen kostnad för drift" in text


def test_a_pre_study_is_not_warned_of_what_it_is_to_find_out(
    browser: Browser, cast: Cast, settled: Programme, cost_values: CostMaker
) -> None:
    pre_study = story.started(cast, settled, kind=ProjectKind.PRE_STUDY)
    with transaction():
        service.add_cost_line(cast.leader, pre_study, cost_values(), NOW)
    text = browser.sign_in(cast.leader).get(f"/projekt/{pre_study.id}/kalkyl").text
    assert "Ingen nytta är prissatt." in text
    assert "Ingen kostnad för drift" not in text


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
    link = f'<a href="{page}/utrakning#benefit-{benefit.id}">'
    assert link in browser.sign_in(cast.leader).get(page).text
    text = browser.get(f"{page}/utrakning").text
    assert f'id="benefit-{benefit.id}"' in text
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


def test_a_benefit_that_is_not_counted_still_says_how_it_is_taken_home(
    browser: Browser, cast: Cast, project: Project, page: str, benefit_values: BenefitMaker
) -> None:
    with transaction():
        values = benefit_values(volume=None, taken_home_how="Tjänsten dras in.")
        service.add_benefit_line(cast.leader, project, values, NOW)
    text = browser.sign_in(cast.leader).get(f"{page}/utrakning").text
    assert "räknas inte än" in text
    assert "Tjänsten dras in." in text


def test_every_chart_leads_to_the_table_that_holds_its_figures(
    browser: Browser, cast: Cast, project: Project, page: str, cost: CostLine, benefit: BenefitLine
) -> None:
    shown = BeautifulSoup(browser.sign_in(cast.leader).get(page).text, "html.parser")
    links = shown.select("figure.chart-figure .source a")
    tables = [shown.select_one(str(link["href"])) for link in links]
    assert len(tables) == 3
    drawn = pictures(queries.inputs_for(project, TODAY), "sv")
    assert drawn.yearly
    assert drawn.cumulative
    assert drawn.pay_gain
    series = (
        (*drawn.yearly.costs, *drawn.yearly.benefits),
        (*drawn.cumulative.net, *drawn.cumulative.cumulative),
        (*drawn.pay_gain.pays, *drawn.pay_gain.gains),
    )
    for table, figures in zip(tables, series, strict=True):
        assert table
        assert table["role"] == "region"
        cells_shown = {cell.text for cell in table.select("td")}
        assert {number(figure) for figure in figures} <= cells_shown


def test_the_cost_table_adds_up_and_says_who_pays(
    browser: Browser, cast: Cast, project: Project, page: str, cost: CostLine, cost_values: CostMaker
) -> None:
    with transaction():
        own = cost_values(financier=Financier.OWN_BUDGET, amounts={2027: Decimal("99.50")})
        service.add_cost_line(cast.leader, project, own, NOW)
    shown = cells(browser.sign_in(cast.leader).get(page).text, "Kostnadsrader")
    assert [row[5] for row in shown[1:]] == [kr(1_500_000), "100", kr(1_500_100), kr(1_500_000), "100"]


def test_the_manager_reads_the_calculation_but_writes_nothing(
    browser: Browser, cast: Cast, page: str, cost: CostLine, benefit: BenefitLine
) -> None:
    browser.sign_in(cast.manager)
    text = browser.get(page).text
    assert "Upphandling av e-tjänst" in text
    assert f"{page}/kostnad" not in text
    assert f"{page}/nytta" not in text
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
    assert "inte längre ett utkast" in browser.get(page).text
    answer = browser.get(f"{page}/kostnad/ny")
    assert answer.status_code == 403
    assert "inte längre ett utkast" in answer.text


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
