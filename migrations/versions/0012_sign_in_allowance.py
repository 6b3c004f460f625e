"""What those who sign in have used up of what is allowed, and where sessions come from."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0012"
down_revision = "0011"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """An allowance each instead of a row per failure; failures of the last quarter are forgotten."""
    op.create_table(
        "sign_in_allowance",
        sa.Column("key", sa.String(length=64), nullable=False),
        sa.Column("restored_at", sa.DateTime(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint("key", name=op.f("pk_sign_in_allowance")),
    )
    op.create_index(op.f("ix_sign_in_allowance_restored_at"), "sign_in_allowance", ["restored_at"])
    op.drop_index("ix_sign_in_attempt_email_at", table_name="sign_in_attempt")
    op.drop_index("ix_sign_in_attempt_address_at", table_name="sign_in_attempt")
    op.drop_table("sign_in_attempt")
    op.add_column("sign_in", sa.Column("address", sa.String(length=45), nullable=False, server_default=""))
    op.add_column(
        "sign_in", sa.Column("browser_key", sa.String(length=64), nullable=False, server_default="")
    )
    with op.batch_alter_table("sign_in") as table:
        table.alter_column("address", server_default=None)
        table.alter_column("browser_key", server_default=None)


def downgrade() -> None:
    """Back to a row per failure."""
    with op.batch_alter_table("sign_in") as table:
        table.drop_column("browser_key")
        table.drop_column("address")
    op.create_table(
        "sign_in_attempt",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("email", sa.String(length=254), nullable=False),
        sa.Column("address", sa.String(length=45), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_sign_in_attempt")),
    )
    op.create_index("ix_sign_in_attempt_address_at", "sign_in_attempt", ["address", "at"], unique=False)
    op.create_index("ix_sign_in_attempt_email_at", "sign_in_attempt", ["email", "at"], unique=False)
    op.drop_index(op.f("ix_sign_in_allowance_restored_at"), table_name="sign_in_allowance")
    op.drop_table("sign_in_allowance")
