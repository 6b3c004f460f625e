"""What the list of cases is sorted and searched by, kept beside the titles; and indexes that hold all it asks.

The key is that of `app.core.alphabet` when this was written. Should the alphabet change, another migration
makes the keys anew.
"""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

from app.core.alphabet import key

revision = "0019"
down_revision = "0018"
branch_labels = None
depends_on = None

KEY = sa.String(200).with_variant(sa.String(200, collation="C"), "postgresql")
FILTERED = ["leader_id", "lead_department_id", "round_id", "kind", "handler_id", "due_on", "applied_amount"]
PROJECT = sa.table(
    "project", sa.column("id", sa.Integer), sa.column("title", sa.String), sa.column("title_key", sa.String)
)


def upgrade() -> None:
    """Keep the keys, and let a wide index take the place of the narrow one that it begins with."""
    op.add_column("project", sa.Column("title_key", KEY, nullable=False, server_default=""))
    connection = op.get_bind()
    titles = connection.execute(sa.select(PROJECT.c.id, PROJECT.c.title)).all()
    keyed = (
        sa.update(PROJECT).where(PROJECT.c.id == sa.bindparam("row")).values(title_key=sa.bindparam("key"))
    )
    if titles:
        connection.execute(keyed, [{"row": row, "key": key(title)} for row, title in titles])
    op.create_index(
        "ix_project_list", "project", ["state", "submitted_at", "case_year", "case_serial", *FILTERED, "id"]
    )
    op.create_index(
        "ix_project_titles", "project", ["title_key", "id", "state", "submitted_at", "case_number", *FILTERED]
    )
    op.drop_index("ix_project_state", "project")


def downgrade() -> None:
    """As it was."""
    op.create_index("ix_project_state", "project", ["state"])
    op.drop_index("ix_project_titles", "project")
    op.drop_index("ix_project_list", "project")
    op.drop_column("project", "title_key")
