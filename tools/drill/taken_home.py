"""A measured benefit of which twice as much is taken home at once as has come: never more than came."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal
from functools import partial

from sqlalchemy import func, select, update

from app.accounts import service as accounts
from app.accounts.access import Viewer
from app.accounts.models import Role
from app.accounts.queries import person_by_email, roles_of
from app.budget_effects import service
from app.budget_effects.models import EffectEntry, TakenBalance
from app.budget_effects.queries import EffectOf, effect_for
from app.budget_effects.service import EffectValues
from app.core.budget_effects import Form, Step, TooMuchError
from app.core.clock import local_day
from app.core.verdict import RefusedError
from app.db import db, transaction
from app.history.service import System
from app.realisation.models import Benefit
from app.realisation.queries import benefit_for
from app.upkeep import effects
from tools.drill import claims, must_hold
from tools.drill.city import NOW, City, founded, migrate, product
from tools.drill.crowd import by_processes, by_threads, divided, persistently
from tools.grounds import Ground

TITLE = "Parallel postings of a benefit that has come to half of them"
CAME, PART = Decimal("400000.10"), Decimal("10000.25")
POSTINGS = 80
HELD = int(CAME / PART)
OWNER, CONTROLLER = "agare@staden.example", "controller@staden.example"

Place = tuple[int, int, int]
"""The project, the benefit, the effect."""


def measured(city: City, count: int) -> list[Place]:
    """So many effects of one benefit, all in the budget and verified: more together than has come."""
    project_id, benefit_id = claims.promised(city, 1)[0]
    with transaction():
        of_benefit = update(Benefit).where(Benefit.id == benefit_id)
        db.session.execute(of_benefit.values(yearly=CAME, realised=CAME))
        for email, role in ((OWNER, Role.MANAGER), (CONTROLLER, Role.CONTROLLER)):
            someone = accounts.create_person(
                System(), email=email, name=email, title="", password_hash="", now=NOW
            )
            accounts.grant_role(System(), someone, role, city.department_ids[0], NOW)
    return [_verified(project_id, benefit_id, number) for number in range(count)]


def _verified(project_id: int, benefit_id: int, number: int) -> Place:
    owner, controller, day = _person(OWNER), _person(CONTROLLER), local_day(NOW)
    values = EffectValues(
        form=Form.MONEY, cost_centre="1", year=day.year, item=f"Konto {number}", amount=PART
    )
    with transaction():
        found = benefit_for(owner, project_id, benefit_id)
        if found is None:
            raise LookupError(f"benefit {benefit_id}")
        place = (project_id, benefit_id, service.promise(owner, found, values, NOW).effect.id)
        service.agree(controller, _found(controller, place), "", NOW)
        service.enter(owner, _found(owner, place), "Budget", day, NOW)
        service.verify(controller, _found(controller, place), "", NOW)
    return place


def _person(email: str) -> Viewer:
    person = person_by_email(email)
    if person is None:
        raise LookupError(email)
    return Viewer(person.id, person.name, "sv", roles_of(person.id))


def _found(viewer: Viewer, place: Place) -> EffectOf:
    db.session.expire_all()
    found = effect_for(viewer, *place)
    if found is None:
        raise LookupError(f"effect {place}")
    return found


def take_all(_city: City, places: Sequence[Place]) -> int:
    """Take each of these home; answer how many were there in time."""
    allowed = 0
    for place in places:
        try:
            persistently(partial(_take, place))
            allowed += 1
        except (TooMuchError, RefusedError):
            db.session.rollback()
    return allowed


def _take(place: Place) -> None:
    controller = _person(CONTROLLER)
    service.take(
        controller, _found(controller, place), PART, booked_on=local_day(NOW), reference="V-1", now=NOW
    )


def verify(allowed: int) -> str:
    """What the database holds afterwards. Raises AssertionError."""
    row = db.session.scalars(select(TakenBalance)).one()
    must_hold(allowed == HELD, f"{allowed} were allowed, the benefit has come to {HELD}")
    must_hold(
        row.taken_home == allowed * PART <= row.realised, f"{row.taken_home} of {row.realised} is taken"
    )
    written = select(func.sum(EffectEntry.amount)).where(EffectEntry.step == Step.TAKE.value)
    must_hold(db.session.scalar(written) == row.taken_home, "the entries add up to something else")
    wrong = list(effects.faults(db.session.connection()))
    must_hold(not wrong, "; ".join(map(str, wrong)))
    return (
        f"{allowed} taken home, {row.realised - row.taken_home} kr left; the ledger and the balances add up"
    )


def drill(ground: Ground) -> str:
    """Eight threads and then four processes take home twice as much as has come."""
    migrate(ground)
    with product(ground, connections=12):
        city = founded()
        places = measured(city, POSTINGS)
        allowed = sum(by_threads(city, take_all, divided(places[: POSTINGS // 4], 8)))
        allowed += sum(by_processes(ground, city, take_all, divided(places[POSTINGS // 4 :], 4)))
        return verify(allowed)
