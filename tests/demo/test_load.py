"""The demonstration as a whole: every state, sums that hold, an unbroken history, entered once."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Callable, Iterator
from datetime import date, datetime, timedelta
from decimal import Decimal
from pathlib import Path
from typing import Any, NamedTuple

import pytest
from flask import Flask
from sqlalchemy import func, select

from app.accounts import passwords
from app.accounts.queries import demo_people
from app.accounts.service import DEMO_PASSWORD
from app.core.workflow import State
from app.db import db
from app.decisions.models import Decision, DecisionAmount
from app.delivery.changes.models import ChangeDecision
from app.delivery.changes.wanted import costs_from_json
from app.demo.cast import SUGGESTED
from app.demo.neighbours import neighbours
from app.history import chain, queries
from app.programmes.models import EntryKind, LedgerEntry, effect_on_frame
from app.programmes.queries import frame_balance, ledger, programmes
from app.projects.models import Project
from tests.databases import Databases, SqliteFiles
from tests.demo.conftest import FEW, empty_city

TOLD = 34
"""The real cases, and those around today."""


def test_there_is_a_project_in_every_state(city: Flask) -> None:
    states = Counter(db.session.scalars(select(Project.state)))
    assert states.keys() == {state.value for state in State}
    assert states.total() == TOLD + FEW


def test_the_history_is_whole(city: Flask) -> None:
    assert chain.first_break(queries.whole_chain(), queries.head()) is None


def test_case_numbers_follow_the_order_of_registration(city: Flask) -> None:
    numbered = select(Project).where(Project.case_number.is_not(None))
    cases = db.session.scalars(numbered.order_by(Project.case_year, Project.case_serial)).all()
    for year in {case.case_year for case in cases}:
        serials = [case.case_serial for case in cases if case.case_year == year]
        assert serials == list(range(1, len(serials) + 1))
    first_came_in = [case.submitted_at for case in cases]
    assert all(came_in is not None for came_in in first_came_in)


def test_nothing_has_happened_in_the_future(city: Flask, exported: dict[str, Any]) -> None:
    dates = [project["state_since"] for project in exported["projects"]]
    assert max(dates) <= exported["exported_on"]


# --- money -----------------------------------------------------------------------------------------------


def sums(rows: Iterator[tuple[Any, Decimal]]) -> dict[Any, Decimal]:
    """The sum of each group."""
    found: defaultdict[Any, Decimal] = defaultdict(Decimal)
    for group, amount in rows:
        found[group] += amount
    return dict(found)


Grouping = Callable[[Any], Any]


class Decided(NamedTuple):
    """What a decision grants, on an application or on a request for changes."""

    project_id: int
    department_id: int
    year: int
    amount: Decimal


@pytest.mark.parametrize(
    "grouping",
    [
        pytest.param(lambda row: None, id="altogether"),
        pytest.param(lambda row: row.project_id, id="by project"),
        pytest.param(lambda row: row.department_id, id="by department"),
        pytest.param(lambda row: row.year, id="by year"),
        pytest.param(lambda row: (row.project_id, row.department_id, row.year), id="by all three"),
    ],
)
def test_the_ledger_grants_what_was_decided(city: Flask, grouping: Grouping) -> None:
    decided = select(
        Decision.project_id, DecisionAmount.department_id, DecisionAmount.year, DecisionAmount.amount
    )
    rows = db.session.execute(decided.join(DecisionAmount, DecisionAmount.decision_id == Decision.id))
    decided_rows = [Decided(*row) for row in rows]
    assert decided_rows
    later = db.session.scalars(select(ChangeDecision)).all()
    decided_rows += [
        Decided(row.project_id, cost.department_id, cost.year, cost.amount)
        for row in later
        for cost in costs_from_json(row.granted["costs"])
    ]
    granted_rows = db.session.scalars(select(LedgerEntry).where(LedgerEntry.kind == EntryKind.GRANT)).all()
    granted = sums((grouping(row), row.amount) for row in granted_rows)
    assert granted
    assert granted == sums((grouping(row), row.amount) for row in decided_rows)


def test_the_balance_is_the_sum_of_the_ledger(city: Flask) -> None:
    for programme in programmes():
        balance = frame_balance(programme.id)
        assert balance is not None
        by_kind = sums((row.kind, row.amount) for row in ledger(programme.id))
        assert (balance.frame, balance.granted) == (by_kind["frame"], by_kind["grant"])
        known = defaultdict(Decimal, by_kind)
        sums_of_it = (balance.requisitioned, balance.paid, balance.returned)
        assert sums_of_it == (known["requisition"], known["payment"], known["return"])
        assert balance.available == known["frame"] - known["grant"] + known["return"] >= 0


@pytest.mark.parametrize(
    "order", [lambda row: row.id, lambda row: (row.booked_on, row.id)], ids=["written", "booked"]
)
def test_the_frame_is_never_below_zero_on_the_way(city: Flask, order: Grouping) -> None:
    for programme in programmes():
        available = Decimal(0)
        for row in sorted(ledger(programme.id), key=order):
            available += effect_on_frame(EntryKind(row.kind), row.amount)
            assert available >= 0


# --- people ----------------------------------------------------------------------------------------------


def test_everybody_signs_in_with_the_printed_password(city: Flask) -> None:
    people = demo_people()
    assert {person.email.partition("@")[0] for person in people} >= set(SUGGESTED)
    assert len({person.password_hash for person in people}) == 1
    assert passwords.fits(people[0].password_hash, DEMO_PASSWORD)


# --- commands --------------------------------------------------------------------------------------------


def test_the_demonstration_is_only_entered_into_an_empty_database(entered: Flask) -> None:
    runner = entered.test_cli_runner()
    refused = runner.invoke(args=["demo"])
    assert refused.exit_code == 1
    assert "not empty" in refused.output
    assert runner.invoke(args=["demo", "--if-empty"]).exit_code == 0
    with entered.app_context():
        assert db.session.scalar(select(func.count()).select_from(Project)) == TOLD + FEW
        db.session.remove()


def test_preparing_again_only_says_who_can_sign_in(entered: Flask, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("app.demo.load.load", lambda now, count: pytest.fail("entered twice"))
    prepared = entered.test_cli_runner().invoke(args=["prepare"])
    assert prepared.exit_code == 0
    assert DEMO_PASSWORD in prepared.output
    assert "programsekreterare@demo.hemtag.example" in prepared.output


def test_a_demonstration_that_fails_leaves_nothing(
    tmp_path: Path, database: Databases, monkeypatch: pytest.MonkeyPatch
) -> None:
    app = empty_city(tmp_path, database)
    monkeypatch.setattr("app.demo.load.found", lambda boss, today, earlier: 1 / 0)
    failed = app.test_cli_runner().invoke(args=["demo"])
    assert isinstance(failed.exception, ZeroDivisionError)
    with app.app_context():
        assert not demo_people()
        db.session.remove()
        db.engine.dispose()


# --- the invented cases, before anybody enters them ------------------------------------------------------

DAYS = [date(2026, 11, 21), date(2027, 1, 1), date(2028, 2, 29), date(2029, 12, 31)]


@pytest.mark.parametrize("today", DAYS, ids=str)
def test_people_act_on_weekdays_in_order_and_never_tomorrow(today: date) -> None:
    for case in neighbours(today):
        moments = [step.at for step in case.path]
        assert moments == sorted(moments)
        assert all(moment.weekday() < 5 and moment.date() < today for moment in moments)


def test_the_same_day_gives_the_same_cases() -> None:
    assert neighbours(DAYS[0]) == neighbours(DAYS[0])


def test_dates_move_with_the_day() -> None:
    earlier, later = neighbours(DAYS[0])[0], neighbours(DAYS[0] + timedelta(days=7))[0]
    assert [step.name for step in earlier.path] == [step.name for step in later.path]
    assert later.path[0].at - earlier.path[0].at == timedelta(days=7)


def test_it_can_be_entered_on_any_day(tmp_path: Path, database: Databases) -> None:
    """On a leap day and at New Year, each on one of the databases: both have the day of the other tests."""
    from app.core.clock import LOCAL_TIME
    from app.demo.load import load

    today = date(2028, 2, 29) if isinstance(database, SqliteFiles) else date(2030, 1, 1)
    app = empty_city(tmp_path, database)
    with app.app_context():
        assert load(datetime(today.year, today.month, today.day, 0, 5, tzinfo=LOCAL_TIME), 3) == TOLD + 3
        db.session.remove()
        db.engine.dispose()
