"""The sections of a project's follow-up, and one of them as it is opened to be written."""

from __future__ import annotations

from dataclasses import dataclass

from app.accounts.access import Viewer
from app.follow_up.gathering import ground_of
from app.follow_up.ground import Ground
from app.follow_up.queries import FollowUpOf, follow_up_for
from app.follow_up.questions import Section


def sections_for(ground: Ground) -> list[Section]:
    """The sections of this follow-up: none for goals when all are reached, none where nothing is promised."""
    left_out = {Section.GOALS} if not ground.goals else set()
    if not ground.benefits:
        left_out.add(Section.BENEFITS)
    return [section for section in Section if section not in left_out]


@dataclass(frozen=True)
class OpenSection:
    """A section of the follow-up that is written, and what the record knows."""

    found: FollowUpOf
    section: Section
    ground: Ground


def section_for(viewer: Viewer, project_id: int, number: int, section: str) -> OpenSection | None:
    """A section of a follow-up of a project that the viewer sees. Made for `requires(..., load=…)`."""
    found = follow_up_for(viewer, project_id, number)
    if found is None:
        return None
    ground = ground_of(found)
    asked = next((row for row in sections_for(ground) if row == section), None)
    return OpenSection(found, asked, ground) if asked else None
