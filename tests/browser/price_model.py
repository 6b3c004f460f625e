"""The price model of the contact centre, as its leader enters it, by the city's own final report of 2024.

The report gives days, hours and shares of time, but no amounts: what is applied for is made up, and returned.
"""

from __future__ import annotations

import json
import re
from datetime import date
from pathlib import Path
from typing import Any

from playwright.sync_api import expect

from app import demo
from app.applications.sections import sections_for
from tests.browser import writing
from tests.browser.asking import ask
from tests.browser.reporting import page_of, section
from tests.browser.window import Window
from tests.browser.writing import KIND, add_row, place
from tests.conftest import Cast
from tests.story import answers_for

CASE = json.loads((Path(demo.__file__).parent / "cases" / "price_model.json").read_text("utf-8"))
TITLE, BENEFIT = CASE["title"], "Kunderna kan jämföra priser"
BEGAN, FIRST_END, ENDED = date(2022, 11, 16), date(2023, 5, 31), date(2024, 6, 30)
ADDED = {
    "Uppdragsbeskrivning och tjänstekatalog, webb och kommunikation": "2023-08-31",
    "Strategi för implementering av nya priser och prismodeller": "2023-12-22",
    "Inriktning för nya priser till prislista 2025": "2024-05-31",
}
"""Milestones that the extension brought."""
EXTENDED_ON, COUNCIL = "2023-03-31", "Verksamhetsrådet för kontaktcenter"
"""The day on which the steering group decided on the extension, and who follows the prices up."""
REVISED = {
    "Styrande principer för prissättning och prismodeller": "2023-06-16",
    "Urval av priser som revideras till prislista 2024": "2023-06-16",
}
EFFORT = {"Styrgrupp": ("40", "80"), "Referensgrupp": ("90", "90")}
WORKED = {
    "Styrgrupp": {"hours_low": "240", "hours_high": "260"},
    "Referensgrupp": {"hours_low": "144", "hours_high": "144"},
    "Projektledare": {"share": "65"},
    "Redovisningsansvarig": {"share": "15"},
    "Samordnare/controller": {"share": "10"},
}
REST = {
    "Uppföljning av effektmålen i verksamhetsrådet": "2027-12-01",
    "Information till kunderna om den nya prismodellen": "2027-09-01",
    "Förankring bland medarbetarna": "2027-10-01",
    "Prislista 2025 beslutas i nämnden": "2027-11-15",
}
LESSONS = {
    "steering": {"success_work": "Öppen dialog i styrgruppen.", "challenge_planning": "Svårare än väntat."},
    "project": {"success_staffing": "Sakkunskap i gruppen.", "challenge_work": "Statistik av låg kvalitet."},
    "reference": {"other_work": "Modellen väckte samtal om styrning."},
}


def answers(cast: Cast) -> dict[str, dict[str, Any]]:
    """What the case says, and an answer like any other where it says nothing."""
    given = answers_for(cast, KIND)
    for key, content in CASE["sections"].items():
        if key not in ("risks", "departments"):
            given[key] = {**given.get(key, {}), **content}
    lead = str(cast.department.id)
    for role in given["organisation"]["roles"]:
        role["department"] = lead
    for goal in given["goals"]["effect_goals"]:
        measured = {"indicator": "Rådets bedömning", "unit": "betyg", "baseline": "0", "target": "1"}
        goal.update(measured, date="2025-06-30")
    return given


def apply(leader: Window, given: dict[str, dict[str, Any]]) -> None:
    """The application, section by section, with a cost and a benefit."""
    leader.follow("Starta ett projekt")
    leader.fill("Projektets namn", TITLE)
    leader.tick("Vad söker ni för?", "Genomförande – ni ska bygga och införa")
    leader.choose("Ansökningsomgång", "Löpande 2027 (löpande)")
    leader.press("Starta projektet")
    for asked in sections_for(KIND):
        if asked.key in given:
            leader.page.goto(re.sub(r"/ansokan.*", f"/ansokan/{asked.slug}", leader.page.url))
            writing.write_section(leader, asked, given[asked.key], pasted=True)
    _calculate(leader)
    leader.page.goto(re.sub(r"/kalkyl.*", "/ansokan/kontroll", leader.page.url))
    leader.press("Skicka för underskrift")
    leader.told("Ansökan är skickad för underskrift.")


def _calculate(leader: Window) -> None:
    leader.page.goto(re.sub(r"/ansokan.*", "/kalkyl/kostnad/ny", leader.page.url))
    leader.fill("Vad kostar?", "Projektledning")
    leader.fill("2027", "100 000")
    leader.fill("Varifrån kommer beloppen?", "Antagande: källan anger inga belopp")
    leader.press("Spara raden")
    leader.told("Kostnaden är sparad.")
    leader.follow("Lägg till en nytta")
    leader.fill("Vad blir bättre?", BENEFIT)
    leader.tick("Vilket slags nytta är det?", "Kvalitetsnytta")
    leader.tick("För vem?", "Förvaltningen")
    leader.tick("Hur räknas nyttan?", "Beskrivs i ord, utan pris")
    leader.fill("Nyttan börjar", "2025-01-01")
    leader.fill("Hur tas nyttan hem?", "Verksamhetsrådet följer upp priserna varje år.")
    leader.fill("Vem svarar för att nyttan tas hem?", COUNCIL)
    leader.fill("Hur mäts nyttan?", "Enkät till kunderna")
    leader.fill("Varifrån kommer uppgifterna?", "Förstudien hösten 2022")
    leader.tick("Hur säkra är siffrorna?", "Antagande")
    leader.press("Spara raden")
    leader.told("Nyttan är sparad.")


# --- the plan --------------------------------------------------------------------------------------------


def plan(leader: Window, at: str) -> None:
    """Milestones of the application, hours and shares of time, a steering group; then it is fixed."""
    leader.page.goto(f"{at}/plan")
    leader.press("Börja planera")
    leader.page.goto(f"{at}/plan/milstolpar")
    place(leader, "starts_on").fill(BEGAN.isoformat())
    place(leader, "ends_on").fill(FIRST_END.isoformat())
    leader.press("Spara")
    leader.told("Planen är sparad.")
    leader.page.goto(f"{at}/plan/bemanning")
    for number, (role, (low, high)) in enumerate(EFFORT.items(), start=3):
        add_row(leader, "lines", number)
        place(leader, f"lines-{number}-role").fill(role)
        place(leader, f"lines-{number}-department_id").select_option(index=1)
        place(leader, f"lines-{number}-hours_low").fill(low)
        place(leader, f"lines-{number}-hours_high").fill(high)
    leader.press("Spara")
    leader.told("Planen är sparad.")
    leader.page.goto(f"{at}/plan/styrgrupp")
    add_row(leader, "members", 0)
    place(leader, "members-0-role").fill("Förvaltningschef")
    place(leader, "members-0-department_id").select_option(index=1)
    place(leader, "members-0-chairs").check()
    add_row(leader, "meetings", 0)
    place(leader, "meetings-0-planned_on").fill("2023-03-31")
    place(leader, "meetings-0-held_on").fill("2023-03-31")
    place(leader, "meetings-0-note").fill("Projektet förlängs till juni 2024.")
    leader.press("Spara")
    leader.told("Planen är sparad.")
    leader.page.goto(f"{at}/plan/faststall")
    leader.press("Fastställ planen")
    leader.told(re.compile("Planen är fastställd"))


def extend(leader: Window, at: str) -> None:
    """The end is asked to move to June 2024: two milestones later, three more. It stands beside the plan."""
    why = f"Styrgruppen beslutade {EXTENDED_ON}: planen tog inte höjd för komplexiteten. Säkra kvaliteten."
    ask(leader, at, why, "Mer eller annan tid", _write_time)
    main = leader.page.get_by_role("main")
    expect(main).to_contain_text("396 dagar senare")
    for name in ADDED:
        expect(main).to_contain_text(name)


def _write_time(leader: Window) -> None:
    place(leader, "ends_on").fill(ENDED.isoformat())
    rows = leader.page.locator("[id='milestones'] fieldset")
    for number in range(rows.count()):
        name = place(leader, f"milestones-{number}-name").input_value()
        if name in REVISED:
            place(leader, f"milestones-{number}-planned_on").fill(REVISED[name])
    for number, (name, day) in enumerate(ADDED.items(), start=rows.count()):
        add_row(leader, "milestones", number)
        place(leader, f"milestones-{number}-name").fill(name)
        place(leader, f"milestones-{number}-kind").select_option("delivery")
        place(leader, f"milestones-{number}-planned_on").fill(day)
        place(leader, f"milestones-{number}-responsible").fill("Projektledaren")


def report(leader: Window, at: str, period_id: int) -> None:
    """A status report that says when each milestone was ready."""
    leader.page.goto(f"{at}/lagesrapporter/{period_id}/skriv")
    leader.follow("Milstolpar", exact=False, within=leader.page.locator(".task-list"))
    for row in leader.page.locator("tr:has(input[name^=reached_])").all():
        day = _reached(row.locator("th").inner_text(), row.locator("td").first.inner_text())
        row.locator("input[name^=reached_]").fill(day)
    leader.press("Spara och fortsätt")
    while leader.page.locator("input[name^=spent_], input[name^=worked_]").count():
        for field in leader.page.locator("input[name*=_]:not([type=hidden])").all():
            field.fill("0")
        leader.press("Spara och fortsätt")
    for light in leader.page.locator("input[value=green]").all():
        light.check()
    for name in ("time", "cost", "benefits", "risk"):
        place(leader, f"reason_{name}").fill("Styrgruppen beslutade om förlängningen i mars 2023.")
    place(leader, "explanation").fill("Källan anger inga belopp. Timmarna bedöms när projektet är slut.")
    place(leader, "done").fill("Prismodellen är dokumenterad.")
    place(leader, "coming").fill("Projektet avslutas.")
    leader.press("Skicka rapporten")
    leader.told("Rapporten är skickad.")


def _reached(name: str, planned: str) -> str:
    return REVISED.get(name.strip(), planned.strip())


def assess(leader: Window, at: str) -> None:
    """How much each role has worked, as it is judged."""
    for role, said in WORKED.items():
        leader.page.goto(f"{at}/kostnader")
        leader.page.get_by_role("link", name=f"Bedöm {role}").first.click()
        for name, text in said.items():
            place(leader, name).fill(text)
        place(leader, "note").fill("Projektledarens uppskattning.")
        leader.press("Spara bedömningen")


# --- what remains ----------------------------------------------------------------------------------------


def begin_to_close(leader: Window, at: str, department: str) -> None:
    """The project ends; four things remain, and their receivers are asked."""
    leader.page.goto(f"{at}/avsluta")
    leader.page.locator("main form button").last.click()
    leader.told(re.compile("Projektet avslutas"))
    for text, day in REST.items():
        leader.page.goto(f"{at}/overlamning/ny")
        place(leader, "text").fill(text)
        place(leader, "kind").select_option("follow_up")
        place(leader, "department_id").select_option(label=department)
        place(leader, "owner").fill(COUNCIL)
        place(leader, "due_on").fill(day)
        leader.page.locator("main form button").last.click()
        leader.told(re.compile("Restpunkten är tillagd"))
    leader.page.locator("form[action$=fraga] button").click()
    leader.told(re.compile("tillfrågade om 4 restpunkter"))


def receive(manager: Window, at: str) -> None:
    """The receiving department accepts each of them."""
    manager.page.goto(f"{at}/overlamning")
    asked = {link.get_attribute("href") or "" for link in manager.page.locator("a[href$=svara]").all()}
    assert len(asked) == len(REST)
    for address in sorted(asked):
        manager.page.goto(address)
        manager.tick("Tar förvaltningen emot detta?", "Ja, förvaltningen tar emot")
        manager.page.locator("main form button").last.click()
        manager.told(re.compile("Svaret är sparat"))


# --- the final report ------------------------------------------------------------------------------------


def write_final_report(leader: Window, at: str) -> None:
    """Section by section, until nothing is lacking; then it is sent."""
    leader.page.goto(f"{at}/slutrapport")
    section(leader, "Sammanfattning", {"summary": "En ny prismodell är framtagen med styrande principer."})
    section(leader, "Mål och avgränsningar", {})
    _goals(leader, "Effektmål", "not_yet")
    _goals(leader, "Nyttor", "not_yet")
    _goals(leader, "Projektmål", "fulfilled")
    section(
        leader,
        "Tid och milstolpar",
        {"ended_on": ENDED.isoformat(), "time": "Tidsplanen tog inte höjd för hur komplext det var."},
    )
    leader.follow("Kostnad och timmar")
    leader.heading("Kostnad och timmar")
    said = page_of(leader)
    for text in ("60 % av tiden 65 % av tiden 5 procentenheter", "40–80 timmar 240–260 timmar"):
        assert text in said, "the leader reads what the report will say"
    leader.page.go_back()
    section(leader, "Kostnad och timmar", {"cost": "Förlängningen gav fler möten. Inga belopp anges."})
    section(leader, "Ändringar och restlista", {"changes": "Projektet förlängdes en gång."})
    ways = ("cooperation", "methods", "quality", "anchoring")
    section(leader, "Arbetssätt", dict.fromkeys(ways, "Som projektplanen säger, med möten varje vecka."))
    for title, group in zip(
        ("Styrgruppens", "Projektgruppens", "Referensgruppens"), LESSONS.values(), strict=True
    ):
        section(leader, f"{title} erfarenheter", group)
    section(
        leader, "Rekommendationer till programmet", {"recommendations": "Bedöm kompetensen i förstudien."}
    )
    leader.page.goto(f"{at}/slutrapport/skicka")
    leader.press("Skicka slutrapporten")
    leader.told("Slutrapporten är skickad.")


def _goals(leader: Window, title: str, fulfilment: str) -> None:
    leader.follow(title)
    leader.heading(title)
    for field in leader.page.locator("select[name^=fulfilment_]").all():
        key = (field.get_attribute("name") or "").removeprefix("fulfilment_")
        field.select_option(fulfilment)
        if fulfilment == "fulfilled":
            place(leader, f"comment_{key}").fill("Godkänt av styrgruppen.")
            continue
        place(leader, f"role_{key}").fill(COUNCIL)
        place(leader, f"department_{key}").select_option(index=1)
        place(leader, f"by_{key}").fill("2025-06-30")
    leader.press("Spara")
    leader.told("Avsnittet är sparat.")
