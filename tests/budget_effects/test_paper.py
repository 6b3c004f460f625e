"""The benefits of a project on paper: the same figures as on its pages, in either language."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from typing import Any

import pytest
from flask import Flask

from app import pdf
from app.budget_effects.documents import benefits_document
from app.core.budget_effects import Form
from app.pdf.blocks import Block, KeyFigures, Report, Table
from app.programmes.models import Programme
from app.projects.models import Project
from app.realisation.pages import benefits_page
from tests.budget_effects.effect_story import agree, enter, promise, take, verified
from tests.conftest import Browser, Cast
from tests.pdf import reading
from tests.realisation.measuring_story import TODAY, measured, with_plan

WRITTEN = str.maketrans("", "", "\u00a0 kr")


def kronor(text: str) -> Decimal:
    """What an amount on paper says."""
    return Decimal(text.translate(WRITTEN).replace(",", ".").replace("\u2212", "-"))


def body_of(document: pdf.Document) -> Report:
    assert isinstance(document.body, Report)
    return document.body


def tables_of(blocks: tuple[Block, ...]) -> dict[str, Table]:
    return {block.caption: block for block in blocks if isinstance(block, Table)}


def test_every_sum_on_paper_is_that_of_its_rows_and_of_the_page(
    app: Flask, cast: Cast, programme: Programme
) -> None:
    project = verified(cast, programme)
    take(cast, project, Decimal("100000.50"))
    hours: dict[str, Any] = {"amount": Decimal(7), "staff_years": Decimal(1), "used_for": "Besök."}
    kept = promise(cast, project, form=Form.CAPACITY, item="Handläggare", **hours)
    agree(cast, project, kept.effect.id)
    take(cast, project, Decimal(7), kept.effect.id)
    with app.test_request_context():
        body = body_of(benefits_document(cast.auditor, project, TODAY, "sv"))
        page = benefits_page(cast.auditor, project, TODAY)
    figures = next(block for block in body.summary if isinstance(block, KeyFigures)).figures
    promised, realised, taken = (kronor(figure.value) for figure in figures)
    assert (promised, realised) == (page.total.promised, page.total.realised)
    assert realised > 0
    whole = tables_of(body.summary)[""]
    priced = [row for row in whole.rows if row[3] != "i ord"]
    assert sum(kronor(row[3]) for row in priced) == promised
    assert sum(kronor(row[4]) for row in priced) == realised
    years = [tables_of(section.blocks) for section in body.sections]
    of_years = [table for tables in years for name, table in tables.items() if "Utlovat och" in name]
    for table in of_years:
        for column in (1, 2):
            assert sum(kronor(row[column]) for row in table.rows) == kronor(table.footer[0][column])
    assert sum(kronor(table.footer[0][2]) for table in of_years) == realised
    effects = [tables["Budgeteffekter"] for tables in years if "Budgeteffekter" in tables]
    assert sum(kronor(table.footer[0][4]) for table in effects) == taken
    assert taken == Decimal("100000.50"), "time that stays is no money"


def test_what_nobody_has_planned_is_said_to_be_nought(app: Flask, cast: Cast, programme: Programme) -> None:
    project = with_plan(cast, programme)
    with app.test_request_context():
        body = body_of(benefits_document(cast.auditor, project, TODAY, "sv"))
    said = [str(block) for section in body.sections for block in section.blocks]
    assert any("Inget är mätt än." in text for text in said)
    assert any("Tills dess räknas den som noll." in text for text in said)
    assert any("Nyttoplan saknas" in text for text in said)


def test_an_early_withdrawal_stands_out(app: Flask, cast: Cast, programme: Programme) -> None:
    project = with_plan(cast, programme)
    promise(cast, project)
    agree(cast, project)
    enter(cast, project, day=date(2028, 12, 1))
    with app.test_request_context():
        body = body_of(benefits_document(cast.auditor, project, TODAY, "sv"))
    first, *others = ([block.kind for block in section.blocks] for section in body.sections)
    assert "notice" in first
    assert all("notice" not in kinds for kinds in others)


@pytest.mark.parametrize(
    ("language", "words"), [("sv", "Nyttor och hemtagning"), ("en", "Benefits and what is taken home")]
)
def test_whoever_sees_the_case_takes_it_away_from_the_page(
    browser: Browser, cast: Cast, programme: Programme, language: str, words: str
) -> None:
    project: Project = measured(cast, programme)
    browser.sign_in(cast.auditor)
    browser.post("/sprak", data={"language": language})
    address = f"/projekt/{project.id}/nyttor.pdf"
    assert address in browser.get(f"/projekt/{project.id}/nyttor").text
    answer = browser.get(address)
    assert answer.headers["Content-Type"] == "application/pdf"
    text = reading.text(answer.data)
    assert words in text
    assert project.title in text
    with reading.opened(answer.data) as opened:
        assert str(opened.Root.Lang) == language
