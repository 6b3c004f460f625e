"""The contact centre of 2007, as its people enter it, by the city's own proposal: three departments, eight
million kronor, two contact centres that become one.

Its days are moved twenty years ahead, into the programme of the tests. The proposal gives no price of any
benefit and no cost of operation: those figures are made up. What the benefit is measured against is not: 70
cases of 100 are to be finished at the first contact, when 40 callers of 100 came through before.
"""

from __future__ import annotations

import json
import re
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from app import demo
from app.accounts import service as accounts
from app.applications.sections import sections_for
from app.db import db, transaction
from app.history.service import System
from tests.browser import writing
from tests.browser.window import Window
from tests.browser.writing import KIND, add_row, place
from tests.conftest import NOW, Cast
from tests.story import answers_for

CASE = json.loads((Path(demo.__file__).parent / "cases" / "contact_centre.json").read_text("utf-8"))
TITLE = CASE["title"]
YEAR, LATER_BY = 2027, 20
LEAD, SECOND, THIRD = (row["department"] for row in CASE["sections"]["departments"]["shares"])
DISPOSED = {LEAD: "3 400 000", SECOND: "2 800 000", THIRD: "1 800 000"}
"""What the proposal gives each department."""
QUALITY, RELIEF = (row["description"] for row in CASE["benefits"])
OWNER = CASE["benefits"][1]["owner_role"]
RESOLVED, REACHED = 70, 40
"""Of 100: cases finished at the first contact, as the goal is; callers who came through before."""

Names = Mapping[str, str]
"""The departments of the case, by the name of the one that stands for each in the test."""


def departments(cast: Cast) -> dict[str, int]:
    """The numbers of those that stand for the departments of the case; the third comes to."""
    with transaction():
        third = accounts.create_department(System(), THIRD, NOW).id
    known = {LEAD: cast.department.id, SECOND: cast.other_department.id, THIRD: third}
    db.session.rollback()  # as long as this thread reads, nobody else can write
    return known


def answers(cast: Cast, known: Mapping[str, int]) -> dict[str, dict[str, Any]]:
    """What the case says, an answer like any other where it says nothing, and who runs it afterwards."""
    given = answers_for(cast, KIND)
    for key, content in _moved(CASE["sections"], known).items():
        if key != "risks":
            given[key] = {**given.get(key, {}), **content}
    given["operation"] |= {
        "owner_department": str(known[SECOND]),
        "yearly_cost": "400000",
        "payer": "Kontaktcentrets ordinarie budget",
        "financed_until": "2031-12-31",
    }
    db.session.rollback()
    return given


def _moved(said: Any, known: Mapping[str, int]) -> Any:
    """With every day so many years later, and departments by their numbers."""
    if isinstance(said, dict):
        return {key: _moved(one, known) for key, one in said.items()}
    if isinstance(said, list):
        return [_moved(one, known) for one in said]
    if said in known:
        return str(known[said])
    day = re.fullmatch(r"(20\d\d)(-\d\d-\d\d)", said)
    return f"{int(day[1]) + LATER_BY}{day[2]}" if day else said


# --- applying --------------------------------------------------------------------------------------------


def apply(leader: Window, given: Mapping[str, Mapping[str, Any]], known: Mapping[str, int]) -> None:
    """The application, section by section, with every cost of the case and its two benefits."""
    leader.follow("Starta ett projekt")
    leader.fill("Projektets namn", TITLE)
    leader.tick("Vad söker ni för?", "Genomförande – ni ska bygga och införa")
    leader.choose("Ansökningsomgång", "Löpande 2027 (löpande)")
    leader.press("Starta projektet")
    leader.heading(TITLE)
    for asked in sections_for(KIND):
        if asked.key in given:
            leader.page.goto(re.sub(r"/ansokan.*", f"/ansokan/{asked.slug}", leader.page.url))
            writing.write_section(leader, asked, given[asked.key], pasted=True)
    for line in CASE["costs"]:
        leader.page.goto(re.sub(r"/(ansokan|kalkyl).*", "/kalkyl/kostnad/ny", leader.page.url))
        leader.fill("Vad kostar?", line["description"])
        place(leader, "department_id").select_option(str(known[line["department"]]))
        (amount,) = line["amounts"].values()
        leader.fill(str(YEAR), amount)
        leader.fill("Varifrån kommer beloppen?", CASE["cost_source"])
        leader.press("Spara raden")
        leader.told("Kostnaden är sparad.")
    _describe_quality(leader, known)
    _price_relief(leader, known)
    leader.page.goto(re.sub(r"/kalkyl.*", "/ansokan/kontroll", leader.page.url))
    leader.press("Skicka för underskrift")
    leader.told("Ansökan är skickad för underskrift.")


def _describe_quality(leader: Window, known: Mapping[str, int]) -> None:
    leader.follow("Lägg till en nytta")
    leader.fill("Vad blir bättre?", QUALITY)
    leader.tick("Vilket slags nytta är det?", "Kvalitetsnytta")
    leader.tick("För vem?", "Invånare")
    leader.tick("Hur räknas nyttan?", "Beskrivs i ord, utan pris")
    _finish_benefit(leader, CASE["benefits"][0], known)


def _price_relief(leader: Window, known: Mapping[str, int]) -> None:
    """60 000 cases, 5 minutes in 30 of 100 of them, at 450 kronor: 675 000 kronor a year, half the first."""
    leader.follow("Lägg till en nytta")
    leader.fill("Vad blir bättre?", RELIEF)
    leader.tick("Vilket slags nytta är det?", "Omfördelning")
    leader.tick("För vem?", "Förvaltningen")
    leader.tick("Hur räknas nyttan?", "Sparad tid")
    leader.fill("Ärenden per år", "60 000")
    leader.fill("Sparade minuter per ärende", "5")
    leader.fill("Andel av ärendena som använder tjänsten", "30")
    leader.fill("Egen timkostnad", "450")
    leader.fill("År 1", "50")
    leader.fill("År 2", "100")
    _finish_benefit(leader, CASE["benefits"][1] | {"department": SECOND}, known)


def _finish_benefit(leader: Window, said: Mapping[str, str], known: Mapping[str, int]) -> None:
    place(leader, "department_id").select_option(str(known[said["department"]]))
    leader.fill("Nyttan börjar", _moved(said["starts_on"], known))
    leader.fill("Hur tas nyttan hem?", said["taken_home_how"])
    leader.fill("Vem svarar för att nyttan tas hem?", said["owner_role"])
    leader.fill("Hur mäts nyttan?", said["indicator"])
    leader.fill("Varifrån kommer uppgifterna?", CASE["benefit_source"])
    leader.tick("Hur säkra är siffrorna?", "Leverantörs eller sakkunnigs bedömning")
    leader.press("Spara raden")
    leader.told("Nyttan är sparad.")


# --- it runs ---------------------------------------------------------------------------------------------


def plan(leader: Window, at: str) -> None:
    """The plan begins with the application; a steering group comes to, and it is established."""
    leader.page.goto(at)
    leader.follow("Plan")
    leader.press("Börja planera")
    leader.follow("Styrgrupp och möten")
    add_row(leader, "members", 0)
    place(leader, "members-0-role").fill("Stadsdirektör")
    place(leader, "members-0-department_id").select_option(index=1)
    place(leader, "members-0-chairs").check()
    add_row(leader, "meetings", 0)
    place(leader, "meetings-0-planned_on").fill("2027-06-01")
    leader.press("Spara")
    leader.told("Planen är sparad.")
    leader.follow("Fastställ planen")
    leader.press("Fastställ planen")
    leader.told(re.compile("Planen är fastställd"))
