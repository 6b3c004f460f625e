"""The price model of 2022 to 2024, from the application to the end of the project, entered in the browser.

What must come out of it stands in the city's own report: the end came 396 days late, the reference group
worked 60 per cent more than planned, the steering group 240 to 260 hours against 40 to 80; the project's own
goals are fulfilled, and its effects cannot be measured yet.

What happens between the signature and the grant goes through the services: `test_story` takes those steps.
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import date

from sqlalchemy import select

from app.db import db, transaction
from app.delivery.reports import service as reports
from app.programmes.models import Programme
from app.projects.models import Project
from tests import operating_story
from tests.browser import adding_up, price_model
from tests.browser.asking import decide
from tests.browser.granting import grant
from tests.browser.reporting import approve, page_of, paper_of
from tests.browser.window import Window
from tests.conftest import Cast
from tests.delivery.granted import payer
from tests.remembered import standing
from tests.review_story import LATER

FIRST = {
    "Styrande principer för prissättning och prismodeller": "2023-04-28",
    "Urval av priser som revideras till prislista 2024": "2023-05-31",
}
"""When what was revised was first planned."""
COME_OUT = (
    *("396 dagar senare", "40–80 timmar", "240–260 timmar", "200 % till 550 %", "60 %", "65 % av tiden"),
    "384–404",
)
"""The last are the hours of both groups together."""


def test_the_price_model_comes_out_as_the_city_reported_it(
    window: Callable[..., Window], cast: Cast, programme: Programme
) -> None:
    answers, receiving = price_model.answers(cast), cast.other_department.name
    leader = window().sign_in(cast.leader)
    price_model.apply(leader, answers)
    number = db.session.scalars(select(Project.id)).one()
    grant(cast, number)
    at = f"/projekt/{number}"
    price_model.plan(leader, at)
    price_model.extend(leader, at)
    secretary = window().sign_in(cast.secretary)
    decide(
        secretary,
        1,
        by="Kommunstyrelsens utskott, utan gräns",
        reasons="Kvaliteten behöver säkras.",
        reference="Beslut om förlängning",
    )
    see_both_plans(secretary, at)
    price_model.report(leader, at, period(cast, programme))
    price_model.assess(leader, at)
    price_model.begin_to_close(leader, at, receiving)
    manager = window().sign_in(cast.other_manager)
    price_model.receive(manager, at)
    price_model.write_final_report(leader, at)
    who = payer()
    controller = window().sign_in(who)
    give_back(controller, at)
    answer_for_the_service(cast, number)
    read(secretary)
    approve(secretary)
    see_that_nobody_measures(secretary)


def period(cast: Cast, programme: Programme) -> int:
    """The project runs in the first tertial, and reports on it."""
    db.session.rollback()
    with transaction():
        made = reports.add_period(
            cast.secretary,
            programme.id,
            name="Tertial 1 2027",
            starts_on=date(2027, 1, 1),
            ends_on=date(2027, 4, 30),
            due_on=date(2027, 5, 14),
            now=LATER,
        )
        number = made.id
    db.session.rollback()
    return number


def answer_for_the_service(cast: Cast, number: int) -> None:
    """The department that is to own what was made has accepted it: `tests/operations` takes those steps."""
    db.session.rollback()
    operating_story.accepted(cast, standing(number), LATER)
    db.session.rollback()


def give_back(controller: Window, at: str) -> None:
    """Nothing of the grant was used."""
    controller.page.goto(f"{at}/aterforing")
    controller.page.get_by_label("Förvaltning och budgetår", exact=True).select_option(index=1)
    controller.fill("Belopp som återförs", "100 000")
    controller.fill("Vad återföringen vilar på", "Överenskommelse i juni 2024")
    controller.page.locator("main form button").last.click()
    controller.told("Pengarna är återförda till ramen.")


def see_both_plans(secretary: Window, at: str) -> None:
    """The new baseline stands beside the first, with the decision that made it."""
    secretary.follow("Baslinje 2")
    secretary.sees("Ändringsbegäran 1")
    secretary.page.goto(f"{at}/plan")
    said = page_of(secretary)
    assert "396 dagar senare" in said
    for name, first in FIRST.items():
        assert f"{name} Milstolpe {first} {price_model.REVISED[name]}" in said, name
    for name, day in price_model.ADDED.items():
        assert f"{name} Leverans – {day}" in said, name
    for text in ("Baslinje 1 Beslutet om ansökan", "Baslinje 2 Ändringsbegäran 1"):
        assert text in said, text


def see_that_nobody_measures(secretary: Window) -> None:
    """Among all benefits it is one that needs something done, and nothing of it has come."""
    secretary.menu("Nyttor")
    assert "Nyttoplan saknas" in adding_up.row_of(secretary, price_model.BENEFIT)["Läge"]
    secretary.page.goto("/nyttor?lage=atgard")
    assert adding_up.row_of(secretary, price_model.BENEFIT)["Realiserat"] == "–"


def read(secretary: Window) -> None:
    """Page and paper say the same."""
    secretary.menu("Slutrapporter")
    secretary.follow(price_model.TITLE)
    main = secretary.page.get_by_role("main")
    assert main.get_by_role("cell", name="Kan inte mätas än").count() == 7, "six effects and a benefit"
    assert main.get_by_role("cell", name="Uppfyllt", exact=True).count() == 3
    assert main.get_by_role("cell", name="49 dagar senare").count() == 1
    assert main.get_by_role("cell", name="tillkom").count() == 3
    paper = paper_of(secretary, "Slutrapporten som PDF")
    page = page_of(secretary)
    for text in COME_OUT:
        assert text in page, text
        assert text in paper, text
    for text in price_model.REST:
        assert text in page, text
    assert paper.count("Kan inte mätas") == 7
    assert "Version 1" in paper
