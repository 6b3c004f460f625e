"""What has changed in a record, as text that a person can read and every database keeps alike."""

from __future__ import annotations

import json
from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime
from decimal import Decimal
from enum import Enum
from typing import Any

from sqlalchemy import inspect
from sqlalchemy.orm import InstanceState

from app.db import Base


@dataclass(frozen=True)
class Change:
    """One field's change; without a field: a record's beginning or end."""

    field: str | None
    before: str | None
    after: str | None


def changes_of(subject: Base) -> list[Change]:
    """What the next flush will write of the subject. Secrets are named, never told."""
    state: InstanceState[Any] = inspect(subject)
    if not state.persistent:
        return [Change(None, None, values_of(subject))]
    changes = []
    hidden = getattr(subject, "__hidden__", ())
    no_news = ("version", *subject.__derived__)
    for column in state.mapper.column_attrs:
        history = state.attrs[column.key].history
        if column.key in hidden and history.has_changes():
            changes.append(Change(column.key, None, None))
        elif history.has_changes() and column.key not in no_news:
            before = text_of(history.deleted[0]) if history.deleted else None
            after = text_of(history.added[0]) if history.added else None
            if before != after:
                changes.append(Change(column.key, before, after))
    return changes


def merged(earlier: Iterable[Change], later: Iterable[Change]) -> list[Change]:
    """Two portions of changes as one: from what the first began with to what the second led to."""
    found = {change.field: change for change in earlier}
    for change in later:
        first = found.get(change.field)
        found[change.field] = replace(change, before=first.before) if first else change
    return [change for change in found.values() if change.before is None or change.before != change.after]


def values_of(subject: Base) -> str:
    """Everything that the subject says, without its secrets."""
    state: InstanceState[Any] = inspect(subject)
    hidden = (*getattr(subject, "__hidden__", ()), *subject.__derived__)
    values = {column.key: text_of(getattr(subject, column.key)) for column in state.mapper.column_attrs}
    told = {key: value for key, value in values.items() if value is not None and key not in hidden}
    return json.dumps(told, ensure_ascii=False, sort_keys=True)


def text_of(value: Any) -> str | None:
    """A value as the history keeps it: plain, the same on every database."""
    if value is None:
        return None
    if isinstance(value, Enum):
        return str(value.value)
    if isinstance(value, datetime):
        return value.astimezone(UTC).isoformat(timespec="microseconds")
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, Decimal):
        return f"{value:f}"
    if isinstance(value, (dict, list)):
        return json.dumps(value, ensure_ascii=False, sort_keys=True)
    return str(value)
