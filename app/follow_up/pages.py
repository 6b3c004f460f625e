"""What the pages of follow-ups show, gathered for the templates."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from flask import url_for

from app.accounts.access import Viewer
from app.core.follow_up import FollowUpAction
from app.core.lacks import Lack
from app.follow_up import gates, policy, rules, service, words
from app.follow_up.gathering import ground_of
from app.follow_up.ground import Ground
from app.follow_up.models import FollowUpRemark
from app.follow_up.queries import FollowUpOf, FollowUpsOf
from app.follow_up.questions import Section
from app.follow_up.sections import sections_for
from app.projects.obstacles import Obstacle
from app.web.tags import Tag, lacks_tag


@dataclass(frozen=True)
class Row:
    """A follow-up in the list of a project's."""

    found: FollowUpOf
    name: str
    tag: Tag
    href: str | None
    """Where the viewer reads or writes it; None when there is nothing to read yet."""


@dataclass(frozen=True)
class ProjectFollowUps:
    """Everything on the page of a project's follow-ups."""

    rows: Sequence[Row]
    obstacles: Sequence[Obstacle]
    """What keeps the project from being closed, for whoever closes it."""
    may_close: bool


def project_follow_ups(viewer: Viewer, found: FollowUpsOf, today: date) -> ProjectFollowUps:
    """Gather the page for the viewer."""
    may_close = bool(policy.may_close(viewer, found.project))
    return ProjectFollowUps(
        [_row(viewer, row, today) for row in found.all],
        gates.obstacles_to_close(found.project) if may_close else (),
        may_close,
    )


def _row(viewer: Viewer, found: FollowUpOf, today: date) -> Row:
    may_open = policy.may_open(viewer, found)
    return Row(
        found,
        words.name_of(found.follow_up.months),
        tag_of(found, today),
        follow_up_url(found) if may_open else None,
    )


def tag_of(found: FollowUpOf, today: date) -> Tag:
    """Where a follow-up stands today."""
    row = found.follow_up
    return words.follow_up_tag(row.state, row.follows_on, row.due_on, today)


def follow_up_url(found: FollowUpOf) -> str:
    """The page of a follow-up."""
    return url_for("follow_up.follow_up", project_id=found.project.id, number=found.follow_up.number)


@dataclass(frozen=True)
class FollowUpPage:
    """Everything on the page of one follow-up."""

    found: FollowUpOf
    name: str
    tag: Tag
    tasks: Sequence[dict[str, Any]]
    """The sections to write, with what each lacks; nothing for whoever only reads."""
    lacks: Sequence[Lack]
    returned: FollowUpRemark | None
    """Why it came back, while it is being put right."""
    may_write: bool
    may_send: bool
    may_treat: bool


def follow_up_page(viewer: Viewer, found: FollowUpOf, today: date) -> FollowUpPage:
    """Gather the page for the viewer."""
    may_write = bool(policy.may_write(viewer, found))
    ground = ground_of(found) if may_write else None
    lacks = _lacks(found, ground, today) if ground else []
    return FollowUpPage(
        found=found,
        name=words.name_of(found.follow_up.months),
        tag=tag_of(found, today),
        tasks=_tasks(found, ground, lacks) if ground else (),
        lacks=lacks,
        returned=returned(found) if may_write else None,
        may_write=may_write,
        may_send=bool(policy.may_send(viewer, found)),
        may_treat=bool(policy.may_treat(viewer, found)),
    )


def _lacks(found: FollowUpOf, ground: Ground, today: date) -> list[Lack]:
    return rules.lacks_in(ground, service.begun(found, ground), found.follow_up.follows_on, today)


def returned(found: FollowUpOf) -> FollowUpRemark | None:
    """Why the follow-up came back last; None when it did not, or has been sent again."""
    remark = found.remark_on(found.newest) if found.newest else None
    return remark if remark and remark.kind == FollowUpAction.RETURN else None


def _tasks(found: FollowUpOf, ground: Ground, lacks: Sequence[Lack]) -> list[dict[str, Any]]:
    missing = Counter(lack.section for lack in lacks)
    return [
        {
            "title": words.SECTIONS[section],
            "href": section_url(found, section),
            "tag": lacks_tag(missing[section]),
        }
        for section in sections_for(ground)
    ]


def section_url(found: FollowUpOf, section: Section, field: str = "") -> str:
    """Where a section is written; at its field, if one is named."""
    return url_for(
        "follow_up.section",
        project_id=found.project.id,
        number=found.follow_up.number,
        section=section.value,
        _anchor=field or None,
    )


def following(ground: Ground, section: Section) -> Section | None:
    """The section after this one."""
    there = sections_for(ground)
    place = there.index(section) + 1
    return there[place] if place < len(there) else None
