"""Fixed records, versions, attachments and balances are held against what was written of them."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, datetime, timedelta
from decimal import Decimal
from io import BytesIO
from typing import Any

import pytest
from sqlalchemy import Connection, Table, delete, select, update
from sqlalchemy.exc import IntegrityError

from app.accepted.taking_in import take_in
from app.budget_effects.models import EffectBalance, TakenBalance
from app.db import db
from app.decisions.models import Decision
from app.files import FileStore
from app.programmes.models import FrameBalance, GrantBalance, Programme
from app.projects.models import Project
from app.realisation.models import IndicatorBalance
from app.upkeep.fixed import fixed_models
from tests import story
from tests.conftest import NOW, Cast
from tests.delivery import granted as delivered
from tests.upkeep.forging import PDF, attach, decided_case, forger, found, other_pdf, running_case

OTHER: dict[type, Callable[[Any], Any]] = {
    str: lambda text: ("y" if text[:1] == "x" else "x") + text[1:],
    int: lambda number: number + 100,
    Decimal: lambda amount: amount + Decimal("0.01"),
    date: lambda day: day + timedelta(days=1),
    datetime: lambda moment: moment + timedelta(microseconds=1),
    dict: lambda document: document | {"title": "Ett annat"},
    bool: lambda truth: not truth,
    type(None): lambda _nothing: 1,
}
"""For a value of each kind another one."""
REFUSED = (
    "_id",
    ".id",
    ".kind",
    ".number",
    ".rate",
    ".row_number",
    ".change_number",
    ".correction",
    ".form",
    ".kronor",
)
"""What the database lets nobody change alone: keys, and what must agree with another field."""
CHOICES = {
    "green": "red", "yellow": "red", "programme": "own_budget", "own_budget": "programme",
    "accepted": "taken_over", "done": "irrelevant", "partly": "abandoned", "fall": "rise",
    "service_acceptance.accepted": "declined", "owner": "business",
    "service_share_answer.accepted": "declined", "service_sharing.key": "cost",
    "service_sharing.planned": "carried",
    "budget_effect.owner": "controller", "effect_entry.promise": "take",
}  # fmt: skip
"""One of a few words, for which the database knows only the others."""


def test_a_record_that_nobody_touched_is_whole(cast: Cast, programme: Programme, files: FileStore) -> None:
    decided_case(cast, programme, files)
    with forger() as connection:
        assert found(connection, files) == []


def test_an_empty_record_is_whole(app: object, files: FileStore) -> None:
    with forger() as connection:
        assert found(connection, files) == []


def test_any_changed_field_of_any_fixed_record_is_found(
    cast: Cast, programme: Programme, files: FileStore
) -> None:
    running_case(cast, programme, files)
    refused, altered = set(), set()
    with forger() as connection:
        for table in (mapper.local_table for mapper in fixed_models()):
            assert isinstance(table, Table)
            row = connection.execute(select(table)).first()
            assert row is not None, f"the story has nothing in {table.name}"
            for column in table.columns:
                told = _after(connection, table, row, column.name, files)
                place = table.name.replace("_", " ").capitalize()
                if told is None:
                    refused.add(f"{table.name}.{column.name}")
                else:
                    assert any(line.startswith(place) for line in told), f"{table.name}.{column.name}: {told}"
                    altered.add(f"{table.name}.{column.name}")
    assert {"decision.reasons", "decision.amount", "ledger_entry.booked_on", "opinion.text"} <= altered
    assert {"application_version.content", "decision_condition.due_on", "decision_amount.year"} <= altered
    assert not {name for name in refused if not name.endswith(REFUSED)}


def _after(connection: Connection, table: Table, row: Any, column: str, files: FileStore) -> list[str] | None:
    """What is found when one value is another; None when the database refuses even its owner."""
    value = row._mapping[column]
    with connection.begin_nested() as undone:
        try:
            known = CHOICES.get(f"{table.name}.{value}") or CHOICES.get(str(value))
            other = {column: known or OTHER[type(value)](value)}
            connection.execute(update(table).where(table.c.id == row.id).values(other))
        except IntegrityError:
            undone.rollback()
            return None
        told = found(connection, files)
        undone.rollback()
    return told


def test_any_removed_fixed_record_is_found(cast: Cast, programme: Programme, files: FileStore) -> None:
    decided_case(cast, programme, files)
    with forger() as connection:
        connection.exec_driver_sql("delete from decision_condition where id = 2")
        assert found(connection, files) == ["Decision condition 2 is gone; the history tells of it"]


def test_an_inserted_fixed_record_is_found(cast: Cast, programme: Programme, files: FileStore) -> None:
    decided_case(cast, programme, files)
    with forger() as connection:
        connection.exec_driver_sql(
            "insert into decision_condition (id, decision_id, position, text) values (99, 1, 2, 'Tillagt')"
        )
        assert found(connection, files) == ["Decision condition 99 is unknown to the history"]


def test_a_version_with_another_content_is_found(cast: Cast, programme: Programme, files: FileStore) -> None:
    decided_case(cast, programme, files)
    with forger() as connection:
        connection.exec_driver_sql('update application_version set content = \'{"title": "Ett annat"}\'')
        assert found(connection, files) == [
            "Application version 1 has another content than its fingerprint says"
        ]


@pytest.mark.parametrize("content", [None, b"", b"%PDF-1.7 something else", PDF + b"\n"])
def test_a_lost_or_damaged_attachment_is_found(
    content: bytes | None, cast: Cast, programme: Programme, files: FileStore
) -> None:
    decided_case(cast, programme, files)
    other = attach(cast, story.started(cast, programme), files, other_pdf(b"another"))
    if content is None:
        files.path(other).unlink()
    else:
        files.path(other).write_bytes(content)
    with forger() as connection:
        (told,) = found(connection, files)
    assert told.startswith("Attachment ")
    assert other in told


def test_a_balance_that_is_not_the_ledgers_sum_is_found(
    cast: Cast, programme: Programme, files: FileStore
) -> None:
    decided_case(cast, programme, files)
    balance, place = (
        FrameBalance.metadata.tables["frame_balance"],
        f"Frame balance of programme {programme.id}",
    )
    with forger() as connection:
        more = balance.c.frame + Decimal("0.01"), balance.c.available + Decimal("0.01")
        connection.execute(update(balance).values(frame=more[0], available=more[1]))
        assert found(connection, files) == [
            f"{place} says frame 100000000.01, the ledger adds up to 100000000.00",
            f"{place} says available 98500000.01, the ledger adds up to 98500000.00",
        ]
        connection.execute(delete(balance))
        assert found(connection, files) == [f"{place} is gone; the ledger has entries of it"]


def test_a_grants_balance_that_is_not_the_ledgers_sum_is_found(
    cast: Cast, programme: Programme, files: FileStore
) -> None:
    decided_case(cast, programme, files)
    balance = GrantBalance.metadata.tables["grant_balance"]
    first = balance.c.id == 1
    place = f"Grant balance of project 2, department {cast.department.id}, 2027"
    with forger() as connection:
        change = update(balance).where(first)
        connection.execute(change.values(granted=Decimal(500_001), remaining=Decimal(400_101)))
        assert found(connection, files) == [
            f"{place} says granted 500001.00, the ledger adds up to 500000.00",
            f"{place} says remaining 400101.00, the ledger adds up to 400100.00",
        ]
        connection.execute(change.values(granted=Decimal(500_000), remaining=Decimal(400_100)))
        connection.execute(delete(balance).where(first))
        assert found(connection, files) == [
            f"{place} is gone; the ledger has entries of it",
            f"{place} is not there; requisitions ask for money of it",
        ]


def test_a_balance_of_budget_effects_that_is_not_its_entries_sum_is_found(
    cast: Cast, programme: Programme, files: FileStore
) -> None:
    running_case(cast, programme, files)
    effect, taken = (model.metadata.tables[model.__tablename__] for model in (EffectBalance, TakenBalance))
    with forger() as connection:
        one = connection.execute(select(effect).where(effect.c.state == "verified")).one()
        number, whole = one.effect_id, f"Budget effect {one.effect_id}"
        benefit = f"Taken home of benefit {connection.execute(select(taken)).one().benefit_id}"
        ledger = "the ledger adds up to"
        for table, forged, said in (
            (effect, {"taken": Decimal(2)}, f"{whole} says taken 2.00, its entries lead to 1.00"),
            (effect, {"item": "x"}, f"{whole} says item x, its entries lead to 5010 lokaler"),
            (taken, {"taken_home": Decimal(2)}, f"{benefit} says taken_home 2.00, {ledger} 1.00"),
            (taken, {"realised": Decimal(9)}, f"{benefit} says realised 9.00, {ledger} 379500.00"),
        ):
            with connection.begin_nested() as undone:
                which = effect.c.effect_id == number if table is effect else taken.c.benefit_id > 0
                connection.execute(update(table).where(which).values(forged))
                assert found(connection, files) == [said]
                undone.rollback()
        connection.execute(delete(effect))
        connection.execute(delete(taken))
        told = found(connection, files)
        assert f"{whole} has lost its balance" in told
        assert f"{benefit} is gone; the ledger has entries of it" in told


def test_an_indicator_of_which_more_is_claimed_than_is_said_is_found(
    cast: Cast, programme: Programme, files: FileStore
) -> None:
    running_case(cast, programme, files)
    balance = IndicatorBalance.metadata.tables["indicator_balance"]
    with forger() as connection:
        assert found(connection, files) == []
        connection.execute(update(balance).values(claimed=Decimal("0.5")))
        assert found(connection, files) == ["Indicator 1 says 0.500000 claimed, the plans add up to 1.000000"]
        connection.execute(delete(balance))
        assert found(connection, files) == ["Indicator 1 has no balance; plans claim of it"]


def test_a_requisition_that_asks_for_more_than_was_set_aside_is_found(
    cast: Cast, programme: Programme, files: FileStore
) -> None:
    decided_case(cast, programme, files)
    with forger() as connection:
        connection.exec_driver_sql("update requisition set amount = amount + 1")
        (told,) = found(connection, files)
    assert told.startswith(
        f"Grant balance of project 2, department {cast.department.id}, 2027 says 100000.00"
    )
    assert told.endswith("the requisitions add up to 100000.01 and 100000.01")


def test_a_lost_proof_is_found(cast: Cast, programme: Programme, files: FileStore) -> None:
    """Whatever record tells of it."""
    decided_case(cast, programme, files)
    project = db.session.scalars(select(Project).where(Project.state == "approved")).one()
    bill = take_in(BytesIO(other_pdf(b"bill")), filename="faktura.pdf", store=files, limit=10_000)
    delivered.sent(cast, project, files=[bill])
    files.path(bill.stored.sha256).unlink()
    with forger() as connection:
        assert found(connection, files) == [f"Requisition file 2 has lost its file {bill.stored.sha256}"]


def test_the_moment_is_told_to_the_microsecond(cast: Cast, programme: Programme, files: FileStore) -> None:
    decided_case(cast, programme, files)
    with forger() as connection:
        decision = Decision.metadata.tables["decision"]
        connection.execute(update(decision).values(registered_at=NOW))
        assert found(connection, files) == ["Decision 1 has another registered_at than the history tells"]
