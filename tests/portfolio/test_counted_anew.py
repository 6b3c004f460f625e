"""What is counted anew because of what somebody has written, and what is never remembered."""

from __future__ import annotations

from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from flask import Flask
from sqlalchemy import update

from app.accounts.access import Viewer
from app.accounts.service import create_department
from app.core.benefits import BenefitCategory
from app.db import db, only_reading, transaction
from app.delivery.risks import service as risks
from app.history import remembered
from app.history.queries import Place, newest, written_between
from app.history.service import System
from app.portfolio import queries
from app.portfolio.asked import Late, Wanted
from app.portfolio.known import known
from app.portfolio.moment import Moment, moment_of
from app.programmes.models import Programme
from app.projects.models import Project
from tests.apps import close_database, make_app
from tests.conftest import NOW, Cast
from tests.databases import address_of
from tests.portfolio.city_story import city
from tests.portfolio.day_story import RISK, at
from tests.portfolio.remembering import (
    MOMENT,
    Told,
    in_another_connection,
    looked,
)
from tests.realisation.measuring_story import TODAY
from tests.review_story import taken_in
from tests.running_story import running

# --- what is counted anew --------------------------------------------------------------------------------


def test_nothing_is_counted_again_as_long_as_nothing_is_written(
    cast: Cast, programme: Programme, told: Told
) -> None:
    city(cast, programme)
    told.clear()
    assert [looked() == looked(), told] == [True, [None]]


def test_what_another_process_writes_is_seen_and_only_that_is_counted(
    app: Flask, cast: Cast, programme: Programme, told: Told, tmp_path: Path
) -> None:
    project = running(cast, programme)
    taken_in(cast, programme, title="Felanmälan")
    number = project.id
    assert looked()[number].risk is None or looked()[number].risk < 16
    other = make_app(address_of(db.engine), tmp_path)
    told.clear()

    def add_risk() -> None:
        with transaction():
            risks.add_risk(cast.leader, db.session.get_one(Project, number), RISK, at(TODAY))
        close_database()

    in_another_connection(other, add_risk)
    assert looked()[number].risk == 16
    assert told == [[number]]


def test_what_is_written_of_no_project_has_everything_counted(
    cast: Cast, programme: Programme, told: Told
) -> None:
    city(cast, programme)
    looked()
    told.clear()
    with transaction():
        create_department(System(), "Idrottsförvaltningen", NOW)
    looked()
    assert told == [None]


def test_many_projects_are_counted_together(
    cast: Cast, programme: Programme, told: Told, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(remembered, "FEW", 1)
    first, second, *_rest = city(cast, programme)
    looked()
    told.clear()
    for projects in ((first,), (first, second)):
        for project in projects:
            with transaction():
                risks.add_risk(cast.leader, project, RISK, at(TODAY))
        looked()
    assert told == [[first.id], None]


def test_another_day_is_counted_for_itself(cast: Cast, programme: Programme, told: Told) -> None:
    city(cast, programme)
    late = {
        day: looked(moment_of(None, day))[1].unmeasured for day in (TODAY, TODAY + timedelta(days=900), TODAY)
    }
    assert late == {TODAY: 0, TODAY + timedelta(days=900): 1}
    told.clear()
    for days in range(remembered.THINGS):
        looked(moment_of(None, TODAY + timedelta(days=days + 1)))
    looked()
    assert told == [None] * (remembered.THINGS + 1), "the oldest is forgotten"


def test_a_chain_that_is_not_the_one_that_is_remembered_has_everything_counted(
    cast: Cast, programme: Programme, told: Told, monkeypatch: pytest.MonkeyPatch
) -> None:
    city(cast, programme)
    db.session.rollback()
    with only_reading():
        here = newest()
        earlier = Place(here.number - 1, "0" * 64)
        assert written_between(earlier, here) is None
        assert written_between(here, Place(here.number, "0" * 64)) is None
        assert written_between(Place(0, "0" * 64), here)
        assert written_between(here, here) == frozenset()
    looked()
    told.clear()
    monkeypatch.setattr(remembered, "newest", lambda: Place(here.number, "0" * 64))
    looked()
    assert told == [None]


# --- what is never remembered ----------------------------------------------------------------------------


def test_what_is_not_committed_is_seen_by_whoever_writes_it_and_by_nobody_else(
    app: Flask, cast: Cast, programme: Programme
) -> None:
    first, *_rest = city(cast, programme)
    number = first.id
    before = looked()
    db.session.rollback()
    db.session.execute(update(Project).where(Project.id == number).values(title="Ett annat namn"))
    assert known(MOMENT, "")[number].title == "Ett annat namn"
    in_another_connection(app, lambda: _same(before))
    db.session.rollback()
    assert looked() == before


def _same(before: Any) -> None:
    with only_reading():
        assert known(MOMENT, "") == before


def test_who_began_to_read_before_something_was_written_sees_it_as_it_was(
    app: Flask, cast: Cast, programme: Programme, told: Told
) -> None:
    first, *_rest = city(cast, programme)
    number, before = first.id, looked()
    told.clear()

    def add_risk() -> None:
        with transaction():
            risks.add_risk(cast.leader, db.session.get_one(Project, number), RISK, at(TODAY))
        with only_reading():
            assert known(MOMENT, "")[number].risk == 16

    db.session.rollback()
    with only_reading():
        assert newest().number > 0
        in_another_connection(app, add_risk)
        assert known(MOMENT, "") == before
    assert looked()[number].risk == 16
    assert told == [[number]], "neither of them counts everything"


def test_who_may_see_what_is_asked_each_time(cast: Cast, programme: Programme) -> None:
    city(cast, programme)

    def sees(viewer: Viewer, wanted: Wanted, moment: Moment) -> int:
        db.session.rollback()
        with only_reading():
            return len(queries.found(viewer, wanted, moment))

    for moment in (MOMENT, moment_of(TODAY, TODAY + timedelta(days=1))):
        for wanted in (Wanted(), Wanted(late=Late.CASE), Wanted(category=BenefitCategory.REDISTRIBUTION)):
            everything = sees(cast.secretary, wanted, moment)
            assert everything > 0
            assert sees(cast.other_leader, wanted, moment) == 0
            assert sees(cast.secretary, wanted, moment) == everything
    assert [sees(one, Wanted(), MOMENT) for one in (cast.secretary, cast.council)] == [5, 4]
