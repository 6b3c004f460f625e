"""What follows from the measurements of a benefit, kept beside it: what it has come to, what is due next."""

from __future__ import annotations

from decimal import ROUND_DOWN, Decimal

from sqlalchemy import update

from app.core.measuring import Period, next_period
from app.core.realisation import BenefitStanding, own_part
from app.db import db
from app.realisation import queries
from app.realisation.models import Benefit, BenefitPlan, Measurement

ZERO = Decimal(0)
_MILLIONTH = Decimal("0.000001")


def settle(benefit: Benefit) -> None:
    """Let the benefit's own columns say what its plan and its measurements lead to. The history tells of
    those: what follows from them is written past it."""
    db.session.flush()
    plan = queries.plan_of(benefit.id)
    rows = queries.standing_measurements(benefit.id)
    last = rows[-1] if rows else None
    goes_on = benefit.standing != BenefitStanding.CLOSED
    upcoming = upcoming_period(benefit, plan, rows) if goes_on else None
    follows = {
        "measured_until": last.ends_on if last else None,
        "next_due_on": upcoming.due_on if upcoming else None,
        "fulfilment": _rounded(
            queries.fulfilled(benefit, plan, last.indicator_value, last.ends_on) if plan and last else None
        ),
        "realised": realised_in_all(plan, rows),
    }
    db.session.execute(
        update(Benefit)
        .where(Benefit.id == benefit.id)
        .values(follows)
        .execution_options(synchronize_session=False)
    )
    db.session.expire(benefit, list(follows))


def _rounded(reached: Decimal | None) -> Decimal | None:
    """Rounded down, so that what falls short never looks as if it did not."""
    return None if reached is None else reached.quantize(_MILLIONTH, rounding=ROUND_DOWN)


def upcoming_period(benefit: Benefit, plan: BenefitPlan | None, rows: list[Measurement]) -> Period | None:
    """What is to be measured next; nothing while nobody has said how, or from when."""
    if plan is None or benefit.starts_on is None:
        return None
    measured = [queries.period_of(row) for row in rows]
    return next_period(benefit.starts_on, plan.every_months, measured, benefit.ends_on)


def realised_by_year(plan: BenefitPlan | None, rows: list[Measurement]) -> dict[int, Decimal]:
    """Kronor by calendar year, exact to the öre: the benefit's own part of what was measured."""
    found: dict[int, Decimal] = {}
    for row in rows:
        if plan is not None and row.value is not None:
            year = row.begins_on.year
            found[year] = found.get(year, ZERO) + own_part(row.value, plan.share)
    return found


def realised_in_all(plan: BenefitPlan | None, rows: list[Measurement]) -> Decimal:
    """All years together."""
    return sum(realised_by_year(plan, rows).values(), ZERO)
