"""What was paid, taken back by many at once: never more than was paid."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal
from functools import partial

from sqlalchemy import func, select

from app.accounts import service as accounts
from app.accounts.access import Viewer
from app.accounts.models import Person, Role
from app.accounts.queries import person_by_email, roles_of
from app.core.clock import local_day
from app.core.verdict import RefusedError
from app.db import db, transaction
from app.delivery.funds.models import Repayment
from app.delivery.funds.queries import RequisitionOf, requisition_for
from app.delivery.funds.repaying import Repaid, RepaymentExceededError, repay
from app.delivery.funds.service import Claim, approve, pay, send
from app.history.service import System
from app.programmes.models import GrantBalance
from app.projects.models import Project
from app.upkeep import balances
from tools.drill import must_hold, requisitions
from tools.drill.city import NOW, City, founded, migrate, product
from tools.drill.crowd import by_processes, by_threads, divided, persistently
from tools.grounds import Ground

TITLE = "Parallel repayments of a payment that holds half of them"
PAID, BACK = Decimal("400000.25"), Decimal("10000.25")
REPAYMENTS = 80
HELD = int(PAID / BACK)
EMAIL = "controller@staden.example"


def paid(city: City) -> tuple[int, int]:
    """A case and its requisition, which is paid."""
    case_id = requisitions.granted(city)
    with transaction():
        someone = accounts.create_person(
            System(), email=EMAIL, name="Controller", title="", password_hash="", now=NOW
        )
        accounts.grant_role(System(), someone, Role.CONTROLLER, None, NOW)
    with transaction():
        claim = Claim(city.department_ids[0], requisitions.YEAR, PAID, "Sprint.")
        number = send(city.leader, db.session.get_one(Project, case_id), claim, files=(), now=NOW).id
    place = (case_id, number)
    with transaction():
        approve(city.secretary, _found(city.secretary, place), 1, NOW)
    with transaction():
        day, payer = local_day(NOW), _payer()
        pay(payer, _found(payer, place), 1, paid_on=day, reference="V-1", now=NOW)
    return place


def _payer() -> Viewer:
    person: Person | None = person_by_email(EMAIL)
    if person is None:
        raise LookupError("the city has a controller")
    return Viewer(person.id, person.name, "sv", roles_of(person.id))


def _found(viewer: Viewer, place: tuple[int, int]) -> RequisitionOf:
    db.session.expire_all()
    found = requisition_for(viewer, *place)
    if found is None:
        raise LookupError(f"requisition {place}")
    return found


def repay_all(_city: City, places: Sequence[tuple[int, int]]) -> int:
    """Take back a part once for each time that the requisition is named; answer how often it was there."""
    allowed = 0
    for place in places:
        try:
            persistently(partial(_repay, place))
            allowed += 1
        except (RepaymentExceededError, RefusedError):
            db.session.rollback()
    return allowed


def _repay(place: tuple[int, int]) -> None:
    payer = _payer()
    repay(payer, _found(payer, place), Repaid(BACK, local_day(NOW), "V-2", "Blev billigare."), NOW)


def verify(allowed: int) -> str:
    """What the database holds afterwards. Raises AssertionError."""
    row = db.session.scalars(select(GrantBalance).where(GrantBalance.paid > 0)).one()
    must_hold(allowed == HELD, f"{allowed} were allowed, the payment holds {HELD}")
    must_hold(row.repaid == allowed * BACK <= row.paid, f"{row.repaid} of {row.paid} is repaid")
    written = db.session.scalar(select(func.sum(Repayment.amount)))
    must_hold(written == row.repaid, f"the repayments add up to {written}")
    wrong = list(balances.faults(db.session.connection()))
    must_hold(not wrong, "; ".join(map(str, wrong)))
    return f"{allowed} repaid, {row.paid - row.repaid} kr still used; the ledger and the balances add up"


def drill(ground: Ground) -> str:
    """Eight threads and then four processes take back twice as much as was paid."""
    migrate(ground)
    with product(ground, connections=12):
        city = founded()
        shares = [paid(city)] * REPAYMENTS
        allowed = sum(by_threads(city, repay_all, divided(shares[: REPAYMENTS // 4], 8)))
        allowed += sum(by_processes(ground, city, repay_all, divided(shares[REPAYMENTS // 4 :], 4)))
        return verify(allowed)
