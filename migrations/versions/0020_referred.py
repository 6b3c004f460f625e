"""When a case was first sent to the council, which reads it from then on, whatever becomes of it.

The indexes that hold all that the list of cases asks hold that too.
"""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0020"
down_revision = "0019"
branch_labels = None
depends_on = None

FILTERED = ["leader_id", "lead_department_id", "round_id", "kind", "handler_id", "due_on", "applied_amount"]
WIDE = {
    "ix_project_list": ("state", "submitted_at", "case_year", "case_serial"),
    "ix_project_titles": ("title_key", "id", "state", "submitted_at", "case_number"),
}
"""How the indexes begin."""


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
    _index_by([*FILTERED, "referred_at"])


def downgrade() -> None:
    """Take it away."""
    _index_by(FILTERED)
    op.drop_column("project", "referred_at")


def _index_by(filtered: list[str]) -> None:
    for name, first in WIDE.items():
        op.drop_index(name, "project")
        last = ["id"] if "id" not in first else []
        op.create_index(name, "project", [*first, *filtered, *last])
