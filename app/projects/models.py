"""The case itself: one project, its departments, its number, its state."""

from __future__ import annotations

from datetime import date, datetime
from decimal import Decimal
from enum import StrEnum
from typing import Any

from sqlalchemy import CheckConstraint, ForeignKey, Index, String, Text, UniqueConstraint, text
from sqlalchemy.orm import Mapped, mapped_column, relationship, validates

from app.accounts.models import Department, Person
from app.alphabet import Kept
from app.core.alphabet import key
from app.core.workflow import State
from app.db import Base, Money, UTCDateTime
from app.programmes.models import Programme, Round

_FILTERED = (
    "leader_id", "lead_department_id", "round_id", "kind", "handler_id", "due_on", "applied_amount",
    "referred_at",
)  # fmt: skip
_STATES = ", ".join(f"'{state.value}'" for state in State)


class ProjectKind(StrEnum):
    """What is applied for."""

    PRE_STUDY = "pre_study"
    IMPLEMENTATION = "implementation"


def _key_of_title(inserted: Any) -> str:
    return key(inserted.get_current_parameters()["title"])


class Project(Base):
    """One project, its whole life."""

    __tablename__ = "project"
    __derived__ = ("title_key",)
    __table_args__ = (
        CheckConstraint(f"state in ({_STATES})", name="state_known"),
        CheckConstraint("kind in ('pre_study', 'implementation')", name="kind_known"),
        UniqueConstraint("case_year", "case_serial"),
        CheckConstraint(
            "(case_number is null) = (case_serial is null) and (case_number is null) = (case_year is null)",
            name="case_number_whole",
        ),
        CheckConstraint(
            "case_number is not null or state in ('draft', 'awaiting_signature', 'submitted', 'withdrawn')",
            name="numbered_when_registered",
        ),
        CheckConstraint(
            "referred_at is not null or state in ('draft', 'awaiting_signature', 'submitted', 'checking',"
            " 'returned', 'awaiting_new_signature', 'assessment', 'withdrawn')",
            name="referred_when_in_council",
        ),
        Index("ix_project_programme_id_state", "programme_id", "state", "id"),
        # All that the list of cases is filtered, sorted, searched and summed by: no row is read that is not
        # shown. The one begins with the state, the other goes by the title.
        Index("ix_project_list", "state", "submitted_at", "case_year", "case_serial", *_FILTERED, "id"),
        Index("ix_project_titles", "title_key", "id", "state", "submitted_at", "case_number", *_FILTERED),
        Index("ix_project_lead_department_id_state", "lead_department_id", "state"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    programme_id: Mapped[int] = mapped_column(ForeignKey("programme.id", ondelete="RESTRICT"))
    round_id: Mapped[int | None] = mapped_column(ForeignKey("application_round.id", ondelete="RESTRICT"))
    """The round that the application is meant for."""
    title: Mapped[str] = mapped_column(String(200))
    title_key: Mapped[str] = mapped_column(Kept, default=_key_of_title, server_default="")
    """What the title is sorted and searched by; it follows from the title alone."""
    kind: Mapped[str] = mapped_column(String(20))
    lead_department_id: Mapped[int] = mapped_column(ForeignKey("department.id", ondelete="RESTRICT"))
    leader_id: Mapped[int] = mapped_column(ForeignKey("person.id", ondelete="RESTRICT"), index=True)
    state: Mapped[str] = mapped_column(String(30), default=State.DRAFT.value)
    state_since: Mapped[datetime] = mapped_column(UTCDateTime)
    created_at: Mapped[datetime] = mapped_column(UTCDateTime)
    submitted_at: Mapped[datetime | None] = mapped_column(UTCDateTime)
    """The first time that the application came in."""
    referred_at: Mapped[datetime | None] = mapped_column(UTCDateTime)
    """The first time that it was sent to the council, which reads the case from then on."""
    applied_amount: Mapped[Decimal | None] = mapped_column(Money)
    """What the last submitted version asks of the programme; repeated here so that long lists sort by it."""
    due_on: Mapped[date | None]
    """The day by which whoever has the case now should have acted; later than that is late."""
    case_number: Mapped[str | None] = mapped_column(String(20), unique=True)
    """Diarienummer, given at registration: 2027-0001."""
    case_year: Mapped[int | None]
    case_serial: Mapped[int | None]
    handler_id: Mapped[int | None] = mapped_column(ForeignKey("person.id", ondelete="RESTRICT"), index=True)
    """The secretariat's handler who has claimed the case."""
    start_key: Mapped[str | None] = mapped_column(String(64), unique=True)
    """Made with the form that started the project: a form sent twice starts one project."""
    version: Mapped[int] = mapped_column(default=1)

    programme: Mapped[Programme] = relationship(lazy="raise")
    round: Mapped[Round | None] = relationship(lazy="raise")
    lead_department: Mapped[Department] = relationship(lazy="raise")
    leader: Mapped[Person] = relationship(foreign_keys=[leader_id], lazy="raise")
    handler: Mapped[Person | None] = relationship(foreign_keys=[handler_id], lazy="raise")
    interests: Mapped[list[DeclaredInterest]] = relationship(
        primaryjoin=(
            "and_(Project.id == DeclaredInterest.project_id, DeclaredInterest.withdrawn_at.is_(None))"
        ),
        order_by="DeclaredInterest.id",
        lazy="selectin",
        viewonly=True,
    )
    """Those that stand: whoever may do what with the case asks them every time."""

    __mapper_args__ = {"version_id_col": version}  # noqa: RUF012 - SQLAlchemy reads a plain dict here

    @validates("title")
    def _keep_key(self, _name: str, title: str) -> str:
        self.title_key = key(title)
        return title


class ProjectDepartment(Base):
    """A department that takes part besides the lead department."""

    __tablename__ = "project_department"
    __table_args__ = (UniqueConstraint("project_id", "department_id"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    project_id: Mapped[int] = mapped_column(ForeignKey("project.id", ondelete="RESTRICT"))
    department_id: Mapped[int] = mapped_column(ForeignKey("department.id", ondelete="RESTRICT"), index=True)

    department: Mapped[Department] = relationship(lazy="raise")


class DeclaredInterest(Base):
    """Somebody who treats cases has told of an interest (jäv) in one, and takes no part in it since."""

    __tablename__ = "declared_interest"
    __table_args__ = (
        Index(
            "uq_declared_interest_current",
            "project_id", "person_id",
            unique=True,
            sqlite_where=text("withdrawn_at is null"),
            postgresql_where=text("withdrawn_at is null"),
        ),
        CheckConstraint("withdrawn_at is null or withdrawn_at >= declared_at", name="withdrawn_after"),
    )  # fmt: skip

    id: Mapped[int] = mapped_column(primary_key=True)
    project_id: Mapped[int] = mapped_column(ForeignKey("project.id", ondelete="RESTRICT"))
    person_id: Mapped[int] = mapped_column(ForeignKey("person.id", ondelete="RESTRICT"))
    reason: Mapped[str] = mapped_column(Text)
    declared_at: Mapped[datetime] = mapped_column(UTCDateTime)
    withdrawn_at: Mapped[datetime | None] = mapped_column(UTCDateTime)

    person: Mapped[Person] = relationship(lazy="raise")


class CaseCounter(Base):
    """The last case number given in a year. Its row is locked while the next is taken."""

    __tablename__ = "case_counter"
    __recorded__ = False  # the project's own history tells which number it got

    year: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    last_serial: Mapped[int]


class ProjectRemark(Base):
    """Something that a reader of the case should know: a discrepancy in a source, for instance."""

    __tablename__ = "project_remark"

    id: Mapped[int] = mapped_column(primary_key=True)
    project_id: Mapped[int] = mapped_column(ForeignKey("project.id", ondelete="RESTRICT"), index=True)
    text: Mapped[str] = mapped_column(Text)
    source: Mapped[str] = mapped_column(String(200), default="")
    """Where the discrepancy stands."""
    author_id: Mapped[int | None] = mapped_column(ForeignKey("person.id", ondelete="RESTRICT"))
    created_at: Mapped[datetime] = mapped_column(UTCDateTime)
