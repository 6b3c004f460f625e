"""Who reads that a service is shared, who is told and reminded, and what each department's bills come to."""

from __future__ import annotations

from datetime import timedelta
from decimal import Decimal

import pytest

from app.accounts.access import Viewer
from app.core.calendar import Reminder
from app.core.operation import YearlyCost, YearlyKind
from app.core.sharing import ShareState
from app.db import transaction
from app.notifications import queries as notifications
from app.notifications.models import Kind
from app.operations import queries as services
from app.operations import register, yearly
from app.operations.listing import asked_for
from app.operations.sharing import queries, service, waiting
from app.operations.sharing import register as bills
from app.operations.sharing.register import Wanted
from app.operations.sharing.reminding import due_shares
from app.programmes.models import Programme
from app.projects.models import Project
from tests.conftest import Cast
from tests.operating_story import changed_cost, older, service_of
from tests.running_story import PLANNED, running
from tests.sharing_story import YEAR, answered, disputed, key, proposed

ACCEPTED = ShareState.ACCEPTED
ANSWER_BY = PLANNED.date() + timedelta(days=30)


@pytest.fixture
def project(cast: Cast, programme: Programme) -> Project:
    """Its service costs 310 000 kronor a year from 2028."""
    return running(cast, programme)


def test_a_department_that_has_a_share_sees_the_service_and_no_other_does(
    cast: Cast, project: Project
) -> None:
    number = older(cast)
    assert services.service_for(cast.other_manager, number) is None
    before = services.service_for(cast.manager, number)
    assert before is not None
    with transaction():
        yearly.enter_cost(
            cast.manager, before, 2026, {YearlyKind.OPERATION: Decimal(9)}, source="Bokslut", now=PLANNED
        )
    of_year = queries.sharing_for(cast.manager, number, 2026)
    assert of_year is not None
    with transaction():
        service.propose(cast.manager, of_year, key(cast), PLANNED)
    assert services.service_for(cast.other_manager, number) is not None
    assert services.service_for(cast.nobody, number) is None
    assert notifications.inbox(cast.other_manager)[0].details["budget_year"] == 2026


def test_managers_are_asked_and_whoever_proposed_is_told_of_what_is_declined(
    cast: Cast, project: Project
) -> None:
    disputed(cast, project)
    asked = notifications.inbox(cast.other_manager)[0]
    assert (asked.kind, asked.details["amount"]) == (Kind.SERVICE_SHARE_ASKED, "103333")
    told = notifications.inbox(cast.leader)[0]
    assert (told.kind, told.details["comment"], told.details["share_of"]) == (
        Kind.SERVICE_SHARE_DECLINED,
        "Måttet är från fel månad.",
        "Kulturförvaltningen",
    )
    assert [row.department for row in waiting.declined(cast.leader, limit=9)] == ["Kulturförvaltningen"]
    assert waiting.to_accept(cast.other_manager, limit=9) == []


@pytest.mark.parametrize(
    ("days", "step", "told"),
    [
        (-15, None, ()),
        (-14, Reminder.SOON, ("other_manager",)),
        (7, Reminder.ESCALATED, ("other_manager",)),
        (14, Reminder.STILL_LATE, ("other_manager", "other_secretary", "secretary")),
    ],
)
def test_managers_who_have_not_answered_are_reminded_and_in_the_end_the_secretariat(
    cast: Cast, project: Project, days: int, step: Reminder | None, told: tuple[str, ...]
) -> None:
    proposed(cast, project)
    answered(cast.manager, project, cast.department.id, ACCEPTED)
    dues = list(due_shares(ANSWER_BY + timedelta(days=days)))
    assert {due.person_id for due in dues} == {getattr(cast, name).id for name in told}
    assert {due.step for due in dues} <= {step}
    late = {Kind.SERVICE_SHARE_LATE if days > 0 else Kind.SERVICE_SHARE_DUE}
    assert {due.tells for due in dues} <= late


def test_services_whose_shares_are_open_are_found_in_the_register(cast: Cast, project: Project) -> None:
    wanted = asked_for({"brist": "andelar"}, PLANNED.date())

    def found() -> list[int]:
        return [row.id for row in register.page_of(cast.secretary, wanted, limit=9)]

    assert found() == []
    proposed(cast, project)
    answered(cast.manager, project, cast.department.id, ACCEPTED)
    assert found() == [service_of(project).service.id]
    answered(cast.other_manager, project, cast.other_department.id, ACCEPTED)
    assert found() == []


def test_bills_are_those_of_ones_own_departments_and_add_up_as_shown(cast: Cast, project: Project) -> None:
    disputed(cast, project)
    changed_cost(cast.leader, project, YearlyCost(YearlyKind.OPERATION, 2028, 2035, Decimal("100000.51")))

    def those(viewer: Viewer, wanted: Wanted) -> list[tuple[str, Decimal]]:
        rows = bills.bills(viewer, wanted, limit=None)
        count, kronor = bills.sums(viewer, wanted)
        assert (count, kronor) == (len(rows), sum((row.kronor for row in rows), Decimal(0)))
        return [(row.department, row.kronor) for row in rows]

    own, other = ("Miljöförvaltningen", Decimal(66_667)), ("Kulturförvaltningen", Decimal(33_334))
    assert those(cast.manager, Wanted(YEAR)) == [own]
    assert those(cast.other_manager, Wanted(YEAR)) == [other]
    assert those(cast.secretary, Wanted(YEAR)) == [other, own]
    assert those(cast.secretary, Wanted(YEAR, state=ACCEPTED)) == []
    assert those(cast.secretary, Wanted(YEAR, cast.department.id)) == [own]
    assert those(cast.secretary, Wanted(YEAR + 1)) == []
    assert those(cast.nobody, Wanted(YEAR)) == []
    assert bills.years(cast.manager) == [YEAR]
