"""From the signature to the decision by hand, the straight way: `test_story` takes every turn of it."""

from __future__ import annotations

import re

from app.reviews.checklist import POINTS
from tests.browser import handling
from tests.browser.window import Window
from tests.browser.writing import place


def sign(manager: Window) -> None:
    """The manager reads it and signs."""
    manager.menu("Start")
    manager.follow("Läs och skriv under", exact=False)
    manager.page.get_by_label("Jag har läst hela ansökan", exact=False).check()
    manager.press("Skriv under och skicka in")
    manager.heading("Ansökan är underskriven och inskickad")


def review(secretary: Window, at: str, opinion: str, statements: int) -> str:
    """Registered, found complete, heard by the council with so many separate statements; its case number."""
    secretary.page.goto(at)
    number = handling.register(secretary)
    for point in POINTS:
        group = secretary.page.get_by_role("group", name=str(point.check), exact=True)
        group.get_by_label("Finns", exact=True).check()
    secretary.press("Spara kontrollen")
    secretary.press("Godkänn som fullständig")
    secretary.told("Ansökan är fullständig. Ärendet bedöms nu.")
    secretary.press("Skicka till Lilla utvecklingsrådet")
    secretary.told("Ärendet är skickat till Lilla utvecklingsrådet.")
    secretary.follow("Registrera yttrande")
    secretary.fill("Mötets dag", "2027-03-04")
    secretary.tick("Rådets yttrande", "Tillstyrker")
    secretary.fill("Yttrandet i ord", opinion)
    secretary.fill("Antal särskilda yttranden", str(statements))
    secretary.press("Registrera yttrandet")
    secretary.told("Yttrandet är registrerat.")
    return number


def decide(secretary: Window, by: str, reasons: str, reference: str) -> None:
    """What is applied for is granted, row by row as it stands."""
    secretary.follow("Registrera beslut")
    secretary.tick("Beslut", "Bevilja")
    secretary.page.get_by_role("group", name="Vem beslutade?").get_by_label(re.compile(f"^{by}")).check()
    secretary.fill("Skäl", reasons)
    place(secretary, "reference").fill(reference)
    secretary.press("Kontrollera beslutet")
    secretary.heading("Kontrollera beslutet")
    secretary.press("Registrera beslutet")
    secretary.told("Beslutet är registrerat.")
