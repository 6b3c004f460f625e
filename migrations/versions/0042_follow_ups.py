"""Follow-ups of what projects have left: when they are, what is written, what was sent and said; and their states."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, date, datetime

import sqlalchemy as sa
from alembic import op

from app.core.clock import local_day
from app.core.follow_up import Schedule, occasions
from migrations.checks import replace_check
from migrations.guards import fix_table, free_table

revision = "0042"
down_revision = "0041"
branch_labels = None
depends_on = None

RECKONS_ANEW = {"project": ("state",)}
"""What is followed up or closed has been handed over on the way down."""

FIXED = {"follow_up_version": ("follow_up_id", "number"), "follow_up_remark": ("version_id",)}
"""Written once, each with its key beside the id."""

BEFORE = (
    "draft", "awaiting_signature", "submitted", "checking", "returned", "awaiting_new_signature", "assessment",
    "council", "awaiting_decision", "approved", "postponed", "rejected", "withdrawn", "running", "paused",
    "closing", "terminating", "handed_over", "terminated",
)  # fmt: skip
NEW = ("follow_up", "closed")
STATES = "'draft', 'sent', 'returned', 'approved'"


def _refers(table: str, column: str, to: str) -> sa.ForeignKeyConstraint:
    name = op.f(f"fk_{table}_{column}_{to}")
    return sa.ForeignKeyConstraint([column], [f"{to}.id"], name=name, ondelete="RESTRICT")


def upgrade() -> None:
    """Add the states and the tables, plan the follow-ups of what has been handed over, and guard them."""
    _know_states(*BEFORE, *NEW)
    op.create_table(
        "follow_up_settings",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("programme_id", sa.Integer(), nullable=False),
        sa.Column("valid_from", sa.Date(), nullable=False),
        sa.Column("months", sa.JSON(), nullable=False),
        sa.Column("working_days", sa.Integer(), nullable=False),
        sa.Column("reference", sa.String(length=200), nullable=False),
        sa.CheckConstraint(
            "working_days between 0 and 120", name=op.f("ck_follow_up_settings_working_days_sensible")
        ),
        _refers("follow_up_settings", "programme_id", "programme"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_follow_up_settings")),
        sa.UniqueConstraint(
            "programme_id", "valid_from", name=op.f("uq_follow_up_settings_programme_id_valid_from")
        ),
    )
    follow_ups = op.create_table(
        "follow_up",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("project_id", sa.Integer(), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("months", sa.Integer(), nullable=True),
        sa.Column("follows_on", sa.Date(), nullable=False),
        sa.Column("due_on", sa.Date(), nullable=False),
        sa.Column("department_id", sa.Integer(), nullable=False),
        sa.Column("state", sa.String(length=20), nullable=False),
        sa.Column("state_since", sa.DateTime(timezone=True), nullable=False),
        sa.Column("content", sa.JSON(none_as_null=True), nullable=True),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.CheckConstraint(f"state in ({STATES})", name=op.f("ck_follow_up_state_known")),
        sa.CheckConstraint(
            "number > 0 and (months is null or months > 0)", name=op.f("ck_follow_up_numbers_positive")
        ),
        sa.CheckConstraint("due_on >= follows_on", name=op.f("ck_follow_up_due_after_its_day")),
        sa.CheckConstraint(
            "state = 'draft' or content is not null", name=op.f("ck_follow_up_written_before_sent")
        ),
        _refers("follow_up", "project_id", "project"),
        _refers("follow_up", "department_id", "department"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_follow_up")),
        sa.UniqueConstraint("project_id", "number", name=op.f("uq_follow_up_project_id_number")),
        sa.UniqueConstraint("project_id", "follows_on", name=op.f("uq_follow_up_project_id_follows_on")),
    )
    op.create_index(op.f("ix_follow_up_state_due_on"), "follow_up", ["state", "due_on"])
    op.create_index(op.f("ix_follow_up_department_id_state"), "follow_up", ["department_id", "state"])
    op.create_table(
        "follow_up_version",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("follow_up_id", sa.Integer(), nullable=False),
        sa.Column("project_id", sa.Integer(), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("content", sa.JSON(), nullable=False),
        sa.Column("content_sha256", sa.String(length=64), nullable=False),
        sa.Column("sent_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("sent_by_id", sa.Integer(), nullable=False),
        sa.Column("digital", sa.BigInteger(), nullable=True),
        sa.Column("works", sa.String(length=20), nullable=True),
        sa.CheckConstraint("number > 0", name=op.f("ck_follow_up_version_number_positive")),
        sa.CheckConstraint(
            "digital is null or digital between 0 and 1000000",
            name=op.f("ck_follow_up_version_digital_is_a_share"),
        ),
        _refers("follow_up_version", "follow_up_id", "follow_up"),
        _refers("follow_up_version", "project_id", "project"),
        _refers("follow_up_version", "sent_by_id", "person"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_follow_up_version")),
        sa.UniqueConstraint("follow_up_id", "number", name=op.f("uq_follow_up_version_follow_up_id_number")),
    )
    op.create_index(op.f("ix_follow_up_version_project_id"), "follow_up_version", ["project_id"])
    op.create_table(
        "follow_up_remark",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("version_id", sa.Integer(), nullable=False),
        sa.Column("project_id", sa.Integer(), nullable=False),
        sa.Column("kind", sa.String(length=30), nullable=False),
        sa.Column("text", sa.Text(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("author_id", sa.Integer(), nullable=False),
        sa.CheckConstraint(
            "kind in ('return_follow_up', 'approve_follow_up')", name=op.f("ck_follow_up_remark_kind_known")
        ),
        _refers("follow_up_remark", "version_id", "follow_up_version"),
        _refers("follow_up_remark", "project_id", "project"),
        _refers("follow_up_remark", "author_id", "person"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_follow_up_remark")),
        sa.UniqueConstraint("version_id", name=op.f("uq_follow_up_remark_version_id")),
    )
    op.create_index(op.f("ix_follow_up_remark_project_id"), "follow_up_remark", ["project_id"])
    rows = list(_of_what_has_been_handed_over())
    if rows:
        op.bulk_insert(follow_ups, rows)
    for table, key in FIXED.items():
        fix_table(table, key)


def _of_what_has_been_handed_over() -> Iterator[dict[str, object]]:
    """The usual follow-ups of every project that was handed over before there were any, by the department that
    led it: nobody had asked the owner then."""
    projects = sa.table(
        "project",
        sa.column("id", sa.Integer()),
        sa.column("state", sa.String()),
        sa.column("kind", sa.String()),
        sa.column("state_since", sa.DateTime(timezone=True)),
        sa.column("lead_department_id", sa.Integer()),
    )
    query = (
        sa.select(projects.c.id, projects.c.state_since, projects.c.lead_department_id)
        .where(projects.c.state == "handed_over", projects.c.kind == "implementation")
        .order_by(projects.c.id)
    )
    for project_id, since, department_id in op.get_bind().execute(query):
        for number, occasion in enumerate(occasions(_day(since), Schedule()), 1):
            yield {
                "project_id": project_id,
                "number": number,
                "months": occasion.months,
                "follows_on": occasion.on,
                "due_on": occasion.due_on,
                "department_id": department_id,
                "state": "draft",
                "state_since": since,
                "content": None,
                "version": 1,
            }


def _day(moment: datetime) -> date:
    return local_day(moment if moment.tzinfo else moment.replace(tzinfo=UTC))


def downgrade() -> None:
    """Take them away: what is followed up or closed has been handed over again."""
    for table in FIXED:
        free_table(table)
    for table in ("follow_up_remark", "follow_up_version", "follow_up", "follow_up_settings"):
        op.drop_table(table)
    op.execute(f"UPDATE project SET state = 'handed_over' WHERE state in ({_listed(NEW)})")  # noqa: S608 - our own names
    _know_states(*BEFORE)


def _know_states(*states: str) -> None:
    replace_check("project", "ck_project_state_known", f"state in ({_listed(states)})")


def _listed(states: tuple[str, ...]) -> str:
    return ", ".join(f"'{state}'" for state in states)
