"""What the portfolio remembers is what would be counted now, whoever has written what since."""

from __future__ import annotations

from random import Random
from typing import Any

import pytest
from flask import Flask
from sqlalchemy import Table, func, select
from sqlalchemy.sql import visitors

from app.db import db
from app.history.models import HistoryEvent
from app.portfolio.facts import Facts
from app.programmes.models import Programme
from app.projects.models import Project
from tests.budget_effects.test_told import two_projects
from tests.conftest import Cast
from tests.follow_up.follow_story import follow_up_written
from tests.portfolio.city_story import city
from tests.portfolio.day_story import story
from tests.portfolio.remembering import (
    ASKED,
    Told,
    held_to_it,
    looked,
)

# --- the same figures ------------------------------------------------------------------------------------


@pytest.mark.parametrize("seed", range(2))
def test_whatever_is_written_in_whatever_order_is_seen_after_every_commit(
    app: Flask, cast: Cast, programme: Programme, told: Told, seed: int
) -> None:
    chance = Random(seed)
    follow_up_written(cast, programme)
    telling = [story(cast, programme) for _each in range(2)]
    with held_to_it(app):
        while telling:
            one = chance.choice(telling)
            if next(one, None) is None:
                telling.remove(one)
    some = [only for only in told if only is not None]
    assert len(some) > 3 * len([only for only in told if only is None]), "mostly only what was written of"
    assert max(map(len, some)) == 1


def test_money_that_is_taken_home_and_taken_back_is_seen_after_every_commit(
    app: Flask, cast: Cast, programme: Programme
) -> None:
    looked()
    with held_to_it(app):
        two_projects(cast, programme)
    assert looked()[1].taken_home > 0


def test_everything_that_is_read_belongs_to_a_project_whose_history_tells_of_it(
    cast: Cast, programme: Programme
) -> None:
    city(cast, programme)
    two = [Facts(moment, category).query() for moment, category in ASKED]
    read = {one for query in two for one in tables_of(query)}
    assert len(read) > 15
    apart = {table.name for table in read if "project_id" not in table.c} - {Project.__tablename__}
    assert apart == {"report_period", "effect_entry", "benefit_plan"} & apart
    for table in read - {HistoryEvent.__table__}:
        if "project_id" in table.c and "id" in table.c:
            other = (
                select(func.count())
                .select_from(HistoryEvent)
                .join(
                    table, (HistoryEvent.record_type == table.name) & (HistoryEvent.record_id == table.c.id)
                )
                .where(HistoryEvent.project_id.is_distinct_from(table.c.project_id))
            )
            assert not db.session.scalar(other), table.name


def tables_of(query: Any) -> set[Table]:
    """The tables that a query reads, however deep."""
    return {one for one in visitors.iterate(query) if isinstance(one, Table)}
