"""What must be in order before a project is closed: each room is asked what it still lacks."""

from __future__ import annotations

from collections.abc import Iterator

from flask_babel import lazy_gettext as _l

from app.core.treated import Treated
from app.follow_up.queries import follow_ups_of
from app.projects.models import Project
from app.projects.obstacles import TO_CLOSE, Obstacle


def obstacles_to_close(project: Project) -> list[Obstacle]:
    """Everything that keeps the project open; nothing when it may be closed."""
    return [*_follow_ups(project), *(row for asked in TO_CLOSE for row in asked(project))]


def _follow_ups(project: Project) -> Iterator[Obstacle]:
    found = follow_ups_of(project.id)
    if not found:
        yield Obstacle(_l("Ingen uppföljning är planerad."), "follow_up.follow_ups")
    for row in found:
        if row.state != Treated.APPROVED:
            text = _l("Uppföljningen %(day)s är inte godkänd.", day=row.follows_on.isoformat())
            yield Obstacle(text, "follow_up.follow_ups")
