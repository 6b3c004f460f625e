"""The story of a service that two departments share: a key, a bill for each, what they answer.

Every function ends in a committed transaction.
"""

from __future__ import annotations

from datetime import date, datetime
from decimal import Decimal

from app.accounts.access import Viewer
from app.core.sharing import ShareState
from app.db import transaction
from app.operations.models_sharing import ServiceSharing
from app.operations.sharing import queries, service
from app.operations.sharing.queries import ShareOf, SharingOf
from app.operations.sharing.values import KeyValues
from app.projects.models import Project
from tests.conftest import Cast
from tests.operating_story import service_of
from tests.running_story import PLANNED

YEAR = 2028
"""The first year of which the story's service says what it costs: 310 000 kronor."""
MEASURED = date(2027, 2, 1)


def key(cast: Cast, own: str = "2", other: str = "1", words: str = "") -> KeyValues:
    """A key of both departments."""
    return KeyValues(
        basis="Ärenden som kom in genom tjänsten",
        unit="ärenden",
        measured_on=MEASURED,
        source="Statistiken i plattformen",
        quantities={cast.department.id: Decimal(own), cast.other_department.id: Decimal(other)},
        words=words,
    )


def year_of(viewer: Viewer, project: Project, year: int = YEAR) -> SharingOf:
    """How the year is shared, as it stands."""
    found = queries.sharing_for(viewer, service_of(project).service.id, year)
    assert found is not None
    return found


def share_of(viewer: Viewer, project: Project, department_id: int, year: int = YEAR) -> ShareOf:
    """A department's share of it."""
    found = queries.share_for(viewer, service_of(project).service.id, year, department_id)
    assert found is not None
    return found


def proposed(
    cast: Cast,
    project: Project,
    values: KeyValues | None = None,
    now: datetime = PLANNED,
    by: Viewer | None = None,
) -> ServiceSharing:
    """Whoever describes the service has proposed a key; the departments are asked."""
    who = by or cast.leader
    with transaction():
        return service.propose(who, year_of(who, project), values or key(cast), now)


def other_department(project: Project) -> int:
    """The department whose share was declined."""
    standing = queries.standing_of(service_of(project).service.id)[YEAR]
    return standing.shares[-1].department_id


def answered(
    by: Viewer,
    project: Project,
    department_id: int,
    given: ShareState,
    words: str = "",
    now: datetime = PLANNED,
) -> None:
    """A manager has answered for a department."""
    with transaction():
        service.answer(by, share_of(by, project, department_id), given, words, now)


def disputed(cast: Cast, project: Project, now: datetime = PLANNED, by: Viewer | None = None) -> None:
    """One department has accepted its share, the other has declined."""
    proposed(cast, project, now=now, by=by)
    answered(cast.manager, project, cast.department.id, ShareState.ACCEPTED, "Vi har räknat med det.", now)
    answered(
        cast.other_manager,
        project,
        cast.other_department.id,
        ShareState.DECLINED,
        "Måttet är från fel månad.",
        now,
    )
