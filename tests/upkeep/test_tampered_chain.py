"""Whatever somebody with every right does to the history is found, and at its place. On both databases."""

from __future__ import annotations

import tracemalloc
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy import Connection, delete, insert, select, update

from app.history import queries
from app.history.chain import Break, KnownHead, breaks, link_hash
from app.history.models import HistoryEvent, HistoryHead
from tests.conftest import Cast
from tests.upkeep.forging import forger

EVENT = HistoryEvent.metadata.tables["history_event"]
HEAD = HistoryHead.metadata.tables["history_head"]
WORDS = st.text(st.characters(exclude_categories=["Cs"], exclude_characters="\0"), max_size=20)
MOMENTS = st.integers(0, 10**15).map(
    lambda number: datetime(2000, 1, 1, tzinfo=UTC) + timedelta(microseconds=number)
)
OTHERS: dict[str, st.SearchStrategy[Any]] = {
    "at": MOMENTS,
    "actor_id": st.sampled_from([None, 1, 2, 3]),
    "project_id": st.none(),
    "record_id": st.integers(1, 10**12),
    "previous_hash": WORDS,
    "hash": WORDS,
}
"""For each field values that it can have; every other field is text."""
COLUMNS = [column.name for column in EVENT.columns if column.name not in ("id", "project_id")]

tampering = settings(
    max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)


@pytest.fixture
def written(cast: Cast) -> Iterator[Connection]:
    """A history of everything that setting up the cast wrote, open to a forger."""
    with forger() as connection:
        assert length(connection) > 20
        yield connection


def length(connection: Connection) -> int:
    head = queries.head(connection)
    assert head is not None
    return int(head.last_event_id)


def places(connection: Connection, known: KnownHead | None = None) -> list[Break]:
    return list(breaks(queries.whole_chain(connection), queries.head(connection), known))


def row_at(connection: Connection, number: int) -> dict[str, Any]:
    return dict(connection.execute(select(EVENT).where(EVENT.c.id == number)).one()._mapping)


def renumber(connection: Connection, old: int, new: int) -> None:
    connection.execute(update(EVENT).where(EVENT.c.id == old).values(id=new))


def rehash(connection: Connection, first: int) -> None:
    """Write every hash anew from this event on, and the head: a forger who knows how the chain is made."""
    before = row_at(connection, first - 1)["hash"] if first > 1 else "0" * 64
    for number in range(first, length(connection) + 1):
        connection.execute(
            update(EVENT).where(EVENT.c.id == number).values(previous_hash=before, hash=f"forged {number}")
        )
        fits = link_hash(connection.execute(select(EVENT).where(EVENT.c.id == number)).one())
        connection.execute(update(EVENT).where(EVENT.c.id == number).values(hash=fits))
        before = fits
    connection.execute(update(HEAD).values(last_hash=before))


def test_what_nobody_touched_holds(written: Connection) -> None:
    assert places(written) == []


@tampering
@given(data=st.data())
def test_any_changed_field_is_found_at_its_event(written: Connection, data: st.DataObject) -> None:
    number = data.draw(st.integers(1, length(written)))
    field = data.draw(st.sampled_from(COLUMNS))
    value = data.draw(OTHERS.get(field, WORDS))
    changed = row_at(written, number)[field] != value
    with written.begin_nested() as undone:
        written.execute(update(EVENT).where(EVENT.c.id == number).values({field: value}))
        first = next(iter(places(written)), None)
        undone.rollback()
    assert (first is not None) == changed
    assert first is None or first.event_id == number


@tampering
@given(data=st.data())
def test_any_removed_event_is_found_at_its_place(written: Connection, data: st.DataObject) -> None:
    number = data.draw(st.integers(1, length(written)))
    closed_up = data.draw(st.booleans())
    last = length(written)
    with written.begin_nested() as undone:
        written.execute(delete(EVENT).where(EVENT.c.id == number))
        if closed_up:
            for later in range(number + 1, last + 1):
                renumber(written, later, later - 1)
        first = places(written)[0]
        undone.rollback()
    assert first.event_id == number


@tampering
@given(data=st.data())
def test_any_inserted_event_is_found_at_its_place(written: Connection, data: st.DataObject) -> None:
    last = length(written)
    number = data.draw(st.integers(1, last + 1))
    forged = row_at(written, data.draw(st.integers(1, last)))
    with written.begin_nested() as undone:
        for later in range(last, number - 1, -1):
            renumber(written, later, later + 1)
        written.execute(insert(EVENT).values(**forged | {"id": number, "hash": data.draw(WORDS)}))
        first = places(written)[0]
        undone.rollback()
    assert first.event_id == number


@tampering
@given(data=st.data())
def test_two_events_that_changed_places_are_found_at_the_first(
    written: Connection, data: st.DataObject
) -> None:
    early = data.draw(st.integers(1, length(written) - 1))
    late = data.draw(st.integers(early + 1, length(written)))
    with written.begin_nested() as undone:
        renumber(written, early, 0)
        renumber(written, late, early)
        renumber(written, 0, late)
        first = places(written)[0]
        undone.rollback()
    assert first.event_id == early


@tampering
@given(data=st.data())
def test_a_cut_chain_is_found_where_it_was_cut(written: Connection, data: st.DataObject) -> None:
    last, known = length(written), KnownHead(length(written), row_at(written, length(written))["hash"])
    kept = data.draw(st.integers(1, last - 1))
    with written.begin_nested() as undone:
        written.execute(delete(EVENT).where(EVENT.c.id > kept))
        assert places(written)[0].event_id == kept + 1
        written.execute(update(HEAD).values(last_event_id=kept, last_hash=row_at(written, kept)["hash"]))
        assert places(written) == [], "in itself it holds"
        (found,) = places(written, known)
        undone.rollback()
    assert found.event_id == kept + 1
    assert found.reason == f"the chain ends at {kept}; when the head was exported it ended at {last}"


@settings(tampering, max_examples=10)
@given(data=st.data())
def test_a_chain_that_was_written_anew_is_found_by_an_exported_head(
    written: Connection, data: st.DataObject
) -> None:
    number, last = data.draw(st.integers(1, length(written))), length(written)
    known = KnownHead(last, row_at(written, last)["hash"])
    with written.begin_nested() as undone:
        at = row_at(written, number)["at"] + timedelta(days=1)
        written.execute(update(EVENT).where(EVENT.c.id == number).values(at=at))
        rehash(written, number)
        assert places(written) == [], "in itself it holds"
        (found,) = places(written, known)
        undone.rollback()
    assert found == Break(last, "is not the event that it was when the head was exported")


def test_every_break_is_told_not_only_the_first(written: Connection) -> None:
    written.execute(update(EVENT).where(EVENT.c.id.in_([3, 9])).values(note="i efterhand"))
    written.execute(delete(EVENT).where(EVENT.c.id == 6))
    assert [found.event_id for found in places(written)] == [3, 6, 9]


def test_a_chain_is_walked_in_portions(written: Connection) -> None:
    """Ten times as many events take no more memory than a portion of them."""
    last = length(written)
    more = [
        row_at(written, 1) | {"id": last + n, "hash": str(n), "note": "x" * 500} for n in range(1, 10_001)
    ]
    written.execute(insert(EVENT), more)
    del more
    tracemalloc.start()
    walked = sum(1 for _event in queries.whole_chain(written))
    _now, peak = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    assert walked == last + 10_000
    assert peak < 5_000_000, "all of them at once are more than 10 MB"
