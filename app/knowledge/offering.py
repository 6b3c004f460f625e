"""Which lessons an application is offered: by what it is about, and by each of its risks."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from flask_babel import lazy_gettext as _l

from app.accounts.access import Viewer
from app.applications.queries import contents_of
from app.core.lessons import Kind
from app.knowledge import queries
from app.knowledge.queries import Found, Wanted
from app.projects.models import Project

ABOUT = (("summary", "summary"), ("background", "need_today"), ("solution", "solution"))
"""The texts of an application that say what it is about: section and field."""

RISKS = "risks"
FOR_THE_WHOLE, FOR_A_RISK = 4, 2
MOST_RISKS = 8
"""Risks that are looked at: who notes more gets an answer that nobody reads."""


@dataclass(frozen=True, slots=True)
class Offer:
    """Lessons, and why they are offered."""

    reason: Any
    about: str
    """The risk that they belong to; empty for what belongs to the application as a whole."""
    lessons: Sequence[Found]


def offers(viewer: Viewer, project: Project) -> list[Offer]:
    """The lessons that fit the application as it is being written, none twice."""
    contents = contents_of(project.id)
    wanted = [(_l("Liknande projekt"), "", Wanted(_about(project, contents)), FOR_THE_WHOLE)]
    wanted += [
        (_l("Samma slags risk"), risk, Wanted(risk, kind=Kind.CHALLENGE), FOR_A_RISK)
        for risk in _risks(contents)
    ]
    seen: set[int] = set()
    found = []
    for reason, about, asked, most in wanted:
        rows, _count = queries.lessons(viewer, asked, limit=most + len(seen))
        kept = [row for row in rows if row.id not in seen][:most]
        seen.update(row.id for row in kept)
        if kept:
            found.append(Offer(reason, about, kept))
    return found


def _about(project: Project, contents: dict[str, dict[str, object]]) -> str:
    texts = (contents.get(section, {}).get(field, "") for section, field in ABOUT)
    return " ".join([project.title, *map(str, texts)])


def _risks(contents: dict[str, dict[str, object]]) -> list[str]:
    rows = contents.get(RISKS, {}).get(RISKS, [])
    texts = [str(row.get("risk", "")).strip() for row in rows] if isinstance(rows, list) else []
    return [text for text in texts if text][:MOST_RISKS]
