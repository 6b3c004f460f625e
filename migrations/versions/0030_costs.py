"""Costs and hours of projects."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

from migrations.guards import fix_table, free_table

revision = "0030"
down_revision = "0029"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Add the tables."""
    op.create_table(
        "cost_entry",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("project_id", sa.Integer(), nullable=False),
        sa.Column("booked_on", sa.Date(), nullable=False),
        sa.Column("activity", sa.String(length=200), nullable=False),
        sa.Column("role", sa.String(length=200), nullable=False),
        sa.Column("budget_line_id", sa.Integer(), nullable=True),
        sa.Column("effort_line_id", sa.Integer(), nullable=True),
        sa.Column("hours", sa.BigInteger(), nullable=True),
        sa.Column("rate", sa.BigInteger(), nullable=True),
        sa.Column("amount", sa.BigInteger(), nullable=False),
        sa.Column("financier", sa.String(length=20), nullable=False),
        sa.Column("entered_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("entered_by_id", sa.Integer(), nullable=False),
        sa.CheckConstraint(
            "financier in ('programme', 'own_budget')", name=op.f("ck_cost_entry_financier_known")
        ),
        sa.CheckConstraint(
            "amount between -10000000000000 and 10000000000000 and (hours is null or hours between -10000000000 and 10000000000) and (rate is null or rate <= 10000000)",
            name=op.f("ck_cost_entry_sensible"),
        ),
        sa.CheckConstraint("hours is not null or amount <> 0", name=op.f("ck_cost_entry_not_nothing")),
        sa.CheckConstraint(
            "rate is null or (hours is not null and rate >= 0)", name=op.f("ck_cost_entry_rate_of_hours")
        ),
        sa.CheckConstraint(
            "rate is null or abs(amount * 10000 - hours * rate) <= 5000", name=op.f("ck_cost_entry_priced")
        ),
        sa.ForeignKeyConstraint(
            ["budget_line_id"],
            ["budget_line.id"],
            name=op.f("fk_cost_entry_budget_line_id_budget_line"),
            ondelete="RESTRICT",
        ),
        sa.ForeignKeyConstraint(
            ["effort_line_id"],
            ["effort_line.id"],
            name=op.f("fk_cost_entry_effort_line_id_effort_line"),
            ondelete="RESTRICT",
        ),
        sa.ForeignKeyConstraint(
            ["entered_by_id"],
            ["person.id"],
            name=op.f("fk_cost_entry_entered_by_id_person"),
            ondelete="RESTRICT",
        ),
        sa.ForeignKeyConstraint(
            ["project_id"], ["project.id"], name=op.f("fk_cost_entry_project_id_project"), ondelete="RESTRICT"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_cost_entry")),
    )
    op.create_index(op.f("ix_cost_entry_budget_line_id"), "cost_entry", ["budget_line_id"])
    op.create_index(op.f("ix_cost_entry_effort_line_id"), "cost_entry", ["effort_line_id"])
    op.create_index("ix_cost_entry_project_id_booked_on", "cost_entry", ["project_id", "booked_on"])

    op.create_table(
        "effort_assessment",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("project_id", sa.Integer(), nullable=False),
        sa.Column("effort_line_id", sa.Integer(), nullable=False),
        sa.Column("until", sa.Date(), nullable=False),
        sa.Column("hours_low", sa.BigInteger(), nullable=True),
        sa.Column("hours_high", sa.BigInteger(), nullable=True),
        sa.Column("share", sa.BigInteger(), nullable=True),
        sa.Column("note", sa.Text(), nullable=False),
        sa.Column("assessed_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("assessed_by_id", sa.Integer(), nullable=False),
        sa.CheckConstraint(
            "(hours_low is null) = (hours_high is null)", name=op.f("ck_effort_assessment_range_whole")
        ),
        sa.CheckConstraint(
            "hours_low is not null or share is not null", name=op.f("ck_effort_assessment_not_nothing")
        ),
        sa.CheckConstraint(
            "hours_low is null or hours_low between 0 and hours_high",
            name=op.f("ck_effort_assessment_range_forward"),
        ),
        sa.CheckConstraint(
            "share is null or share between 0 and 1000000", name=op.f("ck_effort_assessment_share_sensible")
        ),
        sa.ForeignKeyConstraint(
            ["assessed_by_id"],
            ["person.id"],
            name=op.f("fk_effort_assessment_assessed_by_id_person"),
            ondelete="RESTRICT",
        ),
        sa.ForeignKeyConstraint(
            ["effort_line_id"],
            ["effort_line.id"],
            name=op.f("fk_effort_assessment_effort_line_id_effort_line"),
            ondelete="RESTRICT",
        ),
        sa.ForeignKeyConstraint(
            ["project_id"],
            ["project.id"],
            name=op.f("fk_effort_assessment_project_id_project"),
            ondelete="RESTRICT",
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_effort_assessment")),
    )
    op.create_index(
        "ix_effort_assessment_effort_line_id_until", "effort_assessment", ["effort_line_id", "until"]
    )
    op.create_index(op.f("ix_effort_assessment_project_id"), "effort_assessment", ["project_id"])

    op.create_table(
        "cost_void",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("project_id", sa.Integer(), nullable=False),
        sa.Column("entry_id", sa.Integer(), nullable=False),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.Column("voided_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("voided_by_id", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["entry_id"],
            ["cost_entry.id"],
            name=op.f("fk_cost_void_entry_id_cost_entry"),
            ondelete="RESTRICT",
        ),
        sa.ForeignKeyConstraint(
            ["project_id"], ["project.id"], name=op.f("fk_cost_void_project_id_project"), ondelete="RESTRICT"
        ),
        sa.ForeignKeyConstraint(
            ["voided_by_id"],
            ["person.id"],
            name=op.f("fk_cost_void_voided_by_id_person"),
            ondelete="RESTRICT",
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_cost_void")),
        sa.UniqueConstraint("entry_id", name=op.f("uq_cost_void_entry_id")),
    )
    op.create_index(op.f("ix_cost_void_project_id"), "cost_void", ["project_id"])

    fix_table("cost_entry")
    fix_table("cost_void", ("entry_id",))
    fix_table("effort_assessment")


def downgrade() -> None:
    """Take them away again."""
    free_table("cost_entry")
    free_table("cost_void")
    free_table("effort_assessment")
    op.drop_index(op.f("ix_cost_void_project_id"), table_name="cost_void")

    op.drop_table("cost_void")
    op.drop_index(op.f("ix_effort_assessment_project_id"), table_name="effort_assessment")
    op.drop_index("ix_effort_assessment_effort_line_id_until", table_name="effort_assessment")

    op.drop_table("effort_assessment")
    op.drop_index("ix_cost_entry_project_id_booked_on", table_name="cost_entry")
    op.drop_index(op.f("ix_cost_entry_effort_line_id"), table_name="cost_entry")
    op.drop_index(op.f("ix_cost_entry_budget_line_id"), table_name="cost_entry")

    op.drop_table("cost_entry")
