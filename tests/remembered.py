"""Stories that have been told once are not told again: the database gets back what it held at their end.

Only where nobody has left a trace before the story begins, so that nothing is lost by it. Whatever has an
application of its own (a gallery, a city) hears each story in full. A test that changes what the services do
must begin to do so after the story, or enter the case itself.
"""

from __future__ import annotations

from collections.abc import Callable, Hashable, Iterator
from contextlib import contextmanager
from dataclasses import is_dataclass
from functools import wraps
from typing import Any, ParamSpec, TypeVar

from flask import current_app
from sqlalchemy import func, select

from app.accounts.access import Viewer
from app.accounts.models import Role, SignIn
from app.db import db
from app.drafts import Draft
from app.history.models import HistoryEvent
from app.projects.models import Project
from app.projects.queries import project_for
from app.web.once import FormReceipt
from tests.working import Working

P = ParamSpec("P")
Answer = TypeVar("Answer")
_EXTENSION = "remembering"
_LEAVE_TRACES = (HistoryEvent, SignIn, Draft, FormReceipt)


class Memory:
    """What the stories of one database have led to."""

    def __init__(self, working: Working) -> None:
        self._working, self._untouched = working, _traces()
        self._answers: dict[Hashable, Any] = {}

    def is_of(self, working: Working) -> bool:
        """Whether these stories were told there."""
        return self._working is working

    def told(self, story: Hashable, tell: Callable[[], Answer]) -> Answer:
        """What the telling of the story answers; it is told if it is not remembered."""
        untouched = _traces() == self._untouched
        if untouched and story in self._answers:
            self._let_go()
            self._working.go_back(story)
            answer: Answer = self._answers[story]
            return answer
        answer = tell()
        if untouched:
            self._answers[story] = answer
            self._let_go()
            self._working.remember(story)
        return answer

    @staticmethod
    def _let_go() -> None:
        db.session.rollback()
        db.session.expire_all()
        if db.engine.dialect.name == "sqlite":
            db.engine.dispose()  # the file is replaced


_memories: dict[str, Memory] = {}


@contextmanager
def remembering(working: Working) -> Iterator[None]:
    """The stories told inside are remembered, and are not told again."""
    if working.address not in _memories or not _memories[working.address].is_of(working):
        _memories[working.address] = Memory(working)
        db.session.remove()
    current_app.extensions[_EXTENSION] = _memories[working.address]
    yield


def remembered(story: Callable[P, Project]) -> Callable[P, Project]:
    """A story that is told of the cast and the programme that each test begins with."""

    @wraps(story)
    def told(*people: P.args, **details: P.kwargs) -> Project:
        memory: Memory | None = current_app.extensions.get(_EXTENSION)
        if memory is None:
            return story(*people, **details)
        key = (story.__module__, story.__name__, *map(_who, people), *sorted(details.items()))
        return standing(memory.told(key, lambda: story(*people, **details).id))

    return told


def kept(what: Hashable, make: Callable[[], Answer]) -> Answer:
    """What a test begins with besides: made once, then gone back to. It answers with numbers, never rows."""
    memory: Memory | None = current_app.extensions.get(_EXTENSION)
    return make() if memory is None else memory.told(what, make)


def _who(people: Any) -> Hashable:
    """Whom or what a story is told of: another cast has another story."""
    members = vars(people).values() if is_dataclass(people) else (people,)
    return tuple(member.id for member in members)


def standing(project_id: int) -> Project:
    """The project as it now stands, with its names, whoever may see it."""
    everything = Viewer(0, "Story", "sv", frozenset({(Role.AUDITOR, None)}))
    found = project_for(everything, project_id)
    assert found is not None
    return found


def _traces() -> tuple[int, ...]:
    counts = (select(func.count()).select_from(table).scalar_subquery() for table in _LEAVE_TRACES)
    return tuple(db.session.execute(select(*counts)).one())
