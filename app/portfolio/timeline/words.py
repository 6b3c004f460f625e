"""What the end of a project in time is called."""

from __future__ import annotations

from collections.abc import Mapping
from itertools import groupby
from typing import Any

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l

from app.closing.final_report.words import delay_text
from app.core.follow_up import Standing
from app.core.project_time import Ending, FollowedUp, ProjectTime
from app.follow_up.words import STANDINGS
from app.web.tags import Tag

ENDINGS: Mapping[Ending, Any] = {
    Ending.UNPLANNED: _l("Ingen plan än"),
    Ending.EXPECTED: _l("väntas"),
    Ending.PASSED: _l("skulle ha slutat"),
    Ending.ENDED: _l("slutade"),
    Ending.INTERRUPTED: _l("avbröts"),
}


def delay_tag(time: ProjectTime) -> Tag | None:
    """How late it is, by word and shape; None where it was not planned or has not come so far."""
    if time.delay is None:
        return None
    if time.ending is Ending.INTERRUPTED:
        return Tag(_("Avbrutet"), "neutral", "cross")
    late = time.is_late
    return Tag(delay_text(time.delay), "bad" if late else "good", "triangle" if late else "check")


def followed_up(time: ProjectTime) -> list[tuple[str, Tag]]:
    """The follow-ups that stand alike, as one: after how long, or on which day, and how they stand."""
    return [
        (", ".join(map(_when, alike)), STANDINGS[standing])
        for standing, alike in ((one, list(rows)) for one, rows in groupby(time.follow_ups, _stands))
    ]


def _stands(row: FollowedUp) -> Standing:
    return row.standing


def _when(row: FollowedUp) -> str:
    return row.on.isoformat() if row.months is None else _("%(months)s mån", months=row.months)
