"""Services are reviewed every year by those who answer for them, and what they have cost is entered."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

from migrations.guards import fix_table, free_table

revision = "0047"
down_revision = "0046"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Add the tables."""
    _review()
    _carried()
    fix_table("service_review", key=("service_id", "due_on"))


def _review() -> None:
    table = "service_review"
    op.create_table(
        table,
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("service_id", sa.Integer(), nullable=False),
        sa.Column("due_on", sa.Date(), nullable=False),
        sa.Column("holders_right", sa.Boolean(), nullable=False),
        sa.Column("cost_right", sa.Boolean(), nullable=False),
        sa.Column("contract_right", sa.Boolean(), nullable=False),
        sa.Column("class_right", sa.Boolean(), nullable=False),
        sa.Column("use", sa.Text(), nullable=False),
        sa.Column("words", sa.Text(), nullable=False),
        sa.Column("content", sa.JSON(), nullable=False),
        sa.Column("content_sha256", sa.String(length=64), nullable=False),
        sa.Column("reviewed_by_id", sa.Integer(), nullable=False),
        sa.Column("reviewed_at", sa.DateTime(timezone=True), nullable=False),
        sa.CheckConstraint(
            "(holders_right and cost_right and contract_right and class_right) or words <> ''",
            name=op.f(f"ck_{table}_wrong_with_words"),
        ),
        _reference(table, "service_id", "operated_service"),
        _reference(table, "reviewed_by_id", "person"),
        sa.PrimaryKeyConstraint("id", name=op.f(f"pk_{table}")),
        sa.UniqueConstraint("service_id", "due_on", name=op.f(f"uq_{table}_service_id_due_on")),
    )


def _carried() -> None:
    table = "service_carried"
    op.create_table(
        table,
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("service_id", sa.Integer(), nullable=False),
        sa.Column("year", sa.Integer(), nullable=False),
        sa.Column("kind", sa.String(length=20), nullable=False),
        sa.Column("amount", sa.BigInteger(), nullable=False),
        sa.Column("source", sa.String(length=200), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.CheckConstraint(
            "kind in ('operation', 'licences', 'maintenance', 'capital', 'other')",
            name=op.f(f"ck_{table}_kind_known"),
        ),
        sa.CheckConstraint("amount >= 0", name=op.f(f"ck_{table}_amount_positive")),
        _reference(table, "service_id", "operated_service"),
        sa.PrimaryKeyConstraint("id", name=op.f(f"pk_{table}")),
        sa.UniqueConstraint("service_id", "year", "kind", name=op.f(f"uq_{table}_service_id_year_kind")),
    )


def _reference(table: str, column: str, other: str) -> sa.ForeignKeyConstraint:
    name = op.f(f"fk_{table}_{column}_{other}")
    return sa.ForeignKeyConstraint([column], [f"{other}.id"], name=name, ondelete="RESTRICT")


def downgrade() -> None:
    """Take them away again."""
    free_table("service_review")
    for table in ("service_review", "service_carried"):
        op.drop_table(table)
