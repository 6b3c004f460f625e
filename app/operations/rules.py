"""What is still missing of a service before somebody can answer for it, in the order of its pages."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from app.core.operation import Lack, Promise, lacks_of_promise
from app.operations.models import OperatedService


def lacks_in(service: OperatedService, day: date) -> list[Lack]:
    """Everything that is missing on this day; empty when the service can be accepted."""
    return [*_of_the_service(service), *lacks_of_promise(_promise(service), day)]


def _of_the_service(service: OperatedService) -> Iterator[Lack]:
    if service.launched_on is None:
        yield Lack.LAUNCH
    if not (service.business_role and service.business_department_id):
        yield Lack.BUSINESS
    if not (service.it_role and service.it_department_id):
        yield Lack.IT


def _promise(service: OperatedService) -> Promise:
    return Promise(
        owner=service.owner_role,
        has_department=True,
        has_cost=bool(service.costs),
        payer=service.payer,
        financed_until=service.financed_until,
    )


class IncompleteServiceError(ValueError):
    """Nobody can be asked to answer for the service, or accept it, as it stands."""

    def __init__(self, lacks: list[Lack]) -> None:
        super().__init__(", ".join(lacks))
        self.lacks = lacks
