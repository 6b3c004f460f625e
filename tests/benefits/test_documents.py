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
    assert documents.result_blocks(kept, language)
    assert len(documents.key_figures(kept, language).figures) == 4


def test_a_decision_gets_the_finding_the_charts_and_what_to_watch(
    project: Project, cost: CostLine, benefit: BenefitLine
) -> None:
    blocks = documents.result_blocks(queries.inputs_for(project, TODAY), "sv")
    assert any(isinstance(block, FigurePair) for block in blocks)
    assert any(isinstance(block, Notice) and block.title == "Ingen kostnad för drift" for block in blocks)
    assert documents.small_chart(queries.inputs_for(project, TODAY), "sv") is not None


def test_an_empty_calculation_is_short_on_paper_too(project: Project) -> None:
    inputs = queries.inputs_for(project, TODAY)
    sections = documents.calculation_sections(inputs, "sv")
    assert [section.title for section in sections] == ["Kalkylens resultat", "Kalkylens förutsättningar"]
    assert documents.small_chart(inputs, "sv") is None
