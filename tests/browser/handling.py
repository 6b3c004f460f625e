"""What the manager, the secretariat and the council do in the story."""

from __future__ import annotations

import re
import subprocess
from pathlib import Path

from playwright.sync_api import expect

from app.reviews.checklist import POINTS
from tests.browser.accessibility import violations
from tests.browser.window import Window, spaced
from tests.story import TITLE

CASE_NUMBER = re.compile(r"\d{4}[-/:]\d+|[A-ZÅÄÖ]+ ?\d{4}[-/:]\d+")
LACKING = "measurable_goals"
QUESTION = "Är 42 dagar uppmätt?"
SOUGHT, LEFT = "3 456 789,50", "96 543 210,50"


# --- the manager -----------------------------------------------------------------------------------------


def send_back(manager: Window) -> None:
    manager.menu("Start")
    manager.follow("Läs och skriv under", exact=False)
    manager.sees("Den som vill ha en uteservering")
    manager.press("Skicka tillbaka till projektledaren")
    expect(manager.page.get_by_role("alert")).to_contain_text("Skriv vad som behöver ändras.")
    manager.fill("Kommentar till projektledaren", "Skriv vem som leder styrgruppen.")
    manager.press("Skicka tillbaka till projektledaren")
    manager.told("Ansökan är tillbaka hos projektledaren, med din kommentar.")


def sign(manager: Window) -> None:
    manager.menu("Start")
    manager.follow("Läs och skriv under", exact=False)
    manager.sees("Verksamhetschefen leder styrgruppen")
    manager.page.get_by_label("Jag har läst hela ansökan", exact=False).check()
    manager.press("Skriv under och skicka in")
    manager.heading("Ansökan är underskriven och inskickad")
    assert violations(manager.page) == []


# --- the secretariat -------------------------------------------------------------------------------------


def find_in_the_list(secretary: Window) -> None:
    """The list is filtered and sorted by its address, and another reader of the address sees the same."""
    secretary.menu("Ärenden")
    secretary.choose("Status", "Inskickad")
    secretary.press("Filtrera")
    secretary.follow("Sökt belopp")
    expect(secretary.page).to_have_url(re.compile(r"lage=submitted.*sort=amount|sort=amount.*lage=submitted"))
    secretary.sees("1 ärende, 3,5")
    secretary.page.reload()
    expect(secretary.page.get_by_label("Status", exact=True)).to_have_value("submitted")
    secretary.choose("Status", "Avslagen")
    secretary.press("Filtrera")
    secretary.sees("Inga ärenden passar filtret")
    secretary.follow("Rensa")
    secretary.follow(TITLE)


def register(secretary: Window) -> str:
    """Take the application in; the case number as the page shows it."""
    secretary.follow("Ta emot ansökan")
    secretary.press("Registrera och ta ärendet")
    secretary.told("Ärendet är registrerat med diarienummer")
    found = CASE_NUMBER.search(secretary.page.locator(".flashes").inner_text())
    assert found
    expect(secretary.page.locator(".page-header")).to_contain_text(found[0])
    return found[0]


def return_for_completion(secretary: Window) -> None:
    for point in POINTS:
        group = secretary.page.get_by_role("group", name=str(point.check), exact=True)
        group.get_by_label("Saknas" if point.key == LACKING else "Finns", exact=True).check()
        if point.key == LACKING:
            group.get_by_label("Anteckning").fill(QUESTION)
    secretary.press("Spara kontrollen")
    secretary.told("Kontrollen är sparad. Alla punkter har svar.")
    secretary.sees("1 punkt saknas.")
    secretary.follow("Begär komplettering")
    expect(secretary.page.get_by_label("Fråga, rad 1")).to_have_value(QUESTION)
    secretary.fill("Meddelande till projektledaren", "En fråga om målen.")
    secretary.fill("Svar senast", "2027-03-31")
    secretary.press("Begär komplettering")
    secretary.told("Ansökan är åter hos projektledaren för komplettering.")


def compare_and_accept(secretary: Window) -> None:
    secretary.menu("Start")
    secretary.follow("Fortsätt kontrollen", exact=False)
    secretary.sees("Ja, i ärendesystemet under 2026.")
    secretary.follow("Jämför med version 1")
    row = secretary.page.get_by_role("row").filter(has_text="Utgångsvärde")
    expect(row).to_contain_text("42")
    expect(row).to_contain_text("44")
    secretary.page.go_back()
    point = next(point for point in POINTS if point.key == LACKING)
    group = secretary.page.get_by_role("group", name=str(point.check), exact=True)
    group.get_by_label("Finns", exact=True).check()
    secretary.press("Spara kontrollen")
    secretary.press("Godkänn som fullständig")
    secretary.told("Ansökan är fullständig. Ärendet bedöms nu.")
    secretary.press("Skicka till Lilla utvecklingsrådet")
    secretary.told("Ärendet är skickat till Lilla utvecklingsrådet.")


def make_pack(secretary: Window) -> None:
    secretary.menu("Möten")
    secretary.follow("Gör möteshandlingar")
    secretary.page.get_by_label("Rubrik").fill("Lilla utvecklingsrådet 12 mars 2027")
    secretary.fill("Mötets dag", "2027-03-12")
    secretary.page.get_by_label("Ta upp på mötet").check()
    secretary.fill("Förslaget i en mening", "Bevilja det sökta beloppet.")
    secretary.press("Skapa möteshandlingarna")
    secretary.told("Möteshandlingarna är skapade.")


def record_opinion(secretary: Window) -> None:
    secretary.menu("Start")
    secretary.follow("Registrera yttrande", exact=False)
    secretary.fill("Mötets dag", "2027-03-04")
    secretary.tick("Rådets yttrande", "Tillstyrker")
    secretary.fill("Yttrandet i ord", "Rådet tillstyrker ansökan.")
    secretary.fill("Antal särskilda yttranden", "0")
    secretary.press("Registrera yttrandet")
    secretary.told("Yttrandet är registrerat.")


def decide(secretary: Window) -> None:
    """Too much for the one who is chosen first; then with the right one, checked before it is registered."""
    secretary.follow("Registrera beslut")
    secretary.tick("Beslut", "Bevilja")
    who = secretary.page.get_by_role("group", name="Vem beslutade?")
    who.get_by_label(re.compile("^Programdirektören")).check()
    secretary.fill("Skäl", "Nyttan överstiger kostnaden.")
    secretary.fill("Beslutets nummer", "SD 2027-03-04 § 7")
    secretary.press("Lägg till ett villkor")
    secretary.fill("Villkor, rad 1", "Utvärdera efter ett år.")
    secretary.press("Kontrollera beslutet")
    expect(secretary.page.get_by_role("alert")).to_contain_text(spaced("3 000 000"))
    assert violations(secretary.page) == []
    expect(secretary.page.get_by_label("Skäl")).to_have_value("Nyttan överstiger kostnaden.")
    who.get_by_label(re.compile("^Stadsdirektören")).check()
    secretary.press("Kontrollera beslutet")
    secretary.heading("Kontrollera beslutet")
    assert violations(secretary.page) == []
    secretary.sees("Ett registrerat beslut går inte att ändra.")
    secretary.press("Registrera beslutet")
    secretary.told("Beslutet är registrerat.")


def see_the_frame_shrink(secretary: Window) -> None:
    secretary.menu("Programmet")
    secretary.follow("Rambok")
    figures = secretary.page.locator(".figures")
    expect(figures).to_contain_text(spaced(SOUGHT))
    expect(figures).to_contain_text(spaced(LEFT))
    last = secretary.page.get_by_role("table", name=re.compile("Rambokens rader")).locator("tbody tr").last
    expect(last).to_contain_text("SD 2027-03-04 § 7")
    expect(last).to_contain_text(spaced(LEFT))


# --- the council -----------------------------------------------------------------------------------------


def read_pack(council: Window, number: str, folder: Path) -> None:
    council.menu("Möten")
    council.follow("Lilla utvecklingsrådet 12 mars 2027")
    council.sees(number)
    council.sees("Bevilja det sökta beloppet.")
    paper = council.fetch("Hämta handlingarna som PDF")
    assert paper.startswith(b"%PDF")
    file = folder / "pack.pdf"
    file.write_bytes(paper)
    text = subprocess.run(["pdftotext", str(file), "-"], capture_output=True, text=True, check=True).stdout
    assert number in text
    assert TITLE in text
