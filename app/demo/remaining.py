"""What remains of the project that is about to end: half of it has been received."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date, datetime, time, timedelta
from functools import partial

from app.closing.handover import queries, service
from app.closing.handover.queries import RestItemOf
from app.closing.handover.values import RestValues
from app.core.clock import LOCAL_TIME, local_day
from app.core.handover import RestAction, RestKind
from app.core.workflow import State
from app.demo.meetings import invented
from app.demo.story import Moment, Story

WRITTEN, ANSWERED, DECLINED = (timedelta(days=days) for days in (20, 18, 17))
NOT_OURS = "Frågan hör till kommunikationsenheten. Ställ den dit."
ITEMS = (
    (
        RestKind.FOLLOW_UP,
        "Följ upp effektmålen efter ett år och redovisa dem för nämnden.",
        "Verksamhetschef",
        340,
    ),
    (
        RestKind.OPERATION,
        "Förvalta arbetssätt och mallar som projektet har tagit fram.",
        "Systemförvaltare",
        60,
    ),
    (RestKind.INFORMATION, "Informera övriga förvaltningar om resultatet.", "Kommunikatör", 45),
    (RestKind.DOCUMENT, "Arkivera projektets handlingar.", "Arkivredogörare", 30),
)


def remaining(stories: Sequence[Story], today: date) -> Iterator[Moment]:
    """One of the running projects writes down what remains; days are counted back from today."""
    story = invented(stories, State.RUNNING)[-2]
    for before, happens in ((WRITTEN, _write), (ANSWERED, _accept), (DECLINED, _decline)):
        at = datetime.combine(today - before, time(11, 35), LOCAL_TIME)
        yield at, partial(happens, story, at)


def _write(story: Story, at: datetime) -> None:
    department_id = story.project.lead_department_id
    for kind, text, owner, within in ITEMS:
        due_on = local_day(at) + timedelta(days=within)
        values = RestValues(kind=kind, text=text, department_id=department_id, owner=owner, due_on=due_on)
        service.add_item(story.leader, story.project, values, at)
    service.ask(story.leader, story.project, at)


def _accept(story: Story, at: datetime) -> None:
    for place in (0, 1):
        _answer(story, place, at, RestAction.ACCEPT)


def _decline(story: Story, at: datetime) -> None:
    _answer(story, 2, at, RestAction.DECLINE, NOT_OURS)


def _answer(story: Story, place: int, at: datetime, action: RestAction, words: str = "") -> None:
    item = next(row for row in queries.items_of(story.project.id) if row.text == ITEMS[place][1])
    service.answer(story.manager, RestItemOf(story.project, item), action, words, at)
