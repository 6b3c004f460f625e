"""The projects of a programme by their state: what it has promised is summed without reading each of them."""

from __future__ import annotations

from alembic import op

revision = "0021"
down_revision = "0020"
branch_labels = None
depends_on = None

NAME = "ix_project_programme_id_state"


def upgrade() -> None:
    """Add the index."""
    op.create_index(NAME, "project", ["programme_id", "state", "id"])


def downgrade() -> None:
    """Take it away again."""
    op.drop_index(NAME, "project")
