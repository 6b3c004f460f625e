"""The outbox, and when each person wants mail."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0023"
down_revision = "0022"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Add the tables; everybody gets mail at once, as somebody new does."""
    with op.batch_alter_table("person") as table:
        table.add_column(
            sa.Column("mail_choice", sa.String(length=10), nullable=False, server_default="at_once")
        )
        table.create_check_constraint(
            op.f("ck_person_mail_choice_known"), "mail_choice in ('at_once', 'daily', 'never')"
        )
    with op.batch_alter_table("person") as table:
        table.alter_column("mail_choice", server_default=None)
    _add_mail()
    _add_items()


def _add_mail() -> None:
    op.create_table(
        "mail",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("person_id", sa.Integer(), nullable=False),
        sa.Column("digest_on", sa.Date(), nullable=True),
        sa.Column("state", sa.String(length=12), nullable=False),
        sa.Column("reason", sa.String(length=12), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("next_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("attempts", sa.Integer(), nullable=False),
        sa.Column("claim", sa.String(length=32), nullable=False),
        sa.Column("lease_until", sa.DateTime(timezone=True), nullable=True),
        sa.Column("address", sa.String(length=254), nullable=False),
        sa.Column("fault", sa.String(length=300), nullable=False),
        sa.Column("ended_at", sa.DateTime(timezone=True), nullable=True),
        sa.CheckConstraint(
            "state in ('waiting', 'claimed', 'handed_over', 'sent', 'failed', 'unknown', 'closed')",
            name=op.f("ck_mail_state_known"),
        ),
        sa.CheckConstraint(
            "(state in ('claimed', 'handed_over')) = (lease_until is not null)", name=op.f("ck_mail_leased")
        ),
        sa.CheckConstraint(
            "(state in ('sent', 'failed', 'unknown', 'closed')) = (ended_at is not null)",
            name=op.f("ck_mail_ended"),
        ),
        sa.ForeignKeyConstraint(
            ["person_id"], ["person.id"], name=op.f("fk_mail_person_id_person"), ondelete="RESTRICT"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_mail")),
        sa.UniqueConstraint("person_id", "digest_on", name=op.f("uq_mail_person_id_digest_on")),
    )
    op.create_index("ix_mail_state_next_at", "mail", ["state", "next_at"])


def _add_items() -> None:
    op.create_table(
        "mail_item",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("person_id", sa.Integer(), nullable=False),
        sa.Column("kind", sa.String(length=20), nullable=False),
        sa.Column("record_id", sa.Integer(), nullable=False),
        sa.Column("mail_id", sa.Integer(), nullable=True),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["mail_id"], ["mail.id"], name=op.f("fk_mail_item_mail_id_mail"), ondelete="RESTRICT"
        ),
        sa.ForeignKeyConstraint(
            ["person_id"], ["person.id"], name=op.f("fk_mail_item_person_id_person"), ondelete="RESTRICT"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_mail_item")),
        sa.UniqueConstraint("kind", "record_id", name=op.f("uq_mail_item_kind_record_id")),
    )
    op.create_index("ix_mail_item_mail_id", "mail_item", ["mail_id"])
    op.create_index("ix_mail_item_person_id_created_at", "mail_item", ["person_id", "created_at"])


def downgrade() -> None:
    """Take them away again."""
    op.drop_index("ix_mail_item_person_id_created_at", table_name="mail_item")
    op.drop_index("ix_mail_item_mail_id", table_name="mail_item")
    op.drop_table("mail_item")
    op.drop_index("ix_mail_state_next_at", table_name="mail")
    op.drop_table("mail")
    with op.batch_alter_table("person") as table:
        table.drop_constraint(op.f("ck_person_mail_choice_known"), type_="check")
        table.drop_column("mail_choice")
