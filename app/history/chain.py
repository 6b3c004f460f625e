"""How a link of the history is hashed, and how the chain is verified."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from types import SimpleNamespace
from typing import Any

from sqlalchemy import Row

from app.history.models import HistoryEvent, HistoryHead

GENESIS = "0" * 64
_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)

Link = HistoryEvent | Row[Any] | SimpleNamespace
"""An event as a record or as a plain row: a long chain is walked, and added to, without making records of its
rows."""


def link_hash(event: Link) -> str:
    """SHA-256 of the previous link's hash and everything that this one says.

    The moment goes in as whole microseconds: two databases print times differently.
    """
    since_epoch = event.at.astimezone(UTC) - _EPOCH
    microseconds = (since_epoch.days * 86_400 + since_epoch.seconds) * 1_000_000 + since_epoch.microseconds
    said = [
        event.previous_hash, event.id, microseconds, event.actor_id, event.actor_name, event.project_id,
        event.record_type, event.record_id, event.verb, event.field,
        event.from_value, event.to_value, event.note,
    ]  # fmt: skip
    return hashlib.sha256(json.dumps(said, ensure_ascii=False, separators=(",", ":")).encode()).hexdigest()


@dataclass(frozen=True)
class Break:
    """A place where the chain does not hold, and why."""

    event_id: int
    reason: str


@dataclass(frozen=True)
class KnownHead:
    """The chain's end as it was when somebody wrote it down outside the database."""

    number: int
    hash: str


def first_break(events: Iterable[Link], head: HistoryHead | Row[Any] | None) -> Break | None:
    """The first place where the chain does not hold; None when every link and the head hold."""
    return next(breaks(events, head), None)


def breaks(
    events: Iterable[Link], head: HistoryHead | Row[Any] | None, known: KnownHead | None = None
) -> Iterator[Break]:
    """Walk the chain from its beginning, in the order of ids, and tell each place where it does not hold.

    After a break the walk goes on from what stands there. A chain that was cut off or written anew, together
    with its head, holds in itself: only a `known` head that was kept elsewhere shows it.
    """
    last, previous = 0, GENESIS
    for event in events:
        yield from _breaks_at(event, last, previous, known)
        last, previous = event.id, event.hash
    says = (head.last_event_id, head.last_hash) if head else (0, GENESIS)
    if says[0] != last:
        yield Break(last + 1, f"the chain ends at {last}, the head says {says[0]}")
    elif says[1] != previous:
        yield Break(last, "is not the event that the head says it is")
    if known is not None and known.number > last:
        yield Break(
            last + 1, f"the chain ends at {last}; when the head was exported it ended at {known.number}"
        )


def _breaks_at(event: Link, before: int, hash_before: str, known: KnownHead | None) -> Iterator[Break]:
    """What does not hold at this event, which stands after the event `before`."""
    if event.id != before + 1:
        yield Break(before + 1, f"event {before + 1} is missing; the next is {event.id}")
    elif event.previous_hash != hash_before:
        yield Break(event.id, "does not follow the event before it")
    if event.hash != link_hash(event):
        yield Break(event.id, "was changed after it was written")
    if known is not None and event.id == known.number and event.hash != known.hash:
        yield Break(event.id, "is not the event that it was when the head was exported")
