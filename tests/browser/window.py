"""A window of a real browser, as one person uses it; it remembers what the browser complained about."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import Any, Literal

from playwright.sync_api import Browser, BrowserContext, ConsoleMessage, Locator, Page, Response, expect

from app.accounts.access import Viewer
from tests.conftest import PASSWORD

Language = Literal["sv", "en"]
WIDE, NARROW = 1280, 320
PATIENT = 30_000
"""Milliseconds."""
SWITCH: dict[Language, str] = {"sv": "På svenska", "en": "In English"}
REPORT_CSP = """document.addEventListener("securitypolicyviolation", (event) =>
    console.error(`policy: ${event.violatedDirective} ${event.blockedURI}`))"""
PAGE_WITH_FAULTS = re.compile("the server responded with a status of (403|404|422)")
"""A page that says what is wrong is an answer like any other, though the browser logs it."""


@dataclass
class Window:
    """One person's browser."""

    context: BrowserContext
    page: Page
    complaints: list[str] = field(default_factory=list)
    visited: set[str] = field(default_factory=set)

    def __post_init__(self) -> None:
        self.context.on("console", self._said)
        self.context.on("weberror", lambda error: self.complaints.append(str(error.error)))
        self.context.on("response", self._answered)

    def _said(self, message: ConsoleMessage) -> None:
        where = message.location["url"].partition("#")[0]
        expected = where in self.visited and PAGE_WITH_FAULTS.search(message.text)
        if message.type == "error" and not expected:
            self.complaints.append(f"{where}: {message.text}")

    def _answered(self, response: Response) -> None:
        if response.request.resource_type == "document":
            self.visited.add(response.url.partition("#")[0])

    def sign_in(self, viewer: Viewer) -> Window:
        """Sign in through the page."""
        self.page.goto("/logga-in")
        self.fill("E-postadress", f"{viewer.name.lower().replace(' ', '_')}@staden.example")
        self.fill("Lösenord", PASSWORD)
        self.press("Logga in")
        self.heading("Väntar på dig")
        return self

    def speak(self, language: Language) -> None:
        """Press the switch at the top of the page, if the page is in the other language."""
        if self.page.locator("html").get_attribute("lang") != language:
            self.page.get_by_role("button", name=SWITCH[language]).click()
            self.page.locator(f"html[lang={language}]").wait_for()

    def reopen(self) -> None:
        """Close the tab and open another one at the same address."""
        address = self.page.url
        self.page.close(run_before_unload=False)
        self.page = self.context.new_page()
        self.page.goto(address)

    def follow(self, text: str, exact: bool = True, within: Locator | None = None) -> None:
        """Follow the first link with these words in the main part of the page."""
        place = within or self.page.get_by_role("main")
        place.get_by_role("link", name=text, exact=exact).first.click()

    def menu(self, text: str) -> None:
        """Follow a link of the main menu, out of its subject when it has one."""
        menu = self.page.get_by_role("navigation", name="Huvudmeny")
        subject = menu.locator("details").filter(
            has=self.page.get_by_role("link", name=text, include_hidden=True)
        )
        if subject.count():
            subject.locator("summary").click()
        menu.get_by_role("link", name=text).click()

    def press(self, text: str) -> None:
        """Press the button with these words."""
        self.page.get_by_role("main").get_by_role("button", name=text, exact=True).click()

    def fill(self, label: str, text: str) -> None:
        """Write in the field with this label."""
        self.page.get_by_label(label, exact=True).fill(text)

    def choose(self, label: str, option: str) -> None:
        """Choose in the list with this label."""
        self.page.get_by_label(label, exact=True).select_option(label=option)

    def tick(self, question: str, option: str) -> None:
        """Choose one of the answers to a question."""
        self.page.get_by_role("group", name=question).get_by_label(option, exact=True).check()

    def heading(self, text: str | re.Pattern[str]) -> None:
        """Stand on the page with this heading."""
        expect(self.page.get_by_role("heading", level=1, name=text)).to_be_visible()

    def sees(self, text: str | re.Pattern[str], within: Locator | None = None) -> None:
        """Find a text in the main part of the page, once or more."""
        found = (within or self.page.get_by_role("main")).get_by_text(text)
        expect(found.first).to_be_visible()

    def told(self, text: str | re.Pattern[str]) -> None:
        """Be told this after something was done."""
        expect(self.page.locator(".flashes, [role=status]").get_by_text(text).first).to_be_visible()

    def fetch(self, text: str) -> bytes:
        """What stands behind a link, fetched as this person; to make a document may take a while."""
        address = (
            self.page.get_by_role("main").get_by_role("link", name=text, exact=True).get_attribute("href")
        )
        assert address
        answer = self.context.request.get(address, timeout=PATIENT)
        assert answer.ok, answer.status
        return answer.body()


def open_window(browser: Browser, address: str, **options: Any) -> Window:
    """A window at the address of the product, with nobody signed in."""
    settings: dict[str, Any] = {
        "base_url": address,
        "viewport": {"width": WIDE, "height": 900},
        "reduced_motion": "reduce",
        "locale": "sv-SE",
    }
    context = browser.new_context(**(settings | options))
    context.set_default_timeout(10_000)
    context.add_init_script(REPORT_CSP)
    return Window(context, context.new_page())


def spaced(amount: str) -> str:
    """An amount as pages show it: its parts never stand on two lines."""
    return amount.replace(" ", "\u00a0")
