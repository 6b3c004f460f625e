"""Granted money under parallel requisitions: never more asked for than granted, and the balances add up."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal
from functools import partial

from sqlalchemy import func, select

from app.core.verdict import RefusedError
from app.db import db
from app.delivery.funds.models import Requisition
from app.delivery.funds.service import Claim, GrantExceededError, send
from app.programmes.models import GrantBalance
from app.projects.models import Project
from app.upkeep import balances
from tools.drill import frame, must_hold
from tools.drill.city import NOW, City, cases_to_decide, founded, migrate, product
from tools.drill.crowd import by_processes, by_threads, divided, persistently
from tools.grounds import Ground

TITLE = "Parallel requisitions of a grant that holds half of them"
ASKED = Decimal("10000.25")
REQUISITIONS = 120
YEAR = 2028
"""Of which the drill of decisions grants 600 000,25 kr."""
HELD = int(Decimal("600000.25") / ASKED)


def granted(city: City) -> int:
    """A case that has been granted its money."""
    case_id = cases_to_decide(city, 1, frame.APPLIED)[0]
    frame.decide_all(city, [case_id])
    return case_id


def ask_all(city: City, case_ids: Sequence[int]) -> int:
    """Ask for money once for each time that the case is named; answer how often it was there."""
    allowed = 0
    for case_id in case_ids:
        try:
            persistently(partial(_ask, city, case_id))
            allowed += 1
        except (GrantExceededError, RefusedError):
            db.session.rollback()
    return allowed


def _ask(city: City, case_id: int) -> None:
    claim = Claim(city.department_ids[0], YEAR, ASKED, "Sprint.")
    send(city.leader, db.session.get_one(Project, case_id), claim, files=(), now=NOW)


def verify(case_id: int, allowed: int) -> str:
    """What the database holds afterwards. Raises AssertionError."""
    row = db.session.scalars(
        select(GrantBalance).where(GrantBalance.project_id == case_id, GrantBalance.year == YEAR)
    ).one()
    must_hold(allowed == HELD, f"{allowed} were allowed, the grant holds {HELD}")
    must_hold(row.requisitioned == allowed * ASKED <= row.granted, f"{row.requisitioned} are asked for")
    numbers = db.session.scalars(select(Requisition.number).order_by(Requisition.number)).all()
    must_hold(list(numbers) == list(range(1, allowed + 1)), "the numbers have gaps")
    asked = db.session.scalar(select(func.sum(Requisition.amount)))
    must_hold(asked == row.requisitioned, f"the requisitions add up to {asked}")
    wrong = list(balances.faults(db.session.connection()))
    must_hold(not wrong, "; ".join(map(str, wrong)))
    return f"{allowed} sent, {row.remaining} kr left; the ledger and the balances add up"


def drill(ground: Ground) -> str:
    """Eight threads and then four processes ask for the same grant, twice as much as it holds."""
    migrate(ground)
    with product(ground, connections=12):
        city = founded()
        case_id = granted(city)
        shares = [case_id] * REQUISITIONS
        allowed = sum(by_threads(city, ask_all, divided(shares[: REQUISITIONS // 4], 8)))
        allowed += sum(by_processes(ground, city, ask_all, divided(shares[REQUISITIONS // 4 :], 4)))
        return verify(case_id, allowed)
