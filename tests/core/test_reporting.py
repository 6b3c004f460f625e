"""Lights follow from figures; what is off the plan is explained; a report moves by its table."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.core.reporting import (
    IN,
    TRANSITIONS,
    WRITTEN,
    Dimension,
    Figures,
    Light,
    Off,
    Proposal,
    Reached,
    ReportAction,
    ReportState,
    after,
    needs_reason,
    proposals,
    to_explain,
)

END = date(2027, 4, 30)
ORDER = list(Light)
AS_PLANNED = Figures(
    END,
    [Reached(date(2027, 9, 1), date(2027, 9, 1))],
    budget=Decimal(1_000_000),
    spent=Decimal(300_000),
    forecast=Decimal(1_000_000),
    hours_planned=(Decimal(40), Decimal(80)),
    hours_forecast=Decimal(60),
    benefit_delays=[0],
    top_risk=4,
)


def late_by(days: int) -> Figures:
    planned = date(2027, 9, 1)
    return replace(AS_PLANNED, milestones=[Reached(planned, planned + timedelta(days=days))])


@pytest.mark.parametrize(
    ("figures", "dimension", "light"),
    [
        (late_by(-10), Dimension.TIME, Light.GREEN),
        (late_by(14), Dimension.TIME, Light.GREEN),
        (late_by(15), Dimension.TIME, Light.YELLOW),
        (late_by(59), Dimension.TIME, Light.YELLOW),
        (late_by(60), Dimension.TIME, Light.RED),
        (replace(AS_PLANNED, forecast=Decimal("1049999.99")), Dimension.COST, Light.GREEN),
        (replace(AS_PLANNED, forecast=Decimal(1_050_000)), Dimension.COST, Light.YELLOW),
        (replace(AS_PLANNED, forecast=Decimal(1_100_000)), Dimension.COST, Light.RED),
        (replace(AS_PLANNED, benefit_delays=[0, 90]), Dimension.BENEFITS, Light.YELLOW),
        (replace(AS_PLANNED, benefit_delays=[365, 1]), Dimension.BENEFITS, Light.RED),
        (replace(AS_PLANNED, top_risk=9), Dimension.RISK, Light.GREEN),
        (replace(AS_PLANNED, top_risk=10), Dimension.RISK, Light.YELLOW),
        (replace(AS_PLANNED, top_risk=25), Dimension.RISK, Light.RED),
    ],
)
def test_a_light_changes_at_its_limit(figures: Figures, dimension: Dimension, light: Light) -> None:
    assert proposals(figures)[dimension].light is light


def test_a_milestone_whose_day_has_passed_is_late_whatever_is_said() -> None:
    planned = END - timedelta(days=70)
    said = replace(AS_PLANNED, milestones=[Reached(planned, planned)])
    assert proposals(said)[Dimension.TIME] == Proposal(Light.RED, Decimal(70))
    reached = replace(AS_PLANNED, milestones=[Reached(planned, planned, is_reached=True)])
    assert proposals(reached)[Dimension.TIME].light is Light.GREEN


def test_what_no_figure_tells_is_not_proposed() -> None:
    nothing = Figures(END, [], Decimal(0), Decimal(0), Decimal(0), (Decimal(0), Decimal(0)), Decimal(0))
    assert proposals(nothing) == {}
    assert list(to_explain(nothing)) == []
    assert Dimension.QUALITY not in proposals(AS_PLANNED)
    assert Dimension.SCOPE not in proposals(AS_PLANNED)


@given(st.integers(min_value=-100, max_value=400), st.integers(min_value=0, max_value=400))
def test_later_is_never_a_better_light(days: int, more: int) -> None:
    one, other = (proposals(late_by(count))[Dimension.TIME].light for count in (days, days + more))
    assert ORDER.index(one) <= ORDER.index(other)


@given(st.decimals(min_value=0, max_value=3, places=4), st.decimals(min_value=0, max_value=1, places=4))
def test_dearer_is_never_a_better_light(share: Decimal, more: Decimal) -> None:
    one, other = (
        proposals(replace(AS_PLANNED, forecast=AS_PLANNED.budget * each))[Dimension.COST].light
        for each in (share, share + more)
    )
    assert ORDER.index(one) <= ORDER.index(other)


@pytest.mark.parametrize(
    ("light", "proposal", "asked"),
    [
        (Light.GREEN, None, False),
        (Light.YELLOW, None, True),
        (Light.GREEN, Proposal(Light.GREEN, Decimal(0)), False),
        (Light.GREEN, Proposal(Light.RED, Decimal(70)), True),
        (Light.RED, Proposal(Light.RED, Decimal(70)), True),
        (Light.YELLOW, Proposal(Light.GREEN, Decimal(0)), True),
    ],
)
def test_a_light_is_explained_when_it_is_not_green_or_not_the_proposed(
    light: Light, proposal: Proposal | None, asked: bool
) -> None:
    assert needs_reason(light, proposal) is asked


@pytest.mark.parametrize(
    ("hours", "explained"), [(60, False), (80, False), (88, False), (89, True), (36, False), (35, True)]
)
def test_hours_outside_the_range_by_more_than_a_tenth_are_explained(hours: int, explained: bool) -> None:
    figures = replace(AS_PLANNED, hours_forecast=Decimal(hours))
    assert (Off.HOURS in to_explain(figures)) is explained


def test_a_forecast_far_below_the_budget_is_explained_too() -> None:
    assert list(to_explain(replace(AS_PLANNED, forecast=Decimal(890_000)))) == [Off.COST]
    assert list(to_explain(replace(AS_PLANNED, forecast=Decimal(900_000)))) == []


def test_the_price_models_steering_group_is_explained() -> None:
    figures = replace(AS_PLANNED, hours_planned=(Decimal(40), Decimal(80)), hours_forecast=Decimal(240))
    assert figures.hours_off == Decimal(2)
    assert list(to_explain(figures)) == [Off.HOURS]


def test_every_state_of_a_report_can_be_reached_and_an_approved_one_stays() -> None:
    reached = {ReportState.DRAFT}
    for _step in ReportState:
        reached |= {target for (state, _action), target in TRANSITIONS.items() if state in reached}
    assert reached == set(ReportState)
    assert all(after(ReportState.APPROVED, action) is None for action in ReportAction)
    assert not WRITTEN & IN
