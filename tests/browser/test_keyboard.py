"""Whole tasks with the keyboard alone; at every stop one sees where one is."""

from __future__ import annotations

import re
from collections.abc import Callable

import pytest
from playwright.sync_api import Page, expect

from app.programmes.models import Programme
from app.reviews.checklist import POINTS
from tests.browser.window import Window
from tests.conftest import PASSWORD, Cast
from tests.review_story import taken_in
from tests.story import TITLE, filled_application, registered

MOST_STOPS = 120
FOCUSED = """() => {
    const { activeElement: here } = document;
    const shape = getComputedStyle(here);
    const box = here.getBoundingClientRect();
    const names = here.labels?.length ? [...here.labels].map((label) => label.innerText) : [here.innerText];
    return {
        name: names.join(" ").trim(),
        ringed: shape.outlineStyle !== "none" && parseFloat(shape.outlineWidth) >= 2,
        inSight: box.bottom > 0 && box.top < innerHeight && box.width > 0,
    };
}"""


def tab_to(page: Page, name: str) -> None:
    """Press Tab until the field, link or button with this name has the focus."""
    stops = []
    for _stop in range(MOST_STOPS):
        page.keyboard.press("Tab")
        here = page.evaluate(FOCUSED)
        assert here["ringed"], f"the focus cannot be seen on {here['name']!r}"
        assert here["inSight"], f"the focus is out of sight on {here['name']!r}"
        if here["name"].startswith(name):
            return
        stops.append(here["name"])
    pytest.fail(f"{name} cannot be reached: {stops}")


def test_a_leader_signs_in_opens_the_first_case_and_saves_a_section(
    window: Callable[..., Window], cast: Cast, programme: Programme
) -> None:
    filled_application(cast, programme)
    leader = window()
    page = leader.page
    page.goto("/logga-in")
    tab_to(page, "E-postadress")
    page.keyboard.type("leader@staden.example")
    tab_to(page, "Lösenord")
    page.keyboard.type(PASSWORD)
    page.keyboard.press("Enter")
    leader.heading("Väntar på dig")
    tab_to(page, "Fortsätt med ansökan")
    page.keyboard.press("Enter")
    leader.heading(TITLE)
    tab_to(page, "Omfattning och avgränsning")
    page.keyboard.press("Enter")
    leader.heading("Omfattning och avgränsning")
    tab_to(page, "Det här ingår")
    page.keyboard.press("Control+End")
    page.keyboard.type(" Också ändringar.")
    tab_to(page, "Spara och fortsätt")
    tab_to(page, "Spara")
    page.keyboard.press("Enter")
    leader.told(re.compile(r"Sparad \d\d\.\d\d"))
    expect(page.get_by_label("Det här ingår", exact=True)).to_have_value(re.compile("Också ändringar.$"))


def test_the_first_stop_leads_past_the_menu(
    window: Callable[..., Window], cast: Cast, programme: Programme
) -> None:
    leader = window().sign_in(cast.leader)
    leader.page.reload()
    tab_to(leader.page, "Hoppa till innehållet")
    leader.page.keyboard.press("Enter")
    expect(leader.page.get_by_role("main")).to_be_focused()
    tab_to(leader.page, "Starta ett projekt")


def test_a_subject_of_the_menu_opens_shuts_and_leads_on(
    window: Callable[..., Window], cast: Cast, programme: Programme
) -> None:
    page = window().sign_in(cast.secretary).page
    opened = page.locator(".site-nav details[open]")
    tab_to(page, "Genomförande")
    page.keyboard.press("Enter")
    tab_to(page, "Ändringar")
    page.keyboard.press("Escape")
    expect(opened).to_have_count(0)
    assert page.evaluate(FOCUSED)["name"].startswith("Genomförande"), "one stands where one was"
    page.keyboard.press("Enter")
    tab_to(page, "Nytta och drift")
    expect(opened).to_have_count(0)
    page.keyboard.press("Enter")
    tab_to(page, "Driftansvar")
    page.keyboard.press("Enter")
    expect(page).to_have_url(re.compile("/drift$"))


def test_the_arrows_move_between_the_cases_of_the_list(
    window: Callable[..., Window], cast: Cast, programme: Programme
) -> None:
    for title in ("Bygglov", "Serveringstillstånd"):
        registered(cast, programme, title=title)
    secretary = window().sign_in(cast.secretary)
    page = secretary.page
    page.goto("/arenden?sort=title")
    tab_to(page, "Bygglov")
    page.keyboard.press("ArrowDown")
    expect(page.get_by_role("link", name="Serveringstillstånd")).to_be_focused()
    page.keyboard.press("ArrowUp")
    page.keyboard.press("Enter")
    secretary.heading("Bygglov")


def write(page: Page, name: str, text: str) -> None:
    """Go to the field and write in it, instead of what stood there."""
    tab_to(page, name)
    page.keyboard.press("Control+A")
    page.keyboard.type(text)


def choose(page: Page, name: str) -> None:
    """Go to the choice and make it."""
    tab_to(page, name)
    page.keyboard.press("Space")


def press(page: Page, name: str) -> None:
    """Go to the link or button and press it, and wait for the page that it leads to."""
    tab_to(page, name)
    with page.expect_navigation():
        page.keyboard.press("Enter")


def enter(opener: Callable[..., Window], email: str) -> Window:
    """Sign in."""
    window = opener()
    window.page.goto("/logga-in")
    write(window.page, "E-postadress", email)
    write(window.page, "Lösenord", PASSWORD)
    with window.page.expect_navigation():
        window.page.keyboard.press("Enter")
    window.heading("Väntar på dig")
    return window


def test_a_project_is_started_and_gets_a_cost(
    window: Callable[..., Window], cast: Cast, programme: Programme
) -> None:
    leader = enter(window, "leader@staden.example")
    page = leader.page
    press(page, "Starta ett projekt")
    write(page, "Projektets namn", TITLE)
    tab_to(page, "Förstudie")
    page.keyboard.press("ArrowDown")
    press(page, "Starta projektet")
    leader.heading(TITLE)
    press(page, "Milstolpar")
    press(page, "Lägg till en milstolpe")
    expect(page.get_by_label("Det här är klart, rad 2")).to_be_focused()
    page.keyboard.type("Driftstart")
    press(page, "Spara")
    leader.told(re.compile(r"Sparad \d\d\.\d\d"))
    page.goto(re.sub(r"/ansokan.*", "/kalkyl", page.url))
    press(page, "Lägg till en kostnad")
    write(page, "Vad kostar?", "Utveckling")
    write(page, "2027", "1 250 000")
    write(page, "Varifrån kommer beloppen?", "Offert")
    press(page, "Spara raden")
    leader.told("Kostnaden är sparad.")


def test_an_application_goes_from_the_check_to_the_decision(
    window: Callable[..., Window], cast: Cast, programme: Programme
) -> None:
    filled_application(cast, programme)

    leader = enter(window, "leader@staden.example")
    press(leader.page, "Fortsätt med ansökan")
    press(leader.page, "Kontrollera och skicka")
    press(leader.page, "Skicka för underskrift")
    leader.told("Ansökan är skickad för underskrift.")

    manager = enter(window, "manager@staden.example")
    press(manager.page, "Läs och skriv under")
    tab_to(manager.page, "Till underskriften")
    manager.page.keyboard.press("Enter")
    choose(manager.page, "Jag har läst hela ansökan")
    press(manager.page, "Skriv under och skicka in")
    manager.heading("Ansökan är underskriven och inskickad")

    secretary = enter(window, "secretary@staden.example")
    page = secretary.page
    press(page, "Ta emot ansökan")
    press(page, "Registrera och ta ärendet")
    tab_to(page, "Gå till kontrollen")
    page.keyboard.press("Enter")
    for _point in POINTS:
        choose(page, "Finns")
    press(page, "Spara kontrollen")
    press(page, "Godkänn som fullständig")
    press(page, "Skicka till Lilla utvecklingsrådet")
    press(page, "Registrera yttrande")
    write(page, "Mötets dag", "2027-03-04")
    choose(page, "Tillstyrker")
    write(page, "Yttrandet i ord", "Rådet tillstyrker.")
    write(page, "Antal särskilda yttranden", "0")
    press(page, "Registrera yttrandet")
    press(page, "Registrera beslut")
    choose(page, "Bevilja")
    tab_to(page, "Programdirektören")
    page.keyboard.press("ArrowDown")
    write(page, "Skäl", "Nyttan överstiger kostnaden.")
    press(page, "Kontrollera beslutet")
    secretary.heading("Kontrollera beslutet")
    press(page, "Registrera beslutet")
    secretary.told("Beslutet är registrerat.")


def test_a_case_is_returned_completed_and_accepted(
    window: Callable[..., Window], cast: Cast, programme: Programme
) -> None:
    taken_in(cast, programme)

    secretary = enter(window, "secretary@staden.example")
    page = secretary.page
    press(page, "Fortsätt kontrollen")
    for point in POINTS:
        choose(page, "Finns")
        if point is POINTS[0]:
            page.keyboard.press("ArrowDown")  # to the next choice: it is lacking
    press(page, "Spara kontrollen")
    press(page, "Begär komplettering")
    write(page, "Meddelande till projektledaren", "En fråga om målen.")
    write(page, "Svar senast", "2027-03-31")
    tab_to(page, "Avsnitt")
    page.keyboard.press("ArrowDown")
    write(page, "Fråga", "Är 42 dagar uppmätt?")
    press(page, "Begär komplettering")
    secretary.told("Ansökan är åter hos projektledaren för komplettering.")

    leader = enter(window, "leader@staden.example")
    press(leader.page, "Komplettera ansökan")
    press(leader.page, "Fortsätt")
    write(leader.page, "Ditt svar", "Ja, i ärendesystemet under 2026.")
    press(leader.page, "Spara svaret")
    leader.told("Svaret är sparat.")
    leader.page.goto("/")
    press(leader.page, "Komplettera ansökan")
    press(leader.page, "Kontrollera och skicka")
    press(leader.page, "Skicka in kompletteringen")
    leader.told("Kompletteringen är inskickad som version 2.")

    page.goto("/")
    press(page, "Fortsätt kontrollen")
    choose(page, "Finns")
    press(page, "Spara kontrollen")
    press(page, "Godkänn som fullständig")
    secretary.told("Ansökan är fullständig. Ärendet bedöms nu.")
