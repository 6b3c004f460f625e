"""Budget effects of benefits (vinsthemtagning): the steps from a promise to money that is taken home. Pure.

promised -> agreed -> in the budget -> verified -> taken home, as much at a time as has been measured

Freed time that stays as capacity goes from agreed to kept: no budget becomes smaller, and it is never money.
What is taken home of a benefit and what is kept of it are together no more than what has been measured of it.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta
from decimal import Decimal
from enum import StrEnum
from typing import TypeVar

ZERO = Decimal(0)
Key = TypeVar("Key")


class Form(StrEnum):
    """As what an effect is taken home."""

    MONEY = "money"
    POSTS = "posts"
    """Posts that are no longer filled, with their money."""
    CAPACITY = "capacity"
    """Freed time that stays where it is and is used for something else."""


class EffectState(StrEnum):
    """How far an effect has come."""

    PROMISED = "promised"
    AGREED = "agreed"
    IN_BUDGET = "in_budget"
    VERIFIED = "verified"
    TAKEN_HOME = "taken_home"
    """All of it; for capacity: all of it is kept."""
    DECLINED = "declined"
    WITHDRAWN = "withdrawn"


LET_GO = frozenset({EffectState.DECLINED, EffectState.WITHDRAWN})
"""Its post of the budget is free again."""


class Step(StrEnum):
    """What somebody does with an effect."""

    PROMISE = "promise"
    AGREE = "agree"
    DECLINE = "decline"
    WITHDRAW = "withdraw"
    ENTER = "enter"
    """It is in the budget, by this document."""
    VERIFY = "verify"
    RETURN = "return"
    """It is not in the budget as was said."""
    TAKE = "take"
    TAKE_BACK = "take_back"


_LEADS: Mapping[tuple[EffectState, Step], EffectState] = {
    (EffectState.PROMISED, Step.AGREE): EffectState.AGREED,
    (EffectState.PROMISED, Step.DECLINE): EffectState.DECLINED,
    (EffectState.PROMISED, Step.WITHDRAW): EffectState.WITHDRAWN,
    (EffectState.AGREED, Step.WITHDRAW): EffectState.WITHDRAWN,
    (EffectState.AGREED, Step.ENTER): EffectState.IN_BUDGET,
    (EffectState.IN_BUDGET, Step.VERIFY): EffectState.VERIFIED,
    (EffectState.IN_BUDGET, Step.RETURN): EffectState.AGREED,
}
FOUR_EYES = frozenset({Step.AGREE, Step.DECLINE, Step.VERIFY, Step.RETURN})
"""The steps that answer another's, and are never that person's own."""
WITH_WORDS = frozenset({Step.DECLINE, Step.WITHDRAW, Step.RETURN, Step.TAKE_BACK})
"""The steps that are not taken without saying why."""


class IllegalStepError(ValueError):
    """The effect does not stand where the step begins."""


class TooMuchError(ValueError):
    """More than there is would be taken home, kept or taken back."""

    def __init__(self, most: Decimal) -> None:
        super().__init__(f"at most {most}")
        self.most = most


@dataclass(frozen=True, slots=True)
class Standing:
    """Where an effect stands."""

    form: Form
    amount: Decimal
    state: EffectState = EffectState.PROMISED
    taken: Decimal = ZERO
    """Taken home so far; of capacity: kept so far."""

    @property
    def left(self) -> Decimal:
        """What is not taken yet."""
        return self.amount - self.taken

    @property
    def ready(self) -> bool:
        """Some of it can be taken as soon as it is measured."""
        return self.state is ready_state(self.form)

    def allows(self, step: Step) -> bool:
        """Whether the effect stands where the step begins, amounts aside."""
        match step:
            case Step.TAKE:
                return self.ready
            case Step.TAKE_BACK:
                return self.taken > ZERO
            case Step.ENTER if self.form is Form.CAPACITY:
                return False
            case Step.WITHDRAW if self.taken:
                return False
        return (self.state, step) in _LEADS

    def after(self, step: Step, amount: Decimal = ZERO) -> Standing:
        """Where it stands then. Raises IllegalStepError, TooMuchError."""
        if not self.allows(step):
            raise IllegalStepError(f"{step} of an effect that is {self.state}")
        if step is Step.TAKE:
            return self._with(self.taken + _part(amount, self.left))
        if step is Step.TAKE_BACK:
            return self._with(self.taken - _part(amount, self.taken))
        return replace(self, state=_LEADS[self.state, step])

    def _with(self, taken: Decimal) -> Standing:
        state = EffectState.TAKEN_HOME if taken == self.amount else ready_state(self.form)
        return replace(self, taken=taken, state=state)


def ready_state(form: Form) -> EffectState:
    """From where an effect is taken home or kept."""
    return EffectState.AGREED if form is Form.CAPACITY else EffectState.VERIFIED


def _part(amount: Decimal, whole: Decimal) -> Decimal:
    if not ZERO < amount <= whole:
        raise TooMuchError(whole)
    return amount


def replayed(form: Form, amount: Decimal, entries: Iterable[tuple[Step, Decimal]]) -> Standing:
    """Where an effect stands by its entries, in their order. Raises as `after` does."""
    standing = Standing(form, amount)
    for step, part in entries:
        if step is not Step.PROMISE:
            standing = standing.after(step, part)
    return standing


# --- when ------------------------------------------------------------------------------------------------

TIME_TO_ACT = timedelta(days=30)
"""So long whoever has the next step has for it, however late the step before came."""


def due_day(state: EffectState, year: int, since: date) -> date | None:
    """The day by which the next step is to be taken, with an effect of this budget year that stands so since
    then: answered within a month, in the budget when its year begins, verified when its year is over. None:
    no day; it is taken home as it is measured."""
    match state:
        case EffectState.PROMISED:
            return since + TIME_TO_ACT
        case EffectState.AGREED:
            return max(date(year, 1, 1), since + TIME_TO_ACT)
        case EffectState.IN_BUDGET:
            return max(date(year, 12, 31), since + TIME_TO_ACT)
        case _:
            return None


def came_early(first_measured_on: date | None, decided_on: date) -> bool:
    """Whether a budget became smaller before anything had been measured."""
    return first_measured_on is None or first_measured_on > decided_on


# --- against what is measured ----------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Pool:
    """What a benefit has come to, and what of that is taken home or kept."""

    realised: Decimal = ZERO
    taken_home: Decimal = ZERO
    kept: Decimal = ZERO

    @property
    def left(self) -> Decimal:
        """Measured, and neither taken home nor kept; below nothing when a measurement has been put right."""
        return self.realised - self.taken_home - self.kept


def most_to_take(standing: Standing, pool: Pool) -> Decimal:
    """As much as can be taken now."""
    return max(ZERO, min(standing.left, pool.left)) if standing.ready else ZERO


def to_take_back(pool: Pool, taken: Sequence[tuple[Key, Decimal]]) -> list[tuple[Key, Decimal]]:
    """What measurements no longer cover, of those who took it last. `taken`: the latest first."""
    over, found = -pool.left, []
    for key, amount in taken:
        part = min(over, amount)
        if part > ZERO:
            found.append((key, part))
            over -= part
    return found


# --- in all ----------------------------------------------------------------------------------------------

_REACHED = (EffectState.PROMISED, EffectState.AGREED, EffectState.IN_BUDGET, EffectState.VERIFIED)
"""One after the other; what is taken home has passed all of them."""


@dataclass(frozen=True, slots=True)
class Sums:
    """Kronor of any number of effects. Each is part of the one before it; what is kept as capacity is beside
    the money, in no sum with it."""

    promised: Decimal = ZERO
    agreed: Decimal = ZERO
    in_budget: Decimal = ZERO
    verified: Decimal = ZERO
    taken_home: Decimal = ZERO
    kept: Decimal = ZERO

    def __add__(self, other: Sums) -> Sums:
        return Sums(
            self.promised + other.promised,
            self.agreed + other.agreed,
            self.in_budget + other.in_budget,
            self.verified + other.verified,
            self.taken_home + other.taken_home,
            self.kept + other.kept,
        )


def sums_of(standing: Standing) -> Sums:
    """What one effect adds."""
    if standing.form is Form.CAPACITY:
        return Sums(kept=standing.taken)
    if standing.state in LET_GO:
        return Sums()
    reached = _REACHED[-1] if standing.state is EffectState.TAKEN_HOME else standing.state
    passed = _REACHED.index(reached)
    promised, agreed, in_budget, verified = (
        standing.amount if place <= passed else ZERO for place in range(len(_REACHED))
    )
    return Sums(promised, agreed, in_budget, verified, standing.taken)


def in_all(rows: Iterable[Sums]) -> Sums:
    """Together."""
    return sum(rows, Sums())


def by_group(rows: Iterable[tuple[Key, Sums]]) -> dict[Key, Sums]:
    """Together for each key, in the order of the keys' first rows."""
    found: dict[Key, Sums] = {}
    for key, row in rows:
        found[key] = found.get(key, Sums()) + row
    return found


def same(text: str) -> str:
    """What two ways to write a cost centre or a post have in common, so that none is taken home twice."""
    return " ".join(text.split()).casefold()
