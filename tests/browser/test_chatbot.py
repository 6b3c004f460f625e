"""The chatbot of 2020 to 2022, from its plan to its end before its time, entered in the browser.

What must come out of it stands in the city's own report: 182 hours with a price for 138 127 kronor, 195
hours and 235 327 kronor in all, nothing of the grant used and 2 025 000 kronor returned; a request for
745 500 kronor more that nobody had decided on; and goals that cannot be measured, since the project was
terminated.

What came before the plan goes through the services: `test_story` takes an application to its grant by hand.
"""

from __future__ import annotations

import re
from collections.abc import Callable

from playwright.sync_api import expect

from app.programmes.models import Programme
from tests.browser import adding_up, chatbot
from tests.browser.asking import decide
from tests.browser.granting import grant
from tests.browser.reporting import approve, page_of, paper_of, plain
from tests.browser.window import Window
from tests.conftest import Cast
from tests.delivery.granted import payer

GRANTED, ASKED = "2 025 000", "745 500"
SPENT = ("182 timmar, 138 127 kr", "195", "235 327 kr")
REPORTED = (
    *("195", "235 327", GRANTED, ASKED, "Inte beslutad", chatbot.REASONS),
    "6 mål och nyttor kan inte mätas",
    "Utanför planens roller – – 195 timmar",
    "Information klassad 2021-12-17 2021-12-17 2021-12-17 i tid",
)
"""Also that it was interrupted, which is not the same as being ready early."""
NOT_MEASURABLE = "Kan inte mätas"
"""The rest of the words, that the project was terminated, stands on the next line where paper is narrow."""


def test_the_chatbot_comes_out_as_the_city_reported_it(
    window: Callable[..., Window], cast: Cast, programme: Programme
) -> None:
    number = chatbot.apply(cast, programme)
    grant(cast, number, conditions=(("En kontaktstrategianalys ska genomföras.", None),))
    at, who, department = f"/projekt/{number}", payer(), cast.department.name
    leader = window().sign_in(cast.leader)
    chatbot.plan(leader, at)
    chatbot.book(leader, at)
    see_what_it_cost(leader)
    chatbot.ask_for_more(leader, at, department, ASKED)
    chatbot.ask_to_end(leader, at)
    secretary = window().sign_in(cast.secretary)
    decide(
        secretary,
        2,
        by="Programdirektören, högst 3 000 000 kr",
        reasons="Förutsättningarna för piloten saknas.",
        reference="Beslut mars 2022",
    )
    chatbot.account(leader, at)
    controller = window().sign_in(who)
    chatbot.give_back(controller, at)
    manager = window().sign_in(cast.manager)
    chatbot.confirm_nothing_left(manager, at)
    see_what_it_leaves(leader, at)
    chatbot.write_final_report(leader, at)
    read_report(secretary)
    approve(secretary)
    see_that_it_ended(secretary, at)


def see_what_it_cost(leader: Window) -> None:
    """Where hours and costs are entered, their sums stand at once."""
    figures = plain(leader.page.locator(".figures").inner_text())
    assert "Utfall 235 327 kr" in figures
    assert "Bokförda timmar 195 varav 182 med timpris, 138 127 kr" in figures


def see_what_it_leaves(leader: Window, at: str) -> None:
    """Page and paper of the interruption say the same."""
    leader.page.goto(f"{at}/avbrott")
    for said in (page_of(leader), paper_of(leader, "Hämta som PDF")):
        for text in (*SPENT, f"{ASKED} kr", "2022-03-08", "Styrgruppen", chatbot.DELIVERED):
            assert text in said, text
    expect(leader.page.get_by_role("main")).to_contain_text("Inget saknas")


def read_report(secretary: Window) -> None:
    """Page and paper of the final report say the same."""
    secretary.menu("Slutrapporter")
    secretary.follow(chatbot.TITLE)
    for said in (page_of(secretary), paper_of(secretary, "Slutrapporten som PDF")):
        assert said.count(NOT_MEASURABLE) == 6, "an effect, two benefits, three project goals"
        for text in REPORTED:
            assert text in said, text


def see_that_it_ended(secretary: Window, at: str) -> None:
    """The project is over, its money is the frame's again, and what nobody decided on has fallen."""
    secretary.page.goto(at)
    assert "En kontaktstrategianalys ska genomföras. – Uppfylldes inte" in page_of(secretary)
    secretary.page.goto(f"{at}/andringar")
    said = page_of(secretary)
    assert "Avbrutet" in said
    assert re.search("Ändringsbegäran 2 .*i förtid Godkänd", said)
    assert re.search("Ändringsbegäran 1 .*Förföll", said)
    secretary.menu("Programmet")
    secretary.follow("Rambok")
    said = page_of(secretary)
    assert f"{GRANTED} 0 0 {GRANTED} 0" in said, "granted, requisitioned, paid, returned, remaining"
    assert "Kvar av ramen 100 000 000 kr" in said
    secretary.menu("Nyttor")
    for promised in chatbot.CASE["benefits"]:
        assert "Avslutad" in adding_up.row_of(secretary, promised["description"])["Läge"], "written off"
