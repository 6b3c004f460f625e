"""What a decision is held against: properties of the rules alone, without a database."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

from hypothesis import given
from hypothesis import strategies as st

from app.decisions.models import DecisionKind
from app.decisions.rules import GRANTING, Amount, Draft, Ground, amount_fault, faults_in
from app.programmes.models import DelegationLimit

DAY = date(2027, 3, 4)
kronor = st.decimals(min_value=0, max_value=10**9, places=2)
rows = st.lists(
    st.builds(Amount, st.integers(1, 4), st.integers(2027, 2030), kronor),
    max_size=8,
)


def draft_of(kind: DecisionKind, amounts: list[Amount]) -> Draft:
    return Draft(kind, DAY, 1, tuple(amounts), (), "Skäl")


def ground_of(applied: Decimal, available: Decimal, limit: Decimal | None) -> Ground:
    delegation = DelegationLimit(id=1, decider="Nämnden", limit=limit)
    return Ground(applied, available, [delegation], frozenset({1, 2, 3, 4}), DAY)


@given(rows)
def test_the_total_is_the_sum_to_the_ore(amounts: list[Amount]) -> None:
    total = draft_of(DecisionKind.APPROVE, amounts).total
    assert int(total * 100) == sum(int(row.amount * 100) for row in amounts)


@given(st.sampled_from(DecisionKind), rows, kronor, kronor, st.none() | kronor)
def test_what_passes_is_within_every_bound(
    kind: DecisionKind, amounts: list[Amount], applied: Decimal, available: Decimal, limit: Decimal | None
) -> None:
    draft = draft_of(kind, amounts)
    if faults_in(draft, ground_of(applied, available, limit)):
        return
    places = [(row.department_id, row.year) for row in amounts]
    assert len(set(places)) == len(places)
    assert (draft.total > 0) == (kind in GRANTING)
    if kind in GRANTING:
        assert draft.total <= min(available, applied)
        assert limit is None or draft.total <= limit


@given(kronor, st.integers(1, 4))
def test_the_applied_amount_passes_when_there_is_money_for_it(applied: Decimal, department: int) -> None:
    amounts = [Amount(department, 2027, applied)]
    faults = faults_in(draft_of(DecisionKind.APPROVE, amounts), ground_of(applied, applied, applied))
    assert bool(faults) == (applied == 0)


@given(st.sampled_from(DecisionKind), kronor, kronor)
def test_an_amount_fits_at_most_one_kind_of_approval(
    kind: DecisionKind, total: Decimal, applied: Decimal
) -> None:
    fits = {kind for kind in GRANTING if amount_fault(kind, total, applied) is None}
    assert len(fits) <= 1
    assert bool(fits) == (0 < total <= applied)
