"""Copies of cases that were entered through the services: row by row, each as the services would write it."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import timedelta
from decimal import Decimal
from random import Random
from types import SimpleNamespace
from typing import Any

from sqlalchemy import Table, func, insert, select, update
from sqlalchemy.engine import Connection

from app.core.alphabet import key
from app.core.workflow import State
from app.db import Base
from app.demo.cast import Cast
from app.history.chain import link_hash
from app.history.models import HistoryHead
from app.programmes.models import EntryKind, FrameBalance
from app.projects.models import CaseCounter
from tools.copied import Copied, Layout
from tools.pouring import pour

TOGETHER = 200
"""Copies that are written at once."""
SHARES: Mapping[State, int] = {
    State.APPROVED: 40, State.REJECTED: 14, State.WITHDRAWN: 5, State.POSTPONED: 3, State.DRAFT: 8,
    State.AWAITING_SIGNATURE: 2, State.SUBMITTED: 4, State.CHECKING: 5, State.RETURNED: 5,
    State.AWAITING_NEW_SIGNATURE: 1, State.ASSESSMENT: 5, State.COUNCIL: 4, State.AWAITING_DECISION: 4,
}  # fmt: skip
"""How many of a hundred cases stand in each state."""
ENDED_WITHIN, OPEN_WITHIN = 1400, 45
"""Days that the copies of decided cases, and of those under way, are spread over."""
PLACES = (
    "city", "innerstaden", "söderort", "västerort", "hamnen", "Järva", "Hägersten", "Älvsjö", "Farsta",
    "Skarpnäck", "Bromma", "Spånga", "Kista", "Liljeholmen", "Årsta", "Östermalm",
    "Kungsholmen", "Norrmalm", "Södermalm",
)  # fmt: skip


@dataclass(frozen=True)
class Place:
    """Where the copies belong."""

    programme_id: int
    rounds: tuple[tuple[int, str], ...]
    cast: Cast


@dataclass(frozen=True)
class Pattern:
    """A case that was entered through the services, with all its rows."""

    lead: str
    state: State
    rows: tuple[tuple[Layout, Mapping[str, Any]], ...]


def patterns(connection: Connection, entered: Sequence[tuple[str, int]]) -> list[Pattern]:
    """Everything that was written about the cases."""
    layouts = [Layout.of(table) for table in Base.metadata.sorted_tables]
    return [_pattern(connection, layouts, lead, project_id) for lead, project_id in entered]


def _pattern(connection: Connection, layouts: Sequence[Layout], lead: str, project_id: int) -> Pattern:
    rows: list[tuple[Layout, Mapping[str, Any]]] = []
    known: dict[str, list[int]] = {"project": [project_id]}
    for layout in layouts:
        table = layout.table
        column = table.c.id if table.name == "project" else next(
            (table.c[name] for name, parent in layout.keys if parent in known), None
        )  # fmt: skip
        if column is None:
            continue
        parent = next((name for _, name in layout.keys if name in known), "project")
        found_rows = connection.execute(
            select(table).where(column.in_(known[parent])).order_by(*table.primary_key)
        )
        told = [(layout, dict(row)) for row in found_rows.mappings()]
        if told:
            known.setdefault(table.name, [row["id"] for _layout, row in told])
            rows += told
    state = next(State(row["state"]) for layout, row in rows if layout.table.name == "project")
    return Pattern(lead, state, tuple(rows))


@dataclass
class Copier:
    """Writes copies; it knows the next number of everything that is numbered."""

    connection: Connection
    place: Place
    chance: Random
    _next: dict[str, int] = field(default_factory=dict)
    _serials: dict[int, int] = field(default_factory=dict)
    _granted: Decimal = Decimal(0)
    _head: SimpleNamespace = field(default_factory=SimpleNamespace)
    _waiting: dict[Table, list[dict[str, Any]]] = field(default_factory=lambda: defaultdict(list))

    def copy(self, originals: Sequence[Pattern], count: int, shares: Mapping[State, int] = SHARES) -> None:
        """Write so many copies, in the shares that the states have."""
        self._begin(originals)
        alike = defaultdict(list)
        for pattern in originals:
            alike[pattern.state].append(pattern)
        drawn = self.chance.choices(list(shares), list(shares.values()), k=count)
        for number, state in enumerate(drawn):
            self._one(self.chance.choice(alike[state]))
            if number % TOGETHER == TOGETHER - 1:
                self._write()
        self._write()
        self._finish()

    def _begin(self, originals: Sequence[Pattern]) -> None:
        tables = {layout.table for pattern in originals for layout, _row in pattern.rows}
        for table in tables:
            self._next[table.name] = (self.connection.scalar(select(func.max(table.c.id))) or 0) + 1
        rows = self.connection.execute(select(CaseCounter.year, CaseCounter.last_serial))
        self._serials = {row.year: row.last_serial for row in rows}
        head = self.connection.execute(select(HistoryHead.last_event_id, HistoryHead.last_hash)).one()
        self._head = SimpleNamespace(id=head.last_event_id, hash=head.last_hash)

    def _one(self, pattern: Pattern) -> None:
        ended = pattern.state in (State.APPROVED, State.REJECTED, State.WITHDRAWN, State.POSTPONED)
        later = -timedelta(days=7 * self.chance.randint(0, (ENDED_WITHIN if ended else OPEN_WITHIN) // 7))
        lead = self.chance.choice(list(self.place.cast.leaders))
        copied = Copied(self.place.cast, pattern.lead, lead, later)
        for layout, row in pattern.rows:
            name = layout.table.name
            if name != "history_event":
                copied.ids[name][row["id"]] = self._next[name]
                self._next[name] += 1
        for layout, row in pattern.rows:
            fresh = copied.row(layout, row)
            finish = self._finishing.get(layout.table.name)
            if finish:
                finish(fresh, copied)
            self._waiting[layout.table].append(fresh)

    @property
    def _finishing(self) -> Mapping[str, Callable[[dict[str, Any], Copied], None]]:
        """What else is done with a copy, by the table that it is in."""
        return {
            "project": self._rename,
            "application_version": lambda row, copied: copied.document(row),
            "report_version": lambda row, copied: copied.report(row),
            "ledger_entry": self._count,
            "notification": lambda row, copied: row.update(details={**row["details"], "title": copied.title}),
            "history_event": self._link,
        }

    def _count(self, entry: dict[str, Any], _copied: Copied) -> None:
        if entry["kind"] == EntryKind.GRANT:
            self._granted += entry["amount"]

    def _rename(self, project: dict[str, Any], copied: Copied) -> None:
        place, part = self.chance.choice(PLACES), self.chance.randint(1, 9)
        copied.title = project["title"] = f"{project['title']}, {place}, etapp {part}"[:200]
        project["title_key"] = key(copied.title)
        project["round_id"], copied.round = self.chance.choice(self.place.rounds)
        if project["handler_id"]:
            project["handler_id"] = self.chance.choice(self.place.cast.secretaries).id
        if project["case_number"]:
            year = project["submitted_at"].year
            serial = self._serials[year] = self._serials.get(year, 0) + 1
            project |= {"case_year": year, "case_serial": serial, "case_number": f"{year}-{serial:04}"}

    def _link(self, event: dict[str, Any], _copied: Copied) -> None:
        event["id"], event["previous_hash"] = self._head.id + 1, self._head.hash
        event["hash"] = link_hash(SimpleNamespace(**event))
        self._head = SimpleNamespace(id=event["id"], hash=event["hash"])

    def _write(self) -> None:
        if not self.connection.in_transaction():  # what is poured goes past SQLAlchemy, which must know of it
            self.connection.begin()
        for table in Base.metadata.sorted_tables:
            if rows := self._waiting.pop(table, None):
                pour(self.connection, table, rows)
        self.connection.commit()

    def _finish(self) -> None:
        self.connection.execute(
            update(FrameBalance)
            .where(FrameBalance.programme_id == self.place.programme_id)
            .values(
                granted=FrameBalance.granted + self._granted, available=FrameBalance.available - self._granted
            )
        )
        self.connection.execute(
            update(HistoryHead).values(last_event_id=self._head.id, last_hash=self._head.hash)
        )
        known = set(self.connection.scalars(select(CaseCounter.year)))
        for year, serial in self._serials.items():
            change = (
                update(CaseCounter).where(CaseCounter.year == year) if year in known else insert(CaseCounter)
            )
            self.connection.execute(change.values(year=year, last_serial=serial))
        if self.connection.dialect.name == "postgresql":
            for name in self._next.keys() - {"history_event"}:
                sequence = func.pg_get_serial_sequence(name, "id")
                self.connection.execute(select(func.setval(sequence, self._next[name] - 1)))
        self.connection.commit()
        self.connection.exec_driver_sql("ANALYZE")
        self.connection.commit()
