"""Cost and benefit lines."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0005"
down_revision = "0004"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Add the tables."""
    op.create_table(
        "benefit_line",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("project_id", sa.Integer(), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("description", sa.String(length=200), nullable=False),
        sa.Column("category", sa.String(length=20), nullable=False),
        sa.Column("beneficiary", sa.String(length=20), nullable=False),
        sa.Column("department_id", sa.Integer(), nullable=False),
        sa.Column("method", sa.String(length=20), nullable=False),
        sa.Column("fixed_amount", sa.BigInteger(), nullable=True),
        sa.Column("volume", sa.BigInteger(), nullable=True),
        sa.Column("minutes_saved", sa.BigInteger(), nullable=True),
        sa.Column("share", sa.BigInteger(), nullable=True),
        sa.Column("hourly_rate", sa.BigInteger(), nullable=True),
        sa.Column("quantity", sa.BigInteger(), nullable=True),
        sa.Column("unit_price", sa.BigInteger(), nullable=True),
        sa.Column("starts_on", sa.Date(), nullable=True),
        sa.Column("ends_on", sa.Date(), nullable=True),
        sa.Column("ramp", sa.JSON(), nullable=False),
        sa.Column("price_year", sa.Integer(), nullable=True),
        sa.Column("taken_home_how", sa.Text(), nullable=False),
        sa.Column("owner_role", sa.String(length=160), nullable=False),
        sa.Column("indicator", sa.String(length=200), nullable=False),
        sa.Column("source", sa.Text(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("form_key", sa.String(length=64), nullable=True),
        sa.CheckConstraint(
            "beneficiary in ('residents', 'companies', 'staff', 'department', 'city')",
            name=op.f("ck_benefit_line_beneficiary_known"),
        ),
        sa.CheckConstraint(
            "category in ('financial', 'redistribution', 'quality')",
            name=op.f("ck_benefit_line_category_known"),
        ),
        sa.CheckConstraint(
            "method in ('fixed', 'saved_time', 'unit_price', 'described')",
            name=op.f("ck_benefit_line_method_known"),
        ),
        sa.ForeignKeyConstraint(
            ["department_id"],
            ["department.id"],
            name=op.f("fk_benefit_line_department_id_department"),
            ondelete="RESTRICT",
        ),
        sa.ForeignKeyConstraint(
            ["project_id"],
            ["project.id"],
            name=op.f("fk_benefit_line_project_id_project"),
            ondelete="RESTRICT",
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_benefit_line")),
        sa.UniqueConstraint("form_key", name=op.f("uq_benefit_line_form_key")),
    )
    op.create_index(
        "ix_benefit_line_project_id_position", "benefit_line", ["project_id", "position"], unique=False
    )
    op.create_table(
        "cost_line",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("project_id", sa.Integer(), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("description", sa.String(length=200), nullable=False),
        sa.Column("kind", sa.String(length=20), nullable=False),
        sa.Column("treatment", sa.String(length=10), nullable=False),
        sa.Column("depreciation_years", sa.Integer(), nullable=True),
        sa.Column("department_id", sa.Integer(), nullable=False),
        sa.Column("financier", sa.String(length=20), nullable=False),
        sa.Column("source", sa.Text(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("form_key", sa.String(length=64), nullable=True),
        sa.CheckConstraint(
            "financier in ('programme', 'own_budget')", name=op.f("ck_cost_line_financier_known")
        ),
        sa.CheckConstraint(
            "kind in ('one_off', 'operation', 'internal_hours', 'change_management', 'contingency')",
            name=op.f("ck_cost_line_kind_known"),
        ),
        sa.CheckConstraint(
            "treatment in ('expensed', 'invested')", name=op.f("ck_cost_line_treatment_known")
        ),
        sa.ForeignKeyConstraint(
            ["department_id"],
            ["department.id"],
            name=op.f("fk_cost_line_department_id_department"),
            ondelete="RESTRICT",
        ),
        sa.ForeignKeyConstraint(
            ["project_id"], ["project.id"], name=op.f("fk_cost_line_project_id_project"), ondelete="RESTRICT"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_cost_line")),
        sa.UniqueConstraint("form_key", name=op.f("uq_cost_line_form_key")),
    )
    op.create_index("ix_cost_line_project_id_position", "cost_line", ["project_id", "position"], unique=False)
    op.create_table(
        "cost_amount",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("cost_line_id", sa.Integer(), nullable=False),
        sa.Column("year", sa.Integer(), nullable=False),
        sa.Column("amount", sa.BigInteger(), nullable=False),
        sa.CheckConstraint("amount >= 0", name=op.f("ck_cost_amount_not_negative")),
        sa.CheckConstraint("year between 2000 and 2100", name=op.f("ck_cost_amount_year_sensible")),
        sa.ForeignKeyConstraint(
            ["cost_line_id"],
            ["cost_line.id"],
            name=op.f("fk_cost_amount_cost_line_id_cost_line"),
            ondelete="RESTRICT",
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_cost_amount")),
        sa.UniqueConstraint("cost_line_id", "year", name=op.f("uq_cost_amount_cost_line_id_year")),
    )


def downgrade() -> None:
    """Take them away again."""
    op.drop_table("cost_amount")
    op.drop_index("ix_cost_line_project_id_position", table_name="cost_line")
    op.drop_table("cost_line")
    op.drop_index("ix_benefit_line_project_id_position", table_name="benefit_line")
    op.drop_table("benefit_line")
