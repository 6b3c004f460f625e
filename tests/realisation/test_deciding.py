"""What is promised after a project has ended is decided, and what it had promised is kept."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from typing import Any

import pytest

from app.core.realisation import in_all
from app.core.verdict import RefusedError
from app.core.workflow import State
from app.db import db
from app.export.everything import everything
from app.history.models import HistoryEvent
from app.knowledge.outcomes import cases
from app.programmes.models import Programme
from app.projects.models import Project
from app.projects.queries import visible_to
from app.realisation import deciding, pages, queries, register
from app.realisation.models import Benefit
from app.realisation.register import Wanted
from tests.conftest import Browser, Cast
from tests.drafting import opened
from tests.hostile import TEXTS
from tests.realisation.measuring_story import TODAY, decide, ended, left, measured, of

LATER = date(2031, 2, 1)


@pytest.fixture
def project(cast: Cast, programme: Programme) -> Project:
    """It has ended, and its first benefit is measured."""
    return left(cast, measured(cast, programme))


def benefit(cast: Cast, project: Project) -> Benefit:
    return of(cast.leader, project).benefit


def test_the_years_are_those_of_the_calculation_with_the_new_amount_from_the_new_day(
    cast: Cast, project: Project
) -> None:
    before = deciding.said_of(benefit(cast, project))
    row = decide(cast, project)
    now = benefit(cast, project)
    assert (now.yearly, now.starts_on) == (Decimal(200_000), date(2029, 7, 1))
    first, *rest = sorted(now.promised)
    assert first == "2029"
    assert Decimal(now.promised[first]) == Decimal(50_000), "half a year, at half of full effect"
    assert Decimal(now.promised[rest[-1]]) == Decimal(200_000)
    assert now.promised_total == sum(map(Decimal, now.promised.values())) == row.promised_total
    assert row.before == before
    assert now.counted == {}, "it is no longer what the application counts with"


def test_it_adds_up_on_the_page_and_in_the_register(browser: Browser, cast: Cast, project: Project) -> None:
    decide(cast, project)
    page = pages.benefit_page(cast.secretary, of(cast.secretary, project), TODAY)
    assert in_all(came for _year, came in page.years).promised == benefit(cast, project).promised_total
    sums = register.Found(cast.secretary, Wanted(), TODAY).sums
    assert sums.came.promised == sum(
        (row.promised_total or Decimal(0)) for row in queries.benefits_of(project.id)
    )
    shown = browser.sign_in(cast.auditor).get(f"/projekt/{project.id}/nyttor/{page.row.benefit.id}").text
    for words in ("Beslut om löftet", "Dnr 2029/12, § 4. Färre ärenden än väntat.", "200\xa0000"):
        assert words in shown


def test_what_the_programme_learns_is_held_against_what_the_project_promised(
    cast: Cast, project: Project
) -> None:
    (was,) = cases(visible_to(cast.secretary), LATER)
    decide(cast, project)
    decide(cast, project, yearly=Decimal(1), starts_on=date(2030, 1, 1), reference="En till")
    (case,) = cases(visible_to(cast.secretary), LATER)
    assert case == was
    decide(cast, project, starts_on=date(2033, 1, 1), reference="Långt fram")
    assert cases(visible_to(cast.secretary), LATER) == [was], "what is put off is not forgotten"


@pytest.mark.parametrize(
    ("changes", "error"),
    [
        ({"starts_on": date(2020, 1, 1)}, deciding.OutsideTheYearsError),
        ({"starts_on": date(2090, 1, 1)}, deciding.OutsideTheYearsError),
        ({"decided_on": date(2029, 1, 16)}, deciding.TooEarlyError),
        ({"reason": " "}, RefusedError),
        ({"reference": ""}, RefusedError),
    ],
)
def test_what_cannot_be_decided_changes_nothing(
    cast: Cast, project: Project, changes: dict[str, Any], error: type[Exception]
) -> None:
    before = deciding.said_of(benefit(cast, project))
    with pytest.raises(error):
        decide(cast, project, **changes)
    db.session.rollback()
    assert deciding.said_of(benefit(cast, project)) == before
    assert queries.decisions_of(benefit(cast, project).id) == []


def test_what_is_promised_already_is_no_decision(cast: Cast, project: Project) -> None:
    now = benefit(cast, project)
    with pytest.raises(deciding.NothingNewError):
        decide(cast, project, yearly=now.yearly, starts_on=now.starts_on)


def test_as_long_as_the_project_goes_on_a_change_request_does_it(cast: Cast, project: Project) -> None:
    with pytest.raises(RefusedError):
        decide(cast, left(cast, project, State.RUNNING))


def test_what_has_ended_is_promised_no_more(cast: Cast, project: Project) -> None:
    left(cast, project, State.RUNNING)
    ended(cast, project)
    with pytest.raises(RefusedError):
        decide(cast, left(cast, project))


def test_it_is_decided_on_its_page_with_the_faults_beside_their_fields(
    browser: Browser, cast: Cast, project: Project
) -> None:
    place = f"/projekt/{project.id}/nyttor/{benefit(cast, project).id}"
    browser.sign_in(cast.secretary)
    assert f"{place}/lofte" in browser.get(place).text
    form = opened(browser, f"{place}/lofte")
    said = {
        "yearly": "150 000", "starts_on": "2029-07-01", "decided_on": "2029-01-10", "reference": TEXTS[0],
        "reason": TEXTS[1],
    }  # fmt: skip
    for wrong, told in (
        ({"starts_on": "2090-01-01"}, "Kalkylen räknar med åren"),
        ({"decided_on": "2029-01-16"}, "Beslutsdagen har inte varit än."),
        ({"yearly": ""}, "Ange beloppet per år."),
        ({"reference": ""}, "Skriv var beslutet finns."),
        ({"yearly": form["yearly"], "starts_on": form["starts_on"]}, "redan det som är utlovat"),
    ):
        answer = browser.post(f"{place}/lofte", data=form | said | wrong)
        assert (answer.status_code, told in answer.text) == (422, True), told
    assert browser.post(f"{place}/lofte", data=form | said).status_code == 302
    page = browser.get(place).text
    assert "150\xa0000" in page
    assert "<script>alert" not in page
    assert "ändrade löftet om en nytta" in browser.get(f"/projekt/{project.id}/historik").text


def test_two_who_decide_at_once_see_each_other(browser: Browser, cast: Cast, project: Project) -> None:
    place = f"/projekt/{project.id}/nyttor/{benefit(cast, project).id}/lofte"
    form = opened(browser.sign_in(cast.secretary), place)
    decide(cast, project)
    said = {"yearly": "1", "decided_on": "2029-01-10", "reference": "§ 9", "reason": "Annat."}
    assert browser.post(place, data=form | said).status_code in (409, 422)
    assert len(queries.decisions_of(benefit(cast, project).id)) == 1


def test_it_is_in_the_history_and_the_export(cast: Cast, project: Project) -> None:
    decide(cast, project)
    verbs = [row.verb for row in db.session.query(HistoryEvent).order_by(HistoryEvent.id.desc()).limit(9)]
    assert "decide_benefit_promise" in verbs
    exported = everything(TODAY)["benefits"]
    assert "Dnr 2029/12" in str(exported)
