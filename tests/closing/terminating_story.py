"""The story of a project that is interrupted: each function brings a case one step further."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

from app.accounts.access import Viewer
from app.closing.termination import queries, service
from app.closing.termination.queries import PromisedBenefit
from app.closing.termination.values import ContractValues, DecisionValues, OutcomeValues, ReusableValues
from app.core.changes import Termination
from app.core.termination import ContractState, Fate
from app.core.workflow import Action, State
from app.db import transaction
from app.delivery.changes.queries import promised_by
from app.delivery.changes.worth import line_number
from app.programmes.models import Programme
from app.projects import service as projects
from app.projects.models import Project
from tests import changing_story, running_story
from tests.conftest import Cast
from tests.delivery.granted import payer
from tests.remembered import remembered
from tests.running_story import PLANNED
from tests.story import reloaded

INTERRUPTED = changing_story.DECIDED
DECIDED = DecisionValues(
    decided_on=date(2027, 4, 12),
    decided_by="Styrgruppen",
    reasons="Plattformen kan inte uppdateras i tid.",
    reference="KS 2027/88 § 4",
)
CONTRACT = ContractValues(
    supplier="Leverantören AB",
    reference="Avrop 2027-14",
    status=ContractState.ENDED,
    ends_on=date(2027, 6, 30),
)
RESULT = ReusableValues(
    result="Kravlista", useful_to="Nästa projekt om serveringar", place="Diariet, handling 14"
)
WRITTEN_OFF = OutcomeValues(fate=Fate.WRITTEN_OFF, reason="Tjänsten blir inte av.")
WAYS_IN = (State.APPROVED, State.RUNNING, State.PAUSED, State.CLOSING)


def in_state(cast: Cast, programme: Programme, state: State) -> Project:
    """A granted project that has come as far as this."""
    if state is State.APPROVED:
        return running_story.granted(cast, programme)
    project = running_story.running(cast, programme)
    with transaction():
        if state is State.PAUSED:
            projects.move(cast.secretary, project, Action.PAUSE, PLANNED)
        elif state is State.CLOSING:
            projects.move(cast.leader, project, Action.BEGIN_CLOSING, PLANNED)
    return reloaded(project)


def interrupt(cast: Cast, project: Project) -> Project:
    """A request to end the project is approved: it does not go on."""
    end = Termination(DECIDED.decided_by, DECIDED.decided_on, DECIDED.reasons)
    found = changing_story.asked(cast, project, termination=end)
    changing_story.decided(cast, found, changing_story.draft(found, reference=DECIDED.reference))
    return reloaded(project)


@remembered
def terminating(cast: Cast, programme: Programme) -> Project:
    """A running project that is interrupted."""
    return interrupt(cast, running_story.running(cast, programme))


def benefit(viewer: Viewer, project: Project, place: int = 0) -> PromisedBenefit:
    """One of the benefits that the project promised."""
    entries = promised_by(project.id).benefits
    found = queries.benefit_for(viewer, project.id, line_number(entries[place].key))
    assert found is not None
    return found


def account_for_all(cast: Cast, project: Project) -> None:
    """The leader has told everything, and the controller has returned the money."""
    tell_all(cast, project)
    return_all(project)


def tell_all(cast: Cast, project: Project) -> None:
    """The leader has told everything."""
    with transaction():
        service.save_account(cast.leader, project, delivered="Förstudie och krav.", spent="", now=INTERRUPTED)
        service.save_reusable(cast.leader, project, [RESULT], none=False, now=INTERRUPTED)
        service.save_contracts(cast.leader, project, [CONTRACT], none=False, now=INTERRUPTED)
        service.write_off_rest(cast.leader, project, reason="Tjänsten blir inte av.", now=INTERRUPTED)


def return_all(project: Project) -> None:
    """A controller of the programme returns what is left."""
    with transaction():
        service.return_rest(payer(), project, reference="KS 2027/88 § 4", now=INTERRUPTED)


@remembered
def accounted_for(cast: Cast, programme: Programme) -> Project:
    """An interrupted project that lacks nothing."""
    project = terminating(cast, programme)
    account_for_all(cast, project)
    return reloaded(project)


HALF = OutcomeValues(
    fate=Fate.PARTLY, share=Decimal("0.5"), owner="Enhetschef, tillstånd", reason="Blanketten finns kvar."
)
