"""A project that ends, for the gallery: its final report as it is written, and as it was sent."""

from __future__ import annotations

from app.closing.final_report.sections import Section
from app.closing.handover.queries import items_of
from app.programmes.models import Programme
from app.projects.models import Project
from tests.closing.final_story import closing, final_report_sent
from tests.closing.handover.remaining import half_accepted
from tests.conftest import Cast

HANDOVER = "/projekt/{remains}/overlamning"
ENDING, REPORTED = "/projekt/{ending}/slutrapport", "/projekt/{ended}/slutrapport"
ENDING_LEADERS = (
    HANDOVER,
    f"{HANDOVER}/ny",
    f"{HANDOVER}/{{rest_item}}",
    f"{HANDOVER}/{{rest_item}}/avsluta",
    "/projekt/{running}/avsluta",
    "/projekt/{remains}/ateruppta",
    ENDING,
    *(f"{ENDING}/skriv/{section}" for section in Section),
    f"{ENDING}/skicka",
)
ENDING_SECRETARIATS = (
    "/restpunkter",
    "/restpunkter?visa=alla",
    HANDOVER,
    "/slutrapporter",
    REPORTED,
    f"{REPORTED}/1",
    f"{REPORTED}/tillbaka",
    f"{REPORTED}/godkann",
)
"""Pages of projects that end, by whom they are for."""


def ending(cast: Cast, programme: Programme) -> dict[str, Project]:
    """One whose report is to be written, and one whose report has come in."""
    return {
        "ending": closing(cast, programme, title="Båtplatser på nätet"),
        "remains": half_accepted(cast, programme, title="Bokning av idrottshallar"),
        "ended": final_report_sent(cast, programme, title="Felanmälan av belysning"),
    }


def rest_items_of(project: Project) -> dict[str, int]:
    """Something that nobody has received yet."""
    return {"rest_item": items_of(project.id)[-1].id}
