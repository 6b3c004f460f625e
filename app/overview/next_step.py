"""The one thing to do next with a project, for the one who looks at it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from flask_babel import lazy_gettext as _l

from app.accounts.access import Viewer
from app.core.workflow import FOLLOWED_UP, WAITS_FOR, Party, State
from app.follow_up.policy import is_followed_up
from app.projects.models import Project
from app.projects.policy import acts_as, free_of_interest


@dataclass(frozen=True)
class NextStep:
    """What waits, said to the one it waits for, and the page where it is done."""

    text: Any
    button: Any
    endpoint: str


_STEPS: dict[State, NextStep] = {
    State.DRAFT: NextStep(
        _l("Skriv klart ansökan och be din chef att skriva under den."),
        _l("Fortsätt med ansökan"),
        "applications.tasks",
    ),
    State.AWAITING_SIGNATURE: NextStep(
        _l("Läs ansökan. Skriv under, eller skicka tillbaka den med en kommentar."),
        _l("Läs och skriv under"),
        "applications.sign",
    ),
    State.SUBMITTED: NextStep(
        _l("Registrera ansökan. Ärendet får då sitt diarienummer."), _l("Ta emot ansökan"), "reviews.case"
    ),
    State.CHECKING: NextStep(
        _l("Kontrollera att ansökan är fullständig, eller begär komplettering."),
        _l("Fortsätt kontrollen"),
        "reviews.case",
    ),
    State.RETURNED: NextStep(
        _l("Svara på sekretariatets frågor och skicka in ansökan igen."),
        _l("Komplettera ansökan"),
        "applications.tasks",
    ),
    State.AWAITING_NEW_SIGNATURE: NextStep(
        _l("Beloppet har ökat i kompletteringen. Läs ansökan och skriv under på nytt."),
        _l("Läs och skriv under"),
        "applications.sign",
    ),
    State.ASSESSMENT: NextStep(
        _l("Bedöm ärendet och skicka det till Lilla utvecklingsrådet."), _l("Bedöm ärendet"), "reviews.case"
    ),
    State.COUNCIL: NextStep(
        _l("Registrera rådets yttrande efter mötet."), _l("Registrera yttrande"), "decisions.opinion"
    ),
    State.AWAITING_DECISION: NextStep(
        _l("Registrera beslutet när det är fattat."), _l("Registrera beslut"), "decisions.decide"
    ),
    State.APPROVED: NextStep(
        _l("Gör projektets plan med det som är beslutat, och fastställ den."),
        _l("Planera projektet"),
        "plans.plan",
    ),
    State.POSTPONED: NextStep(
        _l("Ta upp ärendet igen när det som saknades har kommit in."), _l("Ta upp ärendet"), "reviews.case"
    ),
}

_OF_THE_LEADER: dict[State, NextStep] = {
    State.PAUSED: NextStep(
        _l("Projektet är pausat. Ta upp arbetet igen när pausen är över, eller begär en ändring."),
        _l("Till ändringarna"),
        "changes.changes",
    ),
    State.CLOSING: NextStep(
        _l(
            "Slutrapporten ska godkännas, och allt som återstår ska ha en mottagare. "
            "Då är projektet överlämnat."
        ),
        _l("Till slutrapporten"),
        "final_report.report",
    ),
    State.TERMINATING: NextStep(
        _l("Redovisa vad projektet lämnar, och skriv slutrapporten. När den är godkänd är projektet slut."),
        _l("Redovisa vad projektet lämnar"),
        "termination.termination",
    ),
}
"""What the project leader sees to while the project rests or ends, whoever has the report just then."""

_FOLLOWED = NextStep(
    _l("Det som projektet lämnade följs upp. Se när, och skriv uppföljningen när dagen har kommit."),
    _l("Till uppföljningen"),
    "follow_up.follow_ups",
)
"""What those see to who write follow-ups."""

WAITING_TEXTS: dict[Party, Any] = {
    Party.LEADER: _l("Ärendet är hos projektledaren."),
    Party.MANAGER: _l("Ärendet väntar på verksamhetschefens underskrift."),
    Party.SECRETARIAT: _l("Ärendet är hos programsekretariatet."),
}


def next_step(viewer: Viewer, project: Project) -> NextStep | None:
    """What the viewer should do next; None when it is somebody else's turn, or nobody's."""
    state = State(project.state)
    if state in _OF_THE_LEADER:
        return _OF_THE_LEADER[state] if acts_as(viewer, project, Party.LEADER) else None
    if state in FOLLOWED_UP:
        return _FOLLOWED if is_followed_up(project) and _applied(viewer, project) else None
    party = WAITS_FOR.get(state)
    if party is None or not acts_as(viewer, project, party):
        return None
    if party is Party.SECRETARIAT and not free_of_interest(viewer, project):
        return None
    return None if party is Party.MANAGER and project.leader_id == viewer.id else _STEPS[state]


def _applied(viewer: Viewer, project: Project) -> bool:
    return acts_as(viewer, project, Party.LEADER) or acts_as(viewer, project, Party.MANAGER)


def waiting_text(project: Project) -> Any:
    """Whose turn it is, said to everybody else."""
    party = WAITS_FOR.get(State(project.state))
    return WAITING_TEXTS[party] if party else None
