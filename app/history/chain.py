"""How a link of the history is hashed, and how the chain is verified."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import UTC, datetime

from app.history.models import HistoryEvent, HistoryHead

GENESIS = "0" * 64
_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)


def link_hash(event: HistoryEvent) -> str:
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


def first_break(events: Iterable[HistoryEvent], head: HistoryHead | None) -> Break | None:
    """Walk the chain from its beginning, in the order of ids; None when every link and the head hold."""
    expected_id, previous = 1, GENESIS
    for event in events:
        if event.id != expected_id:
            return Break(expected_id, f"event {expected_id} is missing; the next is {event.id}")
        if event.previous_hash != previous:
            return Break(event.id, "does not follow the event before it")
        if event.hash != link_hash(event):
            return Break(event.id, "was changed after it was written")
        expected_id, previous = event.id + 1, event.hash
    known = (head.last_event_id, head.last_hash) if head else (0, GENESIS)
    if known != (expected_id - 1, previous):
        return Break(expected_id, f"the chain ends at {expected_id - 1}, the head says {known[0]}")
    return None
