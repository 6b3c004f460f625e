"""A programme with very many running projects whose benefits have been measured for years: for the portfolio.

The projects are those of tools/running_crowd.py. What is measured of their benefits is poured in, each row as
the services would write it and told by the history, so that the chain verifies.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from decimal import Decimal
from random import Random
from types import SimpleNamespace
from typing import Any

from sqlalchemy import Table, bindparam, func, select, update
from sqlalchemy.engine import Connection

from app.accounts.models import Person, RoleGrant
from app.core.measuring import Month
from app.db import Base, db
from app.history.chain import link_hash
from app.history.models import HistoryEvent, HistoryHead
from app.realisation.models import Benefit, BenefitPlan, Indicator, IndicatorBalance, Measurement
from app.realisation.models_closing import BenefitForecast
from tools import running_crowd
from tools.crowd import CACHE_KB, SEED
from tools.pouring import pour

BENEFITS = 6
"""Of each project."""
MONTHS = 6
"""In a period that is measured."""
TOGETHER = 500
"""Benefits that are written at once."""
REPLACED, EXPECTED_ANEW = 0.02, 0.1
"""How many measurements are put right, and of how many benefits something else is expected."""


@dataclass(frozen=True)
class _Benefit:
    id: int
    project_id: int
    department_id: int
    name: str


def fill(projects: int, measurements: int, now: datetime) -> None:
    """Fill the empty, migrated database of the current app with so many projects, and so many measurements of
    their benefits."""
    running_crowd.fill(projects, now, BENEFITS)
    with db.engine.connect() as connection:
        if connection.dialect.name == "sqlite":
            connection.connection.execute("PRAGMA synchronous=OFF")  # it can be made again
            connection.connection.execute(f"PRAGMA cache_size=-{CACHE_KB}")
        connection.exec_driver_sql("ANALYZE")  # else PostgreSQL looks for each row's parent in all rows
        connection.commit()
        Measurer(connection, now).measure(measurements)
        connection.exec_driver_sql("ANALYZE")
        connection.commit()


class Measurer:
    """Writes plans, measurements and forecasts of every benefit; it knows the history's newest link."""

    def __init__(self, connection: Connection, now: datetime) -> None:
        self._connection, self._now = connection, now
        self._chance = Random(SEED)  # noqa: S311 - nothing secret is drawn
        head = connection.execute(select(HistoryHead.last_event_id, HistoryHead.last_hash)).one()
        self._head = SimpleNamespace(id=head.last_event_id, hash=head.last_hash)
        who = select(Person.id, Person.name).join(RoleGrant, RoleGrant.person_id == Person.id).limit(1)
        self._who = connection.execute(who.order_by(Person.id)).one()
        self._waiting: dict[Table, list[dict[str, Any]]] = {}
        self._next: dict[str, int] = {}

    def measure(self, measurements: int) -> None:
        """So many measurements, alike spread over all benefits."""
        query = select(Benefit.id, Benefit.project_id, Benefit.department_id, Benefit.name)
        benefits = [_Benefit(*row) for row in self._connection.execute(query.order_by(Benefit.id))]
        each, rest = divmod(measurements, len(benefits))
        for first in range(0, len(benefits), TOGETHER):
            portion = enumerate(benefits[first : first + TOGETHER], first)
            self._write([self._one(benefit, each + (place < rest)) for place, benefit in portion])
        self._finish()

    def _one(self, benefit: _Benefit, count: int) -> Mapping[str, Any]:
        """A benefit with its plan and its measurements; what its row says then."""
        self._plan(benefit)
        amount = Decimal(self._chance.randint(10_000, 400_000))
        realised, last = Decimal(0), date.min
        for begins, ends in _periods(count, self._now.date()):
            realised += self._measured(benefit, begins, ends, amount)
            last = ends
        if self._chance.random() < EXPECTED_ANEW:
            self._expected(benefit, amount)
        due = Month.of(last).later(MONTHS + 2).last
        return {"b_id": benefit.id, "realised": realised, "until": last, "due": due, "at": Decimal(1)}

    def _plan(self, benefit: _Benefit) -> None:
        at = self._long_ago()
        number = self._add(
            Indicator, at, "add_indicator", benefit,
            department_id=benefit.department_id, name=f"Indikator {benefit.id}", unit="st", direction="rise",
        )  # fmt: skip
        self._waiting.setdefault(_table(IndicatorBalance), []).append(
            {"indicator_id": number, "claimed": Decimal(1)}
        )
        self._add(
            BenefitPlan, at, "save_benefit_plan", benefit,
            project_id=benefit.project_id, benefit_id=benefit.id, department_id=benefit.department_id,
            owner_role="Enhetschef", owner_id=None, indicator_id=number, share=Decimal(1),
            baseline=Decimal(0), baseline_on=at.date(), baseline_source="Statistik", target=Decimal(100),
            target_on=at.date(), how="Räknas", every_months=MONTHS, measurer_role="Controller",
            measurer_id=None, version=1,
        )  # fmt: skip

    def _measured(self, benefit: _Benefit, begins: date, ends: date, amount: Decimal) -> Decimal:
        said = {
            "project_id": benefit.project_id, "benefit_id": benefit.id, "begins_on": begins, "ends_on": ends,
            "indicator_value": Decimal(50), "amount": amount, "volume": None, "minutes_saved": None,
            "share": None, "quantity": None, "value": amount, "source": "Ekonomisystemet", "explanation": "",
            "measured_by_id": self._who.id,
        }  # fmt: skip
        at = datetime.combine(ends + timedelta(days=self._chance.randint(3, 25)), time(9), UTC)
        kept = {"replaces_id": None, "correction": "", "measured_at": at}
        number = self._add(Measurement, at, "measure_benefit", benefit, **said, **kept)
        if self._chance.random() >= REPLACED:
            return amount
        at += timedelta(days=30)
        right = {"value": amount + 100, "replaces_id": number, "correction": "Fel rad.", "measured_at": at}
        self._add(Measurement, at, "correct_measurement", benefit, **said | right)
        return amount + 100

    def _expected(self, benefit: _Benefit, amount: Decimal) -> None:
        at = self._now - timedelta(days=self._chance.randint(1, 400))
        self._add(
            BenefitForecast, at, "expect_benefit", benefit,
            project_id=benefit.project_id, benefit_id=benefit.id, yearly=amount, starts_on=at.date(),
            reason="Senare.", made_by_id=self._who.id, made_at=at,
        )  # fmt: skip

    def _long_ago(self) -> datetime:
        return self._now - timedelta(days=self._chance.randint(1500, 1900))

    def _add(self, model: type[Base], at: datetime, verb: str, benefit: _Benefit, **said: Any) -> int:
        """A row, and the history's word of it."""
        table = _table(model)
        if table.name not in self._next:
            self._next[table.name] = (self._connection.scalar(select(func.max(table.c.id))) or 0) + 1
        number = self._next[table.name]
        self._next[table.name] += 1
        self._waiting.setdefault(table, []).append({"id": number, **said})
        event = {
            "id": self._head.id + 1, "at": at, "actor_id": self._who.id, "actor_name": self._who.name,
            "project_id": benefit.project_id, "record_type": table.name, "record_id": number, "verb": verb,
            "field": None, "from_value": None, "to_value": None, "note": benefit.name,
            "previous_hash": self._head.hash,
        }  # fmt: skip
        event["hash"] = link_hash(SimpleNamespace(**event))
        self._head = SimpleNamespace(id=event["id"], hash=event["hash"])
        self._waiting.setdefault(_table(HistoryEvent), []).append(event)
        return number

    def _write(self, came: Sequence[Mapping[str, Any]]) -> None:
        if (
            not self._connection.in_transaction()
        ):  # what is poured goes past SQLAlchemy, which must know of it
            self._connection.begin()
        for table in Base.metadata.sorted_tables:
            if rows := self._waiting.pop(table, None):
                pour(self._connection, table, rows)
        benefit = _table(Benefit)
        told = update(benefit).where(benefit.c.id == bindparam("b_id"))
        told = told.values(
            realised=bindparam("realised"), measured_until=bindparam("until"), next_due_on=bindparam("due"),
            fulfilment=bindparam("at"),
        )  # fmt: skip
        self._connection.execute(told, list(came))
        self._connection.commit()

    def _finish(self) -> None:
        said = {"last_event_id": self._head.id, "last_hash": self._head.hash}
        self._connection.execute(update(HistoryHead).values(said))
        if self._connection.dialect.name == "postgresql":
            for name, number in self._next.items():
                sequence = func.pg_get_serial_sequence(name, "id")
                self._connection.execute(select(func.setval(sequence, number - 1)))
        self._connection.commit()


def _table(model: type[Base]) -> Table:
    table = model.__table__
    assert isinstance(table, Table)  # noqa: S101 - every model of the product has a table of its own
    return table


def _periods(count: int, today: date) -> Iterator[tuple[date, date]]:
    """The last half years that are over, the first of them first."""
    this = Month(today.year, 1 if today.month <= MONTHS else 1 + MONTHS)
    for place in range(count, 0, -1):
        begins = this.later(-MONTHS * place)
        yield begins.first, begins.later(MONTHS - 1).last
