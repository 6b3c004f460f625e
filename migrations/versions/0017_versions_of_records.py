"""Versions of the records that several people can have open at once."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0017"
down_revision = "0016"
branch_labels = None
depends_on = None

TABLES = ("department", "person", "programme", "application_round", "checklist_answer", "completion_question")


def upgrade() -> None:
    """Number what is there as the first version."""
    for table in TABLES:
        op.add_column(table, sa.Column("version", sa.Integer(), nullable=False, server_default="1"))


def downgrade() -> None:
    """Take the numbers away."""
    for table in reversed(TABLES):
        op.drop_column(table, "version")
