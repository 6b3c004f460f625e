"""Another scope, other benefits and other hours: beside what was decided first, never instead of it."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from decimal import Decimal

import pytest

from app.accounts import service as accounts
from app.accounts.models import Department
from app.core.changes import Scope, Wanted
from app.core.costs import Financier
from app.core.plan import BenefitStart, Plan
from app.db import db, transaction
from app.decisions.rules import InvalidError
from app.delivery.changes import grounds, lacks, queries, service, shown
from app.delivery.changes.lacking import IncompleteError
from app.delivery.costs import service as costs
from app.delivery.costs.queries import entry_for
from app.delivery.costs.values import EntryValues
from app.delivery.plans import document
from app.delivery.plans import queries as plans
from app.programmes.models import Programme
from app.projects.models import Project
from tests.cast import Cast
from tests.changing_story import (
    ASKED,
    WHY,
    asked,
    change,
    decided,
    later_end,
    more_hours,
    other_scope,
)
from tests.conftest import Browser
from tests.drafting import opened
from tests.running_story import running
from tests.story import reloaded


def plan_of(project: Project) -> Plan:
    plan = plans.current_plan(project.id)
    assert plan is not None
    return plan


def first_benefit(project: Project) -> BenefitStart:
    return plan_of(project).benefits[0]


def test_another_scope_moves_and_lessens_a_benefit_beside_what_was_decided(
    cast: Cast, programme: Programme
) -> None:
    project = running(cast, programme)
    application = plans.granting_decision(project.id).version.content
    before = first_benefit(project)
    assert before.starts_on is not None
    found = asked(cast, project, scope=other_scope(project, Decimal(1_000)))
    (row,) = found.latest.content["scope"]["benefits"]
    assert row["starts_on"]["before"] == before.starts_on.isoformat()
    assert row["yearly"]["after"] == "1000"
    assert Decimal(row["present_value"]["after"]) < Decimal(row["present_value"]["before"])
    whole = found.latest.content["whole"]["present_value"]
    lost = Decimal(row["present_value"]["before"]) - Decimal(row["present_value"]["after"])
    assert abs(Decimal(whole["before"]) - Decimal(whole["after"]) - lost) <= 1
    decided(cast, found)

    after = first_benefit(project)
    assert (after.starts_on, after.yearly) == (before.starts_on + timedelta(days=180), Decimal(1_000))
    first, second = (document.from_json(row.content) for row in plans.baselines_of(project.id))
    assert (first.scope, first.benefits[0]) == ("", before)
    assert (second.scope, second.benefits[0]) == ("Tjänsten öppnas bara för hushåll.", after)
    assert plans.granting_decision(project.id).version.content == application


def test_the_worth_of_the_plan_as_it_was_decided_is_that_of_the_application(
    cast: Cast, programme: Programme
) -> None:
    project = running(cast, programme)
    decided_on = queries.decided_calculation(project.id)
    plan = plan_of(project)
    own = [line for line in plan.budget if line.financier is Financier.PROGRAMME]
    same, _later = queries.worths(project.id, replace(plan, budget=own), plan)
    assert same.benefits
    with_own = _later.present_value
    assert with_own < same.present_value  # hours of our own cost too
    assert same.yearly == {int(key.removeprefix("benefit-")): v for key, v in decided_on.full_years.items()}


def test_a_benefit_that_starts_later_is_worth_less_and_the_second_request_starts_from_the_first(
    cast: Cast, programme: Programme
) -> None:
    project = running(cast, programme)
    decided(cast, asked(cast, project, scope=other_scope(project, Decimal(90_000))))
    later = replace(other_scope(project, Decimal(90_000), 365), text="Bara för en stadsdel.")
    found = asked(cast, project, scope=later)
    (row,) = found.latest.content["scope"]["benefits"]
    assert row["yearly"]["before"] == row["yearly"]["after"] == "90000"
    assert found.latest.content["scope"]["text"]["before"] == "Tjänsten öppnas bara för hushåll."
    assert Decimal(row["present_value"]["after"]) < Decimal(row["present_value"]["before"])


def test_a_new_value_says_how_it_was_counted(cast: Cast, programme: Programme) -> None:
    project = running(cast, programme)
    with pytest.raises(IncompleteError, match="räknat"):
        asked(cast, project, scope=other_scope(project, Decimal(1_000), working=" "))


def test_a_scope_that_changes_nothing_is_not_sent(cast: Cast, programme: Programme) -> None:
    project = running(cast, programme)
    with pytest.raises(IncompleteError, match="densamma som i planen"):
        asked(cast, project, scope=replace(other_scope(project, days=0), text=""))
    with pytest.raises(IncompleteError, match="Bemanningen är densamma"):
        asked(cast, project, effort=tuple(plan_of(project).effort))


def test_hours_are_told_and_changed_by_role(cast: Cast, programme: Programme) -> None:
    project = running(cast, programme)
    found = asked(cast, project, effort=more_hours(project))
    assert found.latest.content["whole"]["hours"] == {"before": ["40", "80"], "after": ["320", "340"]}
    (part, whole) = shown.parts_in(found.latest.content)
    assert [row[2:] for row in part.tables[0].rows] == [
        ("60\xa0%", "60\xa0%"),
        ("40–80 timmar", "240–260 timmar"),
        ("–", "80 timmar"),
    ]
    assert whole.tables[0].rows[-1][1:] == ("40–80 timmar", "320–340 timmar", "+280 till +260 timmar")
    decided(cast, found)
    assert plan_of(project).hours == (Decimal(320), Decimal(340))
    assert document.from_json(plans.baselines_of(project.id)[0].content).hours == (Decimal(40), Decimal(80))


def test_hours_are_told_of_a_request_that_does_not_change_them(cast: Cast, programme: Programme) -> None:
    project = running(cast, programme)
    *_parts, whole = shown.parts_in(asked(cast, project, time=later_end(project)).latest.content)
    assert whole.tables[0].rows[-1][1:] == ("40–80 timmar", "40–80 timmar", "oförändrat")


def test_a_role_that_time_was_booked_on_stays_even_when_that_was_voided(
    cast: Cast, programme: Programme
) -> None:
    project = running(cast, programme)
    steering = plan_of(project).effort[1]
    with transaction():
        worked = EntryValues(
            booked_on=ASKED.date(), activity="Möte", effort_line_id=steering.key, hours=Decimal(3)
        )
        (row,) = costs.enter(cast.leader, reloaded(project), [worked], ASKED)
        number = row.id
    with transaction():
        found = entry_for(cast.leader, project.id, number)
        assert found is not None
        costs.void(cast.leader, found, reason="Fel roll.", now=ASKED)
    with pytest.raises(IncompleteError, match="bokförd tid"):
        asked(cast, project, effort=(plan_of(project).effort[0],))


def test_a_benefit_does_not_begin_after_its_last_day(cast: Cast, programme: Programme) -> None:
    project = running(cast, programme)
    scope, standing = other_scope(project), grounds.standing_of(project)
    (promise,) = scope.benefits
    for days, said in ((-1, ["upphör"]), (0, [])):
        last = {promise.key: promise.starts_on + timedelta(days=days)}
        held = replace(standing, bound=replace(standing.bound, last_days=last))
        found = [str(lack.text) for lack in lacks.lacks_in(Wanted(WHY, scope=scope), held)]
        assert ["upphör" for text in found if "upphör" in text] == said


def test_hours_are_of_a_department_as_it_is_called_now(cast: Cast, programme: Programme) -> None:
    project = running(cast, programme)
    hours = more_hours(project)
    with transaction():
        department = db.session.get_one(Department, cast.department.id)
        accounts.change_department(
            cast.administrator, department, name="Klimatförvaltningen", active=True, now=ASKED
        )
    with pytest.raises(IncompleteError, match="heter inte så längre"):
        asked(cast, project, effort=hours)


def test_a_plan_that_was_changed_meanwhile_stops_the_decision(cast: Cast, programme: Programme) -> None:
    project = running(cast, programme)
    slow = asked(cast, project, scope=other_scope(project), effort=more_hours(project))
    decided(cast, asked(cast, project, effort=(plan_of(project).effort[0],)))
    with pytest.raises(InvalidError, match="Planen har ändrats sedan"):
        decided(cast, slow)


def test_scope_and_hours_are_written_on_their_pages(
    browser: Browser, cast: Cast, programme: Programme
) -> None:
    project = running(cast, programme)
    with transaction():
        service.begin(cast.leader, project, ASKED)
    with transaction():
        service.write(cast.leader, change(cast.leader, project), Wanted(WHY), ASKED)
    browser.sign_in(cast.leader)
    page, benefit = f"/projekt/{project.id}/andringar/1", first_benefit(project)
    form = opened(browser, f"{page}/del/omfattning")
    assert "&lt;input" not in browser.get(f"{page}/del/omfattning").text
    typed = {
        "text": "Bara för hushåll.",
        "benefits-0-starts_on": "2028-12-01",
        "benefits-0-yearly": "1 000",
        "benefits-0-working": "Färre ärenden.",
    }
    assert browser.post(f"{page}/del/omfattning", data=form | typed | {"text": ""}).status_code == 422
    assert browser.post(f"{page}/del/omfattning", data=form | typed).status_code == 302
    scope = change(cast.leader, project).wanted.scope
    assert isinstance(scope, Scope)
    assert (scope.benefits[0].key, scope.benefits[0].yearly) == (benefit.key, Decimal(1_000))
    form = opened(browser, f"{page}/del/bemanning")
    hours = {"lines-1-hours_low": "240", "lines-1-hours_high": "260"}
    assert browser.post(f"{page}/del/bemanning", data=form | hours).status_code == 302
    said = browser.get(f"{page}/skicka").text
    for text in (
        "Annan omfattning eller nytta",
        "2028-12-01",
        "240–260 timmar",
        "Färre ärenden.",
        "Som i ansökan",
    ):
        assert text in said, text
