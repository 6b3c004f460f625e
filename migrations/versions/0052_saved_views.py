"""Views of the portfolio are saved; what it tells of is found by indexes, today's and that of earlier days."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0052"
down_revision = "0051"
branch_labels = None
depends_on = None

TABLE = "saved_view"
TOLD = "ix_history_event_record_type"
APPLIED = "ix_application_version_applied"


def upgrade() -> None:
    """Add the table; the index by which the history tells what records said at an earlier day; and one that holds
    what was applied for, so that no document is read for it."""
    op.create_table(
        TABLE,
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("owner_id", sa.Integer()),
        sa.Column("name", sa.String(length=60), nullable=False),
        sa.Column("asked", sa.String(length=400), nullable=False),
        sa.Column("saved_by_id", sa.Integer(), nullable=False),
        sa.Column("saved_at", sa.DateTime(timezone=True), nullable=False),
        sa.CheckConstraint("name <> ''", name=op.f(f"ck_{TABLE}_named")),
        _person("owner_id"),
        _person("saved_by_id"),
        sa.PrimaryKeyConstraint("id", name=op.f(f"pk_{TABLE}")),
    )
    op.create_index(f"uq_{TABLE}_owner_id_name", TABLE, ["owner_id", "name"], unique=True)
    op.create_index(
        f"uq_{TABLE}_common_name",
        TABLE,
        ["name"],
        unique=True,
        sqlite_where=sa.text("owner_id is null"),
        postgresql_where=sa.text("owner_id is null"),
    )
    op.create_index(TOLD, "history_event", ["record_type", "field", "record_id", "at"])
    op.create_index(
        APPLIED, "application_version", ["project_id", "number", "submitted_at", "applied_amount"]
    )


def _person(column: str) -> sa.ForeignKeyConstraint:
    return sa.ForeignKeyConstraint(
        [column], ["person.id"], name=op.f(f"fk_{TABLE}_{column}_person"), ondelete="RESTRICT"
    )


def downgrade() -> None:
    """Take them away again."""
    op.drop_index(APPLIED, "application_version")
    op.drop_index(TOLD, "history_event")
    op.drop_table(TABLE)
