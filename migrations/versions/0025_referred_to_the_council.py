"""Whatever has come as far as the council has a moment at which it was sent there."""

from __future__ import annotations

from alembic import op

revision = "0025"
down_revision = "0024"
branch_labels = None
depends_on = None

NAME = "ck_project_referred_when_in_council"
CONDITION = (
    "referred_at is not null or state in ('draft', 'awaiting_signature', 'submitted', 'checking',"
    " 'returned', 'awaiting_new_signature', 'assessment', 'withdrawn')"
)


def upgrade() -> None:
    """Add the condition."""
    with op.batch_alter_table("project") as table:
        table.create_check_constraint(op.f(NAME), CONDITION)


def downgrade() -> None:
    """Take it away again."""
    with op.batch_alter_table("project") as table:
        table.drop_constraint(op.f(NAME), "check")
