"""Final reports are written by the project leader, frozen when sent, answered by the secretariat, and end the
project when they are approved."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from decimal import Decimal
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.applications.snapshot import sha256_of
from app.closing.final_report import service
from app.closing.final_report.content import (
    Content,
    GoalSaid,
    GroupSaid,
    MilestoneSaid,
    Words,
    as_json,
    from_json,
)
from app.closing.final_report.gathering import ground_of
from app.closing.final_report.rules import lacks_in
from app.core.final_report import FinalState, Fulfilment, GoalKind, Group
from app.core.lacks import IncompleteError
from app.core.verdict import RefusedError
from app.core.workflow import State
from app.db import db, transaction
from app.delivery.costs import service as costs
from app.delivery.costs.values import EntryValues
from app.delivery.plans import queries as plans
from app.programmes.models import Programme
from app.projects.models import Project
from app.projects.obstacles import NotReadyError
from tests.closing.final_story import (
    CLOSED,
    ENDED_ON,
    approve,
    closing,
    complete_content,
    final_report,
    final_report_sent,
    put_in_order,
    send,
    write,
)
from tests.closing.terminating_story import interrupt, tell_all
from tests.conftest import Cast
from tests.running_story import granted, running
from tests.story import reloaded

DAYS = st.none() | st.dates(min_value=date(2020, 1, 1), max_value=date(2040, 1, 1))
CONTENTS = st.builds(
    Content,
    texts=st.dictionaries(st.sampled_from(Words), st.text()),
    ended_on=DAYS,
    goals=st.dictionaries(
        st.text(),
        st.builds(
            GoalSaid,
            st.none() | st.sampled_from(Fulfilment),
            st.text(),
            st.text(),
            st.text(),
            st.none() | st.integers(min_value=1),
            DAYS,
        ),
    ),
    milestones=st.dictionaries(st.integers(min_value=1), st.builds(MilestoneSaid, DAYS, st.text())),
    groups=st.dictionaries(
        st.sampled_from(Group), st.builds(GroupSaid, st.dictionaries(st.text(), st.text()), st.text())
    ),
)


@given(CONTENTS)
def test_what_is_typed_is_the_same_after_it_was_kept(content: Content) -> None:
    assert from_json(as_json(content)) == content


def lacking(project: Project, **changes: Any) -> list[str]:
    """The fields that are named when the complete report is changed like this."""
    content = complete_content(project, **changes)
    return [lack.field for lack in lacks_in(ground_of(project), content, CLOSED.date())]


# --- beginning -------------------------------------------------------------------------------------------


def test_the_report_begins_with_what_the_record_knows(cast: Cast, programme: Programme) -> None:
    project = closing(cast, programme)
    ground = ground_of(project)
    begun = service.begun(final_report(cast.leader, project), ground)
    assert begun.ended_on == ENDED_ON
    assert begun.text(Words.DESCRIPTION) == ground.proposed[Words.DESCRIPTION]
    assert begun.text(Words.DESCRIPTION)
    assert {goal.kind for goal in ground.goals} == set(GoalKind)
    effect = ground.goals_of(GoalKind.EFFECT)[0]
    assert begun.goals[effect.key] == GoalSaid(role=effect.owner), (
        "who follows up was said in the application"
    )


def test_nothing_is_demanded_twice_of_a_complete_report(cast: Cast, programme: Programme) -> None:
    assert lacking(closing(cast, programme)) == []


@pytest.mark.parametrize(
    ("said", "lacks"),
    [
        (GoalSaid(), ["fulfilment"]),
        (GoalSaid(Fulfilment.FULFILLED), ["comment"]),
        (GoalSaid(Fulfilment.FULFILLED, value="7"), []),
        (GoalSaid(Fulfilment.PARTLY, value="7"), ["comment"]),
        (GoalSaid(Fulfilment.NOT), ["comment"]),
        (GoalSaid(Fulfilment.NOT, comment="Plattformen kom inte."), []),
        (GoalSaid(Fulfilment.NOT_YET), ["role", "department", "by"]),
        (GoalSaid(Fulfilment.NOT_YET, role="Chef", by=date(2030, 1, 1)), ["department"]),
    ],
)
def test_a_goal_is_answered_with_what_its_reader_asks_next(
    cast: Cast, programme: Programme, said: GoalSaid, lacks: list[str]
) -> None:
    project = closing(cast, programme)
    goal = ground_of(project).goals[0]
    answers = {**complete_content(project).goals, goal.key: said}
    assert lacking(project, goals=answers) == [f"{name}_{goal.key}" for name in lacks]


def test_a_milestone_is_reached_or_it_is_said_why_not(cast: Cast, programme: Programme) -> None:
    project = closing(cast, programme)
    said = complete_content(project).milestones
    key = next(iter(said))
    assert lacking(project, milestones={**said, key: MilestoneSaid()}) == [f"reached_{key}"]
    assert lacking(project, milestones={**said, key: MilestoneSaid(note="Ströks.")}) == []
    future = MilestoneSaid(date(2099, 1, 1))
    assert lacking(project, milestones={**said, key: future}) == [f"reached_{key}"]


def test_a_late_end_and_a_cost_off_the_plan_are_explained(cast: Cast, programme: Programme) -> None:
    project = closing(cast, programme)
    texts = complete_content(project).texts
    silent = {**texts, Words.TIME: "", Words.COST: ""}
    assert lacking(project, texts=silent) == ["cost"], (
        "nothing is booked, so the cost is far below the budget"
    )
    assert lacking(project, texts=silent, ended_on=date(2028, 7, 1)) == ["time", "cost"]


def test_a_group_has_looked_back_or_it_is_said_why_not(cast: Cast, programme: Programme) -> None:
    project = closing(cast, programme)
    groups = complete_content(project).groups
    assert lacking(project, groups={**groups, Group.REFERENCE: GroupSaid()}) == ["absent"]
    said = GroupSaid(absent="Projektet hade ingen referensgrupp.")
    assert lacking(project, groups={**groups, Group.REFERENCE: said}) == []


# --- sending ---------------------------------------------------------------------------------------------


def test_an_incomplete_report_is_kept_and_not_sent(cast: Cast, programme: Programme) -> None:
    project = closing(cast, programme)
    write(cast, project, Content(texts={Words.SUMMARY: "Halva."}))
    with pytest.raises(IncompleteError), transaction():
        service.send(cast.leader, final_report(cast.leader, project), CLOSED.date(), CLOSED)
    found = final_report(cast.leader, reloaded(project))
    assert (found.state, found.newest) == (FinalState.DRAFT, None)
    assert from_json(found.report.content if found.report else {}).text(Words.SUMMARY) == "Halva."


def test_a_sent_report_is_frozen_with_its_figures_as_they_were(cast: Cast, programme: Programme) -> None:
    project = closing(cast, programme)
    line = plans.budget_of(project.id)[0]
    effort = plans.effort_of(project.id)[1]
    values = EntryValues(
        booked_on=date(2028, 5, 1), activity="Utveckling", budget_line_id=line.id, amount=Decimal(1000)
    )
    hours = EntryValues(
        booked_on=date(2028, 5, 1), activity="Möten", role=effort.role, effort_line_id=effort.id,
        hours=Decimal(96),
    )  # fmt: skip
    with transaction():
        costs.enter(cast.leader, reloaded(project), [values, hours], CLOSED)
    write(cast, project, complete_content(project, ended_on=date(2028, 7, 31)))
    send(cast, project)
    version = final_report(cast.leader, reloaded(project)).newest
    assert version is not None
    before, print_ = version.content, version.content_sha256
    assert (version.days_late, version.spent) == (31, Decimal(1000))
    assert before["totals"]["hours"] == "96"
    steering = next(row for row in before["hours"] if row["role"] == "Styrgrupp")
    assert (Decimal(steering["over_least"]), Decimal(steering["over_most"])) == (
        Decimal("0.2"),
        Decimal("1.4"),
    )
    with transaction():
        service.give_back(
            cast.secretary, final_report(cast.secretary, project), 1, reason="Ange dag.", now=CLOSED
        )
        costs.enter(cast.leader, reloaded(project), [replace(values, amount=Decimal(5))], CLOSED)
    send(cast, project)
    db.session.expire_all()
    first, second = final_report(cast.leader, reloaded(project)).versions
    assert (first.content, first.content_sha256) == (before, print_)
    assert sha256_of(first.content) == print_
    assert (second.number, second.spent) == (2, Decimal(1005))


def test_the_plan_says_what_the_report_says_of_its_milestones(cast: Cast, programme: Programme) -> None:
    project = closing(cast, programme)
    key = plans.milestones_of(project.id)[0].id
    said = {**complete_content(project).milestones, key: MilestoneSaid(date(2027, 6, 7))}
    write(cast, project, complete_content(project, milestones=said))
    send(cast, project)
    db.session.expire_all()
    assert plans.milestones_of(project.id)[0].reached_on == date(2027, 6, 7)


def test_what_was_sent_is_not_written_until_it_comes_back(cast: Cast, programme: Programme) -> None:
    project = final_report_sent(cast, programme)
    with pytest.raises(RefusedError):
        write(cast, project, complete_content(project))
    with transaction():
        service.give_back(cast.secretary, final_report(cast.secretary, project), 1, reason="x", now=CLOSED)
    write(cast, reloaded(project), complete_content(project))


def test_a_report_is_written_only_while_the_project_ends(cast: Cast, programme: Programme) -> None:
    project = running(cast, programme)
    with pytest.raises(RefusedError):
        write(cast, project, complete_content(project))


# --- a project that was terminated ------------------------------------------------------------------------


def test_a_project_that_never_had_a_plan_reports_what_can_be_told(cast: Cast, programme: Programme) -> None:
    project = interrupt(cast, granted(cast, programme))
    ground = ground_of(project)
    begun = service.begun(final_report(cast.leader, project), ground)
    assert {said.fulfilment for said in begun.goals.values()} == {Fulfilment.INTERRUPTED}
    texts = {
        **begun.texts,
        **dict.fromkeys((Words.SUMMARY, Words.REASONS, Words.RECOMMENDATIONS), "Avbrutet."),
    }
    write(cast, project, replace(begun, texts=texts, ended_on=CLOSED.date()))
    send(cast, project)
    put_in_order(cast, project)
    with pytest.raises(NotReadyError, match="Vad som är levererat") as told:
        approve(cast, project)
    assert len(told.value.obstacles) == 5
    tell_all(cast, project)
    approve(cast, project)
    ended = reloaded(project)
    assert ended.state == State.TERMINATED
    said = final_report(cast.leader, ended).versions[0].content
    assert said["interrupted"]
    assert said["termination"] == {"on": "2027-04-12", "by": "Styrgruppen"}
    assert {goal["fulfilment"] for rows in said["goals"].values() for goal in rows} == {"interrupted"}
    assert (said["milestones"], said["end"]["delay"], said["totals"]["spent"]) == ([], None, "0")
