"""Final reports: what is written, what was sent, and what was said of it."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

from migrations.guards import fix_table, free_table

revision = "0035"
down_revision = "0034"
branch_labels = None
depends_on = None

FIXED = {"final_report_version": ("report_id", "number"), "final_report_remark": ("version_id",)}
"""Written once, each with its key beside the id."""


def _refers(table: str, column: str, to: str) -> sa.ForeignKeyConstraint:
    name = op.f(f"fk_{table}_{column}_{to}")
    return sa.ForeignKeyConstraint([column], [f"{to}.id"], name=name, ondelete="RESTRICT")


def upgrade() -> None:
    """Add the tables, and guard them."""
    op.create_table(
        "final_report",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("project_id", sa.Integer(), nullable=False),
        sa.Column("state", sa.String(length=20), nullable=False),
        sa.Column("state_since", sa.DateTime(timezone=True), nullable=False),
        sa.Column("content", sa.JSON(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.CheckConstraint(
            "state in ('draft', 'sent', 'returned', 'approved')", name=op.f("ck_final_report_state_known")
        ),
        _refers("final_report", "project_id", "project"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_final_report")),
        sa.UniqueConstraint("project_id", name=op.f("uq_final_report_project_id")),
    )
    op.create_index(op.f("ix_final_report_state_state_since"), "final_report", ["state", "state_since"])

    op.create_table(
        "final_report_version",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("report_id", sa.Integer(), nullable=False),
        sa.Column("project_id", sa.Integer(), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("content", sa.JSON(), nullable=False),
        sa.Column("content_sha256", sa.String(length=64), nullable=False),
        sa.Column("sent_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("sent_by_id", sa.Integer(), nullable=False),
        sa.Column("days_late", sa.Integer(), nullable=True),
        sa.Column("budget", sa.BigInteger(), nullable=False),
        sa.Column("spent", sa.BigInteger(), nullable=False),
        sa.CheckConstraint("number > 0", name=op.f("ck_final_report_version_number_positive")),
        _refers("final_report_version", "report_id", "final_report"),
        _refers("final_report_version", "project_id", "project"),
        _refers("final_report_version", "sent_by_id", "person"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_final_report_version")),
        sa.UniqueConstraint("report_id", "number", name=op.f("uq_final_report_version_report_id_number")),
    )
    op.create_index(op.f("ix_final_report_version_project_id"), "final_report_version", ["project_id"])

    op.create_table(
        "final_report_remark",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("version_id", sa.Integer(), nullable=False),
        sa.Column("project_id", sa.Integer(), nullable=False),
        sa.Column("kind", sa.String(length=30), nullable=False),
        sa.Column("text", sa.Text(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("author_id", sa.Integer(), nullable=False),
        sa.CheckConstraint(
            "kind in ('return_final_report', 'approve_final_report')",
            name=op.f("ck_final_report_remark_kind_known"),
        ),
        _refers("final_report_remark", "version_id", "final_report_version"),
        _refers("final_report_remark", "project_id", "project"),
        _refers("final_report_remark", "author_id", "person"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_final_report_remark")),
        sa.UniqueConstraint("version_id", name=op.f("uq_final_report_remark_version_id")),
    )
    op.create_index(op.f("ix_final_report_remark_project_id"), "final_report_remark", ["project_id"])

    for table, key in FIXED.items():
        fix_table(table, key)


def downgrade() -> None:
    """Take them away."""
    for table in FIXED:
        free_table(table)
    op.drop_table("final_report_remark")
    op.drop_table("final_report_version")
    op.drop_table("final_report")
