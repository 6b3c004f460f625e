"""What happens in the cases that have been handed over, their texts marked."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, date, datetime

from app.db import transaction
from app.follow_up import service
from app.follow_up.content import Content
from app.follow_up.queries import FollowUpOf, whole_of
from app.follow_up.questions import BY_ASK, Ask, Kind
from app.projects.models import Project
from tests.access import ending
from tests.access.words import Part
from tests.conftest import Cast
from tests.follow_up import follow_story
from tests.realisation import measuring_story
from tests.remembered import standing


def begin(cast: Cast, project: Project, mark: ending.Marks) -> None:
    """The project is handed over, and the first follow-up is being written."""
    ending.hand_over(cast, project, mark)
    _write(cast, project, 1, mark(Part.FOLLOWING))


def follow_up(cast: Cast, project: Project, mark: ending.Marks) -> None:
    """The first follow-up is approved, and the second has come in."""
    ending.hand_over(cast, project, mark)
    _approved(cast, project, 1, mark(Part.DELIVERY))
    _sent(cast, project, 2, mark(Part.DELIVERY))


def close(cast: Cast, project: Project, mark: ending.Marks) -> None:
    """Every follow-up is approved, and the project is closed; what remains has somebody."""
    ending.hand_over(cast, project, mark)
    for number in (1, 2, 3):
        day = _approved(cast, project, number, mark(Part.DELIVERY))
    measuring_story.all_ended(cast, standing(project.id), _on(day), mark(Part.DELIVERY))
    with transaction():
        service.close(cast.secretary, whole_of(standing(project.id)), mark(Part.DELIVERY), _on(day))


def _approved(cast: Cast, project: Project, number: int, mark: str) -> date:
    day = _sent(cast, project, number, mark)
    follow_story.approve(cast, standing(project.id), number, _on(day))
    return day


def _sent(cast: Cast, project: Project, number: int, mark: str) -> date:
    day = _write(cast, project, number, mark)
    follow_story.send(cast, standing(project.id), number, _on(day))
    return day


def _write(cast: Cast, project: Project, number: int, mark: str) -> date:
    """The leader writes it as on its day."""
    found = follow_story.follow_up(cast.leader, standing(project.id), number)
    day = found.follow_up.follows_on
    follow_story.write(cast.leader, standing(project.id), number, _marked(found, day, mark), _on(day))
    return day


def _marked(found: FollowUpOf, day: date, mark: str) -> Content:
    whole = follow_story.complete_content(found, day)
    return replace(whole, answers={**whole.answers, **dict(_texts(whole, mark))})


def _texts(content: Content, mark: str) -> Iterator[tuple[Ask, str]]:
    for ask in content.answers:
        if BY_ASK[ask].kind is Kind.TEXT:
            yield ask, f"{mark} text"


def _on(day: date) -> datetime:
    return datetime(day.year, day.month, day.day, 9, 0, tzinfo=UTC)
