"""The story of a service that gets somebody who answers for it: described, asked about, accepted.

Every function ends in a committed transaction.
"""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime
from typing import Any

from app.accounts.access import Viewer
from app.core.operation import YearlyCost
from app.db import transaction
from app.operations import queries, service, yearly
from app.operations.models import OperatedService
from app.operations.queries import ServiceOf
from app.operations.values import HolderValues, MoneyValues, ReviewValues, ServiceValues
from app.projects.models import Project
from tests.conftest import Cast
from tests.running_story import PLANNED

LAUNCHED = date(2028, 3, 1)


def service_of(project: Project) -> ServiceOf:
    """The project's service, as it stands."""
    found = queries.service_of(project)
    assert found is not None
    return found


def said_by(row: OperatedService) -> tuple[ServiceValues, HolderValues, MoneyValues]:
    """Everything that the service says, as the verbs take it."""
    parts: list[Any] = [
        values(**{name: getattr(row, name) for name in values.__dataclass_fields__})
        for values in (ServiceValues, HolderValues)
    ]
    money = MoneyValues(
        payer_department_id=row.payer_department_id,
        payer=row.payer,
        financed_until=row.financed_until,
        costs=row.yearly,
    )
    return parts[0], parts[1], money


def described(cast: Cast, project: Project, now: datetime = PLANNED, by: Viewer | None = None) -> None:
    """What the application does not ask is said: who maintains it, and since when it is in use."""
    what, who, _money = said_by(service_of(project).service)
    department = cast.department.id
    with transaction():
        service.save_service(by or cast.leader, service_of(project), replace(what, launched_on=LAUNCHED), now)
        service.save_holders(
            by or cast.leader,
            service_of(project),
            replace(
                who,
                business_role="Förvaltningsledare",
                business_department_id=department,
                it_role="Systemförvaltare",
                it_department_id=department,
            ),
            now,
        )


def asked(cast: Cast, project: Project, now: datetime = PLANNED) -> None:
    """The leader has asked the department to answer for it."""
    described(cast, project, now)
    with transaction():
        service.ask(cast.leader, service_of(project), now)


def accepted(cast: Cast, project: Project, now: datetime = PLANNED) -> None:
    """The department's manager has accepted."""
    asked(cast, project, now)
    with transaction():
        service.accept(cast.manager, service_of(project), "Vi har pengar till 2031.", now)


DUE = date(2028, 3, 14)
"""A year after the acceptance."""
RIGHT = ReviewValues(
    holders_right=True,
    cost_right=True,
    contract_right=True,
    class_right=True,
    use="4 000 ärenden om året.",
    words="Inget att anmärka.",
)


def reviewed(cast: Cast, project: Project) -> None:
    """The manager has reviewed it, on its day."""
    with transaction():
        yearly.review(cast.manager, service_of(project), RIGHT, datetime(2028, 3, 14, 9, tzinfo=UTC))


def changed_cost(by: Viewer, project: Project, *costs: YearlyCost, now: datetime = PLANNED) -> None:
    """It costs something else."""
    _what, _who, money = said_by(service_of(project).service)
    with transaction():
        service.save_money(by, service_of(project), replace(money, costs=costs), now)


def older(cast: Cast, title: str = "Sotning på nätet") -> int:
    """A service that the secretariat has registered: it is older than the programme."""
    values = ServiceValues(title=title, launched_on=date(2019, 5, 1))
    owner = HolderValues(department_id=cast.department.id, owner_role="Enhetschef, tillsyn")
    with transaction():
        return service.register(cast.secretary, values, owner, PLANNED).id


def the_older() -> int:
    """The one that no project has launched."""
    return queries.registered()[0].id
