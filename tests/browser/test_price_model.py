"""The price model of 2022 to 2024, from the application to the end of the project, entered in the browser.

What must come out of it stands in the city's own report: the end came 396 days late, the reference group
worked 60 per cent more than planned, the steering group 240 to 260 hours against 40 to 80; the project's own
goals are fulfilled, and its effects cannot be measured yet.
"""

from __future__ import annotations

import subprocess
from collections.abc import Callable
from dataclasses import replace
from datetime import date
from pathlib import Path

from playwright.sync_api import expect
from sqlalchemy import select

from app.applications import service as applications
from app.core.changes import Time
from app.core.plan import Milestone, MilestoneKind
from app.db import db, transaction
from app.decisions import service as decisions
from app.decisions.models import OpinionKind
from app.delivery.plans import queries as plans
from app.delivery.reports import service as reports
from app.programmes.models import Programme
from app.projects.models import Project
from app.reviews import service as reviews
from tests import changing_story
from tests.browser import price_model
from tests.browser.window import Window
from tests.conftest import TODAY, Cast
from tests.delivery.granted import payer
from tests.remembered import standing
from tests.review_story import LATER, answer_all, decide

COME_OUT = ("396 dagar senare", "40–80 timmar", "240–260 timmar", "200 % till 550 %", "60 %", "65 % av tiden")


def test_the_price_model_comes_out_as_the_city_reported_it(
    window: Callable[..., Window], cast: Cast, programme: Programme, tmp_path: Path
) -> None:
    answers, receiving = price_model.answers(cast), cast.other_department.name
    leader = window().sign_in(cast.leader)
    price_model.apply(leader, answers)
    number = grant(cast)
    at = f"/projekt/{number}"
    price_model.plan(leader, at)
    extend(cast, number)
    price_model.report(leader, at, period(cast, programme))
    price_model.assess(leader, at)
    price_model.begin_to_close(leader, at, receiving)
    manager = window().sign_in(cast.other_manager)
    price_model.receive(manager, at)
    price_model.write_final_report(leader, at)
    who = payer()
    controller = window().sign_in(who)
    give_back(controller, at)
    secretary = window().sign_in(cast.secretary)
    read(secretary, at, tmp_path)
    approve(secretary, at)


def grant(cast: Cast) -> int:
    """Signed, registered, found complete, heard by the council, and granted."""
    project = standing(db.session.scalars(select(Project.id)).one())
    with transaction():
        applications.sign(cast.manager, project, LATER)
    with transaction():
        reviews.register(cast.secretary, standing(project.id), LATER, TODAY)
    answer_all(cast, standing(project.id))
    with transaction():
        reviews.accept_as_complete(cast.secretary, standing(project.id), LATER)
    with transaction():
        reviews.refer_to_council(cast.secretary, standing(project.id), LATER)
    with transaction():
        decisions.record_opinion(
            cast.secretary,
            standing(project.id),
            meeting_on=LATER.date(),
            kind=OpinionKind.APPROVE,
            text="Rådet tillstyrker.",
            separate_statements=0,
            now=LATER,
        )
    decide(cast.secretary, standing(project.id))
    number = project.id
    db.session.rollback()  # as long as this thread reads, nobody else can write
    return number


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


def extend(cast: Cast, project_id: int) -> None:
    """The end moves to June 2024: two milestones later, three more."""
    project = standing(project_id)
    plan = plans.current_plan(project_id)
    assert plan is not None
    kept = [
        replace(row, planned_on=date.fromisoformat(price_model.REVISED.get(row.name, str(row.planned_on))))
        for row in plan.milestones
    ]
    added = [
        Milestone(0, name, MilestoneKind.DELIVERY, date.fromisoformat(day), "Projektledaren")
        for name, day in price_model.ADDED.items()
    ]
    changing_story.decided(
        cast, changing_story.asked(cast, project, time=Time(price_model.ENDED, (*kept, *added)))
    )
    db.session.rollback()


def give_back(controller: Window, at: str) -> None:
    """Nothing of the grant was used."""
    controller.page.goto(f"{at}/aterforing")
    controller.page.get_by_label("Förvaltning och budgetår", exact=True).select_option(index=1)
    controller.fill("Belopp som återförs", "100 000")
    controller.fill("Vad återföringen vilar på", "Överenskommelse i juni 2024")
    controller.page.locator("main form button").last.click()
    controller.told("Pengarna är återförda till ramen.")


def read(secretary: Window, at: str, folder: Path) -> None:
    """Page and paper say the same."""
    secretary.menu("Slutrapporter")
    secretary.follow(price_model.TITLE)
    main = secretary.page.get_by_role("main")
    for text in COME_OUT:
        expect(main).to_contain_text(text.replace(" ", " "))
    assert main.get_by_role("cell", name="Kan inte mätas än").count() == 7, "six effects and a benefit"
    assert main.get_by_role("cell", name="Uppfyllt", exact=True).count() == 3
    assert main.get_by_role("cell", name="49 dagar senare").count() == 1
    assert main.get_by_role("cell", name="tillkom").count() == 3
    for text in price_model.REST:
        expect(main).to_contain_text(text)
    file = folder / "slutrapport.pdf"
    file.write_bytes(secretary.fetch("Slutrapporten som PDF"))
    read_out = ["pdftotext", "-layout", str(file), "-"]
    paper = subprocess.run(read_out, capture_output=True, text=True, check=True).stdout
    words = " ".join(paper.replace("\u00a0", " ").split())
    for text in COME_OUT:
        assert text in words, text
    assert words.count("Kan inte mätas") == 7
    assert "Version 1" in words


def approve(secretary: Window, at: str) -> None:
    secretary.follow("Godkänn slutrapporten")
    expect(secretary.page.get_by_role("main")).not_to_contain_text("Projektet kan inte avslutas än")
    secretary.press("Godkänn och avsluta projektet")
    secretary.told("Slutrapporten är godkänd, och projektet är avslutat.")
