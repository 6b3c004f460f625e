"""Who sees which project: the condition of the lists and the rule for one project are the same rule."""

from __future__ import annotations

import itertools
from datetime import UTC, datetime

import pytest
from sqlalchemy import select

from app.accounts.access import Viewer
from app.accounts.models import Role
from app.core.workflow import BEFORE_SUBMISSION, State
from app.db import db, transaction
from app.programmes.models import Programme
from app.projects.models import Project, ProjectDepartment
from app.projects.policy import may_read
from app.projects.queries import project_for, visible_to
from app.projects.service import set_departments
from tests import story
from tests.conftest import NOW, Cast
from tests.projects.ways import reached_past
from tests.remembered import kept

SOME_DAY = datetime(2027, 2, 1, tzinfo=UTC)


def viewers(cast: Cast) -> list[Viewer]:
    """Somebody for every role and department, some pairs of roles, the leader, and nobody in particular."""
    own, other = cast.department.id, cast.other_department.id
    grants = [(role, department) for role in Role for department in (None, own, other, 999)]
    single = [frozenset({grant}) for grant in grants]
    pairs = [
        frozenset(pair)
        for pair in itertools.combinations(
            [(Role.MANAGER, other), (Role.COUNCIL, None), (Role.CONTROLLER, own), (Role.SECRETARIAT, None)], 2
        )
    ]
    strangers = [Viewer(9_000 + number, "X", "sv", roles) for number, roles in enumerate([*single, *pairs])]
    return [*strangers, Viewer(cast.leader.id, "Leader", "sv"), Viewer(9_999, "Nobody", "sv")]


HOW = list(itertools.product(State, (False, True), (False, True)))
"""Each state, submitted before or never, with and without a participating department."""


def was_sent(state: State, came_in: bool, joined: bool) -> bool:
    """Whether the council has been sent it: where it must have been, and else some."""
    return (came_in and joined) or state not in reached_past(State.COUNCIL)


@pytest.fixture
def projects(cast: Cast, programme: Programme) -> list[int]:
    """A project for each of these."""
    return kept("a project for each way to stand", lambda: [made(cast, programme, *how) for how in HOW])


def made(cast: Cast, programme: Programme, state: State, came_in: bool, joined: bool) -> int:
    project = story.started(cast, programme, title=f"{state} {came_in} {joined}")
    with transaction():
        if joined:
            set_departments(cast.leader, project, {cast.other_department.id}, NOW)
        db.session.execute(
            db.update(Project)
            .where(Project.id == project.id)
            .values(
                state=state.value,
                submitted_at=SOME_DAY if came_in else None,
                referred_at=SOME_DAY if was_sent(state, came_in, joined) else None,
                case_year=2027,
                case_serial=project.id,
                case_number=f"2027-{project.id:04d}",
            )
        )
    return project.id


def test_the_list_and_the_single_project_never_disagree(cast: Cast, projects: list[int]) -> None:
    rows = db.session.scalars(select(Project).order_by(Project.id)).all()
    assert len(rows) == len(projects)
    taking_part: dict[int, set[int]] = {}
    for link in db.session.scalars(select(ProjectDepartment)):
        taking_part.setdefault(link.project_id, set()).add(link.department_id)
    for viewer in viewers(cast):
        listed = set(db.session.scalars(select(Project.id).where(visible_to(viewer))))
        allowed = {row.id for row in rows if may_read(viewer, row, frozenset(taking_part.get(row.id, set())))}
        assert listed == allowed, viewer.roles


def test_what_must_be_seen_is_seen(cast: Cast, projects: list[int]) -> None:
    everything = set(projects)
    assert set(db.session.scalars(select(Project.id).where(visible_to(cast.auditor)))) == everything
    assert set(db.session.scalars(select(Project.id).where(visible_to(cast.leader)))) == everything
    assert set(db.session.scalars(select(Project.id).where(visible_to(cast.manager)))) == everything


@pytest.mark.parametrize("who", ["nobody", "other_leader", "administrator"])
def test_what_must_not_be_seen_is_not(cast: Cast, projects: list[int], who: str) -> None:
    assert not set(db.session.scalars(select(Project.id).where(visible_to(getattr(cast, who)))))
    assert project_for(getattr(cast, who), projects[0]) is None


def test_the_secretariat_sees_nothing_that_has_not_come_in(cast: Cast, projects: list[int]) -> None:
    seen = db.session.scalars(select(Project).where(visible_to(cast.secretary))).all()
    assert seen
    assert all(row.submitted_at and State(row.state) not in BEFORE_SUBMISSION for row in seen)


def test_the_council_sees_every_case_that_it_has_been_sent_and_no_other(
    cast: Cast, projects: list[int]
) -> None:
    for viewer in (cast.council, cast.decider):
        seen = db.session.scalars(select(Project).where(visible_to(viewer))).all()
        assert {row.title for row in seen} == {
            f"{state} {came_in} {joined}"
            for state, came_in, joined in HOW
            if was_sent(state, came_in, joined)
        }


def test_a_participating_department_sees_the_case_once_it_has_come_in(
    cast: Cast, projects: list[int]
) -> None:
    seen = db.session.scalars(select(Project).where(visible_to(cast.other_manager))).all()
    assert seen
    assert all(row.title.endswith("True True") for row in seen)
