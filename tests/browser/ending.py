"""A project that ends, for the gallery: its final report as it is written, and as it was sent."""

from __future__ import annotations

from app.closing.final_report.sections import Section
from app.closing.handover.queries import items_of
from app.programmes.models import Programme
from app.projects.models import Project
from tests.browser.changing import (
    CHANGING_CONTROLLERS,
    CHANGING_LEADERS,
    CHANGING_SECRETARIATS,
    changing,
    promise_of,
)
from tests.closing.final_story import closing, final_report_sent
from tests.closing.handover.remaining import asked, half_accepted
from tests.conftest import Cast
from tests.story import reloaded

HANDOVER = "/projekt/{remains}/overlamning"
REPORT, REPORTED = "/projekt/{ending}/slutrapport", "/projekt/{ended}/slutrapport"
_LEADERS = (
    HANDOVER,
    f"{HANDOVER}/ny",
    f"{HANDOVER}/{{rest_item}}",
    f"{HANDOVER}/{{rest_item}}/avsluta",
    "/projekt/{running}/avsluta",
    "/projekt/{remains}/ateruppta",
    REPORT,
    *(f"{REPORT}/skriv/{section}" for section in Section),
    f"{REPORT}/skicka",
)
_SECRETARIATS = (
    "/restpunkter",
    "/restpunkter?visa=alla",
    HANDOVER,
    "/slutrapporter",
    f"{REPORTED}/1",
    f"{REPORTED}/tillbaka",
    f"{REPORTED}/godkann",
)
ENDING = {
    "leader": (*_LEADERS, *CHANGING_LEADERS),
    "secretary": (*_SECRETARIATS, *CHANGING_SECRETARIATS),
    "controller": CHANGING_CONTROLLERS,
    "manager": ("/projekt/{ending}/overlamning/inget-aterstar",),
    "other_manager": (f"{HANDOVER}/{{rest_item}}/svara", f"{HANDOVER}/{{named_item}}/ta-over"),
}
"""Pages of projects that change and end, by whom they are for."""


def ending(cast: Cast, programme: Programme) -> dict[str, Project]:
    """One whose report is to be written, and one whose report has come in."""
    remains = half_accepted(cast, programme, title="Bokning av idrottshallar")
    asked(cast, remains, text="Lära upp den som tar över.", person_id=cast.other_manager.id)
    return changing(cast, programme) | {
        "ending": closing(cast, programme, title="Båtplatser på nätet"),
        "remains": reloaded(remains),
        "ended": final_report_sent(cast, programme, title="Felanmälan av belysning"),
    }


def numbers_in(projects: dict[str, Project]) -> dict[str, int]:
    """Something that nobody has received yet, something that a person is asked to take over, a promise."""
    items = [row for row in items_of(projects["remains"].id) if row.held_by_id is None]
    return promise_of(projects["interrupted"]) | {
        "rest_item": next(row.id for row in reversed(items) if row.person_id is None),
        "named_item": next(row.id for row in items if row.person_id is not None),
    }
