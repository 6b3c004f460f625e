"""The mark of an early withdrawal follows from the entries and the measurements; a forged one is named."""

from __future__ import annotations

from datetime import timedelta

from sqlalchemy import select, update

from app.budget_effects.models import EffectBalance
from app.db import db
from app.programmes.models import Programme
from app.projects.models import Project
from app.upkeep import effects
from tests.budget_effects.effect_story import agree, enter, promise
from tests.conftest import Cast
from tests.realisation.measuring_story import AFTERWARDS, measure, with_plan
from tests.upkeep.forging import forger

DAY = timedelta(days=1)


def entered(cast: Cast, project: Project, after: int, item: str) -> int:
    """An effect that is entered in a budget of that very day, so many days after the measurement."""
    now = AFTERWARDS + after * DAY
    number = promise(cast, project, now, item=item).effect.id
    agree(cast, project, number, now)
    enter(cast, project, number, now.date(), now)
    return number


def test_a_mark_that_the_entries_do_not_lead_to_is_named(cast: Cast, programme: Programme) -> None:
    project = with_plan(cast, programme)
    early = entered(cast, project, -1, "5010")
    measure(cast, project)
    at_once, later = entered(cast, project, 0, "5020"), entered(cast, project, 1, "5030")
    agreed = promise(cast, project, item="5040").effect.id
    agree(cast, project, agreed)
    balance = EffectBalance
    query = select(balance.effect_id, balance.early).order_by(balance.effect_id)
    marks = dict(db.session.execute(query).all())
    assert marks == {early: True, at_once: False, later: False, agreed: False}
    with forger() as connection:
        assert list(effects.faults(connection)) == []
        table = balance.metadata.tables[balance.__tablename__]
        connection.execute(update(table).values(early=~table.c.early))
        opposite = "its entries and the measurements lead to the opposite"
        assert [str(fault) for fault in effects.faults(connection)] == [
            f"Budget effect {early} is marked as not early; {opposite}",
            f"Budget effect {later} is marked as early; {opposite}",
            f"Budget effect {agreed} is marked as early, but stands in no budget",
        ]
