"""What the project leaves: its service gets somebody who answers for it, its money is settled, it ends."""

from __future__ import annotations

import re

from playwright.sync_api import expect

from tests.browser.reporting import section
from tests.browser.window import Window
from tests.browser.writing import place

COVERS = "Lön, konsulter och licenser 2027"


# --- the service -----------------------------------------------------------------------------------------


def describe_service(leader: Window, at: str, launched_on: str, department: str) -> None:
    """What the application does not ask is said, and the department is asked to answer for it."""
    leader.page.goto(f"{at}/drift")
    leader.follow("Ändra om tjänsten")
    leader.fill("I drift från", launched_on)
    leader.press("Spara")
    leader.told("Sparat.")
    leader.follow("Ändra vem som ansvarar")
    for part, role in (("business", "Förvaltningsledare"), ("it", "Systemförvaltare")):
        place(leader, f"{part}_role").fill(role)
        place(leader, f"{part}_department_id").select_option(label=department)
    leader.press("Spara")
    leader.told("Sparat.")
    leader.press(f"Be {department} ta emot")
    leader.told("Verksamhetschefen är tillfrågad.")


def accept_service(receiver: Window, at: str) -> None:
    """The manager of the receiving department finds the question among what waits, and accepts."""
    receiver.page.goto(f"{at}/drift")
    receiver.follow("Svara om driftansvaret")
    receiver.tick("Tar förvaltningen emot driftansvaret?", "Ja, förvaltningen tar emot")
    receiver.press("Skicka svaret")
    receiver.told("Svaret är sparat.")


# --- the money -------------------------------------------------------------------------------------------


def requisition(leader: Window, at: str, amount: str) -> None:
    """The leader asks for all of what the department has been granted."""
    leader.page.goto(f"{at}/rekvisitioner/ny")
    account = leader.page.get_by_label("Förvaltning och budgetår", exact=True)
    left = account.locator("option").filter(has_text=re.compile(rf"\b{amount.replace(' ', '.')}.kr kvar"))
    account.select_option(value=left.get_attribute("value"))
    leader.fill("Belopp", amount)
    leader.fill("Vad avser rekvisitionen?", COVERS)
    leader.press("Skicka rekvisitionen")
    leader.told(re.compile("Rekvisitionen är skickad"))


def approve_requisitions(secretary: Window, at: str, count: int) -> None:
    """The secretariat finds each of them right."""
    for number in range(1, count + 1):
        secretary.page.goto(f"{at}/rekvisitioner")
        secretary.follow(f"Rekvisition {number}")
        secretary.press("Godkänn rekvisitionen")
        secretary.told(re.compile("Rekvisitionen är godkänd"))


def pay(controller: Window, at: str, count: int) -> None:
    """The controller posts each payment."""
    for number in range(1, count + 1):
        controller.page.goto(f"{at}/rekvisitioner")
        controller.follow(f"Rekvisition {number}")
        controller.follow("Bokför utbetalningen")
        place(controller, "reference").fill(f"V-{1040 + number}")
        controller.press("Bokför utbetalningen")
        controller.told("Utbetalningen är bokförd i ramboken.")


# --- the end ---------------------------------------------------------------------------------------------


def begin_to_close(leader: Window, at: str) -> None:
    """The work is done."""
    leader.page.goto(f"{at}/avsluta")
    leader.press("Börja avsluta projektet")
    leader.told(re.compile("Projektet avslutas"))


def confirm_nothing_left(manager: Window, at: str) -> None:
    """Nothing remains for anybody to do."""
    manager.page.goto(f"{at}/overlamning")
    manager.follow("Bekräfta att inget återstår")
    manager.press("Inget återstår")
    expect(manager.page.get_by_role("main")).to_contain_text("Allt som återstår har en mottagare")


def write_final_report(leader: Window, at: str, ended_on: str, owner: str) -> None:
    """Section by section, until nothing is lacking; then it is sent."""
    leader.page.goto(f"{at}/slutrapport")
    section(leader, "Sammanfattning", {"summary": "Två kontaktcenter svarar för varandra."})
    section(leader, "Mål och avgränsningar", {})
    for title in ("Effektmål", "Nyttor"):
        _follow_up_later(leader, title, owner)
    _fulfil(leader, "Projektmål")
    leader.follow("Tid och milstolpar")
    for row in leader.page.locator("tr:has(input[name^=reached_])").all():
        planned = re.search(r"\d{4}-\d\d-\d\d", row.inner_text())
        assert planned
        row.locator("input[name^=reached_]").fill(planned[0])
    place(leader, "ended_on").fill(ended_on)
    place(leader, "time").fill("Ihopkopplingen blev klar när året var slut.")
    leader.press("Spara")
    leader.told("Avsnittet är sparat.")
    section(leader, "Kostnad och timmar", {"cost": "Tiden är inte bokförd i projektet."})
    ways = ("cooperation", "methods", "quality", "anchoring")
    section(leader, "Arbetssätt", dict.fromkeys(ways, "Enligt modellen, med möten varje månad."))
    for group in ("Styrgruppens", "Projektgruppens", "Referensgruppens"):
        section(leader, f"{group} erfarenheter", {"success_work": "Frågor löses av den som svarar."})
    section(leader, "Rekommendationer till programmet", {"recommendations": "Utred sekretessen först."})
    leader.page.goto(f"{at}/slutrapport/skicka")
    leader.press("Skicka slutrapporten")
    leader.told("Slutrapporten är skickad.")


def _follow_up_later(leader: Window, title: str, owner: str) -> None:
    leader.follow(title)
    leader.heading(title)
    for field in leader.page.locator("select[name^=fulfilment_]").all():
        key = (field.get_attribute("name") or "").removeprefix("fulfilment_")
        field.select_option("not_yet")
        place(leader, f"role_{key}").fill(owner)
        place(leader, f"department_{key}").select_option(index=1)
        place(leader, f"by_{key}").fill("2029-01-31")
    leader.press("Spara")
    leader.told("Avsnittet är sparat.")


def _fulfil(leader: Window, title: str) -> None:
    leader.follow(title)
    leader.heading(title)
    for field in leader.page.locator("select[name^=fulfilment_]").all():
        key = (field.get_attribute("name") or "").removeprefix("fulfilment_")
        field.select_option("fulfilled")
        place(leader, f"comment_{key}").fill("Godkänt av styrgruppen.")
    leader.press("Spara")
    leader.told("Avsnittet är sparat.")
