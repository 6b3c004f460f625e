"""Everything works for somebody whose browser runs no scripts."""

from __future__ import annotations

import re
from collections.abc import Callable

import pytest
from playwright.sync_api import expect

from app.programmes.models import Programme
from tests.browser.window import Window
from tests.conftest import Cast


@pytest.fixture
def leader(window: Callable[..., Window], cast: Cast, programme: Programme) -> Window:
    """The leader at the task list of a project that has just been started, without scripts."""
    leader = window(java_script_enabled=False).sign_in(cast.leader)
    leader.follow("Starta ett projekt")
    leader.fill("Projektets namn", "Bygglov på nätet")
    leader.page.get_by_label("Genomförande – ni ska bygga och införa").check()
    leader.press("Starta projektet")
    leader.heading("Bygglov på nätet")
    return leader


def test_a_section_is_saved(leader: Window) -> None:
    leader.follow("Omfattning och avgränsning")
    leader.fill("Det här ingår", "Nya tillstånd.")
    leader.press("Spara")
    leader.told(re.compile(r"Sparad \d\d\.\d\d"))
    expect(leader.page.get_by_label("Det här ingår", exact=True)).to_have_value("Nya tillstånd.")


def test_rows_are_added_and_removed_and_keep_what_was_typed(leader: Window) -> None:
    leader.follow("Milstolpar")
    rows = [leader.page.get_by_label(f"Det här är klart, rad {number}") for number in (1, 2)]
    rows[0].fill("Beställningen är gjord")
    leader.press("Lägg till en milstolpe")
    rows[1].fill("Tjänsten är öppen")
    leader.page.get_by_role("button", name=re.compile("Ta bort.milstolpe 1")).click()
    expect(rows[0]).to_have_value("Tjänsten är öppen")
    expect(rows[1]).to_have_count(0)


def test_enter_in_a_row_saves_and_removes_nothing(leader: Window) -> None:
    leader.follow("Milstolpar")
    first = leader.page.get_by_label("Det här är klart, rad 1")
    first.fill("Beställningen är gjord")
    first.press("Enter")
    leader.told(re.compile(r"Sparad \d\d\.\d\d"))
    expect(first).to_have_value("Beställningen är gjord")


def test_a_cost_is_added_and_the_result_shows_it(leader: Window) -> None:
    leader.follow("Kostnader och nytta")
    leader.follow("Öppna nyttokalkylen")
    leader.follow("Lägg till en kostnad")
    leader.fill("Vad kostar?", "Utveckling")
    leader.fill("2027", "1 250 000")
    leader.press("Spara raden")
    leader.told("Kostnaden är sparad.")
    expect(leader.page.get_by_role("row", name=re.compile("Utveckling"))).to_contain_text(
        "1\u00a0250\u00a0000"
    )
