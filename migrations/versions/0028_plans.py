"""The plan of a running project and its baselines; a state for projects that run."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

from migrations.checks import replace_check
from migrations.guards import fix_table, free_table

revision = "0028"
down_revision = "0027"
branch_labels = None
depends_on = None

RECKONS_ANEW = {"project": ("state",)}
"""What runs is approved again on the way down."""

BEFORE = (
    "draft", "awaiting_signature", "submitted", "checking", "returned", "awaiting_new_signature", "assessment",
    "council", "awaiting_decision", "approved", "postponed", "rejected", "withdrawn",
)  # fmt: skip
"""The states until now."""


def upgrade() -> None:
    """Add the tables and the state."""
    _know_states(*BEFORE, "running")
    op.create_table(
        "budget_line",
        sa.Column("description", sa.String(length=200), nullable=False),
        sa.Column("kind", sa.String(length=20), nullable=False),
        sa.Column("department_id", sa.Integer(), nullable=False),
        sa.Column("financier", sa.String(length=20), nullable=False),
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("project_id", sa.Integer(), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.CheckConstraint(
            "financier in ('programme', 'own_budget')", name=op.f("ck_budget_line_financier_known")
        ),
        sa.CheckConstraint(
            "kind in ('one_off', 'operation', 'internal_hours', 'change_management', 'contingency')",
            name=op.f("ck_budget_line_kind_known"),
        ),
        sa.ForeignKeyConstraint(
            ["department_id"],
            ["department.id"],
            name=op.f("fk_budget_line_department_id_department"),
            ondelete="RESTRICT",
        ),
        sa.ForeignKeyConstraint(
            ["project_id"],
            ["project.id"],
            name=op.f("fk_budget_line_project_id_project"),
            ondelete="RESTRICT",
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_budget_line")),
    )
    op.create_index(op.f("ix_budget_line_project_id"), "budget_line", ["project_id"])

    op.create_table(
        "effort_line",
        sa.Column("role", sa.String(length=200), nullable=False),
        sa.Column("department_id", sa.Integer(), nullable=False),
        sa.Column("hours_low", sa.BigInteger(), nullable=True),
        sa.Column("hours_high", sa.BigInteger(), nullable=True),
        sa.Column("share", sa.BigInteger(), nullable=True),
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("project_id", sa.Integer(), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.CheckConstraint(
            "(hours_low is null) = (hours_high is null)", name=op.f("ck_effort_line_range_whole")
        ),
        sa.CheckConstraint(
            "hours_low is null or hours_low between 0 and hours_high",
            name=op.f("ck_effort_line_range_forward"),
        ),
        sa.CheckConstraint(
            "share is null or share between 0 and 1000000", name=op.f("ck_effort_line_share_sensible")
        ),
        sa.ForeignKeyConstraint(
            ["department_id"],
            ["department.id"],
            name=op.f("fk_effort_line_department_id_department"),
            ondelete="RESTRICT",
        ),
        sa.ForeignKeyConstraint(
            ["project_id"],
            ["project.id"],
            name=op.f("fk_effort_line_project_id_project"),
            ondelete="RESTRICT",
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_effort_line")),
    )
    op.create_index(op.f("ix_effort_line_project_id"), "effort_line", ["project_id"])

    op.create_table(
        "milestone",
        sa.Column("name", sa.String(length=200), nullable=False),
        sa.Column("kind", sa.String(length=20), nullable=False),
        sa.Column("planned_on", sa.Date(), nullable=False),
        sa.Column("responsible", sa.String(length=160), nullable=False),
        sa.Column("forecast_on", sa.Date(), nullable=True),
        sa.Column("reached_on", sa.Date(), nullable=True),
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("project_id", sa.Integer(), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.CheckConstraint("kind in ('milestone', 'delivery')", name=op.f("ck_milestone_kind_known")),
        sa.ForeignKeyConstraint(
            ["project_id"], ["project.id"], name=op.f("fk_milestone_project_id_project"), ondelete="RESTRICT"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_milestone")),
    )
    op.create_index(op.f("ix_milestone_project_id"), "milestone", ["project_id"])

    op.create_table(
        "project_plan",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("project_id", sa.Integer(), nullable=False),
        sa.Column("starts_on", sa.Date(), nullable=False),
        sa.Column("ends_on", sa.Date(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.CheckConstraint("ends_on >= starts_on", name=op.f("ck_project_plan_period_forward")),
        sa.ForeignKeyConstraint(
            ["project_id"],
            ["project.id"],
            name=op.f("fk_project_plan_project_id_project"),
            ondelete="RESTRICT",
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_project_plan")),
        sa.UniqueConstraint("project_id", name=op.f("uq_project_plan_project_id")),
    )
    op.create_table(
        "steering_meeting",
        sa.Column("planned_on", sa.Date(), nullable=False),
        sa.Column("held_on", sa.Date(), nullable=True),
        sa.Column("note", sa.Text(), nullable=False),
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("project_id", sa.Integer(), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["project_id"],
            ["project.id"],
            name=op.f("fk_steering_meeting_project_id_project"),
            ondelete="RESTRICT",
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_steering_meeting")),
    )
    op.create_index(op.f("ix_steering_meeting_project_id"), "steering_meeting", ["project_id"])

    op.create_table(
        "steering_member",
        sa.Column("role", sa.String(length=200), nullable=False),
        sa.Column("department_id", sa.Integer(), nullable=False),
        sa.Column("chairs", sa.Boolean(), nullable=False),
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("project_id", sa.Integer(), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["department_id"],
            ["department.id"],
            name=op.f("fk_steering_member_department_id_department"),
            ondelete="RESTRICT",
        ),
        sa.ForeignKeyConstraint(
            ["project_id"],
            ["project.id"],
            name=op.f("fk_steering_member_project_id_project"),
            ondelete="RESTRICT",
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_steering_member")),
    )
    op.create_index(op.f("ix_steering_member_project_id"), "steering_member", ["project_id"])

    op.create_table(
        "budget_amount",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("budget_line_id", sa.Integer(), nullable=False),
        sa.Column("year", sa.Integer(), nullable=False),
        sa.Column("amount", sa.BigInteger(), nullable=False),
        sa.CheckConstraint("amount > 0", name=op.f("ck_budget_amount_positive")),
        sa.CheckConstraint("year between 2000 and 2100", name=op.f("ck_budget_amount_year_sensible")),
        sa.ForeignKeyConstraint(
            ["budget_line_id"],
            ["budget_line.id"],
            name=op.f("fk_budget_amount_budget_line_id_budget_line"),
            ondelete="RESTRICT",
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_budget_amount")),
        sa.UniqueConstraint("budget_line_id", "year", name=op.f("uq_budget_amount_budget_line_id_year")),
    )
    op.create_table(
        "planned_benefit",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("project_id", sa.Integer(), nullable=False),
        sa.Column("benefit_line_id", sa.Integer(), nullable=False),
        sa.Column("starts_on", sa.Date(), nullable=True),
        sa.ForeignKeyConstraint(
            ["benefit_line_id"],
            ["benefit_line.id"],
            name=op.f("fk_planned_benefit_benefit_line_id_benefit_line"),
            ondelete="RESTRICT",
        ),
        sa.ForeignKeyConstraint(
            ["project_id"],
            ["project.id"],
            name=op.f("fk_planned_benefit_project_id_project"),
            ondelete="RESTRICT",
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_planned_benefit")),
        sa.UniqueConstraint(
            "project_id", "benefit_line_id", name=op.f("uq_planned_benefit_project_id_benefit_line_id")
        ),
    )
    op.create_table(
        "baseline",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("project_id", sa.Integer(), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("decision_id", sa.Integer(), nullable=False),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.Column("content", sa.JSON(), nullable=False),
        sa.Column("content_sha256", sa.String(length=64), nullable=False),
        sa.Column("established_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("established_on", sa.Date(), nullable=False),
        sa.Column("established_by_id", sa.Integer(), nullable=False),
        sa.CheckConstraint("number > 0", name=op.f("ck_baseline_number_positive")),
        sa.ForeignKeyConstraint(
            ["decision_id"],
            ["decision.id"],
            name=op.f("fk_baseline_decision_id_decision"),
            ondelete="RESTRICT",
        ),
        sa.ForeignKeyConstraint(
            ["established_by_id"],
            ["person.id"],
            name=op.f("fk_baseline_established_by_id_person"),
            ondelete="RESTRICT",
        ),
        sa.ForeignKeyConstraint(
            ["project_id"], ["project.id"], name=op.f("fk_baseline_project_id_project"), ondelete="RESTRICT"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_baseline")),
        sa.UniqueConstraint("project_id", "number", name=op.f("uq_baseline_project_id_number")),
    )
    op.create_index(op.f("ix_baseline_decision_id"), "baseline", ["decision_id"])

    fix_table("baseline", ("project_id", "number"))


def downgrade() -> None:
    """Take them away; what runs is approved again."""
    free_table("baseline")
    op.drop_table("baseline")
    op.drop_table("planned_benefit")
    op.drop_table("budget_amount")
    op.drop_table("steering_member")
    op.drop_table("steering_meeting")
    op.drop_table("project_plan")
    op.drop_table("milestone")
    op.drop_table("effort_line")
    op.drop_table("budget_line")
    op.execute("UPDATE project SET state = 'approved' WHERE state = 'running'")
    _know_states(*BEFORE)


def _know_states(*states: str) -> None:
    known = ", ".join(f"'{state}'" for state in states)
    replace_check("project", "ck_project_state_known", f"state in ({known})")
