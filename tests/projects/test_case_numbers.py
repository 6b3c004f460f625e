"""Case numbers: one series a year, without gaps, given once."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest
from sqlalchemy import select

from app.core.verdict import RefusedError
from app.core.workflow import State
from app.db import db, transaction
from app.programmes.models import Programme
from app.projects.models import CaseCounter, Project
from app.projects.service import register
from tests import story
from tests.conftest import Cast

NEW_YEAR = datetime(2027, 12, 31, 22, 59, tzinfo=UTC)
"""One minute before midnight in Sweden."""


def waiting(cast: Cast, programme: Programme) -> Project:
    return story.in_state(story.started(cast, programme), State.SUBMITTED)


def test_numbers_follow_each_other_and_begin_anew_at_the_swedish_new_year(
    cast: Cast, programme: Programme
) -> None:
    moments = [
        NEW_YEAR - timedelta(days=1),
        NEW_YEAR,
        NEW_YEAR + timedelta(minutes=1),
        NEW_YEAR + timedelta(days=1),
    ]
    numbers = []
    for moment in moments:
        with transaction():
            numbers.append(register(cast.secretary, waiting(cast, programme), moment, due_on=None))
    assert numbers == ["2027-0001", "2027-0002", "2028-0001", "2028-0002"]


def test_a_registration_that_fails_gives_its_number_back(cast: Cast, programme: Programme) -> None:
    first = waiting(cast, programme)
    register(cast.secretary, first, NEW_YEAR, due_on=None)
    db.session.rollback()
    with transaction():
        assert register(cast.secretary, story.reloaded(first), NEW_YEAR, due_on=None) == "2027-0001"


def test_a_case_gets_one_number(cast: Cast, programme: Programme) -> None:
    project = waiting(cast, programme)
    with transaction():
        register(cast.secretary, project, NEW_YEAR, due_on=None)
    with pytest.raises(RefusedError):
        register(cast.secretary, project, NEW_YEAR, due_on=None)
    assert db.session.scalars(select(CaseCounter.last_serial)).all() == [1]


def test_a_hundred_registrations_leave_no_gap(cast: Cast, programme: Programme) -> None:
    with transaction():
        for _number in range(100):
            project = Project(
                programme_id=programme.id, title="X", kind="pre_study", state="submitted",
                lead_department_id=cast.department.id, leader_id=cast.leader.id,
                state_since=NEW_YEAR, created_at=NEW_YEAR, version=1,
            )  # fmt: skip
            db.session.add(project)
            register(cast.secretary, project, NEW_YEAR, due_on=None)
    serials = db.session.scalars(select(Project.case_serial).order_by(Project.case_serial)).all()
    assert serials == list(range(1, 101))
