"""Status reports: periods, what is written, and what was sent."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

from migrations.guards import fix_table, free_table

revision = "0031"
down_revision = "0030"
branch_labels = None
depends_on = None

FIXED = {
    "report_period": ("programme_id", "ends_on"),
    "report_version": ("report_id", "number"),
    "report_remark": (),
}
"""Written once, each with its key beside the id."""


def upgrade() -> None:
    """Add the tables, and guard them."""
    op.create_table(
        "report_period",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("programme_id", sa.Integer(), nullable=False),
        sa.Column("name", sa.String(length=120), nullable=False),
        sa.Column("starts_on", sa.Date(), nullable=False),
        sa.Column("ends_on", sa.Date(), nullable=False),
        sa.Column("due_on", sa.Date(), nullable=False),
        sa.CheckConstraint(
            "starts_on <= ends_on and ends_on < due_on", name=op.f("ck_report_period_days_in_order")
        ),
        sa.ForeignKeyConstraint(
            ["programme_id"],
            ["programme.id"],
            name=op.f("fk_report_period_programme_id_programme"),
            ondelete="RESTRICT",
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_report_period")),
        sa.UniqueConstraint("programme_id", "ends_on", name=op.f("uq_report_period_programme_id_ends_on")),
    )
    op.create_table(
        "status_report",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("project_id", sa.Integer(), nullable=False),
        sa.Column("period_id", sa.Integer(), nullable=False),
        sa.Column("state", sa.String(length=20), nullable=False),
        sa.Column("state_since", sa.DateTime(timezone=True), nullable=False),
        sa.Column("content", sa.JSON(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.CheckConstraint(
            "state in ('draft', 'sent', 'read', 'returned', 'approved')",
            name=op.f("ck_status_report_state_known"),
        ),
        sa.ForeignKeyConstraint(
            ["period_id"],
            ["report_period.id"],
            name=op.f("fk_status_report_period_id_report_period"),
            ondelete="RESTRICT",
        ),
        sa.ForeignKeyConstraint(
            ["project_id"],
            ["project.id"],
            name=op.f("fk_status_report_project_id_project"),
            ondelete="RESTRICT",
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_status_report")),
        sa.UniqueConstraint("project_id", "period_id", name=op.f("uq_status_report_project_id_period_id")),
    )
    op.create_index(op.f("ix_status_report_period_id_state"), "status_report", ["period_id", "state"])

    op.create_table(
        "report_version",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("report_id", sa.Integer(), nullable=False),
        sa.Column("project_id", sa.Integer(), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("content", sa.JSON(), nullable=False),
        sa.Column("content_sha256", sa.String(length=64), nullable=False),
        sa.Column("sent_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("sent_by_id", sa.Integer(), nullable=False),
        sa.Column("time_light", sa.String(length=10), nullable=False),
        sa.Column("cost_light", sa.String(length=10), nullable=False),
        sa.Column("scope_light", sa.String(length=10), nullable=False),
        sa.Column("quality_light", sa.String(length=10), nullable=False),
        sa.Column("benefits_light", sa.String(length=10), nullable=False),
        sa.Column("risk_light", sa.String(length=10), nullable=False),
        sa.Column("days_late", sa.Integer(), nullable=False),
        sa.Column("budget", sa.BigInteger(), nullable=False),
        sa.Column("spent", sa.BigInteger(), nullable=False),
        sa.Column("forecast", sa.BigInteger(), nullable=False),
        sa.Column("hours", sa.BigInteger(), nullable=False),
        sa.CheckConstraint(
            "benefits_light in ('green', 'yellow', 'red')",
            name=op.f("ck_report_version_benefits_light_known"),
        ),
        sa.CheckConstraint(
            "cost_light in ('green', 'yellow', 'red')", name=op.f("ck_report_version_cost_light_known")
        ),
        sa.CheckConstraint(
            "quality_light in ('green', 'yellow', 'red')", name=op.f("ck_report_version_quality_light_known")
        ),
        sa.CheckConstraint(
            "risk_light in ('green', 'yellow', 'red')", name=op.f("ck_report_version_risk_light_known")
        ),
        sa.CheckConstraint(
            "scope_light in ('green', 'yellow', 'red')", name=op.f("ck_report_version_scope_light_known")
        ),
        sa.CheckConstraint(
            "time_light in ('green', 'yellow', 'red')", name=op.f("ck_report_version_time_light_known")
        ),
        sa.ForeignKeyConstraint(
            ["project_id"],
            ["project.id"],
            name=op.f("fk_report_version_project_id_project"),
            ondelete="RESTRICT",
        ),
        sa.ForeignKeyConstraint(
            ["report_id"],
            ["status_report.id"],
            name=op.f("fk_report_version_report_id_status_report"),
            ondelete="RESTRICT",
        ),
        sa.ForeignKeyConstraint(
            ["sent_by_id"],
            ["person.id"],
            name=op.f("fk_report_version_sent_by_id_person"),
            ondelete="RESTRICT",
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_report_version")),
        sa.UniqueConstraint("report_id", "number", name=op.f("uq_report_version_report_id_number")),
    )
    op.create_index(op.f("ix_report_version_project_id"), "report_version", ["project_id"])

    op.create_table(
        "report_remark",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("version_id", sa.Integer(), nullable=False),
        sa.Column("project_id", sa.Integer(), nullable=False),
        sa.Column("kind", sa.String(length=20), nullable=False),
        sa.Column("text", sa.Text(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("author_id", sa.Integer(), nullable=False),
        sa.CheckConstraint(
            "kind in ('comment', 'read_report', 'return_report', 'approve_report')",
            name=op.f("ck_report_remark_kind_known"),
        ),
        sa.ForeignKeyConstraint(
            ["author_id"], ["person.id"], name=op.f("fk_report_remark_author_id_person"), ondelete="RESTRICT"
        ),
        sa.ForeignKeyConstraint(
            ["project_id"],
            ["project.id"],
            name=op.f("fk_report_remark_project_id_project"),
            ondelete="RESTRICT",
        ),
        sa.ForeignKeyConstraint(
            ["version_id"],
            ["report_version.id"],
            name=op.f("fk_report_remark_version_id_report_version"),
            ondelete="RESTRICT",
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_report_remark")),
    )
    op.create_index(op.f("ix_report_remark_project_id"), "report_remark", ["project_id"])
    op.create_index(op.f("ix_report_remark_version_id"), "report_remark", ["version_id"])

    for table, key in FIXED.items():
        fix_table(table, key)


def downgrade() -> None:
    """Take them away."""
    for table in FIXED:
        free_table(table)
    op.drop_table("report_remark")
    op.drop_table("report_version")
    op.drop_table("status_report")
    op.drop_table("report_period")
