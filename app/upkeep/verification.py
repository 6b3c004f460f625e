"""Is the record still what it was? The chain, the fixed records, versions, attachments and the ledger."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from sqlalchemy import Connection, Table, func, select

from app.applications.models import ApplicationVersion
from app.applications.snapshot import sha256_of
from app.decisions.models import Decision, DecisionAmount
from app.files import FileStore
from app.history import chain, queries
from app.upkeep import balances, claims, effects, read_ins
from app.upkeep.contents import tables_of_files
from app.upkeep.fault import Fault
from app.upkeep.fixed import altered, fixed_models
from app.upkeep.tables import rows_of


def faults(connection: Connection, files: FileStore, known: chain.KnownHead | None = None) -> Iterator[Fault]:
    """Everything in the database and the file store that is not as it was written, as it is found.

    To be asked on a connection that reads one moment. Holds a few rows at a time, however many there are.
    """
    for found in chain.breaks(queries.whole_chain(connection), queries.head(connection), known):
        yield Fault(f"History event {found.event_id}:", found.reason)
    for mapper in fixed_models():
        for number, what in altered(connection, mapper):
            yield Fault(f"{_in_words(mapper.class_.__tablename__)} {number}", what)
    yield from _documents(connection)
    yield from _versions(connection, files)
    for table in tables_of_files():
        yield from _contents(connection, table, files)
    yield from balances.faults(connection)
    yield from claims.faults(connection)
    yield from effects.faults(connection)
    yield from read_ins.faults(connection)
    yield from _decisions(connection)


def _in_words(table: str) -> str:
    return table.replace("_", " ").capitalize()


def _table(model: Any) -> Table:
    table: Table = model.__table__
    return table


def _documents(connection: Connection) -> Iterator[Fault]:
    """Records that keep a whole document, with its fingerprint beside it."""
    for mapper in fixed_models():
        table = _table(mapper.class_)
        if "content_sha256" not in table.c:
            continue
        for row in rows_of(connection, table):
            if sha256_of(row.content) != row.content_sha256:
                place = f"{_in_words(table.name)} {row.id}"
                yield Fault(place, "has another content than its fingerprint says")


def _versions(connection: Connection, files: FileStore) -> Iterator[Fault]:
    for version in rows_of(connection, _table(ApplicationVersion)):
        place = f"Application version {version.id}"
        for file in version.content.get("attachments", ()):
            if not files.path(file["sha256"]).is_file():
                yield Fault(place, f"was submitted with a file that is gone: {file['sha256']}")


def _contents(connection: Connection, table: Table, files: FileStore) -> Iterator[Fault]:
    """Each content once, however many records tell of it."""
    query = select(table.c.sha256, func.min(table.c.id).label("id"), func.max(table.c.size).label("size"))
    for row in connection.execute(query.group_by(table.c.sha256).order_by(table.c.sha256)):
        place, path = f"{_in_words(table.name)} {row.id}", files.path(row.sha256)
        if not path.is_file():
            yield Fault(place, f"has lost its file {row.sha256}")
        elif files.fingerprint(row.sha256) != row.sha256 or path.stat().st_size != row.size:
            yield Fault(place, f"has another content than its fingerprint says: {row.sha256}")


def _decisions(connection: Connection) -> Iterator[Fault]:
    decision, amount = _table(Decision), _table(DecisionAmount)
    total = func.coalesce(func.sum(amount.c.amount), 0, type_=decision.c.amount.type)
    query = (
        select(decision.c.id, decision.c.amount, total.label("total"))
        .join_from(decision, amount, amount.c.decision_id == decision.c.id, isouter=True)
        .group_by(decision.c.id, decision.c.amount)
        .having(decision.c.amount != total)
        .order_by(decision.c.id)
    )
    for row in connection.execute(query):
        yield Fault(f"Decision {row.id}", f"grants {row.amount}, its parts add up to {row.total}")
