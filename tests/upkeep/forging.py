"""What a forger with every right to the database can do: take the triggers away, then write what he likes."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from decimal import Decimal
from io import BytesIO

from sqlalchemy import Connection, select, text

from app.accepted.taking_in import take_in
from app.applications.attachments import add_attachment
from app.core.workflow import State
from app.db import db, transaction
from app.decisions.models import DecisionKind
from app.decisions.service import Item, create_pack
from app.engine import opened
from app.files import FileStore
from app.programmes.models import Programme
from app.projects.models import Project
from app.upkeep.verification import faults
from tests import changing_story, review_story, running_story, sharing_story, story
from tests.budget_effects import effect_story
from tests.closing import final_story, terminating_story
from tests.closing.handover import remaining
from tests.conftest import NOW, Cast
from tests.databases import owner_of
from tests.delivery import granted as delivered
from tests.delivery.costs import files as csv
from tests.delivery.costs.booking import booked
from tests.follow_up import follow_story
from tests.knowledge import learned
from tests.programme_report import report_story
from tests.realisation import measuring_story
from tests.remembered import kept, standing

PDF = b"%PDF-1.7\n1 0 obj\n<< >>\nendobj\ntrailer\n%%EOF"


def other_pdf(said: bytes) -> bytes:
    """A PDF with another content."""
    return PDF.replace(b"trailer", b"% " + said + b"\ntrailer")


def attach(cast: Cast, project: Project, files: FileStore, content: bytes, name: str = "underlag.pdf") -> str:
    """Add a file to the application; its fingerprint."""
    with transaction():
        file = take_in(BytesIO(content), filename=name, store=files, limit=1 << 20)
        return add_attachment(cast.leader, project, file, description="", now=NOW).sha256


def decided_case(cast: Cast, programme: Programme, files: FileStore) -> None:
    """A decided case: something in every fixed table, and another draft with an attachment."""
    files.keep(BytesIO(PDF))
    kept("a decided case", lambda: _decided_case(cast, programme, files))


def _decided_case(cast: Cast, programme: Programme, files: FileStore) -> None:
    attach(cast, story.started(cast, programme), files, PDF)
    project = review_story.awaiting_decision(cast, programme)
    with transaction():
        create_pack(
            cast.secretary,
            programme_id=programme.id,
            title="Rådets möte",
            meeting_on=NOW.date(),
            items=[Item(project.id, DecisionKind.APPROVE, "Rådet tillstyrker.", Decimal(1_500_000))],
            now=NOW,
        )
    review_story.decide(
        cast.secretary, project, conditions=[("Redovisa nyttan.", NOW.date()), ("Samverka.", None)]
    )
    plan = take_in(BytesIO(PDF), filename="plan.pdf", store=files, limit=10_000)
    delivered.reported(cast, project, files=[plan])
    delivered.approved(cast, project)
    delivered.sent(cast, project, files=[plan])
    delivered.checked(cast, project)
    delivered.paid(cast, project)
    delivered.repaid(cast, project)


def running_case(cast: Cast, programme: Programme, files: FileStore) -> None:
    """The same, gone on to where it runs and has reported: something in every fixed table."""
    decided_case(cast, programme, files)
    kept("a running case", lambda: _running_case(cast, programme))


def _running_case(cast: Cast, programme: Programme) -> None:
    decided = select(Project.id).where(Project.state == State.APPROVED.value)
    project = standing(db.session.scalars(decided).one())
    running_story.run(cast, project, NOW)
    sharing_story.disputed(cast, standing(project.id), NOW)
    measuring_story.plan(cast, project)
    measuring_story.corrected(cast, project)
    effect_story.taken_home(cast, project)
    measuring_story.decided_between(cast, standing(project.id))
    measuring_story.ended(cast, project)
    booked(cast, project)
    csv.read_in(cast.leader, project, "Faktura")
    csv.undone(cast.leader, project, csv.read_in(cast.leader, project, "Dubblett"))
    running_story.report_and_read(cast, programme, project)
    changing_story.questioned_and_decided(cast, project)
    final_story.report_and_return(cast, project)
    remaining.received_and_done(cast, project)
    follow_story.kept_and_returned(cast, standing(project.id))
    terminating_story.interrupt(cast, standing(project.id))
    draft = select(Project.id).where(Project.state == State.DRAFT.value)
    learned.answered(cast, standing(project.id), standing(db.session.scalars(draft).one()))
    report_story.issued_twice(cast, programme)


@contextmanager
def forger() -> Iterator[Connection]:
    """The owner's connection to the app's database, its triggers gone; nothing of it stays."""
    db.session.rollback()
    address = owner_of(db.engine.url.render_as_string(hide_password=False))
    with opened(address) as engine, engine.connect() as connection, connection.begin() as undone:
        take_triggers_away(connection)
        yield connection
        undone.rollback()


def take_triggers_away(connection: Connection) -> None:
    """What guards the fixed tables is gone, as for whoever owns them."""
    connection.exec_driver_sql("drop index if exists uq_history_event_previous_hash")
    if connection.dialect.name == "sqlite":
        names = connection.scalars(text("select name from sqlite_master where type = 'trigger'")).all()
        for name in names:
            connection.exec_driver_sql(f"drop trigger {name}")
        return
    guarded = text("select distinct tgrelid::regclass::text from pg_trigger where not tgisinternal")
    for table in connection.scalars(guarded).all():
        connection.exec_driver_sql(f"alter table {table} disable trigger user")


def found(connection: Connection, files: FileStore) -> list[str]:
    """Every fault, as it is told."""
    return [str(fault) for fault in faults(connection, files)]
