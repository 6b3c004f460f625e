"""Final reports: delays, overruns, what an answer about a goal must come with."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

import pytest

from app.core.costs import Financier
from app.core.final_report import (
    EndOutcome,
    FinalAction,
    FinalState,
    Fulfilment,
    MilestoneOutcome,
    Needs,
    Off,
    after,
    milestone_outcomes,
    needs_of,
    possible,
    role_outcomes,
    to_explain,
)
from app.core.plan import Effort, Milestone, MilestoneKind, Plan
from app.core.spending import Actuals, Assessed, Overrun, Sum

END = date(2024, 6, 30)


def role(key: int, name: str, low: int | None, high: int | None, share: str | None = None) -> Effort:
    return Effort(
        key,
        name,
        "Serviceförvaltningen",
        None if low is None else Decimal(low),
        None if high is None else Decimal(high),
        None if share is None else Decimal(share),
    )


def milestone(key: int, day: date) -> Milestone:
    return Milestone(key, f"Milstolpe {key}", MilestoneKind.DELIVERY, day, "")


STEERING, REFERENCE, LEADER = (
    role(1, "Styrgrupp", 40, 80),
    role(2, "Referensgrupp", 90, 90),
    role(3, "Projektledare", None, None, "0.6"),
)
FIRST = Plan(
    date(2022, 12, 16),
    date(2023, 5, 31),
    [milestone(1, date(2023, 4, 28)), milestone(2, date(2023, 5, 31))],
    [],
    [STEERING, REFERENCE, LEADER],
    [],
)
NOW = Plan(
    FIRST.starts_on,
    END,
    [milestone(1, date(2023, 6, 16)), milestone(2, date(2023, 5, 31)), milestone(3, date(2024, 5, 31))],
    [],
    [role(1, "Styrgrupp", 300, 300), REFERENCE, LEADER],
    [],
)
WORKED = Actuals(
    [Sum(None, 2, Financier.OWN_BUDGET, 2024, Decimal(0), Decimal(144))],
    {
        1: Assessed(END, Decimal(240), Decimal(260), None),
        3: Assessed(END, None, None, Decimal("0.65")),
    },
)


def test_the_price_model_ends_396_days_later_than_first_planned() -> None:
    assert EndOutcome(FIRST.ends_on, END, END).delay == 396


def test_an_end_before_its_day_is_below_zero() -> None:
    assert EndOutcome(END, END, date(2024, 6, 28)).delay == -2


def test_a_milestone_is_held_against_the_plan_that_the_project_began_with() -> None:
    reached = {1: date(2023, 6, 16), 2: date(2023, 5, 30), 3: date(2024, 6, 1)}
    rows = milestone_outcomes(NOW, FIRST, reached)
    assert [row.delay for row in rows] == [49, -1, 1]
    assert rows[2].first_on is None, "it was added later, and is held against its own plan"


def test_a_milestone_that_was_not_reached_has_no_delay() -> None:
    assert MilestoneOutcome(1, "Lansering", END, END, None).delay is None


def test_roles_are_held_against_what_was_first_planned_as_ranges_hours_and_shares() -> None:
    steering, reference, leader = role_outcomes(NOW, FIRST, WORKED)
    assert steering.outcome.overrun == Overrun(Decimal(2), Decimal("5.5"))
    assert reference.outcome.overrun == Overrun(Decimal("0.6"), Decimal("0.6"))
    assert leader.outcome.share_over == Decimal("0.05")
    assert not steering.added


def test_a_role_that_was_added_later_is_held_against_its_own_plan() -> None:
    plan = Plan(FIRST.starts_on, END, [], [], [role(9, "Jurist", 10, 10)], [])
    (found,) = role_outcomes(plan, FIRST, Actuals())
    assert found.added
    assert found.outcome.effort.high == Decimal(10)


@pytest.mark.parametrize(
    ("spent", "explained"),
    [("1100", []), ("1100.01", [Off.COST]), ("900", []), ("899.99", [Off.COST])],
)
def test_a_cost_more_than_a_tenth_off_the_budget_is_explained(spent: str, explained: list[Off]) -> None:
    on_time = EndOutcome(END, END, END)
    assert list(to_explain(on_time, Decimal(1000), Decimal(spent), [])) == explained


def test_a_late_end_and_too_many_hours_are_explained() -> None:
    late = EndOutcome(FIRST.ends_on, END, END)
    roles = role_outcomes(NOW, FIRST, WORKED)
    assert list(to_explain(late, Decimal(0), Decimal(5), roles)) == [Off.TIME, Off.HOURS]
    assert list(to_explain(late, Decimal(0), Decimal(5), roles[2:])) == [Off.TIME], "8 % more is little"


def test_what_is_said_of_a_goal_comes_with_what_its_reader_asks_next() -> None:
    assert {row: needs_of(row) for row in Fulfilment} == {
        Fulfilment.FULFILLED: Needs.PROOF,
        Fulfilment.PARTLY: Needs.REASON,
        Fulfilment.NOT: Needs.REASON,
        Fulfilment.NOT_YET: Needs.FOLLOW_UP,
        Fulfilment.INTERRUPTED: None,
    }


def test_only_an_interrupted_project_says_that_it_was() -> None:
    assert Fulfilment.INTERRUPTED not in possible(interrupted=False)
    assert set(possible(interrupted=True)) == set(Fulfilment)


def test_a_report_that_is_approved_goes_nowhere() -> None:
    steps = {(state, action) for state in FinalState for action in FinalAction if after(state, action)}
    assert steps == {
        (FinalState.DRAFT, FinalAction.SEND),
        (FinalState.RETURNED, FinalAction.SEND),
        (FinalState.SENT, FinalAction.RETURN),
        (FinalState.SENT, FinalAction.APPROVE),
    }
