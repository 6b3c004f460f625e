"""When a case was first sent to the council, which reads it from then on, whatever becomes of it."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0019"
down_revision = "0018"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Add the moment, as the history knows it."""
    op.add_column("project", sa.Column("referred_at", sa.DateTime(timezone=True)))
    op.execute(
        "UPDATE project SET referred_at = (SELECT min(at) FROM history_event"
        " WHERE history_event.project_id = project.id AND verb = 'refer_to_council')"
    )
    op.execute(
        "UPDATE project SET referred_at = state_since WHERE referred_at IS NULL"
        " AND state IN ('council', 'awaiting_decision', 'approved', 'postponed', 'rejected')"
    )


def downgrade() -> None:
    """Take it away."""
    op.drop_column("project", "referred_at")
