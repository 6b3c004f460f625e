"""What is taken home is covered by what is measured: when a measurement is put right, the rest goes back."""

from __future__ import annotations

from datetime import datetime

from app.accounts.access import Viewer
from app.budget_effects import ledger, queries, telling
from app.budget_effects.ledger import Line
from app.core.budget_effects import Step, to_take_back
from app.core.clock import local_day
from app.notifications.models import Kind
from app.realisation.measured import when_measured
from app.realisation.models import Measurement
from app.realisation.queries import BenefitOf


@when_measured
def cover(actor: Viewer, found: BenefitOf, row: Measurement, now: datetime) -> None:
    """Let the balance follow the benefit. What a corrected measurement no longer covers is taken back by the
    same transaction, from what was taken home last: the truth is never refused, and never overshot."""
    if queries.balance_of(found.benefit.id) is None:
        return
    for of, amount in to_take_back(queries.pool_of(found.benefit), queries.taken_last(found)):
        line = Line(now, local_day(now), amount=amount, words=row.correction)
        ledger.book(actor, of, Step.TAKE_BACK, line)
        telling.tell_both(of, Kind.EFFECT_TAKEN_BACK, actor, now, amount=amount, comment=row.correction)
    ledger.come_to(found.benefit)
