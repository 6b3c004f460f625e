"""The programme's reports, for the gallery: one that was issued twice, and one that is being written."""

from __future__ import annotations

from app.core.programme_report import ReportKind
from app.db import transaction
from app.programme_report import service
from app.programme_report.questions import Part
from app.programmes.models import Programme
from tests.conftest import Cast
from tests.programme_report.report_story import ISSUED, TODAY, found, issued_twice, written

ISSUED_ONE, DRAFT = "/programrapporter/{programme_report}", "/programrapporter/{programme_draft}"
PROGRAMME_REPORTS = (
    "/programrapporter",
    "/programrapporter/ny",
    ISSUED_ONE,
    f"{ISSUED_ONE}/ny-version",
    f"{ISSUED_ONE}/version/2",
    *(f"{ISSUED_ONE}/version/2?del={part}" for part in Part if part is not Part.SUMMARY),
    f"{ISSUED_ONE}/version/2/projekt",
    f"{ISSUED_ONE}/version/2/jamfor",
    DRAFT,
    *(f"{DRAFT}/skriv/{part}" for part in Part),
    f"{DRAFT}/dag",
    f"{DRAFT}/forhandsvisa",
    f"{DRAFT}/ge-ut",
    f"{DRAFT}/kasta",
)
"""Its pages; they are the secretariat's."""


def reporting_of(cast: Cast, programme: Programme) -> dict[str, int]:
    """A year that was reported on twice, and the evaluation of the whole programme as a draft."""
    twice = issued_twice(cast, programme)
    with transaction():
        draft = service.begin(cast.secretary, programme, ReportKind.FINAL, 0, today=TODAY, now=ISSUED)
    with transaction():
        service.save(cast.secretary, found(cast.secretary, draft.id), written(programme), ISSUED)
    return {"programme_report": twice, "programme_draft": draft.id}
