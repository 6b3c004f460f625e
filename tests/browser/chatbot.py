"""The chatbot of 2020 to 2022, as its people enter it, by the city's own final report of a project that was
terminated before it began.

The report gives hours, rates, costs and the days of the plan. Whatever else has a day happens on the day of
the test.
"""

from __future__ import annotations

import json
import re
from datetime import date
from pathlib import Path

from playwright.sync_api import expect

from app import demo
from app.applications import service as applications
from app.benefits import service as benefits
from app.db import db, transaction
from app.demo import entry
from app.programmes.models import Programme
from tests.browser.asking import ask
from tests.browser.reporting import section
from tests.browser.window import Window
from tests.browser.writing import KIND, add_row, place
from tests.conftest import NOW, Cast
from tests.remembered import standing
from tests.story import answers_for, started

CASE = json.loads((Path(demo.__file__).parent / "cases" / "chatbot.json").read_text("utf-8"))
TITLE = CASE["title"]
GRANT_YEAR = 2027
"""The report names none for the money; the test's programme grants of this one."""
BEGAN, FIRST_END, TERMINATED = date(2021, 8, 1), date(2022, 12, 31), date(2022, 3, 8)
MEETINGS = ("2022-02-21", "2022-03-08")
BOOKED_ON = "2022-03-31"
ENTRIES = (
    ("Projektledare", "161", "753", ""),
    ("Upphandlingsstöd", "11", "860", ""),
    ("Informationsklassning", "6", "753", ""),
    ("Förmöte projektdeltagare", "4", "729", ""),
    ("Styrgruppsmöten", "13", "", ""),
    ("Timvikarier, upplärning och introduktion", "", "", "87 200"),
    ("Rekryteringskostnad", "", "", "10 000"),
)
"""What was done, hours, kronor an hour, kronor."""
REASONS = "Multisajten kunde inte uppdateras i tid. Den nya kontaktcenterplattformen kräver samma resurser."
DELIVERED = "Informationen är klassad, och avropet är förberett. Chatboten kom aldrig i drift."
REACHED = {"Förberedelserna börjar": "2021-08-01", "Information klassad": "2021-12-17"}
REUSABLE = {
    "result": "Utredning av avrop och informationssäkerhet för en chatbot",
    "useful_to": "Nästa pilot som utgår från stadens multisajt",
    "place": "Programmets diarium",
}


def apply(cast: Cast, programme: Programme) -> int:
    """The application of the case waits for its signature."""
    departments = dict.fromkeys(_departments(), cast.other_department.id) | {CASE["lead"]: cast.department.id}
    project = started(cast, programme, title=TITLE)
    with transaction():
        for key, content in answers_for(cast, KIND).items():
            told = {} if key == "departments" else dict(CASE["sections"].get(key, {}))
            told.pop("financed_until", None)  # the story is told some years later, when that day has passed
            said = {**content, **entry.content(key, told, departments)}
            applications.save_section(cast.leader, standing(project.id), key, said, NOW)
        for told in CASE["costs"]:
            (amount,) = told["amounts"].values()
            line = {**told, "amounts": {GRANT_YEAR: amount}, "source": CASE["cost_source"]}
            benefits.add_cost_line(cast.leader, standing(project.id), entry.cost(line, departments), NOW)
        for told in CASE["benefits"]:
            line = {**told, "source": CASE["benefit_source"]}
            benefits.add_benefit_line(
                cast.leader, standing(project.id), entry.benefit(line, departments), NOW
            )
    with transaction():
        applications.ask_for_signature(cast.leader, standing(project.id), NOW)
    number = project.id
    db.session.rollback()
    return number


def _departments() -> list[str]:
    return [row["department"] for row in CASE["sections"]["departments"]["shares"]]


# --- it runs ---------------------------------------------------------------------------------------------


def plan(leader: Window, at: str) -> None:
    """The days of the report, a steering group with two meetings; the rest comes from the application."""
    leader.page.goto(at)
    leader.follow("Plan")
    leader.press("Börja planera")
    leader.follow("Tid och milstolpar")
    place(leader, "starts_on").fill(BEGAN.isoformat())
    place(leader, "ends_on").fill(FIRST_END.isoformat())
    leader.press("Spara")
    leader.told("Planen är sparad.")
    leader.follow("Styrgrupp och möten")
    add_row(leader, "members", 0)
    place(leader, "members-0-role").fill("Förvaltningschef")
    place(leader, "members-0-department_id").select_option(index=1)
    place(leader, "members-0-chairs").check()
    for number, day in enumerate(MEETINGS):
        add_row(leader, "meetings", number)
        place(leader, f"meetings-{number}-planned_on").fill(day)
        place(leader, f"meetings-{number}-held_on").fill(day)
    leader.press("Spara")
    leader.told("Planen är sparad.")
    leader.follow("Fastställ planen")
    leader.press("Fastställ planen")
    leader.told(re.compile("Planen är fastställd"))


def book(leader: Window, at: str) -> None:
    """Hours with and without a rate, and what was bought; the department pays all of it."""
    leader.page.goto(at)
    leader.follow("Kostnader och timmar")
    leader.follow("Bokför kostnader och timmar")
    for number, (activity, hours, rate, amount) in enumerate(ENTRIES):
        add_row(leader, "entries", number)
        row = f"entries-{number}"
        place(leader, f"{row}-booked_on").fill(BOOKED_ON)
        place(leader, f"{row}-activity").fill(activity)
        place(leader, f"{row}-account").select_option(label="Utanför planen, egen budget")
        place(leader, f"{row}-hours").fill(hours)
        place(leader, f"{row}-rate").fill(rate)
        place(leader, f"{row}-amount").fill(amount)
    leader.press("Bokför")
    leader.told("7 poster är bokförda.")


# --- it asks ---------------------------------------------------------------------------------------------


def ask_for_more(leader: Window, at: str, department: str, amount: str) -> None:
    """More money for the staff of the contact centre."""

    def write(leader: Window) -> None:
        place(leader, "costs-0-description").fill("Personal i kontaktcenter")
        place(leader, "costs-0-kind").select_option("internal_hours")
        place(leader, "costs-0-department_id").select_option(label=department)
        place(leader, "costs-0-year").fill(str(GRANT_YEAR))
        place(leader, "costs-0-amount").fill(amount)

    ask(leader, at, "Medlen täcker inte den personal som piloten behöver.", "Mer pengar", write)


def ask_to_end(leader: Window, at: str) -> None:
    """The steering group has decided that the project will not be carried out."""

    def write(leader: Window) -> None:
        place(leader, "decided_by").fill("Styrgruppen")
        place(leader, "decided_on").fill(TERMINATED.isoformat())
        place(leader, "reasons").fill(REASONS)

    ask(leader, at, "Styrgruppen har beslutat att avbryta.", "Avbrott i förtid", write)


# --- it is interrupted -----------------------------------------------------------------------------------


def account(leader: Window, at: str) -> None:
    """What it leaves; the page says what is missing, and leads there."""
    leader.page.goto(at)
    leader.follow("Avbrott")
    leader.follow("Skriv vad som är levererat och förbrukat")
    place(leader, "delivered").fill(DELIVERED)
    _saved(leader)
    leader.follow("Skriv vad som kan återanvändas")
    add_row(leader, "rows", 0)
    for name, text in REUSABLE.items():
        place(leader, f"rows-0-{name}").fill(text)
    _saved(leader)
    leader.follow("Skriv vad som händer med avtalen")
    place(leader, "none").check()
    _saved(leader)
    leader.follow("Skriv av resten av nyttan")
    place(leader, "reason").fill("Chatboten införs inte.")
    leader.press("Skriv av")
    leader.told("Redovisningen är sparad.")


def _saved(leader: Window) -> None:
    leader.press("Spara")
    leader.told("Redovisningen är sparad.")


def give_back(controller: Window, at: str) -> None:
    """All that was granted returns to the frame."""
    controller.page.goto(f"{at}/avbrott")
    controller.follow("Återför allt som är kvar")
    place(controller, "reference").fill("Avbrott beslutat 2022-03-08")
    controller.press("Återför")
    controller.told("Pengarna är återförda till ramen.")


def confirm_nothing_left(manager: Window, at: str) -> None:
    """Nothing remains for anybody to do."""
    manager.page.goto(f"{at}/overlamning")
    manager.follow("Bekräfta att inget återstår")
    manager.press("Inget återstår")
    expect(manager.page.get_by_role("main")).to_contain_text("Allt som återstår har en mottagare")


def write_final_report(leader: Window, at: str) -> None:
    """What can be filled: the goals and the reasons stand there already."""
    leader.page.goto(f"{at}/slutrapport")
    section(leader, "Sammanfattning", {"summary": "Piloten förbereddes men kom inte i gång."})
    leader.follow("Tid och milstolpar")
    for milestone, day in REACHED.items():
        row = leader.page.locator("tr:has(input[name^=reached_])").filter(has_text=milestone)
        row.locator("input[name^=reached_]").fill(day)
    place(leader, "time").fill("Projektstarten sköts upp till mars 2022 och blev sedan inte av.")
    leader.press("Spara")
    leader.told("Avsnittet är sparat.")
    section(leader, "Projektgruppens erfarenheter", {"challenge_planning": "Två införanden krockade."})
    section(leader, "Rekommendationer till programmet", {"recommendations": "Klarlägg uppdraget tidigt."})
    leader.follow("Kontrollera och skicka")
    leader.press("Skicka slutrapporten")
    leader.told("Slutrapporten är skickad.")
