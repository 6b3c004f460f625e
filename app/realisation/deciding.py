"""What is promised of a benefit is changed by a decision: here, when its project has ended.

While the project goes on, a change request does it. The promise that the project made is kept with the first
decision: what the programme learns is held against that one.
"""

from __future__ import annotations

from dataclasses import replace
from datetime import date, datetime
from decimal import Decimal
from typing import Any

from flask_babel import lazy_gettext as _l

from app.accounts.access import Viewer
from app.benefits.values import BenefitMethod
from app.core.clock import local_day
from app.core.money import round_half_up
from app.core.verdict import RefusedError, require
from app.db import db
from app.delivery.changes.queries import promised_by
from app.delivery.changes.worth import line_number
from app.history.service import record
from app.realisation import policy
from app.realisation.models import Benefit
from app.realisation.models_closing import BenefitDecision
from app.realisation.queries import BenefitOf
from app.realisation.standing import settle

ZERO = Decimal(0)


class OutsideTheYearsError(ValueError):
    """The day lies outside of the years that the calculation counts with, the first and the last of them."""

    def __init__(self, first: int, last: int) -> None:
        super().__init__(f"{first} to {last}")
        self.first, self.last = first, last


class NothingNewError(ValueError):
    """It is promised already."""


class TooEarlyError(ValueError):
    """Nothing is decided on a day that has not been."""


def decide(
    actor: Viewer,
    found: BenefitOf,
    *,
    yearly: Decimal,
    starts_on: date,
    reason: str,
    reference: str,
    decided_on: date,
    now: datetime,
) -> BenefitDecision:
    """Change what is promised: kronor a year at full effect, in the benefit's price year, and from when.

    Raises OutsideTheYearsError, NothingNewError, TooEarlyError.
    """
    require(policy.may_decide_promise(actor, found))
    benefit = found.benefit
    if not (reason.strip() and reference.strip()):
        raise RefusedError(_l("Skriv skälen och var beslutet finns."))
    if decided_on > local_day(now):
        raise TooEarlyError
    if (yearly, starts_on) == (benefit.yearly, benefit.starts_on):
        raise NothingNewError
    before = said_of(benefit)
    _promise(benefit, yearly, starts_on)
    row = BenefitDecision(
        project_id=found.project.id,
        benefit_id=benefit.id,
        yearly=yearly,
        starts_on=starts_on,
        promised_total=benefit.promised_total,
        before=before,
        reason=reason,
        reference=reference,
        decided_on=decided_on,
        decided_by_id=actor.id,
        recorded_at=now,
    )
    db.session.add(row)
    record(actor, "decide_benefit_promise", row, note=benefit.name, now=now)
    record(actor, "promise_benefit", benefit, note=benefit.name, now=now)
    settle(benefit)
    return row


def said_of(benefit: Benefit) -> dict[str, Any]:
    """What is promised of it now, as plain data."""
    return {
        "starts_on": benefit.starts_on and benefit.starts_on.isoformat(),
        "yearly": None if benefit.yearly is None else f"{benefit.yearly:f}",
        "promised": benefit.promised,
        "promised_total": None if benefit.promised_total is None else f"{benefit.promised_total:f}",
    }


def _promise(benefit: Benefit, yearly: Decimal, starts_on: date) -> None:
    """By the calculation of the decided application, with this amount a year from this day."""
    inputs = promised_by(benefit.project_id)
    years = inputs.calculation.years
    last = min(years[-1], benefit.ends_on.year) if benefit.ends_on else years[-1]
    if not years[0] <= starts_on.year <= last:
        raise OutsideTheYearsError(years[0], last)
    said: dict[str, Any] = {
        "method": BenefitMethod.FIXED,
        "fixed_amount": yearly,
        "price_year": inputs.settings.price_year,
        "starts_on": starts_on,
    }
    changed = tuple(
        replace(entry, values=replace(entry.values, **said))
        if line_number(entry.key) == benefit.benefit_line_id
        else entry
        for entry in inputs.benefits
    )
    (schedule,) = (
        row
        for row in replace(inputs, benefits=changed).calculation.schedules
        if line_number(row.key) == benefit.benefit_line_id
    )
    promised = {row.year: round_half_up(row.amount or ZERO) for row in schedule.rows}
    benefit.yearly, benefit.starts_on, benefit.counted = yearly, starts_on, {}
    benefit.promised = {str(year): f"{amount:f}" for year, amount in promised.items() if amount}
    benefit.promised_total = sum(promised.values(), ZERO)
