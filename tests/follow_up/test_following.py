"""Follow-ups are planned when a project is handed over, and written by the manager and the leader."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, datetime, timedelta
from decimal import Decimal

import pytest
from sqlalchemy import func, select

from app.accounts.access import Viewer
from app.core.final_report import Fulfilment
from app.core.follow_up import Coming, Schedule
from app.core.lacks import IncompleteError
from app.core.operation import YearlyCost, YearlyKind
from app.core.verdict import RefusedError
from app.core.workflow import State
from app.db import db, transaction
from app.follow_up import service
from app.follow_up.beginning import from_the_record
from app.follow_up.content import BenefitSaid, Content, GoalSaid, Remaining, as_json, from_json
from app.follow_up.gathering import ground_of
from app.follow_up.queries import follow_ups_of
from app.follow_up.questions import Ask
from app.follow_up.rules import lacks_in
from app.history.models import HistoryEvent
from app.notifications.models import Kind, Notification
from app.operations import service as operations
from app.programmes.models import Programme
from app.programmes.service import set_follow_ups
from app.projects.models import Project, ProjectKind
from tests.closing.final_story import CLOSED, final_report_sent, handed_over, put_in_order
from tests.closing.final_story import approve as approve_final_report
from tests.conftest import Cast
from tests.follow_up.follow_story import (
    DAYS,
    WRITTEN,
    complete_content,
    follow_up,
    follow_up_written,
    followed_up,
    with_answers,
    write,
)
from tests.operating_story import changed_cost, said_by, service_of
from tests.story import reloaded


def told(kind: Kind) -> set[int]:
    return set(told_rows(kind))


def told_rows(kind: Kind) -> list[int]:
    return list(db.session.scalars(select(Notification.person_id).where(Notification.kind == kind.value)))


def asked_instead(cast: Cast, project: Project, now: datetime, by: Viewer | None = None) -> None:
    """Another department is to own the service: it is asked."""
    _what, who, _money = said_by(service_of(reloaded(project)).service)
    other = replace(who, department_id=cast.other_department.id, owner_id=None)
    with transaction():
        operations.save_holders(by or cast.manager, service_of(reloaded(project)), other, now)


def taken_over(cast: Cast, project: Project, now: datetime) -> None:
    """The other department has accepted it."""
    with transaction():
        operations.accept(cast.other_manager, service_of(reloaded(project)), "", now)


# --- planning --------------------------------------------------------------------------------------------


def test_a_project_that_is_handed_over_is_followed_up_after_three_twelve_and_twenty_four_months(
    cast: Cast, programme: Programme
) -> None:
    project = handed_over(cast, programme)
    rows = follow_ups_of(project.id)
    assert [(row.number, row.months, row.follows_on) for row in rows] == [
        (1, 3, DAYS[0]), (2, 12, DAYS[1]), (3, 24, DAYS[2]),
    ]  # fmt: skip
    assert rows[0].due_on == date(2028, 10, 18)
    assert {row.department_id for row in rows} == {project.lead_department_id}
    assert told(Kind.FOLLOW_UPS_PLANNED) == {cast.manager.id, cast.leader.id}
    assert project.state == State.HANDED_OVER


def test_what_is_valid_on_the_day_of_the_hand_over_decides_and_a_later_setting_moves_nothing(
    cast: Cast, programme: Programme
) -> None:
    project = final_report_sent(cast, programme)
    put_in_order(cast, project)
    with transaction():
        for months, day in (((6,), date(2028, 1, 1)), ((1,), date(2029, 1, 1))):
            set_follow_ups(
                cast.administrator, programme, Schedule(months, 5), day, reference="§ 1", now=WRITTEN[0]
            )
    approve_final_report(cast, project)
    (only,) = follow_ups_of(project.id)
    assert (only.follows_on, only.due_on) == (date(2028, 12, 20), date(2028, 12, 29))


def test_a_pre_study_is_not_followed_up(cast: Cast, programme: Programme) -> None:
    project = handed_over(cast, programme, kind=ProjectKind.PRE_STUDY)
    assert follow_ups_of(project.id) == []


def test_the_department_that_owns_the_service_has_it_and_reads_the_case(
    cast: Cast, programme: Programme
) -> None:
    project = final_report_sent(cast, programme)
    put_in_order(cast, project)
    asked_instead(cast, project, CLOSED, by=cast.leader)
    taken_over(cast, project, CLOSED)
    approve_final_report(cast, project)
    assert {row.department_id for row in follow_ups_of(project.id)} == {cast.other_department.id}
    assert cast.other_manager.id in told(Kind.FOLLOW_UPS_PLANNED)
    assert follow_up(cast.other_manager, project) is not None, "it takes part in the case"
    with pytest.raises(RefusedError, match="äger tjänsten"):
        service.send(cast.manager, follow_up(cast.manager, project), DAYS[0], WRITTEN[0])


def test_what_is_left_goes_with_the_service_to_its_new_owner_once_that_has_accepted(
    cast: Cast, programme: Programme
) -> None:
    project = followed_up(cast, programme)
    asked_instead(cast, project, WRITTEN[0])
    first, *left = follow_ups_of(project.id)
    assert {row.department_id for row in left} == {cast.department.id}, "it is only asked"
    db.session.rollback()
    taken_over(cast, project, WRITTEN[0])
    first, *left = follow_ups_of(project.id)
    assert first.department_id == cast.department.id, "it was theirs, and is approved"
    assert [row.department_id for row in left] == [cast.other_department.id] * 2
    assert cast.other_manager.id in told(Kind.FOLLOW_UPS_PLANNED)
    moved = select(func.count()).where(HistoryEvent.verb == "move_follow_up", HistoryEvent.field.is_not(None))
    assert db.session.scalar(moved) == 2


def test_an_owner_that_accepts_again_is_told_of_nothing_new(cast: Cast, programme: Programme) -> None:
    project = followed_up(cast, programme)
    before = len(told_rows(Kind.FOLLOW_UPS_PLANNED))
    changed_cost(
        cast.manager, project, YearlyCost(YearlyKind.LICENCES, 2029, 2029, Decimal(9)), now=WRITTEN[0]
    )
    with transaction():
        operations.accept(cast.manager, service_of(reloaded(project)), "", WRITTEN[0])
    assert len(told_rows(Kind.FOLLOW_UPS_PLANNED)) == before


# --- writing ---------------------------------------------------------------------------------------------


def test_it_begins_with_what_the_record_knows(cast: Cast, programme: Programme) -> None:
    project = handed_over(cast, programme)
    found = follow_up(cast.manager, project)
    ground = ground_of(found)
    begun = service.begun(found, ground)
    assert ground.operation.owner
    assert ground.registered is not None
    assert begun.answers[Ask.OWNER] == ground.registered.owner
    assert begun.answers[Ask.YEARLY_COST] == ground.registered.yearly_cost
    assert {goal.fulfilment for goal in ground.goals} == {Fulfilment.NOT_YET}
    assert {goal.fulfilment for goal in ground.reached} == {Fulfilment.FULFILLED}
    assert ground.benefits
    assert all(row.department for row in ground.benefits)
    assert Ask.SUMMARY not in begun.answers


def test_it_begins_with_what_the_register_says_of_the_service_by_now(
    cast: Cast, programme: Programme
) -> None:
    project = handed_over(cast, programme)
    found = follow_up(cast.manager, project)
    year = found.follow_up.follows_on.year
    changed_cost(cast.manager, project, YearlyCost(YearlyKind.LICENCES, year, year, Decimal("777.50")))
    ground = ground_of(found)
    planned = ground.operation.yearly_cost
    assert service.begun(found, ground).answers[Ask.YEARLY_COST] == Decimal("777.50") != planned
    before = Content(answers={Ask.OWNER: "Någon annan", Ask.CHANNEL: "Telefon"})
    begun = from_the_record(replace(ground, before=before)).answers
    assert begun[Ask.OWNER] == service_of(project).service.owner_role
    assert begun[Ask.CHANNEL] == "Telefon"
    unknown = from_the_record(replace(ground, before=before, registered=None)).answers
    assert unknown[Ask.OWNER] == "Någon annan"


def test_everything_that_is_lacking_is_told_at_once(cast: Cast, programme: Programme) -> None:
    project = handed_over(cast, programme)
    found = follow_up(cast.manager, project)
    ground = ground_of(found)
    lacks = lacks_in(ground, service.begun(found, ground), DAYS[0], DAYS[0])
    asked = {"summary", "in_use", "asked", "work", "hours_freed", "unexpected", "channel", "works", "another"}
    asked |= {f"comment_{goal.key}" for goal in ground.goals}
    asked |= {f"coming_{row.key}" for row in ground.benefits}
    assert {lack.field for lack in lacks} == asked
    with pytest.raises(IncompleteError) as refused, transaction():
        service.send(cast.manager, found, DAYS[0], WRITTEN[0])
    assert {lack.field for lack in refused.value.lacks} == asked


ASKS_FOR: tuple[tuple[dict[str, object], set[str]], ...] = (
    ({"in_use": "no"}, {"not_used"}),
    ({"started": None, "use_source": ""}, {"started", "use_source"}),
    ({"completed": 1201}, {"completed"}),
    ({"since": DAYS[0], "until": DAYS[0] - timedelta(days=1)}, {"until"}),
    ({"until": DAYS[0] + timedelta(days=1)}, {"until"}),
    ({"asked": "no"}, {"not_asked"}),
    ({"asked_count": None}, {"asked_count"}),
    ({"freed_for": ""}, {"freed_for"}),
    ({"hours_freed": None}, {"hours_freed"}),
    ({"channel_why": ""}, {"channel_why"}),
    ({"channel": "closed"}, {"channel_closed"}),
    ({"channel": "closed", "channel_closed": DAYS[0] + timedelta(days=1)}, {"channel_closed"}),
    ({"works": "partly"}, {"works_why"}),
    ({"payer": "", "yearly_cost": None}, {"payer", "yearly_cost"}),
    ({"another": "yes"}, {"another_on", "another_why"}),
    ({"another": "yes", "another_on": DAYS[0], "another_why": "x"}, {"another_on"}),
    ({"another": "yes", "another_on": DAYS[1], "another_why": "x"}, {"another_on"}),
    ({}, set()),
)


def test_an_answer_asks_for_what_it_needs(
    cast: Cast, programme: Programme, subtests: pytest.Subtests
) -> None:
    project = handed_over(cast, programme)
    found = follow_up(cast.manager, project)
    ground, whole = ground_of(found), complete_content(found, DAYS[0])
    for answers, missing in ASKS_FOR:
        with subtests.test(str(answers)):
            content = with_answers(whole, **answers)
            assert {lack.field for lack in lacks_in(ground, content, DAYS[0], DAYS[0])} == missing


def test_what_did_not_become_as_promised_is_explained_and_what_remains_has_an_owner_and_a_day(
    cast: Cast, programme: Programme
) -> None:
    project = handed_over(cast, programme)
    found = follow_up(cast.manager, project)
    ground = ground_of(found)
    goal, benefit = ground.goals[0].key, ground.benefits[0].key
    content = complete_content(found, DAYS[0])
    content = replace(
        content,
        goals={**content.goals, goal: GoalSaid(Fulfilment.FULFILLED)},
        benefits={**content.benefits, benefit: BenefitSaid(Coming.NEVER)},
        remaining=[Remaining("Stäng blanketten", "", DAYS[0] - timedelta(days=1)), Remaining("", "Chef")],
    )
    lacks = lacks_in(ground, content, DAYS[0], DAYS[0])
    assert {lack.field for lack in lacks} == {
        f"comment_{goal}", f"seen_{benefit}", "remaining-0-owner", "remaining-0-due_on", "remaining-1-text",
        "remaining-1-due_on",
    }  # fmt: skip


def test_what_is_typed_is_the_same_when_it_is_read_again(cast: Cast, programme: Programme) -> None:
    project = handed_over(cast, programme)
    content = complete_content(follow_up(cast.manager, project), DAYS[0])
    content = replace(content, remaining=[Remaining("Stäng blanketten", "Enhetschef", DAYS[1])])
    assert from_json(as_json(content)) == content


def test_a_second_person_goes_on_where_the_first_stopped(cast: Cast, programme: Programme) -> None:
    project = follow_up_written(cast, programme)
    found = follow_up(cast.manager, project)
    kept = service.begun(found, ground_of(found))
    assert kept.text(Ask.SUMMARY) == "Tjänsten används mer än väntat."
    write(cast.manager, project, 1, with_answers(kept, summary="Det går bra."), WRITTEN[0])
    again = follow_up(cast.leader, reloaded(project))
    assert from_json(again.follow_up.content or {}).text(Ask.SUMMARY) == "Det går bra."
