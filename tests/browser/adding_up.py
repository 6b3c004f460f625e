"""The same kronor wherever they are told: on the pages, and in the workbooks that are taken along."""

from __future__ import annotations

import re
from dataclasses import dataclass

from playwright.sync_api import Locator

from tests.browser.reporting import plain
from tests.browser.window import Window
from tests.browser.workbook import rows_in

XLSX = "XLSX"
_AMOUNT = re.compile(r"\d{1,3}(?:[ \u00a0]\d{3})+|\d+")


@dataclass(frozen=True)
class Kronor:
    """What a benefit has come to, as somebody tells it; none of what is not told there."""

    promised: int | None = None
    realised: int | None = None
    taken_home: int | None = None


def kronor(text: str) -> int:
    """An amount as it is written for people, or as a workbook has it."""
    found = _AMOUNT.match(text.strip())
    assert found, text
    return int(re.sub(r"\D", "", found[0]))


def row_of(reader: Window, name: str) -> dict[str, str]:
    """The row of this name in the open page's table, by the headings of its columns."""
    row = reader.page.get_by_role("main").get_by_role("row").filter(has_text=name).first
    table = row.locator("xpath=ancestor::table")
    heads = [_head(head) for head in table.locator("thead th").all()]
    return dict(zip(heads, (plain(cell.inner_text()) for cell in row.locator("th, td").all()), strict=True))


def _head(head: Locator) -> str:
    return plain(head.inner_text()).removesuffix(", kr").removesuffix(" kr")


def in_the_workbook(reader: Window, name: str) -> dict[str, str]:
    """The row that begins with this name in the workbook of the open page."""
    (row,) = [row for row in rows_in(reader.fetch(XLSX)) if next(iter(row.values())) == name]
    return {head.removesuffix(", kr"): text for head, text in row.items()}


def in_the_portfolio(reader: Window, title: str) -> list[Kronor]:
    """Of the project, on the page and in its workbook."""
    reader.menu("Portfölj")
    row, told = row_of(reader, title), in_the_workbook(reader, title)
    whole = reader.page.locator(".figures")
    taken = re.search(r"Hemtaget i budget: ([\d ]+) kr", plain(whole.inner_text()))
    assert taken
    return [
        Kronor(kronor(row["Utlovat"]), kronor(row["Realiserat"]), kronor(taken[1])),
        Kronor(kronor(told["Utlovat"]), kronor(told["Realiserat"]), kronor(told["Hemtaget"])),
    ]


def in_the_register(reader: Window, benefit: str) -> list[Kronor]:
    """Of the benefit, on the page of all benefits and in its workbook."""
    reader.menu("Nyttor")
    row, told = row_of(reader, benefit), in_the_workbook(reader, benefit)
    assert "Avslutad" in row["Läge"]
    assert told["Läge"] == "Avslutad, hemtagen"
    return [Kronor(kronor(one["Utlovat"]), kronor(one["Realiserat"])) for one in (row, told)]


def of_the_project(reader: Window, at: str, benefit: str) -> list[Kronor]:
    """Of the benefit, on its project's page and on its own."""
    reader.page.goto(f"{at}/nyttor")
    row = row_of(reader, benefit)
    reader.follow(benefit)
    own = row_of(reader, "Summa")
    return [
        Kronor(kronor(row["Utlovat"]), kronor(row["Realiserat"])),
        Kronor(kronor(own["Utlovat"]), kronor(own["Realiserat"]), None),
    ]


def in_the_budget(reader: Window, benefit: str) -> list[Kronor]:
    """Of the benefit's one budget effect, in the register of all of them and in its workbook."""
    reader.menu("Budgeteffekter")
    row, told = row_of(reader, benefit), in_the_workbook(reader, benefit)
    return [Kronor(taken_home=kronor(one["Hemtaget"])) for one in (row, told)]
