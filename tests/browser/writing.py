"""Writing an application with one's own hands: the leader's part of the story."""

from __future__ import annotations

import re
from collections.abc import Mapping
from decimal import Decimal
from typing import Any
from urllib.parse import urlsplit

from playwright.sync_api import Locator, expect

from app.applications.declaration import FieldKind, FieldSpec, Section, TableSpec
from app.projects.models import ProjectKind
from tests.browser.window import Window

KIND = ProjectKind.IMPLEMENTATION
DRAFT_SAVED = re.compile(r"^Utkast sparat \d\d\.\d\d$")
Answers = Mapping[str, Any]


def place(window: Window, html_id: str) -> Locator:
    """The field with this id."""
    return window.page.locator(f"[id='{html_id}']")


def as_typed(spec: FieldSpec, text: str) -> str:
    """An answer as a person writes it: a share as per cent, decimals with a comma."""
    match spec.kind:
        case FieldKind.PERCENT:
            return f"{(Decimal(text) * 100).normalize():f}"
        case FieldKind.NUMBER | FieldKind.MONEY:
            return text.replace(".", ",")
        case _:
            return text


def answer(window: Window, spec: FieldSpec, html_id: str, text: str, *, pasted: bool = False) -> None:
    """Answer one question; what fits in a line is typed key by key, unless it is pasted."""
    match spec.kind:
        case FieldKind.CHOICE | FieldKind.DEPARTMENT:
            place(window, html_id).select_option(text)
        case FieldKind.YES_NO:
            window.page.locator(f"input[name='{html_id}'][value='{text}']").check()
        case FieldKind.TEXT:
            place(window, html_id).fill(text)
        case _ if pasted:
            place(window, html_id).fill(as_typed(spec, text))
        case _:
            place(window, html_id).fill("")
            place(window, html_id).press_sequentially(as_typed(spec, text))


def answer_rows(window: Window, table: TableSpec, rows: list[Answers], *, pasted: bool = False) -> None:
    """Answer a question that takes rows, adding those that are missing."""
    for number, row in enumerate(rows):
        if not place(window, f"{table.key}-{number}").count():
            window.press(str(table.add_label))
            expect(place(window, f"{table.key}-{number}")).to_be_visible()
        for spec in table.columns_for(KIND):
            if spec.key in row:
                answer(window, spec, f"{table.key}-{number}-{spec.key}", row[spec.key], pasted=pasted)


def add_row(window: Window, rows: str, number: int) -> None:
    """One row more, if there is none with this number."""
    if not place(window, f"{rows}-{number}").count():
        window.page.locator(f"button[name=add][value={rows}]").click()
        expect(place(window, f"{rows}-{number}")).to_be_visible()


def write_section(window: Window, section: Section, answers: Answers, *, pasted: bool = False) -> None:
    """Fill in the open section, in the order of the page, and go on to the next."""
    window.heading(str(section.title))
    for spec in section.fields_for(KIND):
        if spec.key in answers:
            answer(window, spec, spec.key, answers[spec.key], pasted=pasted)
    for table in section.tables_for(KIND):
        answer_rows(window, table, answers.get(table.key, []), pasted=pasted)
    window.press("Spara och fortsätt")
    window.told(re.compile(r"Sparad \d\d\.\d\d"))


def mend_what_lacks(window: Window, answers: Mapping[str, str]) -> list[str]:
    """Follow each lack of the check page to its field, answer there, until nothing is left; what was mended.

    `answers` says what to write in the field with an id.
    """
    mended = []
    check = window.page.url
    lacks = window.page.get_by_role("main").locator("ul > li > a")
    while lacks.count():
        lacks.first.click()
        html_id = urlsplit(window.page.url).fragment
        field = place(window, html_id)
        expect(field).to_be_in_viewport()
        field.fill(answers[html_id])
        window.press("Spara")
        mended.append(html_id)
        window.page.goto(check)
    return mended
