"""From the need to the benefit that is taken home and closed: the contact centre of 2007, by its figures.

What must come out of it stands in the city's own proposal: 8 000 000 kronor to three departments, 1.23 per
cent of a frame of 650 million; 70 cases of 100 finished at the first contact. Everything is entered in the
browser but the third department.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, fields
from datetime import date

from sqlalchemy import select

from app.accounts.access import Viewer
from app.db import db
from app.programmes.models import Programme
from app.projects.models import Project
from tests.applications.workbooks import Value
from tests.browser import (
    adding_up,
    contact_centre,
    granting_by_hand,
    handing_over,
    reporting,
    taking_home,
)
from tests.browser.adding_up import Kronor
from tests.browser.conftest import Wait
from tests.browser.contact_centre import (
    DISPOSED,
    LEAD,
    OWNER,
    QUALITY,
    REACHED,
    RELIEF,
    RESOLVED,
    SECOND,
    THIRD,
    TITLE,
)
from tests.browser.window import Window
from tests.conftest import Cast
from tests.delivery.granted import payer

FRAME, TOTAL, SHARE = 650_000_000, 8_000_000, 1.23
ENDS, HALF_WAY, NEXT_YEAR = date(2028, 3, 15), date(2028, 7, 3), date(2029, 1, 15)
PLAN = {
    "owner_role": OWNER,
    "indicator": "Ärenden som går vidare till avdelning",
    "unit": "av 100 ärenden",
    "baseline": str(100 - REACHED),
    "baseline_on": "2004-03-25",
    "baseline_source": "Förstudien i Bromma",
    "target": str(100 - RESOLVED),
    "target_on": "2028-12-31",
    "how": "Kontaktcentrets ärendehantering, alla ärenden under halvåret.",
    "measurer_role": "Verksamhetsutvecklare",
}
SPRING = {
    "indicator_value": "45",
    "volume": "30 000",
    "minutes_saved": "5",
    "share": "20",
    "source": "Ärendehanteringen 2028-07-01",
}
"""30 000 × 5 / 60 × 20 % × 450 kronor = 225 000."""
AUTUMN: Mapping[str, Value] = {
    "Ärenden som går vidare till avdelning": 30,
    "Antal ärenden": 32_000,
    "Sparade minuter per ärende": 5,
    "Andel som använder tjänsten, %": 25,
    "Källa": "Ärendehanteringen 2029-01-10",
}
"""32 000 × 5 / 60 × 25 % × 450 kronor = 300 000."""
REALISED, TAKEN = 225_000 + 300_000, 500_000
EFFECT = {"year": "2029", "cost_centre": "4711", "item": "Vikarier", "amount": "500 000"}
BUDGET = "Verksamhetsplan 2029"


@dataclass
class People:
    """Those who act, each at a window of his or her own."""

    leader: Window
    manager: Window
    owner: Window
    """The manager of the department that owns the service and the benefit."""
    controller: Window
    secretary: Window

    @classmethod
    def at(cls, window: Callable[..., Window]) -> People:
        """Before anybody has signed in."""
        return cls(**{one.name: window() for one in fields(cls)})

    def sign_in(self, cast: Cast, controller: Viewer) -> None:
        """Everybody signs in, as people do every morning."""
        self.leader.sign_in(cast.leader)
        self.manager.sign_in(cast.manager)
        self.owner.sign_in(cast.other_manager)
        self.controller.sign_in(controller)
        self.secretary.sign_in(cast.secretary)


def test_the_contact_centre_goes_from_its_need_to_a_benefit_that_is_taken_home_and_closed(
    window: Callable[..., Window], wait_until: Wait, cast: Cast, programme: Programme
) -> None:
    known, names = contact_centre.departments(cast), names_of(cast)
    widen_the_frame(window().sign_in(cast.administrator))
    controller, people = payer(), People.at(window)
    people.sign_in(cast, controller)
    contact_centre.apply(people.leader, contact_centre.answers(cast, known), known)
    at = address_of_the_project()
    is_granted(people, at)
    see_what_is_granted(people.secretary, at, names)
    contact_centre.plan(people.leader, at)
    for day, chapter in ((ENDS, ends), (HALF_WAY, is_measured), (NEXT_YEAR, is_taken_home)):
        wait_until(day)
        people.sign_in(cast, controller)
        chapter(people, at, names[SECOND])
    it_adds_up(people.secretary, at)


def names_of(cast: Cast) -> dict[str, str]:
    """What those are called that stand for the departments of the case."""
    names = {LEAD: cast.department.name, SECOND: cast.other_department.name, THIRD: THIRD}
    db.session.rollback()
    return names


def address_of_the_project() -> str:
    """The only one there is."""
    number = db.session.scalars(select(Project.id)).one()
    db.session.rollback()
    return f"/projekt/{number}"


def is_granted(people: People, at: str) -> None:
    """Signed, reviewed, heard with the separate statements of the proposal, and granted."""
    *_before, opinion, decision = contact_centre.CASE["path"]
    granting_by_hand.sign(people.manager)
    granting_by_hand.review(people.secretary, at, opinion["text"], opinion["statements"])
    granting_by_hand.decide(people.secretary, "Kommunstyrelsens", decision["reasons"], decision["reference"])


def ends(people: People, at: str, owning: str) -> None:
    """The money is paid, and the project ends as soon as somebody answers for its service, not before."""
    for amount in DISPOSED.values():
        handing_over.requisition(people.leader, at, amount)
    handing_over.approve_requisitions(people.secretary, at, len(DISPOSED))
    handing_over.pay(people.controller, at, len(DISPOSED))
    handing_over.describe_service(people.leader, at, "2028-01-01", owning)
    handing_over.begin_to_close(people.leader, at)
    handing_over.confirm_nothing_left(people.manager, at)
    handing_over.write_final_report(people.leader, at, "2027-12-31", OWNER)
    cannot_end_yet(people.secretary)
    handing_over.accept_service(people.owner, at)
    people.secretary.page.go_back()
    reporting.approve(people.secretary)
    taking_home.open_benefit(people.owner, at, RELIEF)
    people.owner.sees("Tills dess räknas den som noll.")
    taking_home.write_plan(
        people.owner, PLAN, {"every_months": "Varje halvår", "owner_id": f"Other manager, {owning}"}
    )


def is_measured(people: People, at: str, _owning: str) -> None:
    """Half a year by hand; the two agree on a budget effect; the first follow-up is written and approved."""
    taking_home.open_benefit(people.owner, at, RELIEF)
    taking_home.measure(people.owner, SPRING)
    taking_home.promise(people.owner, EFFECT)
    taking_home.agree(people.controller, EFFECT["item"])
    taking_home.write_follow_up(people.owner, at, promised=2)
    taking_home.approve_follow_up(people.secretary, TITLE)


def is_taken_home(people: People, at: str, _owning: str) -> None:
    """The other half year out of a file; what is in the budget is taken home; the benefit ends."""
    taking_home.open_benefit(people.owner, at, RELIEF)
    taking_home.read_in(people.owner, AUTUMN)
    taking_home.enter(people.owner, EFFECT["item"], BUDGET, "2028-12-14")
    taking_home.verify(people.controller, EFFECT["item"], BUDGET)
    taking_home.take_home(people.controller, "Bokslut januari")
    taking_home.open_benefit(people.owner, at, RELIEF)
    taking_home.propose_end(people.owner)
    taking_home.open_benefit(people.secretary, at, RELIEF)
    taking_home.verify_end(people.secretary)
    people.owner.page.goto(f"{at}/nyttor")
    assert "Avslutad" in adding_up.row_of(people.owner, RELIEF)["Läge"]
    assert "Nyttoplan saknas" in adding_up.row_of(people.owner, QUALITY)["Läge"], "nobody measures it"


def widen_the_frame(administrator: Window) -> None:
    """The frame of the programme becomes that of 2007."""
    administrator.page.goto("/program/ram")
    administrator.tick("Vad har beslutats?", "Ramen höjs")
    administrator.fill("Med hur mycket?", "550 000 000")
    administrator.page.locator("[id=booked_on]").fill("2027-03-01")
    administrator.page.locator("[id=reference]").fill("Kommunfullmäktige oktober 2007")
    administrator.press("Spara")
    administrator.told("Ramen är ändrad.")


def see_what_is_granted(secretary: Window, at: str, names: Mapping[str, str]) -> None:
    """Each department has what the proposal gives it, and all of it is so much of the frame."""
    secretary.page.goto(f"{at}/rekvisitioner")
    said = reporting.page_of(secretary)
    for department, amount in DISPOSED.items():
        assert f"{names[department]} {contact_centre.YEAR} {amount}" in said, department
    secretary.menu("Portfölj")
    said = reporting.plain(secretary.page.locator(".figures").inner_text())
    granted = re.search(r"Beviljat ([\d ]+) kr Ramen är ([\d ]+) kr", said)
    assert granted
    amounts = [adding_up.kronor(text) for text in granted.groups()]
    assert amounts == [TOTAL, FRAME]
    assert round(100 * amounts[0] / amounts[1], 2) == SHARE


def cannot_end_yet(secretary: Window) -> None:
    """Nobody has accepted to run the service: the final report is read, and cannot be approved."""
    secretary.menu("Slutrapporter")
    secretary.follow(TITLE)
    secretary.follow("Godkänn slutrapporten")
    secretary.sees("Projektet kan inte avslutas än")
    secretary.sees(re.compile("har inte svarat om driftansvaret"))


def it_adds_up(reader: Window, at: str) -> None:
    """The portfolio, the registers and the project's pages say the same kronor, on page and in workbook."""
    told = {
        "portfolio": adding_up.in_the_portfolio(reader, TITLE),
        "register": adding_up.in_the_register(reader, RELIEF),
        "project": adding_up.of_the_project(reader, at, RELIEF),
        "budget": adding_up.in_the_budget(reader, RELIEF),
    }
    every = [one for rows in told.values() for one in rows]
    assert {one.realised for one in every} - {None} == {REALISED}, told
    assert {one.taken_home for one in every} - {None} == {TAKEN}, told
    assert len({one.promised for one in every} - {None}) == 1, told
    assert len([one for one in every if one == Kronor(one.promised, REALISED, TAKEN)]) == 2, told
