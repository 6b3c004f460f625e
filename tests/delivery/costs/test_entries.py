"""What is entered stays and adds up; what was wrong is voided; whose work nobody books is judged."""

from __future__ import annotations

from dataclasses import asdict
from datetime import date, timedelta
from decimal import Decimal
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy import func, select
from sqlalchemy.exc import DatabaseError

from app.core.costs import Financier
from app.core.spending import AmountDiffersError, NothingError, Overrun, effort_outcomes
from app.core.verdict import RefusedError
from app.db import db, transaction
from app.delivery.costs import service
from app.delivery.costs.models import CostEntry
from app.delivery.costs.queries import actuals_of
from app.delivery.costs.values import AssessmentValues, EntryValues
from app.delivery.plans.queries import current_plan
from app.history.models import HistoryEvent
from app.programmes.models import Programme
from tests.conftest import Cast
from tests.delivery.costs.booking import DAY, actuals, effort, entered, entry_of, lines, values
from tests.review_story import LATER
from tests.running_story import planned, running
from tests.story import reloaded

D = Decimal


def test_what_is_booked_is_summed_by_line_role_financier_and_year(cast: Cast, programme: Programme) -> None:
    project = running(cast, programme)
    paid, own, steering = lines(project)
    entered(
        cast.leader,
        project,
        values(budget_line_id=paid.id, amount=D("1000.25")),
        values(budget_line_id=own.id, effort_line_id=steering.id, hours=D("2.5"), rate=D(800)),
        values(budget_line_id=own.id, booked_on=date(2026, 12, 31), amount=D(-100)),
        values(amount=D(7), financier=Financier.PROGRAMME),
        values(hours=D(3), role="Gäst"),
    )
    found = actuals(project)
    assert found.by_line == {paid.id: D("1000.25"), own.id: D(1900)}
    assert found.outside_plan == 7
    assert found.by_financier == {Financier.PROGRAMME: D("1007.25"), Financier.OWN_BUDGET: D(1900)}
    assert found.by_year == {2026: D(-100), 2027: D("3007.25")}
    assert found.hours_by_effort == {steering.id: D("2.5")}
    assert (found.hours, found.hours_outside_plan) == (D("5.5"), D(3))
    assert (found.priced_hours, found.priced_amount) == (D("2.5"), D(2000))
    assert found.total == D("2907.25")


def test_only_what_was_booked_by_the_day_is_counted(cast: Cast, programme: Programme) -> None:
    project = running(cast, programme)
    entered(
        cast.leader,
        project,
        values(booked_on=DAY - timedelta(1), amount=D(1)),
        values(booked_on=DAY, amount=D(10)),
    )
    assert actuals_of(project.id, DAY).total == 11
    assert actuals_of(project.id, DAY - timedelta(1)).total == 1
    assert not actuals_of(project.id, DAY - timedelta(2)).sums


def test_only_the_leader_enters_and_only_when_the_plan_is_established(
    cast: Cast, programme: Programme
) -> None:
    early = planned(cast, programme)
    with pytest.raises(RefusedError, match="plan är fastställd"):
        service.enter(cast.leader, early, [values()], LATER)
    project = running(cast, programme)
    for somebody in (cast.manager, cast.secretary, cast.other_leader, cast.auditor, cast.controller):
        with pytest.raises(RefusedError):
            service.enter(somebody, project, [values()], LATER)


@pytest.mark.parametrize(
    ("wrong", "error"),
    [
        ({"amount": D(5), "hours": D(2), "rate": D(2)}, AmountDiffersError),
        ({"amount": D(0)}, NothingError),
        ({"booked_on": DAY + timedelta(1)}, service.DayError),
        ({"budget_line_id": 999_999}, LookupError),
        ({"effort_line_id": 999_999}, LookupError),
    ],
)
def test_one_wrong_row_and_nothing_is_entered(
    cast: Cast, programme: Programme, wrong: dict[str, Any], error: type[Exception]
) -> None:
    project = running(cast, programme)
    with pytest.raises(error), transaction():
        service.enter(cast.leader, project, [values(), values(**wrong)], LATER)
    assert not actuals(reloaded(project)).sums


def test_another_projects_lines_cannot_be_booked_on(cast: Cast, programme: Programme) -> None:
    project, other = running(cast, programme), running(cast, programme, title="En annan")
    with pytest.raises(LookupError):
        service.enter(cast.leader, project, [values(budget_line_id=lines(other)[0].id)], LATER)


def test_a_voided_entry_counts_no_longer_and_can_be_voided_once(cast: Cast, programme: Programme) -> None:
    project = running(cast, programme)
    first, _second = entered(cast.leader, project, values(amount=D(1)), values(amount=D(10)))
    with transaction():
        service.void(cast.leader, entry_of(cast.leader, project, first), reason="Fel projekt.", now=LATER)
    assert actuals(project).total == 10
    again = entry_of(cast.leader, project, first)
    with pytest.raises(RefusedError, match="redan makulerad"):
        service.void(cast.leader, again, reason="Igen.", now=LATER)
    assert again.entry.amount == 1
    assert again.entry.void is not None
    assert again.entry.void.reason == "Fel projekt."


def test_a_void_needs_a_reason(cast: Cast, programme: Programme) -> None:
    project = running(cast, programme)
    (entry,) = entered(cast.leader, project)
    with pytest.raises(RefusedError):
        service.void(cast.leader, entry_of(cast.leader, project, entry), reason="  ", now=LATER)


def test_every_act_is_in_the_history_once(cast: Cast, programme: Programme) -> None:
    project = running(cast, programme)
    first, _second = entered(cast.leader, project, values("Seminarium"), values())
    _paid, _own, steering = lines(project)
    with transaction():
        service.void(cast.leader, entry_of(cast.leader, project, first), reason="Dubblett.", now=LATER)
        judged = AssessmentValues(until=DAY, low=D(1), high=D(2))
        service.assess(cast.leader, effort(cast.leader, project, steering), judged, LATER)
    verbs = ("enter_cost", "void_cost", "assess_effort")
    counted = (
        select(HistoryEvent.verb, func.count().label("count"))
        .where(HistoryEvent.verb.in_(verbs), HistoryEvent.project_id == project.id)
        .group_by(HistoryEvent.verb)
    )
    found = {row.verb: row._mapping["count"] for row in db.session.execute(counted)}
    assert found == dict(zip(verbs, (2, 1, 1), strict=True))


def test_the_newest_judgement_up_to_the_day_is_the_one_that_holds(cast: Cast, programme: Programme) -> None:
    project = running(cast, programme)
    _paid, _own, steering = lines(project)
    entered(cast.leader, project, values(effort_line_id=steering.id, hours=D(12)))
    with transaction():
        for until, low, high in (
            (DAY, D(240), D(260)),
            (DAY - timedelta(30), D(40), D(50)),
            (DAY, D(250), D(260)),
        ):
            judged = AssessmentValues(until=until, low=low, high=high, share=D("0.65"))
            service.assess(cast.leader, effort(cast.leader, project, steering), judged, LATER)
    plan = current_plan(project.id)
    assert plan is not None
    now = next(row for row in effort_outcomes(plan, actuals(project)) if row.effort.key == steering.id)
    assert now.worked == (D(250), D(260))
    assert now.overrun == Overrun(D(250) / 80 - 1, D("5.5"))
    assert now.entered == 12
    before = actuals_of(project.id, DAY - timedelta(1)).assessed[steering.id]
    assert (before.low, before.high) == (D(40), D(50))
    found = effort(cast.leader, project, steering).last
    assert found is not None
    assert found.hours_low == 250


@pytest.mark.parametrize(
    ("judged", "error"),
    [
        (AssessmentValues(until=DAY + timedelta(1), share=D("0.5")), service.DayError),
        (AssessmentValues(until=DAY), NothingError),
    ],
)
def test_a_judgement_of_nothing_or_of_time_to_come_is_refused(
    cast: Cast, programme: Programme, judged: AssessmentValues, error: type[Exception]
) -> None:
    project = running(cast, programme)
    with pytest.raises(error):
        service.assess(cast.leader, effort(cast.leader, project, lines(project)[2]), judged, LATER)


WRONG: dict[str, dict[str, Any]] = {
    "priced": {"hours": D(2), "rate": D(100), "amount": D("200.01")},
    "not_nothing": {"hours": None, "rate": None, "amount": D(0)},
    "rate_of_hours": {"hours": None, "rate": D(1), "amount": D(1)},
    "financier_known": {"financier": "somebody"},
    "sensible": {"amount": D(100_000_000_001)},
}


@pytest.mark.parametrize("name", WRONG)
def test_the_database_itself_refuses_what_cannot_be(cast: Cast, programme: Programme, name: str) -> None:
    project = running(cast, programme)
    given = asdict(values()) | {"financier": "own_budget"} | WRONG[name]
    row = CostEntry(project_id=project.id, entered_at=LATER, entered_by_id=cast.leader.id, **given)
    db.session.add(row)
    with pytest.raises(DatabaseError, match=f"ck_cost_entry_{name}"):
        db.session.flush()
    db.session.rollback()


ENTRIES = st.lists(
    st.tuples(
        st.integers(0, 3),
        st.booleans(),
        st.one_of(st.none(), st.decimals(min_value=-50, max_value=500, places=4)),
        st.one_of(st.none(), st.decimals(min_value=0, max_value=2000, places=2)),
        st.decimals(min_value=-5000, max_value=5000, places=2),
        st.integers(0, 900),
        st.booleans(),
    ),
    max_size=8,
)


@settings(max_examples=15, suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None)
@given(rows=ENTRIES)
def test_whatever_is_entered_and_voided_the_sums_are_those_of_what_stands(
    cast: Cast, programme: Programme, rows: list[tuple[int, bool, D | None, D | None, D, int, bool]]
) -> None:
    project = running(cast, programme)
    paid, own, steering = lines(project)
    before = actuals(project)
    places = (paid.id, own.id, None, None)
    given = [
        EntryValues(
            booked_on=DAY - timedelta(days),
            activity="Något",
            budget_line_id=places[place],
            financier=Financier.PROGRAMME if place == 3 else Financier.OWN_BUDGET,
            effort_line_id=steering.id if by_steering else None,
            hours=hours,
            rate=rate if hours is not None else None,
            amount=None if hours is not None and rate is not None else (amount or D(1)),
        )
        for place, by_steering, hours, rate, amount, days, _wrong in rows
    ]
    written = entered(cast.leader, project, *given) if given else []
    with transaction():
        for entry, (*_rest, wrong) in zip(written, rows, strict=True):
            if wrong:
                found = entry_of(cast.leader, reloaded(project), entry)
                service.void(cast.leader, found, reason="Fel.", now=LATER)
    after = actuals(project)
    standing = [entry for entry, (*_rest, wrong) in zip(written, rows, strict=True) if not wrong]
    assert after.total - before.total == sum(entry.amount for entry in standing)
    assert after.hours - before.hours == sum(entry.hours or 0 for entry in standing)
    assert sum(after.by_line.values(), after.outside_plan) == after.total
    assert sum(after.by_financier.values()) == sum(after.by_year.values()) == after.total
