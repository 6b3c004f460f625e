"""A project that ends, for the gallery: its final report as it is written, and as it was sent."""

from __future__ import annotations

from sqlalchemy import select

from app.closing.final_report.sections import Section
from app.closing.handover.queries import items_of
from app.db import db
from app.knowledge.models import Lesson
from app.programmes.models import Programme
from app.projects.models import Project
from app.realisation.queries import benefits_of
from tests import operating_story, sharing_story
from tests.browser.changing import (
    CHANGING_CONTROLLERS,
    CHANGING_LEADERS,
    CHANGING_SECRETARIATS,
    changing,
    promise_of,
)
from tests.browser.following import FOLLOWING, following
from tests.closing.final_story import closing, final_report_sent
from tests.closing.handover.remaining import asked, half_accepted
from tests.conftest import Cast
from tests.knowledge.learned import finished
from tests.story import reloaded

HANDOVER = "/projekt/{remains}/overlamning"
REPORT, REPORTED = "/projekt/{ending}/slutrapport", "/projekt/{ended}/slutrapport"
SHARED = "/drift/{accepted_service}/delning"
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
    "/lardomar?q=tid",
    "/projekt/{draft}/lardomar",
    "/projekt/{draft}/lardomar/{lesson}",
)
_SECRETARIATS = (
    "/restpunkter",
    "/restpunkter?visa=alla",
    HANDOVER,
    "/slutrapporter",
    f"{REPORTED}/1",
    f"{REPORTED}/1/over-tid",
    f"{REPORTED}/tillbaka",
    f"{REPORTED}/godkann",
)
_DESCRIBERS = (
    "/projekt/{running}/drift",
    *(f"/drift/{{asked_service}}/{part}" for part in ("tjansten", "ansvar", "pengar", "beroenden")),
    *(f"{SHARED}/2028/{part}" for part in ("nyckel", "aterta")),
    f"{SHARED}/2029",
)
ENDING = {
    "leader": (*_LEADERS, *_DESCRIBERS, *CHANGING_LEADERS, *FOLLOWING["leader"]),
    "secretary": (
        *_SECRETARIATS,
        "/drift",
        "/drift?brist=utan-agare",
        "/drift/kostnader?ar=2029",
        "/drift/andelar?ar=2028",
        "/drift/ny",
        "/lardomar/utfall",
        *CHANGING_SECRETARIATS,
        *FOLLOWING["secretary"],
    ),
    "controller": CHANGING_CONTROLLERS,
    "manager": (
        "/projekt/{ending}/overlamning/inget-aterstar",
        "/drift/{accepted_service}",
        "/drift/{asked_service}/svara",
        "/drift/{older_service}/avveckla",
        "/drift/{accepted_service}/granska",
        "/drift/{accepted_service}/utfall/2028",
        SHARED,
        f"{SHARED}/2028",
        *FOLLOWING["manager"],
    ),
    "administrator": FOLLOWING["administrator"],
    "other_manager": (
        f"{SHARED}/2028/svara/{{shared_department}}",
        f"{HANDOVER}/{{rest_item}}/svara",
        f"{HANDOVER}/{{named_item}}/ta-over",
    ),
}
"""Pages of projects that change and end, and of what comes afterwards, by whom they are for."""


def ending(cast: Cast, programme: Programme) -> dict[str, Project]:
    """One whose report is to be written, one whose report has come in, and what is followed up."""
    remains = half_accepted(cast, programme, title="Bokning av idrottshallar")
    asked(cast, remains, text="Lära upp den som tar över.", person_id=cast.other_manager.id)
    finished(cast, programme, title="Skolskjuts på nätet")
    operating_story.asked(cast, reloaded(remains))
    operating_story.older(cast)
    made = changing(cast, programme) | following(cast, programme)
    made["ending"] = closing(cast, programme, title="Båtplatser på nätet")
    ended = final_report_sent(cast, programme, title="Felanmälan av belysning")
    sharing_story.disputed(cast, reloaded(ended))
    return made | {"remains": reloaded(remains), "ended": reloaded(ended)}


def numbers_in(projects: dict[str, Project]) -> dict[str, int]:
    """Something that nobody has received yet, something that a person is asked to take over, a promise, a
    lesson."""
    items = [row for row in items_of(projects["remains"].id) if row.held_by_id is None]
    return promise_of(projects["interrupted"]) | {
        "lesson": db.session.scalars(select(Lesson.id).order_by(Lesson.id)).first() or 0,
        "asked_service": operating_story.service_of(projects["remains"]).service.id,
        "accepted_service": operating_story.service_of(projects["ended"]).service.id,
        "shared_department": sharing_story.other_department(projects["ended"]),
        "older_service": operating_story.the_older(),
        "left_benefit": benefits_of(projects["follow_up_sent"].id)[0].id,
        "rest_item": next(row.id for row in reversed(items) if row.person_id is None),
        "named_item": next(row.id for row in items if row.person_id is not None),
    }
