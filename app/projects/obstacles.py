"""What keeps a project from its next step: each room tells what it lacks, and where it is put in order."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any

from app.projects.models import Project


@dataclass(frozen=True)
class Obstacle:
    """Something that is missing, and the page of the project where it is put in order."""

    text: Any
    endpoint: str
    at: Mapping[str, Any] = field(default_factory=dict)
    """What the page's address holds besides the project."""


class NotReadyError(ValueError):
    """The project cannot take the step yet."""

    def __init__(self, obstacles: list[Obstacle]) -> None:
        super().__init__("; ".join(str(row.text) for row in obstacles))
        self.obstacles = obstacles


Asked = Callable[[Project], Iterable[Obstacle]]

TO_CLOSE: list[Asked] = []


def keeps_open(asked: Asked) -> Asked:
    """Register what must be in order before a project that has been followed up is closed: the rooms between
    its end and its follow-up say here that what it left has an owner, and what it promised is taken home."""
    TO_CLOSE.append(asked)
    return asked
