"""The frame under parallel decisions: never overspent, and the ledger adds up however it is grouped."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from decimal import Decimal
from functools import partial
from typing import Any

from sqlalchemy import func, select

from app.core.clock import local_day
from app.core.verdict import RefusedError
from app.db import db
from app.decisions.models import Decision, DecisionAmount, DecisionKind
from app.decisions.rules import InvalidError
from app.decisions.service import decide
from app.history import chain, queries
from app.programmes.models import FrameBalance, LedgerEntry
from app.projects.models import Project
from tools.drill import must_hold
from tools.drill.city import NOW, City, cases_to_decide, founded, migrate, product
from tools.drill.crowd import by_processes, by_threads, divided, persistently
from tools.grounds import Ground

TITLE = "Parallel decisions on a frame that holds half of them"
DECISIONS = 200
APPLIED = Decimal("1000000.50")


def decide_all(city: City, case_ids: Sequence[int]) -> int:
    """Approve the cases in turn; answer how many the frame allowed."""
    allowed = 0
    for case_id in case_ids:
        try:
            persistently(partial(_decide, city, case_id))
            allowed += 1
        except (InvalidError, RefusedError):
            db.session.rollback()
    return allowed


def _decide(city: City, case_id: int) -> None:
    decide(
        city.secretary,
        db.session.get_one(Project, case_id),
        kind=DecisionKind.APPROVE,
        decided_on=local_day(NOW),
        delegation_id=city.delegation_id,
        amounts=[
            (city.department_ids[0], 2028, Decimal("600000.25")),
            (city.department_ids[1], 2029, Decimal("400000.25")),
        ],
        conditions=[],
        reasons="Nyttan överstiger kostnaden.",
        reference=f"§ {case_id}",
        now=NOW,
    )


def verify(city: City, allowed: int) -> str:
    """What the database holds afterwards. Raises AssertionError."""
    balance = db.session.get_one(FrameBalance, city.programme_id)
    entries = db.session.scalars(select(LedgerEntry)).all()
    grants = [row for row in entries if row.kind == "grant"]
    expected = int(balance.frame / APPLIED)
    must_hold(allowed == expected, f"{allowed} were allowed, the frame holds {expected}")
    must_hold(balance.granted == allowed * APPLIED, f"the balance says {balance.granted}")
    must_hold(balance.available >= 0, f"overspent by {-balance.available}")
    must_hold(balance.frame == sum(row.amount for row in entries if row.kind == "frame"), "the frame")
    decided = db.session.execute(
        select(Decision.project_id, DecisionAmount.department_id, DecisionAmount.year, DecisionAmount.amount)
        .join(DecisionAmount, DecisionAmount.decision_id == Decision.id)
        .order_by(DecisionAmount.id)
    ).all()
    for group in (("project_id",), ("department_id",), ("year",), ("department_id", "year"), ()):
        must_hold(
            _sums(grants, group) == _sums(decided, group), f"the ledger by {' and '.join(group) or 'all'}"
        )
    approved = db.session.scalar(select(func.count()).where(Project.state == "approved"))
    must_hold(approved == allowed == len({row.project_id for row in grants}), f"{approved} are approved")
    broken = chain.first_break(queries.whole_chain(), queries.head())
    must_hold(broken is None, f"the history: {broken}")
    return f"{allowed} granted, {balance.available} kr left; the ledger adds up by every grouping"


def _sums(rows: Iterable[Any], group: tuple[str, ...]) -> Counter[tuple[int, ...]]:
    found: Counter[tuple[int, ...]] = Counter()
    for row in rows:
        found[tuple(getattr(row, name) for name in group)] += row.amount
    return found


def drill(ground: Ground) -> str:
    """Eight threads and then four processes decide on two hundred cases."""
    migrate(ground)
    with product(ground, connections=12):
        city = founded(frame=APPLIED * DECISIONS / 2)
        ids = cases_to_decide(city, DECISIONS, APPLIED)
        allowed = sum(by_threads(city, decide_all, divided(ids[: DECISIONS // 4], 8)))
        allowed += sum(by_processes(ground, city, decide_all, divided(ids[DECISIONS // 4 :], 4)))
        return verify(city, allowed)
