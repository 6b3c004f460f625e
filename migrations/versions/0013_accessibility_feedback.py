"""What people tell about barriers."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0013"
down_revision = "0012"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Add the table."""
    op.create_table(
        "accessibility_feedback",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("text", sa.Text(), nullable=False),
        sa.Column("place", sa.String(length=300), nullable=False),
        sa.Column("reply_to", sa.String(length=254), nullable=False),
        sa.Column("received_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("form_key", sa.String(length=64), nullable=False),
        sa.Column("handled_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("handled_by_id", sa.Integer(), nullable=True),
        sa.Column("outcome", sa.Text(), nullable=False),
        sa.CheckConstraint(
            "(handled_at is null) = (handled_by_id is null)",
            name=op.f("ck_accessibility_feedback_handled_by_somebody"),
        ),
        sa.ForeignKeyConstraint(
            ["handled_by_id"],
            ["person.id"],
            name=op.f("fk_accessibility_feedback_handled_by_id_person"),
            ondelete="RESTRICT",
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_accessibility_feedback")),
        sa.UniqueConstraint("form_key", name=op.f("uq_accessibility_feedback_form_key")),
    )
    op.create_index(
        "ix_accessibility_feedback_handled_at_received_at",
        "accessibility_feedback",
        ["handled_at", "received_at"],
        unique=False,
    )


def downgrade() -> None:
    """Take it away again."""
    op.drop_index("ix_accessibility_feedback_handled_at_received_at", table_name="accessibility_feedback")
    op.drop_table("accessibility_feedback")
