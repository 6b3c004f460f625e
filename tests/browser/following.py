"""What projects have left, for the gallery: a follow-up being written, one that has come in, one to close."""

from __future__ import annotations

from app.follow_up.questions import Section
from app.programmes.models import Programme
from app.projects.models import Project
from tests.conftest import Cast
from tests.follow_up.follow_story import all_followed_up, follow_up_sent, follow_up_written

WRITTEN, SENT = "/projekt/{follow_up}/uppfoljning/1", "/projekt/{follow_up_sent}/uppfoljning/1"
FOLLOWING = {
    "leader": (WRITTEN, *(f"{WRITTEN}/skriv/{section}" for section in Section)),
    "manager": ("/projekt/{follow_up}/uppfoljning", f"{WRITTEN}/skicka"),
    "secretary": (
        "/uppfoljningar",
        "/uppfoljningar?lage=approved",
        f"{SENT}/version/1",
        f"{SENT}/tillbaka",
        f"{SENT}/godkann",
        "/projekt/{follow_up_sent}/nyttor/{left_benefit}/lofte",
        "/projekt/{all_followed_up}/uppfoljning",
        "/projekt/{all_followed_up}/stang",
        "/projekt/{all_followed_up}/hela-arendet",
    ),
    "administrator": ("/program/installningar/uppfoljningar", "/program/installningar/utfall"),
}
"""Pages of follow-ups, by whom they are for."""


def following(cast: Cast, programme: Programme) -> dict[str, Project]:
    """One whose first follow-up is being written, one whose first has come in, one that can be closed."""
    return {
        "follow_up": follow_up_written(cast, programme, title="Parkeringstillstånd på nätet"),
        "follow_up_sent": follow_up_sent(cast, programme, title="Anmälan till kulturskolan"),
        "all_followed_up": all_followed_up(cast, programme, title="Ansökan om skolskjuts"),
    }
