"""Departments share what a service costs in a year by a key; what is changed is to be accepted anew."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, datetime, timedelta
from decimal import Decimal

import pytest
from sqlalchemy.exc import IntegrityError

from app.accounts.models import Role
from app.applications.snapshot import sha256_of
from app.core.operation import YearlyCost, YearlyKind
from app.core.sharing import ShareState, SharingState
from app.core.verdict import RefusedError
from app.db import db, transaction
from app.notifications import queries as notifications
from app.notifications.models import Kind
from app.operations import queries as services
from app.operations import yearly
from app.operations.models_sharing import ServiceShareAnswer
from app.operations.sharing import policy, queries, service, waiting
from app.programmes.models import Programme
from app.projects.models import Project
from tests.conftest import Cast
from tests.operating_story import changed_cost, older, service_of
from tests.running_story import PLANNED, running
from tests.sharing_story import MEASURED, YEAR, answered, disputed, key, proposed, share_of, year_of

ACCEPTED, DECLINED = ShareState.ACCEPTED, ShareState.DECLINED


@pytest.fixture
def project(cast: Cast, programme: Programme) -> Project:
    """Its service costs 310 000 kronor a year from 2028."""
    return running(cast, programme)


def state(cast: Cast, project: Project) -> SharingState:
    standing = year_of(cast.secretary, project).standing
    assert standing is not None
    return queries.sharing_state(standing)


# --- key and bill ----------------------------------------------------------------------------------------


def test_each_department_gets_its_bill_to_the_ore_and_in_whole_kronor(cast: Cast, project: Project) -> None:
    changed_cost(cast.leader, project, YearlyCost(YearlyKind.OPERATION, YEAR, YEAR, Decimal("100000.51")))
    proposed(cast, project)
    made = year_of(cast.leader, project).versions[0]
    assert [(row.amount, row.kronor) for row in made.shares] == [
        (Decimal("66667.01"), Decimal(66667)),
        (Decimal("33333.50"), Decimal(33334)),
    ]
    assert made.cost == Decimal("100000.51")


def test_what_departments_are_asked_about_is_kept_as_a_document(cast: Cast, project: Project) -> None:
    made = proposed(cast, project)
    assert made.content_sha256 == sha256_of(made.content)
    assert (made.content["cost"], made.content["cost_kind"], made.content["kronor"]) == (
        "310000.00",
        "planned",
        "310000",
    )
    assert made.content["departments"][1] == {
        "department": "Kulturförvaltningen",
        "quantity": "1",
        "amount": "103333.33",
        "kronor": "103333",
    }
    answered(cast.manager, project, cast.department.id, ACCEPTED)
    said = share_of(cast.manager, project, cast.department.id).share.answers[0]
    assert (said.version_sha256, said.answered_by_id) == (made.content_sha256, cast.manager.id)


@pytest.mark.parametrize(
    ("own", "other", "measured_on"),
    [("0", "1", MEASURED), ("-1", "1", MEASURED), ("1", "1", PLANNED.date() + timedelta(days=1))],
)
def test_nothing_is_shared_by_what_was_not_measured(
    cast: Cast, project: Project, own: str, other: str, measured_on: date
) -> None:
    with pytest.raises(RefusedError):
        proposed(cast, project, replace(key(cast, own, other), measured_on=measured_on))


def test_nobody_shares_alone_nor_with_a_department_that_is_not_there(cast: Cast, project: Project) -> None:
    for quantities in ({cast.department.id: Decimal(1)}, {cast.department.id: Decimal(1), 99: Decimal(1)}):
        with pytest.raises(RefusedError):
            proposed(cast, project, replace(key(cast), quantities=quantities))


def test_a_year_without_a_cost_is_not_shared(cast: Cast, project: Project) -> None:
    number = service_of(project).service.id
    assert queries.sharing_for(cast.leader, number, 2027) is None
    assert queries.sharing_for(cast.leader, number, 9999) is None


def test_the_key_is_proposed_by_whoever_writes_the_yearly_cost(cast: Cast, project: Project) -> None:
    for somebody in (cast.manager, cast.controller, cast.secretary):
        with pytest.raises(RefusedError):
            proposed(cast, project, by=somebody)
    proposed(cast, project)


# --- what departments answer -----------------------------------------------------------------------------


def test_a_year_is_accepted_when_each_department_has_accepted(cast: Cast, project: Project) -> None:
    proposed(cast, project)
    answered(cast.manager, project, cast.department.id, ACCEPTED)
    assert state(cast, project) is SharingState.WAITING
    answered(cast.other_manager, project, cast.other_department.id, ACCEPTED)
    assert state(cast, project) is SharingState.ACCEPTED


def test_whoever_declines_says_why_and_may_accept_afterwards(cast: Cast, project: Project) -> None:
    proposed(cast, project)
    mine = (cast.manager, project, cast.department.id)
    for given, words in ((DECLINED, " "), (DECLINED, "Fel mått."), (DECLINED, "Fel igen.")):
        if words == "Fel mått.":
            answered(*mine, given, words)
            continue
        with pytest.raises(RefusedError):
            answered(*mine, given, words)
    answered(*mine, ACCEPTED)
    assert queries.share_state(share_of(*mine).share) is ACCEPTED
    with pytest.raises(RefusedError):
        answered(*mine, DECLINED, "Nej.")


def test_nobody_answers_for_another_department(cast: Cast, project: Project) -> None:
    proposed(cast, project)
    for somebody in (cast.leader, cast.secretary, cast.controller, cast.other_manager):
        with pytest.raises(RefusedError):
            answered(somebody, project, cast.department.id, ACCEPTED)


def test_whoever_proposed_accepts_for_the_owning_department_at_most(cast: Cast) -> None:
    """The manager of two departments, one of which owns the service."""
    both = frozenset({(Role.MANAGER, cast.department.id), (Role.MANAGER, cast.other_department.id)})
    somebody = replace(cast.manager, roles=both)
    number = older(cast)
    found = services.service_for(somebody, number)
    assert found is not None
    with transaction():
        yearly.enter_cost(
            somebody, found, 2026, {YearlyKind.OPERATION: Decimal(90)}, source="Bokslut", now=PLANNED
        )
    of_year = queries.sharing_for(somebody, number, 2026)
    assert of_year is not None
    with transaction():
        service.propose(somebody, of_year, key(cast), PLANNED)
    own = queries.share_for(somebody, number, 2026, cast.department.id)
    other = queries.share_for(somebody, number, 2026, cast.other_department.id)
    assert own is not None
    assert other is not None
    assert policy.may_answer_share(somebody, own)
    assert not policy.may_answer_share(somebody, other)
    assert policy.may_answer_share(cast.other_manager, other)
    asked = [row.department_id for row in waiting.to_accept(somebody, limit=9)]
    assert asked == [cast.department.id], "the list says what the policy says"


def test_the_database_keeps_one_answer_of_each_kind(cast: Cast, project: Project) -> None:
    proposed(cast, project)
    answered(cast.manager, project, cast.department.id, ACCEPTED)
    said = share_of(cast.manager, project, cast.department.id).share.answers[0]
    twice = ServiceShareAnswer(
        share_id=said.share_id,
        answer=said.answer,
        words="",
        version_sha256=said.version_sha256,
        answered_by_id=cast.manager.id,
        answered_at=PLANNED,
    )
    db.session.add(twice)
    with pytest.raises(IntegrityError):
        db.session.flush()
    db.session.rollback()


# --- what is changed -------------------------------------------------------------------------------------


def both_accepted(cast: Cast, project: Project) -> None:
    proposed(cast, project)
    answered(cast.manager, project, cast.department.id, ACCEPTED)
    answered(cast.other_manager, project, cast.other_department.id, ACCEPTED)


def test_another_measure_is_to_be_accepted_anew_and_the_same_key_is_not(cast: Cast, project: Project) -> None:
    both_accepted(cast, project)
    proposed(cast, project)
    assert state(cast, project) is SharingState.ACCEPTED, "nothing was changed"
    proposed(cast, project, key(cast, other="1.5"))
    assert state(cast, project) is SharingState.WAITING
    newest, first = year_of(cast.secretary, project).versions
    assert (newest.number, newest.reason) == (2, "key")
    assert [len(row.answers) for row in first.shares] == [1, 1], "what was said then stands"


def test_another_planned_cost_is_to_be_accepted_anew(cast: Cast, project: Project) -> None:
    both_accepted(cast, project)
    changed_cost(cast.leader, project, YearlyCost(YearlyKind.OPERATION, 2028, 2035, Decimal("310000.01")))
    newest = year_of(cast.secretary, project).versions[0]
    assert (newest.number, newest.reason, newest.cost) == (2, "cost", Decimal("310000.01"))
    assert sum(row.amount for row in newest.shares) == newest.cost
    assert newest.proposed_by_id == cast.leader.id
    assert state(cast, project) is SharingState.WAITING
    assert notifications.inbox(cast.other_manager)[0].kind == Kind.SERVICE_SHARE_ASKED


def test_a_cost_of_another_year_changes_nothing(cast: Cast, project: Project) -> None:
    both_accepted(cast, project)
    same = YearlyCost(YearlyKind.OPERATION, 2028, 2028, Decimal(310_000))
    changed_cost(cast.leader, project, same, YearlyCost(YearlyKind.OPERATION, 2029, 2035, Decimal(1)))
    assert state(cast, project) is SharingState.ACCEPTED


def test_what_it_has_cost_is_shared_in_place_of_what_was_planned(cast: Cast, project: Project) -> None:
    both_accepted(cast, project)
    with transaction():
        yearly.enter_cost(
            cast.controller,
            service_of(project),
            YEAR,
            {YearlyKind.OPERATION: Decimal("298000.50")},
            source="Bokslut",
            now=datetime(2029, 2, 1, 9, tzinfo=PLANNED.tzinfo),
        )
    newest = year_of(cast.secretary, project).versions[0]
    assert (newest.cost_kind, newest.cost) == ("carried", Decimal("298000.50"))
    assert state(cast, project) is SharingState.WAITING


def test_a_year_that_is_not_shared_after_all_asks_nobody(cast: Cast, project: Project) -> None:
    disputed(cast, project)
    with pytest.raises(RefusedError), transaction():
        service.withdraw(cast.leader, year_of(cast.leader, project), " ", PLANNED)
    with transaction():
        service.withdraw(cast.leader, year_of(cast.leader, project), "Den används av en enda.", PLANNED)
    assert state(cast, project) is SharingState.WITHDRAWN
    assert waiting.declined(cast.leader, limit=9) == []
    changed_cost(cast.leader, project, YearlyCost(YearlyKind.OPERATION, 2028, 2035, Decimal(1)))
    assert len(year_of(cast.leader, project).versions) == 2, "nothing follows the cost any more"
    proposed(cast, project)
    assert state(cast, project) is SharingState.WAITING
