"""A project that asks for changes, and one that was interrupted, for the gallery."""

from __future__ import annotations

from app.db import transaction
from app.delivery.changes import service
from app.delivery.changes.queries import ADDRESSES, promised_by
from app.delivery.changes.worth import line_number
from app.programmes.models import Programme
from app.projects.models import Project
from tests.changing_story import ASKED, asked, cost, later_end, questioned
from tests.closing.terminating_story import interrupt
from tests.conftest import Cast
from tests.running_story import running
from tests.story import reloaded

CHANGES, LEFT = "/projekt/{changing}/andringar", "/projekt/{interrupted}/avbrott"
CHANGING_LEADERS = (
    CHANGES,
    f"{CHANGES}/1",
    f"{CHANGES}/1/svara",
    f"{CHANGES}/3/skal",
    *(f"{CHANGES}/3/del/{name}" for name in ADDRESSES),
    f"{CHANGES}/3/skicka",
    f"{CHANGES}/3/ta-tillbaka",
    LEFT,
    f"{LEFT}/levererat",
    f"{LEFT}/ateranvandning",
    f"{LEFT}/avtal",
    f"{LEFT}/nytta",
    f"{LEFT}/nytta/{{promise}}",
)
CHANGING_SECRETARIATS = (f"{CHANGES}/2", f"{CHANGES}/2/fraga", f"{CHANGES}/2/beslut")
CHANGING_CONTROLLERS = (f"{LEFT}/aterforing",)
"""Pages of changes and of what is interrupted, by whom they are for."""


def changing(cast: Cast, programme: Programme) -> dict[str, Project]:
    """One with a request that is asked about, one that waits and one that is being written."""
    project = running(cast, programme, title="Boendeparkering på nätet")
    questioned(cast, asked(cast, project, time=later_end(project)))
    asked(cast, project, costs=(cost(cast),))
    with transaction():
        service.begin(cast.leader, reloaded(project), ASKED)
    interrupted = interrupt(cast, running(cast, programme, title="Cykelställ på karta"))
    return {"changing": reloaded(project), "interrupted": reloaded(interrupted)}


def promise_of(project: Project) -> dict[str, int]:
    """A benefit that the project promised."""
    return {"promise": line_number(promised_by(project.id).benefits[0].key)}
