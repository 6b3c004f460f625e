"""Writing the history: one row per change, in the same transaction as the change."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from types import SimpleNamespace
from typing import Any, Protocol

from sqlalchemy import Connection, insert, inspect, select, update
from sqlalchemy.orm import InstanceState

from app.db import Base, db
from app.engine import has_the_pen
from app.history import guard
from app.history.chain import GENESIS, link_hash
from app.history.changes import Change, text_of, values_of
from app.history.models import HistoryEvent, HistoryHead

_EVENTS, _HEAD = HistoryEvent.metadata.tables["history_event"], HistoryHead.metadata.tables["history_head"]
_ADD, _BEGIN_HEAD, _MOVE_HEAD = insert(_EVENTS), insert(_HEAD), update(_HEAD)
_LOCK_HEAD = select(_HEAD).with_for_update()

__all__ = ["Actor", "Change", "System", "record", "remove", "text_of"]


class Actor(Protocol):
    """Who acts: a signed-in person, or the product itself."""

    @property
    def id(self) -> int | None: ...

    @property
    def name(self) -> str: ...


class WithoutPenError(RuntimeError):
    """A verb ran in a transaction that was not begun for records: what it has read may hold no longer."""


@dataclass(frozen=True)
class System:
    """The product itself, acting for nobody: a command, demo data."""

    name: str = "Hemtag"
    id: int | None = None


def record(
    actor: Actor,
    verb: str,
    subject: Base,
    *,
    project_id: int | None = None,
    note: str | None = None,
    changes: Sequence[Change] | None = None,
    covers: Iterable[Base] = (),
    now: datetime,
) -> None:
    """Flush the subject and write its changes to the history: one row for each changed field, one for a
    record's beginning, one for an act that changes nothing but matters.

    `changes` is given where the model cannot tell by itself (a document's inner fields); `covers` names
    the rows under the subject whose changes are told by it (a cost line's years). `project_id` is needed
    only where the subject does not say itself which project it belongs to.
    """
    db.session.flush()
    found = guard.take_changes(subject, *covers)
    if changes is not None:
        found = list(changes)
    state: InstanceState[Any] = inspect(subject)
    if project_id is None:
        is_project = subject.__tablename__ == "project"
        project_id = getattr(subject, "id" if is_project else "project_id", None)
    told = {
        "at": now,
        "actor_id": actor.id,
        "actor_name": actor.name,
        "project_id": project_id,
        "record_type": subject.__tablename__,
        "record_id": state.identity[0] if state.identity else 0,
        "verb": verb,
        "note": note,
    }
    _append(told, found or [Change(None, None, None)])


def _append(told: Mapping[str, Any], changes: Sequence[Change]) -> None:
    """Add a link for each change, and let the head say which is the newest. Written as plain rows: nobody
    changes them, so nobody needs them as records."""
    connection = db.session.connection()
    number, newest = _locked_head(connection)
    links = []
    for change in changes:
        number += 1
        said = {"field": change.field, "from_value": change.before, "to_value": change.after}
        link = {**told, **said, "id": number, "previous_hash": newest}
        newest = link["hash"] = link_hash(SimpleNamespace(**link))
        links.append(link)
    connection.execute(_ADD, links)
    connection.execute(_MOVE_HEAD, {"last_event_id": number, "last_hash": newest})


def remove(
    actor: Actor,
    verb: str,
    subject: Base,
    *,
    project_id: int | None = None,
    note: str | None = None,
    now: datetime,
) -> None:
    """Delete the subject and write what it said, so that nothing disappears without a trace."""
    before = values_of(subject)
    db.session.delete(subject)
    record(
        actor,
        verb,
        subject,
        project_id=project_id,
        note=note,
        changes=[Change(None, before, None)],
        now=now,
    )


def _locked_head(connection: Connection) -> tuple[int, str]:
    """The number and the hash of the chain's newest link, which nobody else adds to meanwhile."""
    if not has_the_pen(connection):
        raise WithoutPenError("records are written in a transaction that was begun for it")
    head = connection.execute(_LOCK_HEAD).one_or_none()
    if head is None:
        connection.execute(_BEGIN_HEAD, {"id": 1, "last_event_id": 0, "last_hash": GENESIS})
        return 0, GENESIS
    return head.last_event_id, head.last_hash
