"""A thing that remains, as somebody writes it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from app.core.handover import RestKind


@dataclass(frozen=True, slots=True, kw_only=True)
class RestValues:
    """What it is, who receives it, and by when it is to be done."""

    kind: RestKind
    text: str
    department_id: int
    owner: str
    person_id: int | None = None
    due_on: date
