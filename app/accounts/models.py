"""Departments, people, their roles and their sessions."""

from __future__ import annotations

from datetime import datetime
from enum import StrEnum

from sqlalchemy import CheckConstraint, ForeignKey, Index, String, text
from sqlalchemy.orm import Mapped, mapped_column, relationship

from app.db import Base, UTCDateTime


class Role(StrEnum):
    """What a person does in the process; for one department, or for the whole programme."""

    PROJECT_LEADER = "project_leader"
    MANAGER = "manager"
    CONTROLLER = "controller"
    SECRETARIAT = "secretariat"
    WORKING_GROUP = "working_group"
    COUNCIL = "council"
    DECISION_MAKER = "decision_maker"
    AUDITOR = "auditor"
    ADMINISTRATOR = "administrator"


DEPARTMENT_ROLES = frozenset({Role.PROJECT_LEADER, Role.MANAGER, Role.CONTROLLER})
"""Roles that are held for a department; the others are held for the whole programme.
A controller may also be the whole programme's."""


class MailChoice(StrEnum):
    """When a person wants to read by mail what the product tells."""

    AT_ONCE = "at_once"
    DAILY = "daily"
    NEVER = "never"


class Department(Base):
    """A department of the city (förvaltning)."""

    __tablename__ = "department"

    id: Mapped[int] = mapped_column(primary_key=True)
    name: Mapped[str] = mapped_column(String(120), unique=True)
    active: Mapped[bool] = mapped_column(default=True)
    """False when the department is no more; its old cases keep it."""
    version: Mapped[int] = mapped_column(default=1)

    __mapper_args__ = {"version_id_col": version}  # noqa: RUF012 - SQLAlchemy reads a plain dict here


class Person(Base):
    """Somebody who can sign in."""

    __tablename__ = "person"
    __hidden__ = ("password_hash",)
    __table_args__ = (
        CheckConstraint("email = lower(email)", name="email_lower_case"),
        CheckConstraint("language in ('sv', 'en')", name="language_known"),
        CheckConstraint("mail_choice in ('at_once', 'daily', 'never')", name="mail_choice_known"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    email: Mapped[str] = mapped_column(String(254), unique=True)
    name: Mapped[str] = mapped_column(String(120))
    title: Mapped[str] = mapped_column(String(120), default="")
    password_hash: Mapped[str] = mapped_column(String(200))
    language: Mapped[str] = mapped_column(String(2), default="sv")
    mail_choice: Mapped[str] = mapped_column(String(10), default=MailChoice.AT_ONCE.value)
    active: Mapped[bool] = mapped_column(default=True)
    created_at: Mapped[datetime] = mapped_column(UTCDateTime)
    version: Mapped[int] = mapped_column(default=1)

    __mapper_args__ = {"version_id_col": version}  # noqa: RUF012 - SQLAlchemy reads a plain dict here


class RoleGrant(Base):
    """A role that a person holds or held."""

    __tablename__ = "role_grant"
    __table_args__ = (
        Index(
            "uq_role_grant_current",
            "person_id", "role", text("coalesce(department_id, 0)"),
            unique=True,
            sqlite_where=text("ended_at is null"),
            postgresql_where=text("ended_at is null"),
        ),
    )  # fmt: skip

    id: Mapped[int] = mapped_column(primary_key=True)
    person_id: Mapped[int] = mapped_column(ForeignKey("person.id", ondelete="RESTRICT"))
    role: Mapped[str] = mapped_column(String(20))
    department_id: Mapped[int | None] = mapped_column(ForeignKey("department.id", ondelete="RESTRICT"))
    """None: for the whole programme."""
    granted_at: Mapped[datetime] = mapped_column(UTCDateTime)
    ended_at: Mapped[datetime | None] = mapped_column(UTCDateTime)

    person: Mapped[Person] = relationship(lazy="raise")
    department: Mapped[Department | None] = relationship(lazy="raise")


class SignIn(Base):
    """A session on the server: a signed-in browser. Ending it signs the browser out."""

    __tablename__ = "sign_in"
    __recorded__ = False

    id: Mapped[int] = mapped_column(primary_key=True)
    token_hash: Mapped[str] = mapped_column(String(64), unique=True)
    """SHA-256 of the token in the cookie: the table alone opens nothing."""
    person_id: Mapped[int] = mapped_column(ForeignKey("person.id", ondelete="RESTRICT"), index=True)
    created_at: Mapped[datetime] = mapped_column(UTCDateTime)
    last_seen_at: Mapped[datetime] = mapped_column(UTCDateTime)
    ended_at: Mapped[datetime | None] = mapped_column(UTCDateTime)
    browser: Mapped[str] = mapped_column(String(200), default="")
    """What the browser says of itself."""
    address: Mapped[str] = mapped_column(String(45), default="")
    """Where it was signed in from; shown to its own person."""
    browser_key: Mapped[str] = mapped_column(String(64), default="")
    """SHA-256 of what the browser is known by from one sign-in to the next; empty for those of before."""


class SignInAllowance(Base):
    """How much of what is allowed somebody who signs in has used up (see app.accounts.guessing)."""

    __tablename__ = "sign_in_allowance"
    __recorded__ = False

    key: Mapped[str] = mapped_column(String(64), primary_key=True)
    """SHA-256 of what is counted: a person may have typed a password where the address belongs."""
    restored_at: Mapped[datetime] = mapped_column(UTCDateTime, index=True)
    """When all that was used has come back; the later, the more has been used."""
