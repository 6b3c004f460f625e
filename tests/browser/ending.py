"""A project that ends, for the gallery: its final report as it is written, and as it was sent."""

from __future__ import annotations

from app.closing.final_report.sections import Section
from app.programmes.models import Programme
from app.projects.models import Project
from tests.closing.final_story import closing, final_report_sent
from tests.conftest import Cast

ENDING, REPORTED = "/projekt/{ending}/slutrapport", "/projekt/{ended}/slutrapport"
ENDING_LEADERS = (
    ENDING,
    *(f"{ENDING}/skriv/{section}" for section in Section),
    f"{ENDING}/skicka",
)
ENDING_SECRETARIATS = (
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
        "ended": final_report_sent(cast, programme, title="Felanmälan av belysning"),
    }
