"""An index that holds what each version promises: the sum of all is read without the documents."""

from __future__ import annotations

from alembic import op

revision = "0018"
down_revision = "0017"
branch_labels = None
depends_on = None

NAME = "ix_application_version_total_benefit"


def upgrade() -> None:
    """Add the index."""
    op.create_index(NAME, "application_version", ["project_id", "number", "total_benefit"])


def downgrade() -> None:
    """Take it away again."""
    op.drop_index(NAME, "application_version")
