"""A small city to work in: a programme, a few people, and cases in the state that a drill begins with."""

from __future__ import annotations

import os
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, date, datetime
from decimal import Decimal

from alembic import command
from alembic.config import Config as AlembicConfig
from flask import Flask
from sqlalchemy import insert, select

from app import create_app
from app.accounts import service as accounts
from app.accounts.access import Viewer
from app.accounts.models import Role
from app.accounts.passwords import hashed
from app.accounts.queries import roles_of
from app.applications.models import ApplicationVersion
from app.applications.snapshot import document_of, sha256_of
from app.core.clock import local_day
from app.db import db, transaction
from app.history.service import System
from app.programmes import service as programmes
from app.projects.models import Project
from config import PROJECT_ROOT, Config
from tools.grounds import Ground

NOW = datetime(2027, 12, 31, 22, 0, tzinfo=UTC)
"""An hour before the Swedish New Year."""
FIRST_DAY = date(2026, 1, 1)
PASSWORD = "only for the drill"


@dataclass(frozen=True)
class City:
    """Who and what a drill works with."""

    programme_id: int
    department_ids: tuple[int, int]
    delegation_id: int
    leader: Viewer
    manager: Viewer
    secretary: Viewer


def migrate(ground: Ground) -> None:
    """Bring the ground's database to the newest migration, as its owner."""
    before = os.environ.get("DATABASE_URL")
    os.environ["DATABASE_URL"] = ground.owner
    try:
        command.upgrade(AlembicConfig(toml_file=PROJECT_ROOT / "pyproject.toml"), "head")
    finally:
        del os.environ["DATABASE_URL"]
        if before is not None:
            os.environ["DATABASE_URL"] = before


@contextmanager
def product(ground: Ground, *, connections: int = 5) -> Iterator[Flask]:
    """The application on the ground's database; it lets go of it at the end."""
    app = create_app(
        Config(
            database_url=ground.application,
            data_folder=ground.folder,
            secret_key="for drills only",  # noqa: S106 - nobody else can reach it
            secure_cookies=False,
            demo=False,
            database_connections=connections,
        )
    )
    with app.app_context():
        yield app
        db.session.remove()
        db.engine.dispose()


def founded(frame: Decimal = Decimal(100_000_000)) -> City:
    """The city, in the database of the current app."""
    system = System()
    with transaction():
        departments = [accounts.create_department(system, name, NOW) for name in ("Kultur", "Miljö")]

        def person(key: str, role: Role, department_id: int | None) -> Viewer:
            someone = accounts.create_person(
                system,
                email=f"{key}@staden.example",
                name=key.capitalize(),
                title="",
                password_hash=hashed(PASSWORD),
                now=NOW,
            )
            accounts.grant_role(system, someone, role, department_id, NOW)
            return Viewer(someone.id, someone.name, "sv", roles_of(someone.id))

        own = departments[0].id
        administrator = person("administrator", Role.ADMINISTRATOR, None)
        leader, manager = person("leader", Role.PROJECT_LEADER, own), person("manager", Role.MANAGER, own)
        secretary = person("secretary", Role.SECRETARIAT, None)
        programme = programmes.create_programme(
            administrator,
            name="E-tjänster",
            starts_on=FIRST_DAY,
            ends_on=date(2031, 12, 31),
            decision_reference="KF § 1",
            frame=frame,
            goals=["Nytta"],
            now=NOW,
        )
        programmes.set_calculation(
            administrator,
            programme,
            valid_from=FIRST_DAY,
            discount_rate=Decimal("0.035"),
            internal_rate=Decimal("0.025"),
            price_year=2026,
            payroll_overhead=Decimal("0.40"),
            horizon_years=10,
            reference="KF § 2",
            now=NOW,
        )
        delegation = programmes.set_delegation(
            administrator, programme, decider="Utskottet", limit=None, valid_from=FIRST_DAY, now=NOW
        )
        return City(
            programme.id,
            (departments[0].id, departments[1].id),
            delegation.id,
            leader=leader,
            manager=manager,
            secretary=secretary,
        )


def cases(city: City, count: int, state: str, *, numbered: bool = False, returned: bool = False) -> list[int]:
    """So many of the leader's cases, straight in a state; `returned` have come in before."""
    with transaction():
        first = (db.session.scalar(select(db.func.max(Project.id))) or 0) + 1
        rows = [
            {
                "programme_id": city.programme_id,
                "title": f"Ärende {number}",
                "kind": "implementation",
                "lead_department_id": city.department_ids[0],
                "leader_id": city.leader.id,
                "state": state,
                "state_since": NOW,
                "created_at": NOW,
                "submitted_at": NOW if returned or numbered else None,
                "referred_at": NOW if numbered else None,
                "version": 1,
            }
            | (_numbers(number) if numbered else {})
            for number in range(first, first + count)
        ]
        db.session.execute(insert(Project), rows)
        return list(db.session.scalars(select(Project.id).where(Project.id >= first).order_by(Project.id)))


def _numbers(serial: int) -> dict[str, object]:
    return {"case_year": 2026, "case_serial": serial, "case_number": f"2026-{serial:04d}"}


OPERATION = {
    "owner": "Enhetschef",
    "yearly_cost": "1000",
    "payer": "Enhetens budget",
    "financed_until": "2099-12-31",
}
"""What the city wants to know of a service before it grants anything."""


def cases_to_decide(city: City, count: int, applied: Decimal) -> list[int]:
    """Cases that wait for decision, each with a version that asks for the same amount."""
    ids = cases(city, count, "awaiting_decision", numbered=True)
    with transaction():
        content = document_of(db.session.get_one(Project, ids[0]), local_day(NOW))
        content["sections"]["operation"] = OPERATION | {"owner_department": str(city.department_ids[0])}
        db.session.execute(
            insert(ApplicationVersion),
            [
                {
                    "project_id": project_id,
                    "number": 1,
                    "content": content,
                    "content_sha256": sha256_of(content),
                    "submitted_at": NOW,
                    "submitted_by_id": city.leader.id,
                    "signed_at": NOW,
                    "signed_by_id": city.manager.id,
                    "applied_amount": applied,
                    "total_cost": applied,
                    "total_benefit": applied,
                    "net_present_value": Decimal(0),
                    "summary": "",
                }
                for project_id in ids
            ],
        )
    return ids
