"""Do the claims on indicators add up? Each balance against the plans that claim of it."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal

from sqlalchemy import Connection, Table, func, select

from app.db import Base
from app.realisation.models import BenefitPlan, IndicatorBalance
from app.upkeep.fault import Fault

ZERO = Decimal(0)


def faults(connection: Connection) -> Iterator[Fault]:
    """Every indicator of which more, or less, is said to be claimed than benefits claim."""
    plan, balance = _table(BenefitPlan), _table(IndicatorBalance)
    share = plan.c.share
    query = select(plan.c.indicator_id, func.sum(share, type_=share.type)).group_by(plan.c.indicator_id)
    claimed = {row[0]: row[1] for row in connection.execute(query)}
    for row in connection.execute(select(balance).order_by(balance.c.indicator_id)):
        told = claimed.pop(row.indicator_id, ZERO)
        if row.claimed != told:
            yield Fault(
                f"Indicator {row.indicator_id}", f"says {row.claimed} claimed, the plans add up to {told}"
            )
    for number in sorted(claimed):
        yield Fault(f"Indicator {number}", "has no balance; plans claim of it")


def _table(model: type[Base]) -> Table:
    return model.metadata.tables[model.__tablename__]
