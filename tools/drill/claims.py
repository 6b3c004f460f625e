"""An indicator that twice as many benefits claim as it holds: never more than all of it is claimed."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal
from functools import partial

from sqlalchemy import select

from app.benefits.models import BenefitLine
from app.core.clock import local_day
from app.core.realisation import Direction
from app.core.verdict import RefusedError
from app.db import db, transaction
from app.history.service import record
from app.realisation.models import Benefit, IndicatorBalance
from app.realisation.queries import benefit_for
from app.realisation.service import ClaimedError, save_plan
from app.realisation.values import PlanValues
from app.upkeep import claims
from tools.drill import changes, must_hold
from tools.drill.city import NOW, City, founded, migrate, product
from tools.drill.crowd import by_processes, by_threads, divided, persistently
from tools.grounds import Ground

TITLE = "Parallel claims on an indicator that holds half of them"
SHARE = Decimal("0.025")
CLAIMS = 80
HELD = int(1 / SHARE)


def promised(city: City, count: int) -> list[tuple[int, int]]:
    """So many benefits of a running case, none of them planned."""
    case_id = changes.running(city)
    places = []
    with transaction():
        for position in range(count):
            of = {"category": "financial", "department_id": city.department_ids[0], "method": "fixed"}
            line = BenefitLine(
                project_id=case_id, position=position, description="Nytta", beneficiary="city", **of
            )
            db.session.add(line)
            record(city.leader, "add_benefit_line", line, now=NOW)
            row = Benefit(
                project_id=case_id,
                position=position,
                name="Nytta",
                benefit_line_id=line.id,
                price_year=2027,
                **of,
            )
            db.session.add(row)
            record(city.leader, "promise_benefit", row, now=NOW)
            places.append((case_id, row.id))
    return places


def claim_all(city: City, places: Sequence[tuple[int, int]]) -> int:
    """Let each of these benefits claim its part; answer how many were there in time."""
    allowed = 0
    for place in places:
        try:
            persistently(partial(_claim, city, place))
            allowed += 1
        except (ClaimedError, RefusedError):
            db.session.rollback()
    return allowed


def _claim(city: City, place: tuple[int, int]) -> None:
    db.session.expire_all()
    found = benefit_for(city.leader, *place)
    if found is None:
        raise LookupError(f"benefit {place}")
    day = local_day(NOW)
    values = PlanValues(
        department_id=city.department_ids[0],
        owner_role="Enhetschef",
        owner_id=None,
        indicator="Antal samtal",
        unit="samtal",
        direction=Direction.FALL,
        share=SHARE,
        baseline=Decimal(1000),
        baseline_on=day,
        baseline_source="Växeln",
        target=Decimal(600),
        target_on=day,
        how="Statistik.",
        every_months=12,
        measurer_role="Utvecklare",
        measurer_id=None,
    )
    save_plan(city.leader, found, values, NOW)


def verify(allowed: int) -> str:
    """What the database holds afterwards. Raises AssertionError."""
    claimed = db.session.scalars(select(IndicatorBalance.claimed)).one()
    must_hold(allowed == HELD, f"{allowed} were allowed, the indicator holds {HELD}")
    must_hold(claimed == allowed * SHARE == 1, f"{claimed} is claimed")
    wrong = list(claims.faults(db.session.connection()))
    must_hold(not wrong, "; ".join(map(str, wrong)))
    return f"{allowed} claimed all of it; the balance and the plans add up"


def drill(ground: Ground) -> str:
    """Eight threads and then four processes claim twice as much as there is."""
    migrate(ground)
    with product(ground, connections=12):
        city = founded()
        places = promised(city, CLAIMS)
        allowed = sum(by_threads(city, claim_all, divided(places[: CLAIMS // 4], 8)))
        allowed += sum(by_processes(ground, city, claim_all, divided(places[CLAIMS // 4 :], 4)))
        return verify(allowed)
