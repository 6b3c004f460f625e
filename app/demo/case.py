"""A case as the demonstration tells it, before anybody has entered it."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from functools import cache
from pathlib import Path
from typing import Any

from app.core.clock import LOCAL_TIME
from app.projects.models import ProjectKind

HERE = Path(__file__).resolve().parent
REAL = ("contact_centre", "automation_platform", "chatbot", "price_model")

Words = Mapping[str, Any]
"""Part of a case as it stands in its file."""


@dataclass(frozen=True)
class Step:
    """Something that somebody does with the case, when, and what else there is to say about it."""

    name: str
    at: datetime
    details: Words = field(default_factory=dict)


@dataclass(frozen=True, kw_only=True)
class Case:
    """Everything that is entered about a project, and its way. Departments by name, figures as text."""

    key: str
    programme: str
    round: str | None
    title: str
    kind: ProjectKind
    lead: str
    sections: Mapping[str, Words]
    costs: Sequence[Words]
    benefits: Sequence[Words]
    remarks: Sequence[Words]
    path: Sequence[Step]
    handler: int = 0
    """Which of the secretariat's two people handles it."""


def real_cases() -> list[Case]:
    """The cases whose facts come from public documents; the sentences are ours."""
    return [_read(json.loads((HERE / "cases" / f"{name}.json").read_text())) for name in REAL]


@cache
def words(name: str) -> Any:
    """A file of invented texts; only to be read."""
    return json.loads((HERE / "invented" / f"{name}.json").read_text())


def _read(told: Words) -> Case:
    return Case(
        key=told["key"],
        programme=told["programme"],
        round=told["round"],
        title=told["title"],
        kind=ProjectKind(told["kind"]),
        lead=told["lead"],
        sections=told["sections"],
        costs=[{"source": told.get("cost_source", ""), **line} for line in told["costs"]],
        benefits=[{"source": told.get("benefit_source", ""), **line} for line in told["benefits"]],
        remarks=told["remarks"],
        path=[_step(**step) for step in told["path"]],
    )


def _step(*, step: str, at: str, **details: Any) -> Step:
    return Step(step, datetime.fromisoformat(at).replace(tzinfo=LOCAL_TIME), details)
