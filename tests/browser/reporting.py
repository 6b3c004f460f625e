"""The final report by hand: a section of it, and what its readers see on the page and on paper."""

from __future__ import annotations

from collections.abc import Mapping

from playwright.sync_api import expect

from tests.browser.window import Window
from tests.browser.writing import place
from tests.pdf.reading import text as text_of


def section(leader: Window, title: str, texts: Mapping[str, str]) -> None:
    """Follow the way to a section, write, and save."""
    leader.follow(title)
    leader.heading(title)
    for name, text in texts.items():
        place(leader, name).fill(text)
    leader.press("Spara")
    leader.told("Avsnittet är sparat.")


def plain(text: str) -> str:
    """What it says, wherever its lines break."""
    return " ".join(text.split())


def page_of(reader: Window) -> str:
    """The words of the open page."""
    return plain(reader.page.get_by_role("main").inner_text())


def paper_of(reader: Window, link: str) -> str:
    """The words of the document behind a link."""
    return text_of(reader.fetch(link))


def approve(secretary: Window) -> None:
    """Nothing stands against it: the secretariat approves the open report, and the project ends."""
    secretary.follow("Godkänn slutrapporten")
    expect(secretary.page.get_by_role("main")).not_to_contain_text("Projektet kan inte avslutas än")
    secretary.press("Godkänn och avsluta projektet")
    secretary.told("Slutrapporten är godkänd, och projektet är avslutat.")
