"""What the project leader does in the story: writes, calculates, checks, mends, completes and learns."""

from __future__ import annotations

import re
from typing import Any

from playwright.sync_api import expect

from app.applications.sections import sections_for
from tests.browser import writing
from tests.browser.accessibility import violations
from tests.browser.window import Window, spaced
from tests.browser.writing import KIND
from tests.story import TITLE

HELD_BACK = {"milestones-0-date": "2028-03-01", "dependencies": "Stadens e-tjänstplattform version 4."}
"""What the leader forgets at first, by the id of the field where it is mended."""
PAPER = b"%PDF-1.7\n1 0 obj<</Type/Catalog>>endobj\ntrailer<</Root 1 0 R>>\n%%EOF\n"


def start(leader: Window) -> None:
    leader.follow("Starta ett projekt")
    leader.press("Starta projektet")
    leader.follow("Ange ett namn på projektet.")
    expect(leader.page.get_by_label("Projektets namn")).to_be_focused()
    leader.page.keyboard.type(TITLE)
    leader.tick("Vad söker ni för?", "Genomförande – ni ska bygga och införa")
    leader.choose("Ansökningsomgång", "Löpande 2027 (löpande)")
    leader.press("Starta projektet")
    leader.heading(TITLE)


def write_everything(leader: Window, answers: dict[str, dict[str, Any]]) -> None:
    """Every section, in order; two answers are forgotten."""
    del answers["milestones"]["milestones"][0]["date"], answers["scope"]["dependencies"]
    sections = [section for section in sections_for(KIND) if section.fields or section.tables]
    leader.follow(str(sections[0].title))
    for section in sections:
        leader.page.goto(re.sub(r"/ansokan/.*", f"/ansokan/{section.slug}", leader.page.url))
        if section.key == "summary":
            write_by_keyboard(leader, answers["summary"]["summary"])
        if section.key == "milestones":
            add_and_remove_rows(leader)
        if section.key == "operation":
            mistype(leader)
        if section.key == "risks":
            close_the_tab(leader)
        writing.write_section(leader, section, answers[section.key])


def write_by_keyboard(leader: Window, text: str) -> None:
    """From the top of the page to the first field and on, with the keyboard alone."""
    field = leader.page.get_by_label("Projektet i korthet")
    for _press in range(80):
        leader.page.keyboard.press("Tab")
        if field.evaluate("(field) => field === document.activeElement"):
            break
    leader.page.keyboard.type(text)
    leader.page.keyboard.press("Tab")
    leader.page.keyboard.press("Tab")
    expect(field).to_have_value(text)


def add_and_remove_rows(leader: Window) -> None:
    for number in (1, 2):
        leader.press("Lägg till en milstolpe")
        leader.page.get_by_label(f"Det här är klart, rad {number + 1}").fill(f"Milstolpe nummer {number + 1}")
    leader.page.get_by_role("button", name=re.compile("Ta bort.milstolpe 2")).click()
    expect(leader.page.get_by_label("Det här är klart, rad 2")).to_have_value("Milstolpe nummer 3")
    leader.page.get_by_role("button", name=re.compile("Ta bort.milstolpe 2")).click()
    expect(leader.page.get_by_label("Det här är klart, rad 2")).to_have_count(0)


def mistype(leader: Window) -> None:
    """An amount that is none is told beside its field and above the form, and stays as it was typed."""
    amount = writing.place(leader, "yearly_cost")
    amount.fill("12,x")
    leader.press("Spara")
    expect(amount).to_have_value("12,x")
    expect(amount).to_have_attribute("aria-invalid", "true")
    expect(leader.page.locator("#yearly_cost-error")).to_contain_text("Ange ett belopp i kronor")
    summary = leader.page.get_by_role("alert")
    expect(summary).to_be_focused()
    expect(leader.page).to_have_title(re.compile("^Fel:"))
    assert violations(leader.page) == []
    leader.follow("Ange ett belopp i kronor, till exempel 1 250 000.", within=summary)
    expect(amount).to_be_focused()


def close_the_tab(leader: Window) -> None:
    """What was typed but not saved is there when the page is opened again."""
    text = "Leverantören blir försenad."
    risk = leader.page.locator("[id='risks-0-risk']")
    risk.press_sequentially(text)
    expect(leader.page.locator("[data-saved]")).to_have_text(writing.DRAFT_SAVED)
    leader.reopen()
    leader.sees("Utkast från")
    expect(leader.page.locator("[id='risks-0-risk']")).to_have_value(text)


def calculate(leader: Window) -> None:
    leader.page.goto(re.sub(r"/ansokan/.*", "/kalkyl", leader.page.url))
    leader.follow("Lägg till en kostnad")
    strip = leader.page.get_by_label("Resultat så här långt")
    before = strip.inner_text()
    leader.fill("Vad kostar?", "E-tjänst, utveckling och införande")
    leader.fill("2027", "2 000 000")
    leader.fill("2028", "1 456 789,50")
    leader.fill("Varifrån kommer beloppen?", "Offert 2027-02-10")
    expect(strip).not_to_have_text(before, use_inner_text=True)
    expect(strip).to_contain_text(spaced("3 456 790"))
    leader.press("Spara raden")
    leader.told("Kostnaden är sparad.")
    leader.follow("Lägg till en kostnad")
    leader.fill("Vad kostar?", "Drift och förvaltning")
    leader.choose("Slag av kostnad", "Drift och förvaltning")
    leader.tick("Vem betalar?", "Egen budget")
    for year in range(2029, 2036):
        leader.fill(str(year), "310 000")
    leader.press("Spara raden")
    leader.follow("Lägg till en nytta")
    add_benefit(leader)
    leader.press("Spara raden")
    leader.told("Nyttan är sparad.")
    leader.sees("Färre samtal till handläggare")


def add_benefit(leader: Window) -> None:
    leader.fill("Vad blir bättre?", "Färre samtal till handläggare")
    leader.tick("Vilket slags nytta är det?", "Omfördelning")
    leader.tick("För vem?", "Förvaltningen")
    leader.tick("Hur räknas nyttan?", "Sparad tid")
    leader.fill("Ärenden per år", "9 200")
    leader.fill("Sparade minuter per ärende", "25")
    leader.fill("Andel av ärendena som använder tjänsten", "80")
    leader.fill("Egen timkostnad", "450")
    leader.fill("Nyttan börjar", "2028-07-01")
    leader.fill("År 1", "50")
    leader.fill("År 2", "100")
    leader.fill("Hur tas nyttan hem?", "Handläggarna prövar fler ärenden i stället.")
    leader.fill("Vem svarar för att nyttan tas hem?", "Enhetschef, tillstånd")
    leader.fill("Hur mäts nyttan?", "Antal samtal per månad")
    leader.fill("Varifrån kommer uppgifterna?", "Samtalsstatistik 2026")
    leader.tick("Hur säkra är siffrorna?", "Mätt")


def check_and_ask(leader: Window) -> None:
    leader.follow("Tillbaka till ansökan")
    leader.follow("Bilagor")
    leader.page.get_by_label("Fil", exact=True).set_input_files(
        {"name": "offert.pdf", "mimeType": "application/pdf", "buffer": PAPER}
    )
    leader.fill("Vad är det för underlag?", "Offert från leverantören")
    leader.press("Lägg till bilagan")
    leader.sees("offert.pdf")
    leader.page.goto(re.sub(r"/ansokan/.*", "/ansokan/kontroll", leader.page.url))
    assert writing.mend_what_lacks(leader, HELD_BACK) == ["dependencies", "milestones-0-date"]
    leader.press("Skicka för underskrift")
    leader.told("Ansökan är skickad för underskrift.")


def mend_and_ask_again(leader: Window) -> None:
    leader.menu("Aviseringar")
    leader.sees("Ansökan är skickad tillbaka till dig")
    leader.sees("Kommentar: Skriv vem som leder styrgruppen.")
    leader.page.get_by_role("button", name="Öppna projektet").first.click()
    leader.follow("Fortsätt med ansökan")
    leader.follow("Organisation")
    leader.fill("Styrgrupp och beslutsvägar", "Verksamhetschefen leder styrgruppen, som möts varje månad.")
    leader.press("Spara")
    leader.follow("Ansökan", within=leader.page.locator("body"))
    leader.follow("Kontrollera och skicka")
    leader.press("Skicka för underskrift")
    leader.told("Ansökan är skickad för underskrift.")


def complete(leader: Window) -> None:
    """Answer the question where it stands, and hand in the next version."""
    leader.menu("Start")
    leader.follow("Komplettera ansökan", exact=False)
    leader.follow("Mål")
    leader.sees("Är 42 dagar uppmätt?")
    assert violations(leader.page) == []
    leader.fill("Ditt svar", "Ja, i ärendesystemet under 2026.")
    leader.page.get_by_role("button", name="Spara svaret").click()
    leader.told("Svaret är sparat.")
    writing.place(leader, "effect_goals-0-baseline").fill("44")
    leader.press("Spara")
    leader.follow("Ansökan", within=leader.page.locator("body"))
    leader.follow("Kontrollera och skicka")
    leader.press("Skicka in kompletteringen")
    leader.told("Kompletteringen är inskickad som version 2.")


def learn(leader: Window, number: str) -> None:
    leader.menu("Aviseringar")
    leader.sees("Beslut är fattat")
    leader.page.get_by_role("button", name="Öppna projektet").first.click()
    leader.sees(number)
    leader.sees("Stadsdirektören")
    leader.sees(spaced("3 456 789,50"))
    leader.sees("Utvärdera efter ett år.")
