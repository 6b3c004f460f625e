"""Opinions and decisions: every verb, every refusal, and what is left in the frame."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, timedelta
from decimal import Decimal
from typing import Any

import pytest
from sqlalchemy import select, text
from sqlalchemy.exc import DatabaseError

from app.accounts import service as accounts
from app.accounts.access import Viewer
from app.benefits import service as benefits
from app.benefits.inputs import CostValues
from app.core.costs import CostKind, Financier
from app.core.workflow import State
from app.db import db, transaction
from app.decisions import queries, service
from app.decisions.models import Condition, Decision, DecisionAmount, DecisionKind, Opinion, OpinionKind
from app.decisions.rules import InvalidError
from app.history.guard import FixedRecordError
from app.history.service import System
from app.notifications.models import Notification
from app.programmes.models import EntryKind, LedgerEntry, Programme
from app.programmes.queries import frame_balance
from app.programmes.service import change_frame, post_grant, set_delegation
from app.projects.models import Project
from app.web.access import RefusedError
from tests.conftest import TODAY, Cast
from tests.review_story import (
    LATER,
    answer_all,
    applied_rows,
    assessed,
    awaiting_decision,
    decide,
    delegation_of,
    in_council,
)
from tests.story import reloaded

APPLIED = Decimal(1_500_000)


def available(programme: Programme) -> Decimal:
    balance = frame_balance(programme.id)
    assert balance is not None
    return balance.available


def grants(project: Project) -> list[LedgerEntry]:
    query = select(LedgerEntry).where(
        LedgerEntry.project_id == project.id, LedgerEntry.kind == EntryKind.GRANT.value
    )
    return list(db.session.scalars(query.order_by(LedgerEntry.id)))


def refusals(act: Callable[[], object]) -> dict[str, str]:
    """What is told beside each field when the act is refused."""
    with pytest.raises(InvalidError) as refused:
        act()
    return {fault.field: str(fault.text).replace("\u00a0", " ") for fault in refused.value.faults}


# --- opinion ---------------------------------------------------------------------------------------------


def opine(actor: Viewer, project: Project, **details: Any) -> Opinion:
    given: dict[str, Any] = {
        "meeting_on": LATER.date(),
        "kind": OpinionKind.APPROVE_IN_PART,
        "text": "Rådet tillstyrker med ett lägre belopp.",
        "separate_statements": 2,
        "now": LATER,
    }
    with transaction():
        return service.record_opinion(actor, project, **(given | details))


def test_an_opinion_is_registered_and_the_case_waits_for_a_decision(cast: Cast, programme: Programme) -> None:
    project = in_council(cast, programme)
    opine(cast.other_secretary, project)
    (opinion,) = queries.opinions_of(project.id)
    assert (opinion.kind, opinion.separate_statements) == ("approve_in_part", 2)
    assert reloaded(project).state == State.AWAITING_DECISION
    people = select(Notification.person_id).where(Notification.kind == "opinion_registered")
    assert set(db.session.scalars(people)) == {cast.leader.id, cast.manager.id}


def test_an_opinion_of_a_meeting_to_come_is_refused(cast: Cast, programme: Programme) -> None:
    project = in_council(cast, programme)
    faults = refusals(lambda: opine(cast.secretary, project, meeting_on=LATER.date() + timedelta(days=1)))
    assert "framtiden" in faults["meeting_on"]
    assert reloaded(project).state == State.COUNCIL


@pytest.mark.parametrize("who", ["leader", "manager", "council", "decider", "auditor", "administrator"])
def test_only_the_secretariat_registers_opinions_and_decisions(
    cast: Cast, programme: Programme, who: str
) -> None:
    project = in_council(cast, programme)
    with pytest.raises(RefusedError):
        opine(getattr(cast, who), project)
    project = awaiting_decision(cast, programme, title="Ett annat")
    with pytest.raises(RefusedError):
        decide(getattr(cast, who), project)
    assert grants(project) == []


def test_an_opinion_needs_a_case_that_the_council_has(cast: Cast, programme: Programme) -> None:
    project = assessed(cast, programme)
    with pytest.raises(RefusedError, match="gått vidare"):
        opine(cast.secretary, project)


def test_nobody_decides_on_a_project_that_they_lead(cast: Cast, programme: Programme) -> None:
    project = awaiting_decision(cast, programme)
    with transaction():
        db.session.execute(
            db.update(Project).where(Project.id == project.id).values(leader_id=cast.other_secretary.id)
        )
    with pytest.raises(RefusedError, match="Du leder projektet"):
        decide(cast.other_secretary, reloaded(project))


# --- decision --------------------------------------------------------------------------------------------


def test_an_approval_enters_the_ledger_line_by_line(cast: Cast, programme: Programme) -> None:
    project = awaiting_decision(cast, programme)
    decision = decide(
        cast.secretary,
        project,
        conditions=[("Redovisa effektmålen.", date(2028, 12, 31)), ("Samverka.", None)],
    )
    assert reloaded(project).state == State.APPROVED
    assert decision.amount == APPLIED
    booked = [(row.department_id, row.year, row.amount) for row in grants(project)]
    assert booked == applied_rows(project)
    assert {row.reference for row in grants(project)} == {"KSU 2027-03-04 § 7"}
    assert available(programme) == Decimal(100_000_000) - APPLIED
    assert [row.text for row in queries.conditions_of(project.id)] == ["Redovisa effektmålen.", "Samverka."]
    people = select(Notification.person_id).where(Notification.kind == "decided")
    assert set(db.session.scalars(people)) == {cast.leader.id, cast.manager.id}


def test_part_of_the_amount_may_be_approved(cast: Cast, programme: Programme) -> None:
    project = awaiting_decision(cast, programme)
    decide(
        cast.secretary,
        project,
        kind=DecisionKind.APPROVE_IN_PART,
        amounts=[(cast.other_department.id, 2028, Decimal("400000.50"))],
    )
    (row,) = grants(project)
    assert (row.department_id, row.amount) == (cast.other_department.id, Decimal("400000.50"))


@pytest.mark.parametrize(
    ("kind", "state"),
    [(DecisionKind.POSTPONE, State.POSTPONED), (DecisionKind.REJECT, State.REJECTED)],
)
def test_a_decision_without_money_leaves_the_frame_alone(
    cast: Cast, programme: Programme, kind: DecisionKind, state: State
) -> None:
    project = awaiting_decision(cast, programme)
    decision = decide(cast.secretary, project, kind=kind, amounts=())
    assert (decision.amount, reloaded(project).state) == (Decimal(0), state)
    assert available(programme) == Decimal(100_000_000)
    assert "amounts" in refusals(
        lambda: decide(cast.secretary, awaiting_decision(cast, programme, title="Två"), kind=kind)
    )


def test_a_postponed_case_is_taken_up_and_decided_again(cast: Cast, programme: Programme) -> None:
    project = awaiting_decision(cast, programme)
    decide(cast.secretary, project, kind=DecisionKind.POSTPONE, amounts=())
    with pytest.raises(RefusedError):
        service.resume(cast.leader, reloaded(project), LATER)
    with transaction():
        service.resume(cast.other_secretary, reloaded(project), LATER)
    assert reloaded(project).state == State.ASSESSMENT
    with pytest.raises(RefusedError, match="gått vidare"):
        service.resume(cast.secretary, reloaded(project), LATER)


def test_a_decision_is_registered_once(cast: Cast, programme: Programme) -> None:
    project = awaiting_decision(cast, programme)
    decide(cast.secretary, project)
    with pytest.raises(RefusedError, match="gått vidare"):
        decide(cast.secretary, reloaded(project))
    assert available(programme) == Decimal(100_000_000) - APPLIED


@pytest.mark.parametrize("kind", list(DecisionKind))
def test_no_decision_is_registered_before_the_council_has_spoken(
    cast: Cast, programme: Programme, kind: DecisionKind
) -> None:
    with pytest.raises(RefusedError, match="gått vidare"):
        decide(cast.secretary, in_council(cast, programme), kind=kind)


# --- refusals --------------------------------------------------------------------------------------------


def test_the_amount_must_be_within_the_limit_of_the_one_who_decides(cast: Cast, programme: Programme) -> None:
    project = awaiting_decision(cast, programme, applied=Decimal("3000000.01"))
    director = delegation_of(programme.id, "Programdirektören")
    faults = refusals(lambda: decide(cast.secretary, project, delegation_id=director))
    assert faults == {
        "delegation": "Programdirektören får besluta om högst 3 000 000 kr. "
        "Välj en beslutsfattare som får besluta om 3 000 000,01 kr."
    }
    decide(cast.secretary, project, delegation_id=delegation_of(programme.id, "Stadsdirektören"))


def test_exactly_the_limit_is_within_it(cast: Cast, programme: Programme) -> None:
    project = awaiting_decision(cast, programme, applied=Decimal(3_000_000))
    decision = decide(cast.secretary, project, delegation_id=delegation_of(programme.id, "Programdirektören"))
    assert (decision.decider, decision.limit) == ("Programdirektören", Decimal(3_000_000))


def test_a_delegation_counts_only_on_its_days(cast: Cast, programme: Programme) -> None:
    project = awaiting_decision(cast, programme)
    with transaction():
        old = set_delegation(
            cast.administrator,
            programme,
            decider="Nämnden",
            limit=None,
            valid_from=date(2026, 1, 1),
            valid_until=LATER.date() - timedelta(days=1),
        )
    assert (
        "gällde inte" in refusals(lambda: decide(cast.secretary, project, delegation_id=old.id))["delegation"]
    )
    assert "gällde inte" in refusals(lambda: decide(cast.secretary, project, delegation_id=99))["delegation"]
    decide(cast.secretary, project, delegation_id=old.id, decided_on=LATER.date() - timedelta(days=1))


@pytest.mark.parametrize(
    ("kind", "amount", "says"),
    [
        (DecisionKind.APPROVE, "1499999.99", "1 500 000 kr är sökt"),
        (DecisionKind.APPROVE, "1500000.01", "1 500 000 kr är sökt"),
        (DecisionKind.APPROVE_IN_PART, "1500000", "mindre än det sökta"),
        (DecisionKind.APPROVE_IN_PART, "1600000", "mindre än det sökta"),
        (DecisionKind.APPROVE_IN_PART, "0", "Ange vad som beviljas"),
        (DecisionKind.REJECT, "1", "Ta bort beloppen"),
    ],
)
def test_the_amount_must_fit_the_kind_of_decision(
    cast: Cast, programme: Programme, kind: DecisionKind, amount: str, says: str
) -> None:
    project = awaiting_decision(cast, programme)
    row = (cast.department.id, 2027, Decimal(amount))
    with pytest.raises(InvalidError) as refused:
        decide(cast.secretary, project, kind=kind, amounts=[row])
    texts = [str(fault.text).replace("\u00a0", " ") for fault in refused.value.faults]
    assert any(says in text for text in texts)
    assert grants(project) == []


def test_an_approval_without_rows_is_refused(cast: Cast, programme: Programme) -> None:
    project = awaiting_decision(cast, programme)
    assert "Ange vad som" in refusals(lambda: decide(cast.secretary, project, amounts=()))["amounts"]


def test_a_department_has_one_amount_a_year(cast: Cast, programme: Programme) -> None:
    project = awaiting_decision(cast, programme)
    half = (cast.department.id, 2027, APPLIED / 2)
    with pytest.raises(InvalidError) as refused:
        decide(cast.secretary, project, amounts=[half, half])
    (fault,) = refused.value.faults
    assert (fault.field, fault.row, fault.column) == ("amounts", 1, "year")


def test_an_unknown_department_and_a_row_of_nothing_are_refused(cast: Cast, programme: Programme) -> None:
    project = awaiting_decision(cast, programme)
    rows = [(999, 2027, APPLIED), (cast.department.id, 2027, Decimal(0))]
    with pytest.raises(InvalidError) as refused:
        decide(cast.secretary, project, amounts=rows)
    assert {(fault.row, fault.column) for fault in refused.value.faults} == {(0, "department"), (1, "amount")}


def test_a_decision_of_tomorrow_or_without_reasons_is_refused(cast: Cast, programme: Programme) -> None:
    project = awaiting_decision(cast, programme)
    faults = refusals(
        lambda: decide(cast.secretary, project, decided_on=LATER.date() + timedelta(days=1), reasons="  \n ")
    )
    assert faults.keys() == {"decided_on", "reasons"}


def test_the_frame_never_goes_below_zero(cast: Cast, programme: Programme) -> None:
    project = awaiting_decision(cast, programme)
    with transaction():
        change_frame(
            cast.administrator,
            programme,
            APPLIED - 1 - available(programme),
            reference="KF",
            booked_on=TODAY,
            now=LATER,
        )
    faults = refusals(lambda: decide(cast.secretary, project))
    assert faults == {"amounts": "Ramen räcker inte: 1 499 999 kr återstår."}
    assert (available(programme), grants(project)) == (APPLIED - 1, [])
    assert reloaded(project).state == State.AWAITING_DECISION
    with transaction():
        change_frame(cast.administrator, programme, Decimal(1), reference="KF", booked_on=TODAY, now=LATER)
    decide(cast.secretary, project)
    assert available(programme) == 0


def test_a_frame_that_is_emptied_between_check_and_ledger_refuses_the_whole_decision(
    cast: Cast, programme: Programme, monkeypatch: pytest.MonkeyPatch
) -> None:
    project = awaiting_decision(cast, programme)
    posted: list[dict[str, Any]] = []

    def post_then_lose(*args: Any, **details: Any) -> LedgerEntry:
        if posted:
            details["amount"] = available(programme) + 1
        posted.append(details)
        return post_grant(*args, **details)

    monkeypatch.setattr("app.decisions.service.post_grant", post_then_lose)
    with pytest.raises(RefusedError, match="Ramen räcker inte"):
        decide(cast.secretary, project)
    assert len(posted) == 2
    assert available(programme) == Decimal(100_000_000)
    assert queries.decisions_of(project.id) == []


# --- fixed -----------------------------------------------------------------------------------------------


def test_a_decision_cannot_be_changed_or_removed_by_the_program(cast: Cast, programme: Programme) -> None:
    project = awaiting_decision(cast, programme)
    decision = decide(cast.secretary, project, conditions=[("Samverka.", None)])
    for model, column in (
        (Decision, "reasons"),
        (DecisionAmount, "year"),
        (Condition, "text"),
        (Opinion, "text"),
    ):
        row = db.session.scalars(select(model)).first()
        setattr(row, column, "2030" if column == "year" else "något annat")
        with pytest.raises(FixedRecordError):
            db.session.flush()
        db.session.rollback()
    with pytest.raises(FixedRecordError), transaction():
        db.session.delete(db.session.get(Decision, decision.id))


@pytest.mark.parametrize("table", ["decision", "decision_amount", "decision_condition", "opinion"])
def test_a_decision_cannot_be_changed_or_removed_by_sql(cast: Cast, programme: Programme, table: str) -> None:
    decide(cast.secretary, awaiting_decision(cast, programme), conditions=[("Samverka.", None)])
    for statement in (f"update {table} set id = id + 1", f"delete from {table}"):
        with pytest.raises(DatabaseError):
            db.session.execute(text(statement))
        db.session.rollback()


# --- the contact centre of 2007 --------------------------------------------------------------------------


def test_the_contact_centre_gets_its_disposition_to_the_krona(cast: Cast, programme: Programme) -> None:
    with transaction():
        change_frame(
            cast.administrator, programme, Decimal(550_000_000), reference="KF", booked_on=TODAY, now=LATER
        )
    disposition = {
        "Stadsledningskontoret": Decimal(3_400_000),
        "Hässelby-Vällingby stadsdelsförvaltning": Decimal(2_800_000),
        "Bromma stadsdelsförvaltning": Decimal(1_800_000),
    }
    with transaction():
        ids = {name: accounts.create_department(System(), name).id for name in disposition}
    project = contact_centre(cast, programme, {ids[name]: amount for name, amount in disposition.items()})
    decision = decide(cast.secretary, project, delegation_id=delegation_of(programme.id, "Stadsdirektören"))
    shown = {row.department.name: row.amount for row in queries.decisions_of(project.id)[0].amounts}
    assert shown == disposition
    assert decision.amount == Decimal(8_000_000) == sum(row.amount for row in grants(project))
    share = queries.share_of_frame(programme.id, decision.amount)
    assert share is not None
    assert round(share * 100, 2) == Decimal("1.23")
    assert available(programme) == Decimal(642_000_000)


def contact_centre(cast: Cast, programme: Programme, disposition: dict[int, Decimal]) -> Project:
    """A case whose programme money falls on the departments of the disposition, all of it in 2027."""
    from app.applications import service as applications
    from app.reviews import service as reviews
    from tests.story import filled_application

    project = filled_application(cast, programme, applied=Decimal(0))
    with transaction():
        for department_id, amount in disposition.items():
            benefits.add_cost_line(
                cast.leader,
                project,
                CostValues(
                    description="Lön, konsulter och licenser",
                    kind=CostKind.ONE_OFF,
                    department_id=department_id,
                    financier=Financier.PROGRAMME,
                    amounts={2027: amount},
                    source="Beräkning",
                ),
                LATER,
            )
    with transaction():
        applications.ask_for_signature(cast.leader, reloaded(project), LATER)
    with transaction():
        applications.sign(cast.manager, reloaded(project), LATER)
    with transaction():
        reviews.register(cast.secretary, reloaded(project), LATER, TODAY)
    answer_all(cast, reloaded(project))
    with transaction():
        reviews.accept_as_complete(cast.secretary, reloaded(project), LATER)
        reviews.refer_to_council(cast.secretary, reloaded(project), LATER)
    opine(cast.secretary, reloaded(project))
    return reloaded(project)
