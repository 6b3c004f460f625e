"""What can be done with a budget effect, from its promise to what is taken home."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal

from flask_babel import lazy_gettext as _l

from app.accounts.access import Viewer
from app.budget_effects import ledger, policy, queries, telling
from app.budget_effects.ledger import HeldError, Line
from app.budget_effects.models import BudgetEffect, EffectEntry
from app.budget_effects.queries import EffectOf
from app.core.budget_effects import Form, Step, came_early, same
from app.core.clock import local_day
from app.core.verdict import RefusedError, require
from app.notifications.models import Kind
from app.realisation.queries import BenefitOf, first_measured_on

_WHY = _l("Skriv varför.")


class TooEarlyError(ValueError):
    """The day has not come, or the budget year had not begun then."""


@dataclass(frozen=True, slots=True, kw_only=True)
class EffectValues:
    """What is promised."""

    form: Form
    cost_centre: str
    year: int
    item: str
    amount: Decimal
    staff_years: Decimal | None = None
    used_for: str = ""


def promise(actor: Viewer, found: BenefitOf, values: EffectValues, now: datetime) -> EffectOf:
    """Promise an effect for the department that owns the benefit. Raises HeldError."""
    require(policy.may_promise(actor, found))
    department_id = found.owner_department_id
    side = policy.side_of(actor, found.project, department_id)
    if side is None:
        raise LookupError("somebody may promise who speaks for nobody")
    place = (same(values.cost_centre), values.year, same(values.item))
    effect = BudgetEffect(
        project_id=found.project.id,
        benefit_id=found.benefit.id,
        department_id=department_id,
        form=values.form.value,
        cost_centre=values.cost_centre,
        year=values.year,
        item=values.item,
        amount=values.amount,
        staff_years=None if values.form is Form.MONEY else values.staff_years,
        used_for=values.used_for if values.form is Form.CAPACITY else "",
        side=side.value,
        promised_by_id=actor.id,
        promised_at=now,
    )
    if queries.is_held(*place):
        raise HeldError(queries.holder_of(actor, *place))
    ledger.open_effect(actor, effect, found.benefit, Line(now, local_day(now)))
    of = queries.effect_for(actor, found.project.id, found.benefit.id, effect.id)
    if of is None:
        raise LookupError("an effect that has just been promised is gone")
    telling.tell_other_side(of, Kind.EFFECT_PROMISED, actor, now)
    return of


def agree(actor: Viewer, of: EffectOf, words: str, now: datetime) -> None:
    """Agree, for the other party."""
    require(policy.may_answer(actor, of))
    ledger.book(actor, of, Step.AGREE, _answering(of.effect.promised_by_id, words, now))
    telling.tell([of.effect.promised_by_id], of, Kind.EFFECT_AGREED, now, comment=words)


def decline(actor: Viewer, of: EffectOf, words: str, now: datetime) -> None:
    """Do not agree, and say why."""
    require(policy.may_answer(actor, of))
    _require_words(words)
    ledger.book(actor, of, Step.DECLINE, _answering(of.effect.promised_by_id, words, now))
    telling.tell([of.effect.promised_by_id], of, Kind.EFFECT_DECLINED, now, comment=words)


def withdraw(actor: Viewer, of: EffectOf, words: str, now: datetime) -> None:
    """Take it back before it is in the budget, and say why: its post of the budget is free again."""
    require(policy.may_withdraw(actor, of))
    _require_words(words)
    ledger.book(actor, of, Step.WITHDRAW, Line(now, local_day(now), words=words))
    telling.tell_both(of, Kind.EFFECT_WITHDRAWN, actor, now, comment=words)


def enter(actor: Viewer, of: EffectOf, reference: str, decided_on: date, now: datetime) -> None:
    """Say which document has it in the budget, and from which day. If nothing was measured by then, it came
    early, and is marked so. Raises TooEarlyError."""
    require(policy.may_enter(actor, of))
    if not reference.strip():
        raise RefusedError(_l("Skriv vilket dokument."))
    if decided_on > local_day(now):
        raise TooEarlyError
    early = came_early(first_measured_on(of.found.benefit.id), decided_on)
    ledger.book(actor, of, Step.ENTER, Line(now, decided_on, reference=reference), early=early)
    telling.tell_verifiers(of, actor, now, reference=reference)


def verify(actor: Viewer, of: EffectOf, words: str, now: datetime) -> None:
    """It is in the budget as was said."""
    entered_by = _check(actor, of)
    ledger.book(actor, of, Step.VERIFY, _answering(entered_by, words, now))
    telling.tell_owners(of, Kind.EFFECT_VERIFIED, actor, now, comment=words)


def send_back(actor: Viewer, of: EffectOf, words: str, now: datetime) -> None:
    """It is not in the budget as was said: what was agreed still holds."""
    entered_by = _check(actor, of)
    _require_words(words)
    ledger.book(actor, of, Step.RETURN, _answering(entered_by, words, now), early=False)
    telling.tell([entered_by], of, Kind.EFFECT_RETURNED, now, comment=words)


def take(
    actor: Viewer, of: EffectOf, amount: Decimal, *, booked_on: date, reference: str, now: datetime
) -> EffectEntry:
    """Post an amount as taken home; of time that stays, as kept. Raises TooMuchError, TooEarlyError."""
    require(policy.may_take(actor, of))
    if booked_on > local_day(now) or booked_on.year < of.effect.year:
        raise TooEarlyError
    line = Line(now, booked_on, amount=amount, reference=reference)
    entry = ledger.book(actor, of, Step.TAKE, line)
    telling.tell_owners(of, Kind.EFFECT_TAKEN, actor, now, amount=amount)
    return entry


def take_back(actor: Viewer, of: EffectOf, amount: Decimal, words: str, now: datetime) -> EffectEntry:
    """Post that an amount was not taken home after all, and say why. Raises TooMuchError."""
    require(policy.may_take_back(actor, of))
    _require_words(words)
    entry = ledger.book(actor, of, Step.TAKE_BACK, Line(now, local_day(now), amount=amount, words=words))
    telling.tell_both(of, Kind.EFFECT_TAKEN_BACK, actor, now, amount=amount, comment=words)
    return entry


def _check(actor: Viewer, of: EffectOf) -> int:
    require(policy.may_verify(actor, of))
    entered = queries.entered(of.effect.id)
    if entered is None:
        raise LookupError("nobody has entered it")
    return entered.by_id


def _answering(person_id: int, words: str, now: datetime) -> Line:
    return Line(now, local_day(now), words=words, answers_id=person_id)


def _require_words(words: str) -> None:
    if not words.strip():
        raise RefusedError(_WHY)
