"""What may be said of a service when, what it costs which year, and when it is reviewed."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.core.calendar import months_later
from app.core.operation import (
    Lack,
    Promise,
    ServiceAction,
    Standing,
    YearlyCost,
    YearlyKind,
    after,
    anniversary,
    as_spans,
    cost_in,
    lacks_of_promise,
    next_review,
    notice_by,
    overlapping,
    years_of,
)

DAYS = st.dates(date(2000, 1, 1), date(2090, 12, 31))
KINDS = st.sampled_from(list(YearlyKind))
AMOUNTS = st.decimals("0.01", "9999999", places=2)


@pytest.mark.parametrize("standing", list(Standing))
def test_what_is_changed_is_to_be_accepted_anew(standing: Standing) -> None:
    changed = after(standing, ServiceAction.CHANGE)
    assert changed is not Standing.ACCEPTED
    assert (changed is None) == (standing is Standing.DECOMMISSIONED)


def test_nobody_accepts_or_declines_before_being_asked_and_what_is_accepted_is_not_declined() -> None:
    accepts = {standing for standing in Standing if after(standing, ServiceAction.ACCEPT)}
    declines = {standing for standing in Standing if after(standing, ServiceAction.DECLINE)}
    assert accepts == {Standing.ASKED, Standing.DECLINED}
    assert declines == {Standing.ASKED}


def test_what_is_decommissioned_stays_so() -> None:
    assert not any(after(Standing.DECOMMISSIONED, action) for action in ServiceAction)


WHOLE = Promise(
    owner="Avdelningschef",
    has_department=True,
    has_cost=True,
    payer="Ordinarie budget",
    financed_until=date(2031, 12, 31),
)


def test_a_grant_rests_on_an_owner_a_department_a_cost_a_payer_and_money_that_lasts() -> None:
    nothing = Promise(owner=" ", has_department=False, has_cost=False, payer="", financed_until=None)
    assert list(lacks_of_promise(WHOLE, date(2031, 12, 31))) == []
    assert list(lacks_of_promise(WHOLE, date(2032, 1, 1))) == [Lack.FINANCED]
    assert list(lacks_of_promise(nothing, date(2027, 1, 1))) == [
        Lack.OWNER, Lack.DEPARTMENT, Lack.COST, Lack.PAYER, Lack.FINANCED,
    ]  # fmt: skip


@given(KINDS, st.dictionaries(st.integers(2020, 2060), AMOUNTS | st.just(Decimal(0)), max_size=20))
def test_amounts_year_by_year_say_the_same_as_few_rows(kind: YearlyKind, by_year: dict[int, Decimal]) -> None:
    spans = as_spans(kind, by_year)
    assert overlapping(spans) is None
    assert {year: cost_in(spans, year) for year in by_year} == by_year
    assert sum(cost_in(spans, year) for year in years_of(spans)) == sum(by_year.values())
    following = pairwise(spans)
    assert not any(one.amount == two.amount and one.to_year + 1 == two.from_year for one, two in following)


def test_the_same_year_of_the_same_kind_is_not_said_twice() -> None:
    def row(kind: YearlyKind, first: int, last: int) -> YearlyCost:
        return YearlyCost(kind, first, last, Decimal(1))

    one, beside = row(YearlyKind.OPERATION, 2028, 2030), row(YearlyKind.OPERATION, 2031, 2035)
    assert overlapping([one, beside, row(YearlyKind.LICENCES, 2028, 2030)]) is None
    assert overlapping([one, beside, row(YearlyKind.OPERATION, 2030, 2030)]) == 2


def test_a_leap_day_has_its_anniversary_the_day_before() -> None:
    leap = date(2028, 2, 29)
    assert [anniversary(leap, years) for years in (1, 3, 4)] == [
        date(2029, 2, 28), date(2031, 2, 28), date(2032, 2, 29),
    ]  # fmt: skip


@given(DAYS, st.integers(1, 8), st.integers(-300, 900))
def test_the_next_review_is_an_anniversary_after_the_one_that_was_due_and_after_the_day(
    accepted_on: date, years: int, days: int
) -> None:
    due_on = anniversary(accepted_on, years)
    reviewed_on = date.fromordinal(due_on.toordinal() + days)
    found = next_review(accepted_on, due_on, reviewed_on)
    assert found > due_on
    assert found > reviewed_on
    assert found in {anniversary(accepted_on, later) for later in range(1, 15)}
    assert anniversary(accepted_on, found.year - accepted_on.year - 1) <= max(due_on, reviewed_on)


@given(DAYS, st.integers(-60, 60))
def test_months_later_is_the_same_day_or_the_last_of_a_shorter_month(day: date, months: int) -> None:
    found = months_later(day, months)
    assert (found.year * 12 + found.month) - (day.year * 12 + day.month) == months
    assert found.day == day.day or (found.day < day.day and date.fromordinal(found.toordinal() + 1).day == 1)


def test_notice_is_given_so_many_months_before_the_contract_ends() -> None:
    assert notice_by(date(2030, 8, 31), 6) == date(2030, 2, 28)
    assert notice_by(date(2030, 8, 31), None) == date(2030, 8, 31)
    assert notice_by(None, 6) is None
