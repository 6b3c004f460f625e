"""Programmes with settings, criteria and rounds."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0002"
down_revision = "0001"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Add the tables."""
    op.create_table(
        "programme",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("name", sa.String(length=160), nullable=False),
        sa.Column("starts_on", sa.Date(), nullable=False),
        sa.Column("ends_on", sa.Date(), nullable=False),
        sa.Column("decision_reference", sa.String(length=200), nullable=False),
        sa.Column("description", sa.Text(), nullable=False),
        sa.CheckConstraint("ends_on > starts_on", name=op.f("ck_programme_period_forward")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_programme")),
        sa.UniqueConstraint("name", name=op.f("uq_programme_name")),
    )
    op.create_table(
        "application_round",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("programme_id", sa.Integer(), nullable=False),
        sa.Column("name", sa.String(length=120), nullable=False),
        sa.Column("opens_on", sa.Date(), nullable=False),
        sa.Column("closes_on", sa.Date(), nullable=True),
        sa.Column("answer_within_days", sa.Integer(), nullable=False),
        sa.CheckConstraint(
            "closes_on is null or closes_on >= opens_on", name=op.f("ck_application_round_period_forward")
        ),
        sa.ForeignKeyConstraint(
            ["programme_id"],
            ["programme.id"],
            name=op.f("fk_application_round_programme_id_programme"),
            ondelete="RESTRICT",
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_application_round")),
    )
    op.create_index(
        op.f("ix_application_round_programme_id"), "application_round", ["programme_id"], unique=False
    )
    op.create_table(
        "calculation_settings",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("programme_id", sa.Integer(), nullable=False),
        sa.Column("valid_from", sa.Date(), nullable=False),
        sa.Column("discount_rate", sa.BigInteger(), nullable=False),
        sa.Column("internal_rate", sa.BigInteger(), nullable=False),
        sa.Column("price_year", sa.Integer(), nullable=False),
        sa.Column("payroll_overhead", sa.BigInteger(), nullable=False),
        sa.Column("horizon_years", sa.Integer(), nullable=False),
        sa.Column("reference", sa.String(length=200), nullable=False),
        sa.CheckConstraint(
            "horizon_years between 1 and 30", name=op.f("ck_calculation_settings_horizon_sensible")
        ),
        sa.ForeignKeyConstraint(
            ["programme_id"],
            ["programme.id"],
            name=op.f("fk_calculation_settings_programme_id_programme"),
            ondelete="RESTRICT",
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_calculation_settings")),
        sa.UniqueConstraint(
            "programme_id", "valid_from", name=op.f("uq_calculation_settings_programme_id_valid_from")
        ),
    )
    op.create_table(
        "criterion",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("programme_id", sa.Integer(), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("name", sa.String(length=160), nullable=False),
        sa.Column("weight", sa.Integer(), nullable=False),
        sa.Column("valid_from", sa.Date(), nullable=False),
        sa.Column("valid_until", sa.Date(), nullable=True),
        sa.CheckConstraint("weight > 0", name=op.f("ck_criterion_weight_positive")),
        sa.ForeignKeyConstraint(
            ["programme_id"],
            ["programme.id"],
            name=op.f("fk_criterion_programme_id_programme"),
            ondelete="RESTRICT",
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_criterion")),
    )
    op.create_index(op.f("ix_criterion_programme_id"), "criterion", ["programme_id"], unique=False)
    op.create_table(
        "delegation_limit",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("programme_id", sa.Integer(), nullable=False),
        sa.Column("decider", sa.String(length=160), nullable=False),
        sa.Column("limit_amount", sa.BigInteger(), nullable=True),
        sa.Column("valid_from", sa.Date(), nullable=False),
        sa.Column("valid_until", sa.Date(), nullable=True),
        sa.Column("reference", sa.String(length=200), nullable=False),
        sa.ForeignKeyConstraint(
            ["programme_id"],
            ["programme.id"],
            name=op.f("fk_delegation_limit_programme_id_programme"),
            ondelete="RESTRICT",
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_delegation_limit")),
        sa.UniqueConstraint(
            "programme_id",
            "decider",
            "valid_from",
            name=op.f("uq_delegation_limit_programme_id_decider_valid_from"),
        ),
    )
    op.create_table(
        "frame_balance",
        sa.Column("programme_id", sa.Integer(), nullable=False),
        sa.Column("frame", sa.BigInteger(), nullable=False),
        sa.Column("granted", sa.BigInteger(), nullable=False),
        sa.Column("available", sa.BigInteger(), nullable=False),
        sa.CheckConstraint("available = frame - granted", name=op.f("ck_frame_balance_adds_up")),
        sa.CheckConstraint("available >= 0", name=op.f("ck_frame_balance_never_below_zero")),
        sa.ForeignKeyConstraint(
            ["programme_id"],
            ["programme.id"],
            name=op.f("fk_frame_balance_programme_id_programme"),
            ondelete="RESTRICT",
        ),
        sa.PrimaryKeyConstraint("programme_id", name=op.f("pk_frame_balance")),
    )
    op.create_table(
        "hourly_rate",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("programme_id", sa.Integer(), nullable=False),
        sa.Column("staff_category", sa.String(length=120), nullable=False),
        sa.Column("valid_from", sa.Date(), nullable=False),
        sa.Column("rate", sa.BigInteger(), nullable=False),
        sa.ForeignKeyConstraint(
            ["programme_id"],
            ["programme.id"],
            name=op.f("fk_hourly_rate_programme_id_programme"),
            ondelete="RESTRICT",
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_hourly_rate")),
        sa.UniqueConstraint(
            "programme_id",
            "staff_category",
            "valid_from",
            name=op.f("uq_hourly_rate_programme_id_staff_category_valid_from"),
        ),
    )
    op.create_table(
        "programme_goal",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("programme_id", sa.Integer(), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("text", sa.String(length=400), nullable=False),
        sa.ForeignKeyConstraint(
            ["programme_id"],
            ["programme.id"],
            name=op.f("fk_programme_goal_programme_id_programme"),
            ondelete="RESTRICT",
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_programme_goal")),
    )
    op.create_index(op.f("ix_programme_goal_programme_id"), "programme_goal", ["programme_id"], unique=False)
    op.create_table(
        "criterion_anchor",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("criterion_id", sa.Integer(), nullable=False),
        sa.Column("score", sa.Integer(), nullable=False),
        sa.Column("text", sa.String(length=400), nullable=False),
        sa.CheckConstraint("score between 1 and 5", name=op.f("ck_criterion_anchor_score_in_scale")),
        sa.ForeignKeyConstraint(
            ["criterion_id"],
            ["criterion.id"],
            name=op.f("fk_criterion_anchor_criterion_id_criterion"),
            ondelete="RESTRICT",
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_criterion_anchor")),
        sa.UniqueConstraint("criterion_id", "score", name=op.f("uq_criterion_anchor_criterion_id_score")),
    )


def downgrade() -> None:
    """Take them away again."""
    op.drop_table("criterion_anchor")
    op.drop_index(op.f("ix_programme_goal_programme_id"), table_name="programme_goal")
    op.drop_table("programme_goal")
    op.drop_table("hourly_rate")
    op.drop_table("frame_balance")
    op.drop_table("delegation_limit")
    op.drop_index(op.f("ix_criterion_programme_id"), table_name="criterion")
    op.drop_table("criterion")
    op.drop_table("calculation_settings")
    op.drop_index(op.f("ix_application_round_programme_id"), table_name="application_round")
    op.drop_table("application_round")
    op.drop_table("programme")
