"""The benefits of the gallery's running project: the first is planned and measured, the second is not."""

from __future__ import annotations

from datetime import date

from app.core.measuring import Period
from app.core.realisation import BenefitEnd
from app.db import db, transaction
from app.portfolio.saved import service as saved
from app.programmes.models import Programme
from app.projects.models import Project
from app.realisation import closing
from app.realisation.queries import benefits_of
from tests.browser.programme_reports import PROGRAMME_REPORTS, reporting_of
from tests.budget_effects import effect_story
from tests.conftest import Cast
from tests.realisation import measuring_story
from tests.review_story import LATER

BENEFIT = "/projekt/{running}/nyttor/{promised}"
EFFECTS = f"{BENEFIT}/budgeteffekter"
REALISING = {
    "manager": (
        "/projekt/{running}/nyttor",
        BENEFIT,
        "/projekt/{running}/nyttor/{unplanned}",
        f"{BENEFIT}/plan",
        f"{BENEFIT}/mat",
        f"{BENEFIT}/las-in",
        f"{BENEFIT}/mat/{{measurement}}",
        f"{BENEFIT}/prognos",
        f"{BENEFIT}/avsluta",
        f"{EFFECTS}/ny",
        f"{EFFECTS}/{{agreed}}/budget",
        f"{EFFECTS}/{{agreed}}/ta-tillbaka",
    ),
    "controller": (
        "/budgeteffekter",
        f"{EFFECTS}/{{promised_effect}}/svara",
        f"{EFFECTS}/{{entered}}/kontrollera",
        f"{EFFECTS}/{{taken}}",
        f"{EFFECTS}/{{taken}}/hemtagning",
        f"{EFFECTS}/{{taken}}/aterfor",
    ),
    "secretary": (
        "/nyttor",
        "/nyttor?lage=atgard",
        "/projekt/{running}/nyttor/{unplanned}/prova",
        "/portfolj",
        "/portfolj?lage=open&sort=-applied",
        "/portfolj/bubblor",
        "/portfolj/bubblor?lage=open",
        "/portfolj/tidslinje?sort=department",
        "/portfolj/tidslinje?per=2027-05-01",
        *PROGRAMME_REPORTS,
        "/portfolj/urval",
        "/portfolj/urval/nytt?lage=open&sort=-applied",
    ),
}
"""By whom they are for."""


def realising(cast: Cast, project: Project) -> dict[str, int]:
    """Plan and measure it, and report on its programme; what the addresses hold."""
    measuring_story.plan(cast, project)
    measured = measuring_story.measure(
        cast, project, LATER, period=Period(date(2027, 1, 1), date(2027, 1, 31)), explanation="Ett försök."
    )
    with transaction():
        unplanned = measuring_story.of(cast.other_manager, project, place=1)
        closing.propose(
            cast.other_manager,
            unplanned,
            BenefitEnd.ABANDONED,
            reason="Ingen mäter den.",
            lost=None,
            now=LATER,
        )
        saved.save_view(cast.secretary, "Väntar på beslut", "lage=open", for_all=True, now=LATER)
        saved.save_view(cast.secretary, "Störst risk", "sort=-risk", for_all=False, now=LATER)
    first, second = (row.id for row in benefits_of(project.id)[:2])
    return {
        "promised": first,
        "unplanned": second,
        "measurement": measured.id,
        **effect_story.each_step(cast, project, LATER),
        **reporting_of(cast, db.session.get_one(Programme, project.programme_id)),
    }
