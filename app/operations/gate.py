"""Whether somebody answers for what a project launches: what its end asks, and again when it is closed."""

from __future__ import annotations

from collections.abc import Iterator

from flask_babel import gettext as _

from app.applications.operating import LACKING
from app.core.clock import local_day
from app.core.operation import Standing
from app.core.workflow import INTERRUPTED, State
from app.operations import queries
from app.operations.queries import ServiceOf
from app.operations.rules import lacks_in
from app.projects.models import Project, ProjectKind
from app.projects.obstacles import Obstacle, keeps_open


@keeps_open
def nobody_answers_for_it(project: Project) -> Iterator[Obstacle]:
    """What was accepted when the project ended may have changed since, and wait to be accepted anew."""
    for text in operation_lacks(project):
        yield Obstacle(text, "operations.project")


def operation_lacks(project: Project) -> list[str]:
    """Everything that is missing before the service has somebody who answers for it, in words; empty when
    nothing is, and for projects that leave no service: a pre-study, or one interrupted before its launch."""
    found = queries.service_of(project)
    if not _leaves_a_service(project, found):
        return []
    if found is None:
        return [_("Tjänsten som projektet lämnar är inte beskriven.")]
    if found.service.standing == Standing.DECOMMISSIONED:
        return []
    if found.service.standing == Standing.ACCEPTED:
        return list(_accepted_by_leader(found))
    since = local_day(project.state_since)
    missing = [_("Saknas: %(what)s.", what=str(LACKING[lack])) for lack in lacks_in(found.service, since)]
    return [*missing, _not_accepted(found)]


def _leaves_a_service(project: Project, found: ServiceOf | None) -> bool:
    if project.kind != ProjectKind.IMPLEMENTATION:
        return False
    if State(project.state) in INTERRUPTED:
        return found is not None and found.service.launched_on is not None
    return True


def _not_accepted(found: ServiceOf) -> str:
    told = {"department": found.service.department.name}
    if found.service.standing == Standing.ASKED:
        return _("%(department)s har inte svarat om driftansvaret.", **told)
    if found.service.standing == Standing.DECLINED:
        return _("%(department)s har avböjt driftansvaret.", **told)
    return _("%(department)s är inte tillfrågad om driftansvaret.", **told)


def _accepted_by_leader(found: ServiceOf) -> list[str]:
    """Whoever has accepted may lead the project by now: then somebody else must."""
    answer = queries.newest_answer(found.service.id)
    if found.project is None or answer is None or answer.answered_by_id != found.project.leader_id:
        return []
    return [_("Driftansvaret är mottaget av den som nu leder projektet. Någon annan måste ta emot.")]
