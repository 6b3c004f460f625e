"""What is promised of a benefit after its project has ended is decided, with reasons and a reference."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

from migrations.guards import fix_table, free_table

revision = "0050"
down_revision = "0049"
branch_labels = None
depends_on = None

TABLE = "benefit_decision"


def upgrade() -> None:
    """Add the table."""
    op.create_table(
        TABLE,
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("project_id", sa.Integer(), nullable=False),
        sa.Column("benefit_id", sa.Integer(), nullable=False),
        sa.Column("yearly", sa.BigInteger(), nullable=False),
        sa.Column("starts_on", sa.Date(), nullable=False),
        sa.Column("promised_total", sa.BigInteger(), nullable=False),
        sa.Column("before", sa.JSON(), nullable=False),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.Column("reference", sa.String(length=200), nullable=False),
        sa.Column("decided_on", sa.Date(), nullable=False),
        sa.Column("decided_by_id", sa.Integer(), nullable=False),
        sa.Column("recorded_at", sa.DateTime(timezone=True), nullable=False),
        sa.CheckConstraint("yearly >= 0", name=op.f(f"ck_{TABLE}_not_negative")),
        sa.CheckConstraint("reason <> '' and reference <> ''", name=op.f(f"ck_{TABLE}_has_its_ground")),
        *(
            sa.ForeignKeyConstraint(
                [column], [f"{other}.id"], name=op.f(f"fk_{TABLE}_{column}_{other}"), ondelete="RESTRICT"
            )
            for column, other in (
                ("project_id", "project"), ("benefit_id", "benefit"), ("decided_by_id", "person"),
            )
        ),
        sa.PrimaryKeyConstraint("id", name=op.f(f"pk_{TABLE}")),
    )  # fmt: skip
    for column in ("project_id", "benefit_id"):
        op.create_index(op.f(f"ix_{TABLE}_{column}"), TABLE, [column])
    fix_table(TABLE)


def downgrade() -> None:
    """Take it away again."""
    free_table(TABLE)
    op.drop_table(TABLE)
