"""The calculation on paper: the same figures as the page, in both languages."""

from __future__ import annotations

from collections.abc import Iterable

import pytest

from app.benefits import documents, queries, snapshot, tables
from app.benefits.models import BenefitLine, CostLine
from app.charts import Language
from app.pdf.blocks import Block, FigurePair, Notice, Section, Table
from app.projects.models import Project
from tests.conftest import TODAY

SPACE = "\u00a0"


def all_blocks(sections: Iterable[Section]) -> list[Block]:
    return [block for section in sections for block in (*section.blocks, *all_blocks(section.subsections))]


def table(blocks: Iterable[Block], caption: str) -> Table:
    return next(block for block in blocks if isinstance(block, Table) and block.caption.startswith(caption))


def test_the_yearly_table_on_paper_has_the_figures_of_the_page(
    project: Project, cost: CostLine, benefit: BenefitLine
) -> None:
    inputs = queries.inputs_for(project, TODAY)
    paper = table(all_blocks(documents.calculation_sections(inputs, "sv")), "Kostnad och nytta per år")
    shown = tables.yearly(inputs.calculation)
    assert [row[0] for row in paper.rows] == [str(row.year) for row in shown.rows]
    assert paper.footer[0][4].replace(SPACE, "").replace("\u2212", "-") == str(shown.total.net)


def test_the_capital_cost_on_paper_is_right_to_the_krona(project: Project, investment: None) -> None:
    inputs = queries.inputs_for(project, TODAY)
    paper = table(all_blocks(documents.calculation_sections(inputs, "sv")), "Kapitalkostnad")
    assert [row[4] for row in paper.rows] == [
        f"494{SPACE}500",
        f"487{SPACE}600",
        f"480{SPACE}700",
        f"473{SPACE}800",
        f"466{SPACE}900",
    ]
    assert paper.footer == (
        ("Summa", "", f"2{SPACE}300{SPACE}000", f"103{SPACE}500", f"2{SPACE}403{SPACE}500", ""),
    )


@pytest.mark.parametrize("language", ["sv", "en"])
def test_a_kept_version_gives_the_same_paper_as_the_project_did(
    project: Project, cost: CostLine, benefit: BenefitLine, language: Language
) -> None:
    kept = snapshot.inputs_from_json(snapshot.lines_as_json(project, TODAY))
    live = queries.inputs_for(project, TODAY)
    assert documents.calculation_sections(kept, language) == documents.calculation_sections(live, language)
    assert documents.result_sections(kept, language) == documents.result_sections(live, language)
    assert len(documents.key_figures(kept, language).figures) == 4


def test_a_decision_gets_the_finding_the_charts_and_what_to_watch(
    project: Project, cost: CostLine, benefit: BenefitLine
) -> None:
    blocks = all_blocks(documents.result_sections(queries.inputs_for(project, TODAY), "sv"))
    assert any(isinstance(block, FigurePair) for block in blocks)
    assert any(isinstance(block, Notice) and block.title == "Ingen kostnad för drift" for block in blocks)


def test_an_empty_calculation_is_short_on_paper_too(project: Project) -> None:
    inputs = queries.inputs_for(project, TODAY)
    sections = documents.calculation_sections(inputs, "sv")
    assert [section.title for section in sections] == ["Kalkylens resultat", "Kalkylens förutsättningar"]
    assert documents.over_time(inputs, "sv") is None


def test_a_decision_gets_what_the_investment_costs_the_budget(project: Project, investment: None) -> None:
    blocks = all_blocks(documents.result_sections(queries.inputs_for(project, TODAY), "sv"))
    assert table(blocks, "Kapitalkostnad").footer[0][4] == f"2{SPACE}403{SPACE}500"


def test_without_a_price_on_any_benefit_nothing_is_compared_with_the_cost(
    project: Project, cost: CostLine
) -> None:
    inputs = queries.inputs_for(project, TODAY)
    on_the_first_page = documents.key_figures(inputs, "sv").figures
    assert [figure.label for figure in on_the_first_page] == [
        "Sökt belopp",
        "Total kostnad",
        "Total nytta",
        "Nettonuvärde",
    ]
    assert on_the_first_page[2].value == "Inte prissatt"
    blocks = all_blocks(documents.result_sections(inputs, "sv"))
    assert not any(isinstance(block, FigurePair) for block in blocks)
    assert "Nyttokvot" not in str(blocks)
    assert inputs.calculation.benefit_cost_ratio is None


def test_a_pre_study_is_not_asked_what_the_service_costs_to_run(project: Project, cost: CostLine) -> None:
    inputs = queries.inputs_for(project, TODAY)
    told = all_blocks(documents.result_sections(inputs, "sv", pre_study=True))
    assert not any(isinstance(block, Notice) for block in told)


def test_who_pays_and_who_gains_adds_up_on_paper(
    project: Project, cost: CostLine, benefit: BenefitLine
) -> None:
    blocks = all_blocks(documents.calculation_sections(queries.inputs_for(project, TODAY), "sv"))
    for caption, columns in (
        ("Per förvaltning", (1, 3, 5)),
        ("Nytta per slag", (1,)),
        ("Nytta per mott", (1,)),
    ):
        printed = table(blocks, caption)
        for column in columns:
            amounts = [whole(row[column]) for row in printed.rows]
            assert sum(amounts) == whole(printed.footer[0][column]), caption


def whole(text: str) -> int:
    return int(text.replace(SPACE, "").replace("\u2212", "-"))
