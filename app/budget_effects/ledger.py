"""The ledger of budget effects: it only adds, and what is taken home is never more than what has come.

Every change of a balance is one conditional statement, whose CHECK says the same once more: of two who take
the last krona home at once, one is refused.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date, datetime
from decimal import Decimal

from flask_babel import lazy_gettext as _l
from sqlalchemy import update

from app.accounts.access import Viewer
from app.budget_effects import queries
from app.budget_effects.models import BudgetEffect, EffectBalance, EffectEntry, TakenBalance
from app.budget_effects.queries import EffectOf
from app.core.budget_effects import EffectState, Form, Standing, Step, TooMuchError, same
from app.core.verdict import RefusedError
from app.db import db, insert
from app.history.service import record
from app.realisation.models import Benefit

ZERO = Decimal(0)


class HeldError(ValueError):
    """Another effect holds the same post of the budget."""

    def __init__(self, holder: EffectOf | None) -> None:
        super().__init__("the post of the budget is held by another effect")
        self.holder = holder
        """None: of a case that the reader does not see."""


@dataclass(frozen=True)
class Line:
    """What an entry says besides its effect and its step."""

    now: datetime
    booked_on: date
    amount: Decimal = ZERO
    """Of what is taken or taken back; nothing: the whole effect."""
    reference: str = ""
    words: str = ""
    answers_id: int | None = None


VERBS = {
    Step.PROMISE: "promise_effect",
    Step.AGREE: "agree_effect",
    Step.DECLINE: "decline_effect",
    Step.WITHDRAW: "withdraw_effect",
    Step.ENTER: "enter_effect",
    Step.VERIFY: "verify_effect",
    Step.RETURN: "return_effect",
    Step.TAKE: "take_effect",
    Step.TAKE_BACK: "take_back_effect",
}
"""What the history calls them."""


def open_effect(actor: Viewer, effect: BudgetEffect, benefit: Benefit, line: Line) -> EffectEntry:
    """Write a promise: its post of the budget is held from now on. Raises HeldError."""
    place = {"cost_centre": same(effect.cost_centre), "year": effect.year, "item": same(effect.item)}
    db.session.add(effect)
    record(actor, "register_effect", effect, note=benefit.name, now=line.now)
    opened = insert(EffectBalance).values(
        effect_id=effect.id, **place, state=EffectState.PROMISED.value, amount=effect.amount, taken=ZERO,
        early=False,
    )  # fmt: skip
    held = db.session.scalar(opened.on_conflict_do_nothing().returning(EffectBalance.effect_id))
    if held is None:
        raise RefusedError(_l("Någon annan hann ta budgetposten. Ladda om sidan."))
    balance = insert(TakenBalance).values(
        benefit_id=benefit.id, realised=benefit.realised, taken_home=ZERO, kept=ZERO
    )
    db.session.execute(balance.on_conflict_do_nothing())
    return _write(actor, effect, Step.PROMISE, replace(line, amount=effect.amount), benefit.name)


def book(actor: Viewer, of: EffectOf, step: Step, line: Line, *, early: bool | None = None) -> EffectEntry:
    """Take a step with an effect: its balance goes on with it. Raises TooMuchError."""
    before, after = of.standing, of.standing.after(step, line.amount)
    if step in (Step.TAKE, Step.TAKE_BACK):
        _take(of.found.benefit, before.form, after.taken - before.taken)
    _go_on(of, before, after, early)
    amount = line.amount or of.effect.amount
    return _write(actor, of.effect, step, replace(line, amount=amount), of.found.benefit.name)


def _go_on(of: EffectOf, before: Standing, after: Standing, early: bool | None) -> None:
    row = EffectBalance
    said: dict[str, object] = {"state": after.state.value, "taken": row.taken + (after.taken - before.taken)}
    changed = db.session.scalar(
        update(row)
        .where(row.effect_id == of.effect.id, row.state == before.state.value, row.taken == before.taken)
        .values(said if early is None else said | {"early": early})
        .returning(row.effect_id)
        .execution_options(synchronize_session=False)
    )
    if changed is None:
        raise RefusedError(_l("Budgeteffekten har gått vidare, så det går inte att göra nu. Ladda om sidan."))
    db.session.expire(of.balance)


def _take(benefit: Benefit, form: Form, more: Decimal) -> None:
    """Of what is measured, and neither taken home nor kept."""
    row = TakenBalance
    column = row.kept if form is Form.CAPACITY else row.taken_home
    taken = db.session.scalar(
        update(row)
        .where(row.benefit_id == benefit.id, row.taken_home + more <= row.realised - row.kept)
        .values({column: column + more})
        .returning(row.benefit_id)
        .execution_options(synchronize_session=False)
    )
    if taken is None:
        raise TooMuchError(max(ZERO, queries.pool_of(benefit).left))


def come_to(benefit: Benefit) -> None:
    """Let the balance say what the benefit has come to. What it no longer covers is taken back before."""
    db.session.execute(
        update(TakenBalance)
        .where(TakenBalance.benefit_id == benefit.id)
        .values(realised=benefit.realised)
        .execution_options(synchronize_session=False)
    )


def _write(actor: Viewer, effect: BudgetEffect, step: Step, line: Line, note: str) -> EffectEntry:
    entry = EffectEntry(
        project_id=effect.project_id,
        effect_id=effect.id,
        step=step.value,
        amount=line.amount,
        booked_on=line.booked_on,
        reference=line.reference,
        words=line.words,
        by_id=actor.id,
        answers_id=line.answers_id,
        created_at=line.now,
    )
    db.session.add(entry)
    record(actor, VERBS[step], entry, note=note, now=line.now)
    return entry
