"""The secretariat's verbs: register, claim, check, return, accept, send to the council."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from sqlalchemy import select

from app.accounts.access import Viewer
from app.applications.queries import newest_version
from app.applications.sections import section_for
from app.core.verdict import RefusedError
from app.core.workflow import State
from app.db import db, transaction
from app.history.models import HistoryEvent
from app.notifications.models import Notification
from app.programmes.models import Programme
from app.projects import service as projects
from app.projects.models import Project, ProjectKind
from app.reviews import queries, service
from app.reviews.checklist import points_for
from app.reviews.models import Answer, ChecklistAnswer
from tests.conftest import NOW, TODAY, Cast
from tests.review_story import (
    LATER,
    QUESTIONS,
    answer_all,
    assessed,
    in_council,
    resubmitted,
    returned,
    taken_in,
)
from tests.story import reloaded, submitted


def told(person: Viewer, kind: str) -> list[Notification]:
    query = select(Notification).where(Notification.person_id == person.id, Notification.kind == kind)
    return list(db.session.scalars(query.order_by(Notification.id)))


def test_registration_gives_the_year_its_next_number_a_handler_and_a_due_date(
    cast: Cast, programme: Programme
) -> None:
    first, second = taken_in(cast, programme), taken_in(cast, programme, title="Bygglov på nätet")
    assert [first.case_number, second.case_number] == ["2027-0001", "2027-0002"]
    assert first.state == State.CHECKING
    assert first.handler_id == cast.secretary.id
    assert first.due_on == date(2027, 3, 15)
    numbers = [row.details["case_number"] for row in told(cast.leader, "registered")]
    assert numbers == ["2027-0001", "2027-0002"]


@pytest.mark.parametrize(
    ("day", "count", "after"),
    [
        (date(2027, 3, 1), 10, date(2027, 3, 15)),
        (date(2027, 3, 5), 1, date(2027, 3, 8)),
        (date(2027, 3, 6), 1, date(2027, 3, 8)),
        (date(2027, 3, 6), 0, date(2027, 3, 6)),
    ],
)
def test_working_days_step_over_weekends(day: date, count: int, after: date) -> None:
    assert service.working_days_after(day, count) == after


def test_nobody_registers_twice_or_what_has_not_come_in(cast: Cast, programme: Programme) -> None:
    project = taken_in(cast, programme)
    with pytest.raises(RefusedError):
        service.register(cast.other_secretary, project, LATER, TODAY)


@pytest.mark.parametrize(
    "who", ["leader", "manager", "council", "decider", "auditor", "controller", "nobody"]
)
def test_only_the_secretariat_registers(cast: Cast, programme: Programme, who: str) -> None:
    project = submitted(cast, programme)
    with pytest.raises(RefusedError):
        service.register(getattr(cast, who), project, NOW, TODAY)
    assert reloaded(project).case_number is None


def test_a_colleague_takes_the_case_over_before_acting_on_it(cast: Cast, programme: Programme) -> None:
    project = taken_in(cast, programme)
    with pytest.raises(RefusedError, match="Ta över"):
        service.answer_checklist(cast.other_secretary, project, {"risks": (Answer.COMPLETE, "")}, LATER)
    with transaction():
        service.claim(cast.other_secretary, project, LATER)
        service.answer_checklist(cast.other_secretary, project, {"risks": (Answer.COMPLETE, "")}, LATER)
    assert reloaded(project).handler_id == cast.other_secretary.id
    with pytest.raises(RefusedError, match="handlägger redan"):
        service.claim(cast.other_secretary, project, LATER)


def test_nobody_handles_a_project_that_they_lead(cast: Cast, programme: Programme) -> None:
    project = taken_in(cast, programme)
    with transaction():
        db.session.execute(
            db.update(Project).where(Project.id == project.id).values(leader_id=cast.other_secretary.id)
        )
    own = reloaded(project)
    for act in (
        lambda: service.claim(cast.other_secretary, own, LATER),
        lambda: service.answer_checklist(cast.other_secretary, own, {}, LATER),
        lambda: service.accept_as_complete(cast.other_secretary, own, LATER),
    ):
        with pytest.raises(RefusedError, match="Du leder projektet"):
            act()


def test_the_checklist_is_saved_point_by_point(cast: Cast, programme: Programme) -> None:
    project = taken_in(cast, programme)
    with transaction():
        service.answer_checklist(cast.secretary, project, {"risks": (Answer.LACKING, "Ingen åtgärd")}, LATER)
    with transaction():
        service.answer_checklist(cast.secretary, project, {"risks": (Answer.COMPLETE, "")}, LATER)
        service.answer_checklist(cast.secretary, project, {"milestones": (Answer.NOT_RELEVANT, "")}, LATER)
    check = queries.check_of(project)
    assert check.answers == {"risks": Answer.COMPLETE, "milestones": Answer.NOT_RELEVANT}
    assert check.unanswered == len(check.points) - 2


def test_saving_the_same_answer_again_leaves_no_trace(cast: Cast, programme: Programme) -> None:
    project = taken_in(cast, programme)
    counts = []
    for _again in range(2):
        with transaction():
            service.answer_checklist(cast.secretary, project, {"risks": (Answer.COMPLETE, "")}, LATER)
        rows = select(HistoryEvent).where(HistoryEvent.record_type == ChecklistAnswer.__tablename__)
        counts.append(len(db.session.scalars(rows).all()))
    assert counts == [1, 1]


def test_a_point_that_the_checklist_does_not_have_is_refused(cast: Cast, programme: Programme) -> None:
    project = taken_in(cast, programme)
    with pytest.raises(service.UnknownPointError):
        service.answer_checklist(cast.secretary, project, {"weather": (Answer.COMPLETE, "")}, LATER)


@pytest.mark.parametrize("kind", list(ProjectKind))
def test_every_point_belongs_to_a_section_that_the_kind_of_project_has(kind: ProjectKind) -> None:
    points = points_for(kind)
    assert points
    assert [point.key for point in points if section_for(kind, point.section) is None] == []
    assert len({point.key for point in points}) == len(points)


def test_an_application_is_accepted_only_when_every_point_is_answered_and_none_is_lacking(
    cast: Cast, programme: Programme
) -> None:
    project = taken_in(cast, programme)
    with pytest.raises(RefusedError, match="Svara på alla punkter"):
        service.accept_as_complete(cast.secretary, project, LATER)
    answer_all(cast, project)
    with transaction():
        service.answer_checklist(cast.secretary, project, {"risks": (Answer.LACKING, "")}, LATER)
    with pytest.raises(RefusedError, match="Begär komplettering"):
        service.accept_as_complete(cast.secretary, project, LATER)
    with transaction():
        service.answer_checklist(cast.secretary, project, {"risks": (Answer.NOT_RELEVANT, "")}, LATER)
        service.accept_as_complete(cast.secretary, project, LATER)
    assert reloaded(project).state == State.ASSESSMENT
    assert told(cast.leader, "accepted_as_complete")


def test_an_assessed_case_goes_to_the_council_who_may_then_read_it(cast: Cast, programme: Programme) -> None:
    from app.projects.queries import project_for

    project = assessed(cast, programme)
    assert project_for(cast.council, project.id) is None
    with transaction():
        service.refer_to_council(cast.secretary, project, LATER)
    assert project_for(cast.council, project.id) is not None
    assert told(cast.leader, "referred_to_council")


def test_no_verb_of_the_check_works_once_the_council_has_the_case(cast: Cast, programme: Programme) -> None:
    project = in_council(cast, programme)
    for act in (
        lambda: service.answer_checklist(cast.secretary, project, {}, LATER),
        lambda: service.accept_as_complete(cast.secretary, project, LATER),
        lambda: service.refer_to_council(cast.secretary, project, LATER),
        lambda: returned(cast, project),
    ):
        with pytest.raises(RefusedError, match="gått vidare"):
            act()


# --- completion ------------------------------------------------------------------------------------------


def test_a_return_asks_its_questions_and_tells_the_leader(cast: Cast, programme: Programme) -> None:
    project = returned(cast, taken_in(cast, programme))
    completion = queries.open_request(project.id)
    assert completion is not None
    assert [(row.section, row.text) for row in completion.questions] == list(QUESTIONS)
    assert project.state == State.RETURNED
    assert project.due_on == date(2027, 3, 31)
    assert queries.open_questions(project.id) == 2
    assert told(cast.leader, "returned_for_completion")[0].details["due_on"] == "2027-03-31"


def test_a_return_without_questions_or_with_a_day_that_has_passed_is_refused(
    cast: Cast, programme: Programme
) -> None:
    project = taken_in(cast, programme)
    with pytest.raises(service.NothingAskedError):
        returned(cast, project, questions=())
    with pytest.raises(service.DueDateError), transaction():
        service.return_for_completion(
            cast.secretary,
            project,
            message="",
            due_on=LATER.date() - timedelta(days=1),
            questions=QUESTIONS,
            now=LATER,
        )
    assert reloaded(project).state == State.CHECKING


def test_only_the_leader_answers_and_only_during_the_completion(cast: Cast, programme: Programme) -> None:
    project = returned(cast, taken_in(cast, programme))
    completion = queries.open_request(project.id)
    assert completion is not None
    question = completion.questions[0]
    for person in (cast.manager, cast.other_leader, cast.secretary):
        with pytest.raises(RefusedError):
            service.answer_question(person, project, question, "Nej", LATER)
    after = resubmitted(cast, project)
    with pytest.raises(RefusedError, match="gått vidare"):
        service.answer_question(cast.leader, after, question, "För sent", LATER)


def test_an_answer_can_be_changed_and_taken_back(cast: Cast, programme: Programme) -> None:
    project = returned(cast, taken_in(cast, programme))
    completion = queries.open_request(project.id)
    assert completion is not None
    question = completion.questions[0]
    for text, left in (("42 dagar", 1), ("43 dagar", 1), ("", 2)):
        with transaction():
            service.answer_question(cast.leader, project, question, text, LATER)
        assert queries.open_questions(project.id) == left
    assert question.answered_by_id is None


def test_an_application_with_an_open_question_is_not_taken_back(cast: Cast, programme: Programme) -> None:
    from app.applications import service as applications

    project = returned(cast, taken_in(cast, programme))
    with pytest.raises(RefusedError, match="frågor"), transaction():
        applications.resubmit(cast.leader, project, LATER, open_questions=queries.open_questions(project.id))


def test_the_next_version_closes_the_return_and_is_checked_anew(cast: Cast, programme: Programme) -> None:
    project = taken_in(cast, programme)
    answer_all(cast, project)
    project = resubmitted(cast, returned(cast, project))
    assert project.state == State.CHECKING
    assert queries.open_request(project.id) is None
    assert queries.open_questions(project.id) == 0
    version = newest_version(project.id)
    assert version is not None
    assert version.number == 2
    assert queries.check_of(project).answers == {}


def test_a_second_return_gets_the_next_number(cast: Cast, programme: Programme) -> None:
    project = returned(cast, resubmitted(cast, returned(cast, taken_in(cast, programme))))
    assert [row.number for row in queries.requests_of(project.id)] == [2, 1]


def test_a_question_of_an_earlier_return_cannot_be_answered_any_more(
    cast: Cast, programme: Programme
) -> None:
    project = returned(cast, taken_in(cast, programme))
    first = queries.open_request(project.id)
    assert first is not None
    question = first.questions[0]
    project = returned(cast, resubmitted(cast, project))
    with pytest.raises(ValueError, match="another return"):
        service.answer_question(cast.leader, project, question, "Nu då", LATER)


def test_a_withdrawn_case_is_left_alone(cast: Cast, programme: Programme) -> None:
    project = taken_in(cast, programme)
    with transaction():
        from app.core.workflow import Action

        projects.move(cast.leader, project, Action.WITHDRAW, LATER)
    with pytest.raises(RefusedError, match="gått vidare"):
        service.answer_checklist(cast.secretary, reloaded(project), {}, LATER)
