"""How what a life has launched is described, what it costs year by year, and how it is reviewed."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, datetime, timedelta
from decimal import Decimal
from functools import partial

from app.core.calendar import months_later
from app.core.clock import local_day
from app.core.operation import YearlyKind
from app.demo.lives.days import Course
from app.demo.lives.life import Life
from app.demo.operating import BUSINESS, IT, IT_DEPARTMENT, PLATFORM
from app.demo.story import Moment, Story
from app.operations import queries, service, yearly
from app.operations.queries import ServiceOf
from app.operations.values import HolderValues, MoneyValues, ReviewValues, ServiceValues

BOOKED = (2, 17)
"""The day on which the year before is entered."""
NOTICE = 3


def describe(story: Story, at: datetime, *, life: Life) -> None:
    """The project leader says what the application did not: who holds which role, until when there is a
    contract and money."""
    row, leads = _of(story).service, story.project.lead_department_id
    what = ServiceValues(
        title=row.title,
        platform=PLATFORM,
        launched_on=life.ends_on,
        service_level=row.service_level,
        confidentiality=row.confidentiality,
        integrity=row.integrity,
        availability=row.availability,
        supplier=row.supplier,
        contract_ends_on=months_later(life.ends_on, life.service.contract_months),
        notice_months=NOTICE,
    )
    service.save_service(story.leader, _of(story), what, at)
    holders = HolderValues(
        department_id=row.department_id,
        owner_role=row.owner_role,
        owner_id=_owner(story, life),
        business_role=BUSINESS,
        business_department_id=leads,
        it_role=IT,
        it_department_id=story.cast.departments[IT_DEPARTMENT],
    )
    service.save_holders(story.leader, _of(story), holders, at)
    money = MoneyValues(
        payer_department_id=row.payer_department_id,
        payer=row.payer,
        financed_until=date(life.ends_on.year + life.service.funded_years, 12, 31),
        costs=row.yearly,
    )
    service.save_money(story.leader, _of(story), money, at)


def _owner(story: Story, life: Life) -> int | None:
    if not life.service.held:
        return None
    leaves = story.cast.leaving.get(story.case.lead)
    return leaves.id if life.service.lost and leaves else story.manager.id


def run(life: Life, course: Course) -> Iterator[Moment]:
    """Each year's cost is entered in the next; the service is reviewed a year after it was accepted."""
    for year in range(life.ends_on.year + 1, course.today.year):
        yield from course.on(date(year + 1, *BOOKED), partial(_enter, year=year, life=life), hour=15)
    accepted_on = life.ends_on - timedelta(days=23)
    years = range(1, course.today.year - accepted_on.year + 1) if life.service.reviewed else ()
    for number in years:
        yield from course.on(months_later(accepted_on, 12 * number), _review, hour=15)


def _enter(story: Story, at: datetime, *, year: int, life: Life) -> None:
    found = _of(story)
    amounts: dict[YearlyKind, Decimal] = {}
    for row in found.service.yearly:
        share = Decimal(1) if row.kind is YearlyKind.CAPITAL else life.service.dearer
        amounts[row.kind] = amounts.get(row.kind, Decimal(0)) + row.in_year(year) * share
    rounded = {kind: amount.quantize(Decimal(1)) for kind, amount in amounts.items()}
    yearly.enter_cost(story.cast.controller, found, year, rounded, source=f"Bokslut {year}", now=at)


def _review(story: Story, at: datetime) -> None:
    """The manager of the department that owns it."""
    found = _of(story)
    manager = story.cast.managers[found.service.department.name]
    if yearly.can_be_reviewed(found.service, local_day(at)):
        values = ReviewValues(
            holders_right=True,
            cost_right=True,
            contract_right=True,
            class_right=True,
            use="Användningen ökar. Det mesta görs i tjänsten.",
        )
        yearly.review(manager, found, values, at)


def _of(story: Story) -> ServiceOf:
    found = queries.service_of(story.project)
    if found is None:
        raise LookupError(f"{story.case.key} has no service")
    return found
