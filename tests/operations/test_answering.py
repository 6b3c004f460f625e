"""A department answers for a service as it was described; what is changed is to be accepted anew."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import date, datetime
from decimal import Decimal

import pytest

from app.accounts import service as accounts
from app.accounts.access import Viewer
from app.accounts.models import Role
from app.accounts.queries import grants_of, person
from app.applications.snapshot import sha256_of
from app.core.operation import Standing, YearlyCost, YearlyKind
from app.core.verdict import RefusedError
from app.db import db, transaction
from app.history.service import System
from app.notifications import queries as notifications
from app.operations import queries, register, service
from app.operations.frozen import document_of
from app.operations.listing import asked_for
from app.operations.rules import IncompleteServiceError
from app.operations.service import OutsideDepartmentError
from app.operations.values import Dependency, ServiceValues
from app.programmes.models import Programme
from app.projects.models import Project, ProjectKind
from tests.conftest import Cast
from tests.operating_story import accepted, asked, changed_cost, described, older, said_by, service_of
from tests.review_story import LATER
from tests.running_story import PLANNED, granted, run, running
from tests.story import reloaded

OPERATION = YearlyKind.OPERATION


def test_a_service_begins_with_what_the_decided_application_says(cast: Cast, programme: Programme) -> None:
    found = service_of(running(cast, programme)).service
    assert (found.title, found.standing) == ("Uteservering på nätet", Standing.PLANNED)
    assert (found.owner_role, found.department_id) == ("Avdelningschef, tillstånd", cast.department.id)
    assert (found.confidentiality, found.integrity, found.availability) == (2, 3, 2)
    assert (found.payer, found.financed_until) == (
        "Tillståndsenhetens ordinarie budget",
        date(2031, 12, 31),
    )
    assert found.yearly == [YearlyCost(OPERATION, 2028, 2035, Decimal(310_000))]


def test_a_pre_study_leaves_no_service(cast: Cast, programme: Programme) -> None:
    project = granted(cast, programme, kind=ProjectKind.PRE_STUDY)
    run(cast, project)
    assert queries.service_of(reloaded(project)) is None


def test_nobody_is_asked_to_answer_for_what_is_not_described(cast: Cast, programme: Programme) -> None:
    project = running(cast, programme)
    with pytest.raises(IncompleteServiceError) as refused, transaction():
        service.ask(cast.leader, service_of(project), PLANNED)
    assert refused.value.lacks == ["launch", "business", "it"]


def test_what_is_accepted_is_kept_as_it_was(cast: Cast, programme: Programme) -> None:
    project = running(cast, programme)
    accepted(cast, project)
    said = queries.newest_answer(service_of(project).service.id)
    assert said is not None
    assert said.content == document_of(service_of(project).service)
    assert said.content_sha256 == sha256_of(said.content)
    assert said.content["costs"] == [
        {"kind": "operation", "from_year": 2028, "to_year": 2035, "amount": "310000.00"}
    ]
    changed_cost(cast.leader, project, YearlyCost(OPERATION, 2028, 2035, Decimal("320000.50")))
    again = queries.newest_answer(service_of(project).service.id)
    assert again is not None
    assert again.content["costs"][0]["amount"] == "310000.00"


def test_the_first_review_is_a_year_after_the_acceptance(cast: Cast, programme: Programme) -> None:
    project = running(cast, programme)
    accepted(cast, project)
    found = service_of(project).service
    assert found.accepted_on == PLANNED.date()
    assert found.review_due_on == PLANNED.date().replace(year=PLANNED.year + 1)


def test_the_managers_are_asked_and_the_leader_is_answered(cast: Cast, programme: Programme) -> None:
    project = running(cast, programme)
    asked(cast, project)
    assert notifications.inbox(cast.manager)[0].kind == "service_asked"
    with transaction():
        service.decline(cast.manager, service_of(project), "Vi saknar pengar.", PLANNED)
    told = notifications.inbox(cast.leader)[0]
    assert (told.kind, told.details["comment"]) == ("service_declined", "Vi saknar pengar.")
    assert service_of(project).service.standing == Standing.DECLINED


def test_whoever_declines_says_why(cast: Cast, programme: Programme) -> None:
    project = running(cast, programme)
    asked(cast, project)
    with pytest.raises(RefusedError), transaction():
        service.decline(cast.manager, service_of(project), " ", PLANNED)


def test_nobody_accepts_for_the_department(cast: Cast, programme: Programme) -> None:
    """Neither the leader, though a manager there, nor another department, nor somebody with an interest."""
    project = running(cast, programme)
    asked(cast, project)
    for somebody in (cast.leader, cast.other_manager, cast.secretary, cast.controller):
        with pytest.raises(RefusedError), transaction():
            service.accept(somebody, service_of(project), "", PLANNED)
    also_manager = replace(cast.leader, roles=cast.leader.roles | {(Role.MANAGER, cast.department.id)})
    with pytest.raises(RefusedError), transaction():
        service.accept(also_manager, service_of(project), "", PLANNED)
    assert service_of(project).service.standing == Standing.ASKED


def _other_owner(cast: Cast, project: Project) -> None:
    found = service_of(project)
    _what, who, _money = said_by(found.service)
    with transaction():
        service.save_holders(cast.leader, found, replace(who, owner_role="Förvaltningschef"), PLANNED)


def _shorter_money(cast: Cast, project: Project) -> None:
    found = service_of(project)
    _what, _who, money = said_by(found.service)
    with transaction():
        service.save_money(cast.leader, found, replace(money, financed_until=date(2029, 12, 31)), PLANNED)


def _no_launch(cast: Cast, project: Project) -> None:
    found = service_of(project)
    what, _who, _money = said_by(found.service)
    with transaction():
        service.save_service(cast.leader, found, replace(what, launched_on=None), PLANNED)


@pytest.mark.parametrize("change", [_other_owner, _shorter_money, _no_launch])
def test_a_change_of_owner_cost_or_financing_is_to_be_accepted_anew(
    cast: Cast, programme: Programme, change: Callable[[Cast, Project], None]
) -> None:
    project = running(cast, programme)
    accepted(cast, project)
    before = notifications.count(cast.manager)
    change(cast, project)
    assert service_of(project).service.standing == Standing.ASKED
    assert notifications.count(cast.manager) == before + 1


def test_what_says_nothing_of_owner_cost_or_money_needs_no_new_answer(
    cast: Cast, programme: Programme
) -> None:
    project = running(cast, programme)
    accepted(cast, project)
    what, _who, _money = said_by(service_of(project).service)
    with transaction():
        service.save_service(cast.leader, service_of(project), replace(what, platform="Plattform 4"), PLANNED)
    assert service_of(project).service.standing == Standing.ACCEPTED


def test_another_department_that_is_to_own_it_is_let_in_and_asked(cast: Cast, programme: Programme) -> None:
    project = running(cast, programme)
    accepted(cast, project)
    _what, who, _money = said_by(service_of(project).service)
    with transaction():
        moved = replace(who, department_id=cast.other_department.id)
        service.save_holders(cast.leader, service_of(project), moved, PLANNED)
    assert queries.service_for(cast.other_manager, service_of(project).service.id) is not None
    assert notifications.inbox(cast.other_manager)[0].kind == "service_asked"
    with transaction():
        service.accept(cast.other_manager, service_of(project), "", PLANNED)
    assert service_of(project).service.standing == Standing.ACCEPTED


# --- who holds what --------------------------------------------------------------------------------------


def _hold(cast: Cast, project: Project, by: Viewer, person_id: int | None, now: datetime) -> None:
    found = service_of(project)
    _what, who, _money = said_by(found.service)
    with transaction():
        service.save_holders(by, found, replace(who, owner_id=person_id), now)


def test_who_held_which_role_is_never_rewritten(cast: Cast, programme: Programme) -> None:
    project = running(cast, programme)
    _hold(cast, project, cast.leader, cast.controller.id, PLANNED)
    accepted(cast, project)
    later = PLANNED.replace(year=2028)
    _hold(cast, project, cast.leader, cast.manager.id, later)
    rows = [row for row in queries.holders_of(service_of(project).service.id) if row.part == "owner"]
    assert [(row.person_id, row.from_on) for row in rows] == [
        (cast.controller.id, PLANNED.date()),
        (cast.manager.id, later.date()),
    ]
    assert service_of(project).service.standing == Standing.ACCEPTED, "the role is the owner"


def test_whoever_holds_a_role_works_in_its_department(cast: Cast, programme: Programme) -> None:
    project = running(cast, programme)
    with pytest.raises(OutsideDepartmentError, match="owner_id"):
        _hold(cast, project, cast.leader, cast.other_manager.id, PLANNED)


@pytest.mark.parametrize("leaves", ["the city", "the department"])
def test_an_owner_who_has_left_is_seen(cast: Cast, programme: Programme, leaves: str) -> None:
    project = running(cast, programme)
    _hold(cast, project, cast.leader, cast.controller.id, PLANNED)
    wanted = asked_for({"brist": "agare-borta"}, PLANNED.date())
    assert register.page_of(cast.secretary, wanted, limit=10) == []
    with transaction():
        grant = grants_of(cast.controller.id)[0]
        if leaves == "the department":
            accounts.end_role(System(), grant, LATER)
        else:
            gone = person(cast.controller.id)
            assert gone is not None
            accounts.change_person(
                System(), gone, email=gone.email, name=gone.name, title="", active=False, now=LATER
            )
    rows = register.page_of(cast.secretary, wanted, limit=10)
    assert [row.owner_left for row in rows] == [True]


# --- services from before the programme ------------------------------------------------------------------


def test_a_service_from_before_the_programme_is_accepted_by_its_department(cast: Cast) -> None:
    number = older(cast)
    found = queries.service_for(cast.secretary, number)
    assert found is not None
    assert queries.service_for(cast.other_manager, number) is None
    with pytest.raises(IncompleteServiceError), transaction():
        service.ask(cast.secretary, found, PLANNED)
    with pytest.raises(RefusedError), transaction():
        service.register(cast.manager, *said_by(found.service)[:2], PLANNED)


def test_dependencies_are_shown_both_ways_and_only_of_what_one_sees(cast: Cast) -> None:
    one, other = older(cast), older(cast, "E-legitimering")
    found = queries.service_for(cast.secretary, one)
    assert found is not None
    with transaction():
        wanted = [Dependency(other), Dependency(None, "Stadens e-tjänstplattform"), Dependency(other)]
        service.save_dependencies(cast.secretary, found, wanted, PLANNED)
    found = queries.service_for(cast.secretary, one)
    assert found is not None
    assert queries.leans_on(cast.secretary, found.service) == [
        ("E-legitimering", other),
        ("Stadens e-tjänstplattform", None),
    ]
    assert queries.leans_on(cast.other_manager, found.service) == [("Stadens e-tjänstplattform", None)]
    assert [row.id for row in queries.leaning_on(cast.secretary, other)] == [one]
    assert queries.leaning_on(cast.other_manager, other) == []


def test_a_service_does_not_depend_on_one_that_its_writer_may_not_see(
    cast: Cast, programme: Programme
) -> None:
    project, hidden = running(cast, programme), older(cast)
    described(cast, project)
    with pytest.raises(RefusedError), transaction():
        service.save_dependencies(cast.leader, service_of(project), [Dependency(hidden)], PLANNED)


def test_a_service_that_is_no_more_stays_in_the_register_and_changes_no_more(
    cast: Cast, programme: Programme
) -> None:
    number = older(cast)
    found = queries.service_for(cast.manager, number)
    assert found is not None
    with pytest.raises(RefusedError), transaction():
        service.decommission(cast.secretary, found, PLANNED.date(), "Ersatt.", PLANNED)
    with transaction():
        service.decommission(cast.manager, found, PLANNED.date(), "Ersatt.", PLANNED)
    db.session.expire_all()
    found = queries.service_for(cast.manager, number)
    assert found is not None
    with pytest.raises(RefusedError), transaction():
        service.save_service(cast.manager, found, ServiceValues(title="Annat"), PLANNED)
    gone = asked_for({"avvecklade": "1"}, PLANNED.date())
    assert [row.id for row in register.page_of(cast.secretary, gone, limit=10)] == [number]
