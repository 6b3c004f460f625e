"""The steps of budget effects, and sums of them: nothing is taken twice, and never more than has come."""

from __future__ import annotations

from decimal import Decimal
from itertools import product

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.core.budget_effects import (
    LET_GO,
    EffectState,
    Form,
    IllegalStepError,
    Pool,
    Standing,
    Step,
    Sums,
    TooMuchError,
    by_group,
    in_all,
    most_to_take,
    ready_state,
    replayed,
    same,
    sums_of,
    to_take_back,
)

amounts = st.decimals(Decimal("0.01"), Decimal(10_000_000), places=2)
steps = st.tuples(st.sampled_from(list(Step)), amounts)
effects = st.tuples(st.sampled_from(list(Form)), amounts, st.lists(steps, max_size=25))


def gone(
    form: Form, amount: Decimal, wanted: list[tuple[Step, Decimal]]
) -> tuple[Standing, list[tuple[Step, Decimal]]]:
    """Where the effect stands when every step that can be taken is taken, and which those were."""
    standing, taken = Standing(form, amount), []
    for step, part in wanted:
        try:
            standing = standing.after(step, part)
        except (IllegalStepError, TooMuchError):
            continue
        taken.append((step, part))
    return standing, taken


@given(effects)
def test_an_effect_stands_where_its_entries_lead(
    effect: tuple[Form, Decimal, list[tuple[Step, Decimal]]],
) -> None:
    standing, taken = gone(*effect)
    assert replayed(effect[0], effect[1], [(Step.PROMISE, effect[1]), *taken]) == standing
    posted = sum((part for step, part in taken if step is Step.TAKE), Decimal(0))
    posted -= sum((part for step, part in taken if step is Step.TAKE_BACK), Decimal(0))
    assert standing.taken == posted
    assert 0 <= standing.taken <= standing.amount
    assert (standing.state is EffectState.TAKEN_HOME) == (standing.taken == standing.amount)
    assert standing.taken == 0 or standing.state in {ready_state(standing.form), EffectState.TAKEN_HOME}
    assert standing.state not in LET_GO or sums_of(standing) == Sums()


@given(effects)
def test_each_sum_is_part_of_the_one_before_it(
    effect: tuple[Form, Decimal, list[tuple[Step, Decimal]]],
) -> None:
    found = sums_of(gone(*effect)[0])
    assert found.promised >= found.agreed >= found.in_budget >= found.verified >= found.taken_home >= 0
    assert found.kept == 0 or found == Sums(kept=found.kept), "what is kept is in no sum with money"


@given(st.lists(st.tuples(effects, st.sampled_from("ABC"), st.integers(2027, 2029)), max_size=12))
def test_the_ledger_adds_up_by_every_grouping(
    rows: list[tuple[tuple[Form, Decimal, list[tuple[Step, Decimal]]], str, int]],
) -> None:
    found = [(department, year, sums_of(gone(*effect)[0])) for effect, department, year in rows]
    total = in_all(sums for _department, _year, sums in found)
    by_department = by_group((department, sums) for department, _year, sums in found)
    by_year = by_group((year, sums) for _department, year, sums in found)
    by_both = by_group(((department, year), sums) for department, year, sums in found)
    assert in_all(by_department.values()) == in_all(by_year.values()) == in_all(by_both.values()) == total
    for department, sums in by_department.items():
        assert in_all(part for (name, _year), part in by_both.items() if name == department) == sums


@given(
    st.lists(st.tuples(amounts, amounts), min_size=1, max_size=12), st.lists(amounts, min_size=1, max_size=6)
)
def test_never_more_is_taken_than_has_come_whatever_is_measured_when(
    wanted: list[tuple[Decimal, Decimal]], measured: list[Decimal]
) -> None:
    """Effects take as much as they can; measurements come and are put right, up and down."""
    standings = [Standing(Form.MONEY, amount, EffectState.VERIFIED) for amount, _part in wanted]
    order: list[int] = []
    for realised in measured:
        pool = Pool(realised, sum((row.taken for row in standings), Decimal(0)))
        back = to_take_back(pool, [(number, standings[number].taken) for number in reversed(order)])
        for number, part in back:
            standings[number] = standings[number].after(Step.TAKE_BACK, part)
        order = [number for number in order if standings[number].taken]
        taken = sum((row.taken for row in standings), Decimal(0))
        assert taken <= realised
        assert not back or taken == realised, "no more goes back than must"
        for number, (_amount, part) in enumerate(wanted):
            pool = Pool(realised, sum((row.taken for row in standings), Decimal(0)))
            if allowed := min(part, most_to_take(standings[number], pool)):
                standings[number] = standings[number].after(Step.TAKE, allowed)
                order = [one for one in order if one != number] + [number]
        assert sum((row.taken for row in standings), Decimal(0)) <= realised


def test_every_step_that_no_table_allows_is_refused() -> None:
    allowed = set()
    for form, state, step in product(Form, EffectState, Step):
        taken = Decimal(5) if state is EffectState.TAKEN_HOME else Decimal(0)
        standing = Standing(form, Decimal(5), state, taken)
        try:
            standing.after(step, Decimal(1))
        except IllegalStepError:
            continue
        allowed.add((form.value, state.value, step.value))
    both = {
        ("promised", "agree"), ("promised", "decline"), ("promised", "withdraw"), ("agreed", "withdraw"),
        ("taken_home", "take_back"),
    }  # fmt: skip
    budget = {
        ("agreed", "enter"), ("in_budget", "verify"), ("in_budget", "return"), ("verified", "take"),
    }  # fmt: skip
    expected = {(form.value, *pair) for form in Form for pair in both}
    expected |= {(form, *pair) for form in ("money", "posts") for pair in budget}
    expected |= {("capacity", "agreed", "take")}
    # What a budget holds is told of capacity nowhere: these states are never reached by it.
    expected |= {("capacity", "in_budget", "verify"), ("capacity", "in_budget", "return")}
    assert allowed == expected


def test_kept_time_is_not_taken_back_to_a_budget() -> None:
    kept = Standing(Form.CAPACITY, Decimal(5), EffectState.AGREED).after(Step.TAKE, Decimal(2))
    assert kept.state is EffectState.AGREED
    with pytest.raises(IllegalStepError):
        kept.after(Step.WITHDRAW)
    assert kept.after(Step.TAKE, Decimal(3)).after(Step.TAKE_BACK, Decimal(1)).state is EffectState.AGREED


@pytest.mark.parametrize("part", ["0", "-1", "5.01"])
def test_a_part_is_more_than_nothing_and_no_more_than_is_left(part: str) -> None:
    verified = Standing(Form.POSTS, Decimal(5), EffectState.VERIFIED)
    with pytest.raises(TooMuchError):
        verified.after(Step.TAKE, Decimal(part))


def test_two_ways_to_write_a_post_are_the_same() -> None:
    assert same("  5010  Lokaler ") == same("5010 LOKALER")
    assert same("5010 Lokaler") != same("5011 Lokaler")
