"""A follow-up is sent by the manager and answered by the secretariat; then the project can close."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, datetime, timedelta
from decimal import Decimal

import pytest
from sqlalchemy import select

from app.accounts import service as accounts
from app.accounts.models import Role
from app.applications.snapshot import sha256_of
from app.closing.handover.queries import items_of
from app.core.final_report import Fulfilment
from app.core.follow_up import Coming
from app.core.handover import Standing as RestStanding
from app.core.lacks import IncompleteError
from app.core.realisation import BenefitEnd
from app.core.treated import Treated
from app.core.verdict import RefusedError
from app.core.workflow import State
from app.db import db, transaction
from app.follow_up import gates, service
from app.follow_up.content import Content, Remaining
from app.follow_up.gathering import ground_of
from app.follow_up.models import FollowUp
from app.follow_up.queries import follow_ups_of, whole_of
from app.follow_up.questions import Ask
from app.history.service import System
from app.notifications.models import Kind, Notification
from app.programmes.models import Programme
from app.projects.models import Project
from app.projects.obstacles import NotReadyError
from app.realisation.queries import benefits_of
from tests.closing.final_story import handed_over
from tests.conftest import Cast
from tests.follow_up.follow_story import (
    DAYS,
    WRITTEN,
    all_followed_up,
    approve,
    complete_content,
    follow_up,
    follow_up_sent,
    follow_up_written,
    followed_up,
    send,
    with_answers,
    write,
)
from tests.realisation import measuring_story
from tests.story import reloaded


def told(kind: Kind) -> set[int]:
    return set(db.session.scalars(select(Notification.person_id).where(Notification.kind == kind.value)))


# --- sending and answering -------------------------------------------------------------------------------


def test_it_is_not_sent_before_its_day(cast: Cast, programme: Programme) -> None:
    project = follow_up_written(cast, programme)
    day = DAYS[0] - timedelta(days=1)
    with pytest.raises(IncompleteError, match="2028-09-20"), transaction():
        service.send(cast.manager, follow_up(cast.manager, project), day, WRITTEN[0])


def test_the_leader_writes_and_the_manager_answers_for_it(cast: Cast, programme: Programme) -> None:
    project = follow_up_written(cast, programme)
    with pytest.raises(RefusedError, match="verksamhetschefen"):
        service.send(cast.leader, follow_up(cast.leader, project), DAYS[0], WRITTEN[0])
    for stranger in (cast.controller, cast.secretary):
        with pytest.raises(RefusedError):
            write(stranger, project, 1, Content(), WRITTEN[0])
    send(cast, project)
    assert told(Kind.FOLLOW_UP_SENT) == {cast.secretary.id}


def test_a_manager_who_led_the_project_does_not_send(cast: Cast, programme: Programme) -> None:
    project = follow_up_written(cast, programme)
    both = replace(cast.leader, roles=cast.leader.roles | {(Role.MANAGER, project.lead_department_id)})
    with pytest.raises(RefusedError, match="lett projektet"):
        service.send(both, follow_up(both, project), DAYS[0], WRITTEN[0])


def test_what_was_sent_is_one_document_with_its_fingerprint(cast: Cast, programme: Programme) -> None:
    project = follow_up_sent(cast, programme)
    version = follow_up(cast.secretary, project).newest
    assert version is not None
    said = version.content
    assert version.content_sha256 == sha256_of(said)
    assert (said["use"]["completion"], said["use"]["digital"]) == ("0.75", "0.9")
    assert said["department"] == cast.department.name
    assert said["operation_planned"]["owner"] == said["said"]["answers"]["owner"]
    assert (str(version.digital), version.works) == ("0.900000", "yes")
    with pytest.raises(RefusedError, match="skickad"):
        write(cast.manager, project, 1, Content(), WRITTEN[0])


def test_what_was_measured_of_a_benefit_stands_beside_what_is_said_of_it(
    cast: Cast, programme: Programme
) -> None:
    project = handed_over(cast, programme)
    measuring_story.plan(replace(cast, leader=cast.manager), project)
    measuring_story.measure(cast, project)
    now = measuring_story.AFTERWARDS
    found = follow_up(cast.manager, project)
    write(cast.manager, project, 1, complete_content(found, now.date()), now)
    send(cast, project, now=now)
    version = follow_up(cast.secretary, project).newest
    assert version is not None
    first, *others = version.content["benefits"]
    kept = {name: first[name] for name in ("measured", "unit", "baseline", "target", "measured_until")}
    assert kept == {
        "measured": "780", "unit": "samtal", "baseline": "1000", "target": "600",
        "measured_until": "2028-12-31",
    }  # fmt: skip
    assert first["owner"] == "Enhetschef, tillstånd"
    assert all(row["measured"] is None for row in others), "what nobody measures says so"


def test_it_comes_back_with_a_reason_and_is_sent_again(cast: Cast, programme: Programme) -> None:
    project = follow_up_sent(cast, programme)
    for reason, error in (("  ", "Skriv vad"), ("Varifrån kommer siffrorna?", None)):
        found = follow_up(cast.secretary, project)
        if error:
            with pytest.raises(RefusedError, match=error):
                service.give_back(cast.secretary, found, 1, reason=reason, now=WRITTEN[0])
            continue
        with transaction():
            service.give_back(cast.secretary, found, 1, reason=reason, now=WRITTEN[0])
    assert told(Kind.FOLLOW_UP_RETURNED) == {cast.leader.id, cast.manager.id}
    send(cast, project)
    found = follow_up(cast.secretary, reloaded(project))
    assert [row.number for row in found.versions] == [1, 2]
    with pytest.raises(RefusedError, match="på nytt"):
        service.approve(cast.secretary, found, 1, words="", now=WRITTEN[0])


def test_who_has_an_interest_does_not_answer(cast: Cast, programme: Programme) -> None:
    project = follow_up_sent(cast, programme)
    partial = replace(cast.secretary, roles=cast.secretary.roles | {(Role.CONTROLLER, cast.department.id)})
    with pytest.raises(RefusedError, match="Din förvaltning"):
        service.approve(partial, follow_up(partial, project), 1, words="", now=WRITTEN[0])


def test_the_first_that_is_approved_says_that_the_project_is_followed_up(
    cast: Cast, programme: Programme
) -> None:
    project = followed_up(cast, programme)
    assert project.state == State.FOLLOW_UP
    assert told(Kind.FOLLOW_UP_APPROVED) == {cast.leader.id, cast.manager.id}
    assert [row.state for row in follow_ups_of(project.id)] == [
        Treated.APPROVED,
        Treated.DRAFT,
        Treated.DRAFT,
    ]


def test_the_next_begins_with_what_the_last_one_said(cast: Cast, programme: Programme) -> None:
    project = followed_up(cast, programme)
    found = follow_up(cast.manager, project, 2)
    ground = ground_of(found)
    begun = service.begun(found, ground)
    assert begun.day(Ask.SINCE) == DAYS[0], "its figures go on from the day that the last ones ended"
    assert begun.text(Ask.CHANNEL) == "remains"
    assert Ask.STARTED not in begun.answers
    assert {goal.fulfilment for goal in ground.goals} == {Fulfilment.PARTLY}
    assert {row.coming for row in begun.benefits.values()} == {Coming.AS_PROMISED}


def test_what_was_found_to_remain_is_on_the_rest_list_with_the_managers_department(
    cast: Cast, programme: Programme
) -> None:
    project = follow_up_written(cast, programme)
    found = follow_up(cast.manager, project)
    kept = service.begun(found, ground_of(found))
    remaining = [Remaining("Stäng blanketten", "Enhetschef", DAYS[1])]
    write(cast.manager, project, 1, replace(kept, remaining=remaining), WRITTEN[0])
    send(cast, project)
    assert items_of(project.id) == [], "not before it is approved"
    approve(cast, project)
    (item,) = items_of(project.id)
    assert (item.text, item.owner, item.due_on) == ("Stäng blanketten", "Enhetschef", DAYS[1])
    assert (item.standing, item.held_by_id) == (RestStanding.ACCEPTED, cast.manager.id)
    assert item.department_id == project.lead_department_id


def test_one_more_is_planned_where_one_is_needed(cast: Cast, programme: Programme) -> None:
    project = follow_up_written(cast, programme)
    found = follow_up(cast.manager, project)
    day = date(2029, 1, 15)
    content = with_answers(
        service.begun(found, ground_of(found)), another="yes", another_on=day, another_why="Nya regler."
    )
    write(cast.manager, project, 1, content, WRITTEN[0])
    send(cast, project)
    approve(cast, project)
    rows = follow_ups_of(project.id)
    assert [(row.number, row.months, row.follows_on) for row in rows] == [
        (1, 3, DAYS[0]), (4, None, day), (2, 12, DAYS[1]), (3, 24, DAYS[2]),
    ]  # fmt: skip
    assert rows[1].due_on == date(2029, 2, 12)


# --- the end ---------------------------------------------------------------------------------------------


def close(cast: Cast, project: Project, now: datetime = WRITTEN[2]) -> None:
    with transaction():
        service.close(cast.secretary, whole_of(reloaded(project)), "Väl gjort.", now)


def test_a_project_is_closed_when_nothing_is_missing(cast: Cast, programme: Programme) -> None:
    project = all_followed_up(cast, programme)
    assert gates.obstacles_to_close(project) == []
    with pytest.raises(RefusedError):
        service.close(cast.manager, whole_of(project), "", WRITTEN[2])
    close(cast, project)
    assert reloaded(project).state == State.CLOSED
    assert told(Kind.PROJECT_CLOSED) == {cast.leader.id, cast.manager.id}


def test_every_follow_up_that_is_not_approved_keeps_it_open(cast: Cast, programme: Programme) -> None:
    project = followed_up(cast, programme)
    measuring_story.all_ended(cast, project, WRITTEN[0])
    with pytest.raises(NotReadyError) as refused, transaction():
        service.close(cast.secretary, whole_of(project), "", WRITTEN[2])
    assert [str(row.text) for row in refused.value.obstacles] == [
        "Uppföljningen 2029-06-20 är inte godkänd.", "Uppföljningen 2030-06-20 är inte godkänd.",
    ]  # fmt: skip
    assert reloaded(project).state == State.FOLLOW_UP


def test_what_remains_and_has_nobody_keeps_it_open(cast: Cast, programme: Programme) -> None:
    project = follow_up_written(cast, programme)
    found = follow_up(cast.manager, project)
    kept = service.begun(found, ground_of(found))
    remaining = [Remaining("Stäng blanketten", "Enhetschef", DAYS[1])]
    write(cast.manager, project, 1, replace(kept, remaining=remaining), WRITTEN[0])
    send(cast, project)
    approve(cast, project)
    assert not any("blanketten" in str(row.text) for row in gates.obstacles_to_close(project))
    with transaction():
        accounts.end_role(System(), managers_grant(cast), WRITTEN[0])
    assert "Ingen ansvarar för ”Stäng blanketten” på restlistan." in {
        str(row.text) for row in gates.obstacles_to_close(reloaded(project))
    }


def managers_grant(cast: Cast):
    from app.accounts.queries import grants_of

    return next(row for row in grants_of(cast.manager.id) if row.role == Role.MANAGER.value)


def test_a_room_below_keeps_it_open_by_registering(
    cast: Cast, programme: Programme, monkeypatch: pytest.MonkeyPatch
) -> None:
    from app.projects.obstacles import TO_CLOSE, Obstacle

    project = all_followed_up(cast, programme)
    said = Obstacle("En nytta är inte avslutad.", "overview.project")
    monkeypatch.setattr("app.follow_up.gates.TO_CLOSE", [*TO_CLOSE, lambda _project: [said]])
    with pytest.raises(NotReadyError, match="En nytta"), transaction():
        close(cast, project)


def test_a_benefit_that_has_not_ended_keeps_it_open(cast: Cast, programme: Programme) -> None:
    project = followed_up(cast, programme)
    names = [row.name for row in benefits_of(project.id)]
    assert len(names) == 2
    said = [str(row.text) for row in gates.obstacles_to_close(project)]
    assert [text for text in said if "Nyttan" in text] == [
        f"Nyttan ”{name}” är inte avslutad." for name in names
    ]
    measuring_story.propose(cast, project, BenefitEnd.ABANDONED, Decimal(1))
    assert [str(row.text) for row in gates.obstacles_to_close(reloaded(project))] == said


def test_nothing_is_written_of_a_closed_project(cast: Cast, programme: Programme) -> None:
    project = all_followed_up(cast, programme)
    close(cast, project)
    late = FollowUp(
        project_id=project.id, number=9, follows_on=DAYS[2] + timedelta(days=1), due_on=date(2031, 1, 1),
        department_id=project.lead_department_id, state_since=WRITTEN[2],
    )  # fmt: skip
    with transaction():
        from app.history.service import record

        db.session.add(late)
        record(System(), "plan_follow_up", late, now=WRITTEN[2])
    with pytest.raises(RefusedError, match="avslutat"):
        write(cast.manager, reloaded(project), 9, Content(), WRITTEN[2])
