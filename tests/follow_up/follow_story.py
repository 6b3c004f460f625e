"""The story of what comes after a project: its follow-ups are written, sent and approved.

Every function ends in a committed transaction and answers with the project, freshly loaded.
"""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime
from decimal import Decimal
from typing import Any

from app.accounts.access import Viewer
from app.applications.snapshot import sha256_of
from app.core.final_report import Fulfilment
from app.core.follow_up import Coming, FollowUpAction
from app.core.treated import Treated
from app.db import db, transaction
from app.follow_up import queries, service
from app.follow_up.content import BenefitSaid, Content, GoalSaid
from app.follow_up.gathering import ground_of
from app.follow_up.ground import Ground
from app.follow_up.models import FollowUp, FollowUpRemark, FollowUpVersion
from app.follow_up.queries import FollowUpOf
from app.follow_up.questions import Ask
from app.history.service import record
from app.programmes.models import Programme
from app.projects.models import Project
from tests.closing.final_story import handed_over
from tests.conftest import Cast
from tests.realisation import measuring_story
from tests.remembered import remembered
from tests.story import reloaded

DAYS = (date(2028, 9, 20), date(2029, 6, 20), date(2030, 6, 20))
"""Three, twelve and twenty-four months after the project was handed over (final_story.CLOSED)."""
WRITTEN = tuple(datetime(day.year, day.month, day.day, 9, 0, tzinfo=UTC) for day in DAYS)


def follow_up(viewer: Viewer, project: Project, number: int = 1) -> FollowUpOf:
    """A follow-up of the project as the viewer finds it."""
    found = queries.follow_up_for(viewer, project.id, number)
    assert found is not None
    return found


def complete_answers(ground: Ground, until: date) -> dict[Ask, Any]:
    """An answer to every question that always has one."""
    return {
        Ask.SUMMARY: "Tjänsten används mer än väntat.",
        Ask.IN_USE: "yes",
        Ask.SINCE: ground.handed_over_on,
        Ask.UNTIL: until,
        Ask.STARTED: 1200,
        Ask.COMPLETED: 900,
        Ask.OTHERWISE: 100,
        Ask.USE_SOURCE: "Plattformens statistik",
        Ask.ASKED: "yes",
        Ask.ASKED_HOW: "Enkät i tjänsten.",
        Ask.ASKED_COUNT: 214,
        Ask.ASKED_RESULT: "Åtta av tio är nöjda.",
        Ask.WORK: "Handläggarna börjar med hela underlaget.",
        Ask.HOURS_FREED: Decimal(320),
        Ask.FREED_FOR: "Fler besök på plats.",
        Ask.UNEXPECTED: "Fler frågor på kvällen.",
        Ask.CHANNEL: "remains",
        Ask.CHANNEL_WHY: "De som inte kan logga in behöver blanketten.",
        Ask.WORKS: "yes",
        Ask.ANOTHER: "no",
    }


def complete_content(found: FollowUpOf, until: date, **more: Any) -> Content:
    """A follow-up in which nothing is lacking; `more` replaces parts of the content."""
    ground = ground_of(found)
    begun = service.begun(found, ground)
    whole = replace(
        begun,
        answers={**begun.answers, **complete_answers(ground, until)},
        goals={goal.key: GoalSaid(Fulfilment.PARTLY, "40", "Fler är på väg.") for goal in ground.goals},
        benefits={row.key: BenefitSaid(Coming.AS_PROMISED, "Det syns.") for row in ground.benefits},
    )
    return replace(whole, **more)


def with_answers(content: Content, **answers: Any) -> Content:
    """With other answers, by the names of the questions."""
    return replace(content, answers={**content.answers, **{Ask(key): one for key, one in answers.items()}})


def write(viewer: Viewer, project: Project, number: int, content: Content, now: datetime) -> None:
    """Somebody saves the follow-up."""
    with transaction():
        service.save(viewer, follow_up(viewer, project, number), content, now)


def send(cast: Cast, project: Project, number: int = 1, now: datetime | None = None) -> None:
    """The manager sends it as it stands, on its day."""
    now = now or WRITTEN[number - 1]
    with transaction():
        service.send(cast.manager, follow_up(cast.manager, project, number), now.date(), now)


def approve(cast: Cast, project: Project, number: int = 1, now: datetime | None = None) -> None:
    """The secretary approves what was sent last."""
    found = follow_up(cast.secretary, project, number)
    assert found.newest is not None
    with transaction():
        moment = now or WRITTEN[number - 1]
        service.approve(cast.secretary, found, found.newest.number, words="Tack.", now=moment)


@remembered
def follow_up_written(cast: Cast, programme: Programme, **details: Any) -> Project:
    """The project is handed over, and its leader has written the first follow-up."""
    project = handed_over(cast, programme, **details)
    found = follow_up(cast.leader, project)
    write(cast.leader, project, 1, complete_content(found, DAYS[0]), WRITTEN[0])
    return reloaded(project)


@remembered
def follow_up_sent(cast: Cast, programme: Programme, **details: Any) -> Project:
    """The manager has sent the first follow-up."""
    project = follow_up_written(cast, programme, **details)
    send(cast, project)
    return reloaded(project)


@remembered
def followed_up(cast: Cast, programme: Programme, **details: Any) -> Project:
    """The first follow-up is approved."""
    project = follow_up_sent(cast, programme, **details)
    approve(cast, project)
    return reloaded(project)


@remembered
def all_followed_up(cast: Cast, programme: Programme, **details: Any) -> Project:
    """Every follow-up is approved, and every benefit has ended."""
    project = followed_up(cast, programme, **details)
    for number, (day, now) in enumerate(zip(DAYS, WRITTEN, strict=True), 1):
        if number > 1:
            found = follow_up(cast.manager, project, number)
            write(cast.manager, project, number, complete_content(found, day), now)
            send(cast, project, number)
            approve(cast, project, number)
    measuring_story.all_ended(cast, reloaded(project), WRITTEN[2])
    return reloaded(project)


def kept_and_returned(cast: Cast, project: Project) -> None:
    """Rows as a follow-up that was sent and came back has left them, whatever state the project is in."""
    with transaction():
        row = FollowUp(
            project_id=project.id,
            number=1,
            months=3,
            follows_on=DAYS[0],
            due_on=DAYS[0],
            department_id=project.lead_department_id,
            state=Treated.RETURNED.value,
            state_since=WRITTEN[0],
            content={},
        )
        db.session.add(row)
        record(cast.manager, FollowUpAction.RETURN.value, row, now=WRITTEN[0])
        version = FollowUpVersion(
            follow_up_id=row.id,
            project_id=project.id,
            number=1,
            content={},
            content_sha256=sha256_of({}),
            sent_at=WRITTEN[0],
            sent_by_id=cast.manager.id,
        )
        db.session.add(version)
        record(cast.manager, "freeze_follow_up", version, now=WRITTEN[0])
        remark = FollowUpRemark(
            version_id=version.id,
            project_id=project.id,
            kind=FollowUpAction.RETURN.value,
            text="Varifrån kommer siffrorna?",
            at=WRITTEN[0],
            author_id=cast.secretary.id,
        )
        db.session.add(remark)
        record(cast.secretary, "remark_on_follow_up", remark, now=WRITTEN[0])
