"""One thing that waits for somebody, as the start page shows it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from app.web.tags import Tag

MOST_OF_A_KIND = 20
"""So much of each kind is shown; when something is done, the next comes up."""
LONGEST = 90
"""Signs of a text that a list repeats."""


@dataclass(frozen=True)
class Task:
    """One thing to do, and where it is done."""

    project_id: int | None
    """None: of a service that no project of the programme has launched, or of the programme itself."""
    title: str
    case_number: str | None
    what: str
    about: str
    href: str
    tag: Tag
    due_on: date | None
    late: bool


def shortened(text: str) -> str:
    """The text, or its beginning."""
    return text if len(text) <= LONGEST else f"{text[:LONGEST].rstrip()} …"
