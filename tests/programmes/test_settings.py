"""Settings: a new row with a later day replaces the one before, and what was valid can be asked for."""

from __future__ import annotations

from datetime import date, timedelta
from decimal import Decimal

import pytest
from sqlalchemy import select

from app.accounts.access import Viewer
from app.core.verdict import RefusedError
from app.db import db, transaction
from app.history.models import HistoryEvent
from app.programmes import queries, service
from app.programmes.models import CalculationSettings, DelegationLimit, HourlyRate, Programme
from app.programmes.service import CriterionText
from app.programmes.validity import RoundState, Validity, dated, round_state
from tests.conftest import NOW, TODAY, Cast

FIRST = date(2026, 1, 1)
LATER = date(2028, 1, 1)
ANCHORS = ["Saknas", "Svag", "Godtagbar", "God", "Mycket god"]


def set_calculation(
    actor: Viewer, programme: Programme, valid_from: date, discount_rate: str = "0.05"
) -> CalculationSettings:
    return service.set_calculation(
        actor,
        programme,
        valid_from=valid_from,
        discount_rate=Decimal(discount_rate),
        internal_rate=Decimal("0.02"),
        price_year=2028,
        payroll_overhead=Decimal("0.4015"),
        horizon_years=8,
        reference="KF 2027-11-08 § 3",
        now=NOW,
    )


def rate_on(programme: Programme, day: date) -> Decimal | None:
    found = queries.calculation_on(programme.id, day)
    return found.discount_rate if found else None


def test_each_day_has_the_settings_that_were_valid_then(cast: Cast, programme: Programme) -> None:
    set_calculation(cast.administrator, programme, LATER)
    assert rate_on(programme, FIRST - timedelta(days=1)) is None
    assert rate_on(programme, FIRST) == Decimal("0.035")
    assert rate_on(programme, LATER - timedelta(days=1)) == Decimal("0.035")
    assert rate_on(programme, LATER) == Decimal("0.05")


@pytest.mark.parametrize("day", [FIRST, FIRST - timedelta(days=1)])
def test_no_row_takes_the_place_of_one_that_was(day: date, cast: Cast, programme: Programme) -> None:
    with pytest.raises(service.NotLaterError) as refused:
        set_calculation(cast.administrator, programme, day)
    assert refused.value.latest == FIRST
    with pytest.raises(service.NotLaterError):
        service.set_hourly_rate(cast.administrator, programme, "Handläggare", Decimal(1), day, now=NOW)
    with pytest.raises(service.NotLaterError):
        service.set_delegation(
            cast.administrator,
            programme,
            decider="Stadsdirektören",
            limit=None,
            valid_from=day,
            now=NOW,
        )


def test_each_day_has_the_price_index_that_was_valid_then(cast: Cast, programme: Programme) -> None:
    def publish(first_day: date, value: int) -> None:
        service.set_price_index(
            cast.administrator,
            programme,
            valid_from=first_day,
            name="Index",
            values={2026: Decimal(100), 2019: Decimal(value)},
            reference="",
            now=NOW,
        )

    publish(FIRST, 80)
    publish(LATER, 90)
    known = [queries.price_index_on(programme.id, day) for day in (FIRST - timedelta(days=1), TODAY, LATER)]
    assert known[0] is None
    assert [list(index.by_year.items()) for index in known if index] == [
        [(2019, Decimal(80)), (2026, Decimal(100))],
        [(2019, Decimal(90)), (2026, Decimal(100))],
    ]
    with pytest.raises(service.NotLaterError):
        publish(LATER, 95)


@pytest.mark.parametrize("values", [{2026: Decimal(100)}, {2025: Decimal(0), 2026: Decimal(100)}])
def test_an_index_that_converts_nothing_is_refused(
    values: dict[int, Decimal], cast: Cast, programme: Programme
) -> None:
    with pytest.raises(ValueError, match="at least two years"):
        service.set_price_index(
            cast.administrator, programme, valid_from=FIRST, name="X", values=values, reference="", now=NOW
        )


def test_hourly_rates_replace_each_other_for_each_kind_of_staff(cast: Cast, programme: Programme) -> None:
    boss = cast.administrator
    service.set_hourly_rate(boss, programme, "Handläggare", Decimal("480.50"), LATER, now=NOW)
    service.set_hourly_rate(boss, programme, "Chef", Decimal(700), FIRST, now=NOW)
    now = [(row.staff_category, row.rate) for row in queries.hourly_rates_on(programme.id, TODAY)]
    later = [(row.staff_category, row.rate) for row in queries.hourly_rates_on(programme.id, LATER)]
    assert now == [("Chef", Decimal(700)), ("Handläggare", Decimal(450))]
    assert later == [("Chef", Decimal(700)), ("Handläggare", Decimal("480.50"))]


def test_delegations_go_from_the_smallest_limit_to_none_at_all(cast: Cast, programme: Programme) -> None:
    limits = [row.limit for row in queries.delegations_on(programme.id, TODAY)]
    assert limits == [Decimal(3_000_000), Decimal(10_000_000), None]
    assert queries.delegations_on(programme.id, FIRST - timedelta(days=1)) == []


def test_a_delegation_ends_on_its_last_day_and_the_one_before_does_not_come_back(
    cast: Cast, programme: Programme
) -> None:
    service.set_delegation(
        cast.administrator, programme, decider="Stadsdirektören", limit=Decimal(20_000_000),
        valid_from=date(2027, 1, 1), valid_until=TODAY,
        now=NOW,
    )  # fmt: skip
    on_the_day = {row.decider: row.limit for row in queries.delegations_on(programme.id, TODAY)}
    after = {row.decider for row in queries.delegations_on(programme.id, TODAY + timedelta(days=1))}
    assert on_the_day["Stadsdirektören"] == Decimal(20_000_000)
    assert "Stadsdirektören" not in after


def test_a_delegation_does_not_end_before_it_begins(cast: Cast, programme: Programme) -> None:
    with pytest.raises(ValueError, match="before"):
        service.set_delegation(
            cast.administrator,
            programme,
            decider="X",
            limit=None,
            valid_from=LATER,
            valid_until=FIRST,
            now=NOW,
        )


def test_a_new_set_of_criteria_replaces_the_old_one_as_a_whole(cast: Cast, programme: Programme) -> None:
    new = [CriterionText("Nytta", 70, ANCHORS), CriterionText("Risk", 30, ANCHORS)]
    service.set_criteria(cast.administrator, programme, valid_from=LATER, criteria=new, now=NOW)
    before = [(row.name, row.weight) for row in queries.criteria_on(programme.id, TODAY)]
    after = queries.criteria_on(programme.id, LATER)
    assert before == [("Nytta", 60), ("Genomförbarhet", 40)]
    assert [(row.name, row.weight) for row in after] == [("Nytta", 70), ("Risk", 30)]
    assert [(anchor.score, anchor.text) for anchor in after[0].anchors] == list(enumerate(ANCHORS, start=1))
    assert queries.criteria_on(programme.id, FIRST - timedelta(days=1)) == []


@pytest.mark.parametrize("weights", [(50, 49), (100, 1), ()])
def test_weights_are_together_a_hundred(weights: tuple[int, ...], cast: Cast, programme: Programme) -> None:
    criteria = [CriterionText(f"K{weight}", weight, ANCHORS) for weight in weights]
    with pytest.raises(service.WeightsError):
        service.set_criteria(cast.administrator, programme, valid_from=LATER, criteria=criteria, now=NOW)


def test_the_history_keeps_what_every_score_meant(cast: Cast, programme: Programme) -> None:
    told = select(HistoryEvent.field, HistoryEvent.to_value).where(HistoryEvent.verb == "add_criterion")
    meanings = {field: text for field, text in db.session.execute(told) if field}
    assert meanings == {f"anchors.{score}": text for score, text in enumerate(ANCHORS, start=1)}


def test_a_criterion_has_five_anchors(cast: Cast, programme: Programme) -> None:
    with pytest.raises(ValueError, match="five anchors"):
        service.add_criterion(
            cast.administrator,
            programme,
            position=1,
            name="X",
            weight=1,
            valid_from=LATER,
            anchors=ANCHORS[:4],
            now=NOW,
        )


def test_only_the_administrator_changes_settings(cast: Cast, programme: Programme) -> None:
    with pytest.raises(RefusedError):
        set_calculation(cast.secretary, programme, LATER)
    with pytest.raises(RefusedError):
        service.set_hourly_rate(cast.leader, programme, "Handläggare", Decimal(1), LATER, now=NOW)
    with pytest.raises(RefusedError):
        service.set_criteria(cast.auditor, programme, valid_from=LATER, criteria=[], now=NOW)


def test_a_round_is_open_from_its_first_day_through_its_last(cast: Cast, programme: Programme) -> None:
    spring = service.open_round(
        cast.secretary, programme, name="Våren 2027", opens_on=TODAY,
        closes_on=TODAY + timedelta(days=1), answer_within_days=90,
        now=NOW,
    )  # fmt: skip
    days = [TODAY + timedelta(days=days) for days in (-1, 0, 1, 2)]
    assert [spring in queries.open_rounds(programme.id, day) for day in days] == [False, True, True, False]
    assert [round_state(spring, day) for day in days] == [
        RoundState.COMING,
        RoundState.OPEN,
        RoundState.OPEN,
        RoundState.CLOSED,
    ]
    assert [row.name for row in queries.open_rounds(programme.id, TODAY)] == ["Våren 2027", "Löpande 2027"]


def test_a_round_never_closes_before_it_opens(cast: Cast, programme: Programme) -> None:
    with pytest.raises(Exception, match="period_forward"):
        service.open_round(
            cast.secretary,
            programme,
            name="Bakvänd",
            opens_on=TODAY,
            closes_on=FIRST,
            answer_within_days=60,
            now=NOW,
        )
    db.session.rollback()


def test_each_row_says_whether_it_is_valid(cast: Cast, programme: Programme) -> None:
    with transaction():
        set_calculation(cast.administrator, programme, date(2027, 1, 1))
        set_calculation(cast.administrator, programme, LATER)
        service.set_hourly_rate(cast.administrator, programme, "Chef", Decimal(1), LATER, now=NOW)
    calculations = dated(queries.all_of(CalculationSettings, programme.id), TODAY)
    assert [item.validity for item in calculations] == [Validity.COMING, Validity.NOW, Validity.PAST]
    rates = dated(queries.all_of(HourlyRate, programme.id), TODAY, same=lambda row: row.staff_category)
    assert [(item.row.staff_category, item.validity) for item in rates] == [
        ("Chef", Validity.COMING),
        ("Handläggare", Validity.NOW),
    ]
    limit = DelegationLimit(decider="X", valid_from=FIRST, valid_until=TODAY - timedelta(days=1))
    assert [item.validity for item in dated([limit], TODAY)] == [Validity.PAST]
