"""What a service costs in a year is shared between departments by a key, and each accepts its share."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

from migrations.guards import fix_table, free_table

revision = "0053"
down_revision = "0052"
branch_labels = None
depends_on = None

KINDS = ("service_share_asked", "service_share_declined", "service_share_due", "service_share_late")
FORGETS = {"notification": ("kind", KINDS)}
"""What is told of shares: before, nobody could have read it."""


def upgrade() -> None:
    """Add the tables. Versions, shares and answers stay as they are written."""
    _sharing()
    _share()
    _answer()
    fix_table("service_sharing", key=("service_id", "year", "number"))
    fix_table("service_share", key=("sharing_id", "department_id"))
    fix_table("service_share_answer", key=("share_id", "answer"))


def _sharing() -> None:
    table = "service_sharing"
    op.create_table(
        table,
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("service_id", sa.Integer(), nullable=False),
        sa.Column("year", sa.Integer(), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("reason", sa.String(length=20), nullable=False),
        sa.Column("basis", sa.String(length=200), nullable=False),
        sa.Column("unit", sa.String(length=60), nullable=False),
        sa.Column("measured_on", sa.Date(), nullable=False),
        sa.Column("source", sa.String(length=200), nullable=False),
        sa.Column("words", sa.Text(), nullable=False),
        sa.Column("cost_kind", sa.String(length=20), nullable=False),
        sa.Column("cost", sa.BigInteger(), nullable=False),
        sa.Column("answer_by", sa.Date(), nullable=False),
        sa.Column("content", sa.JSON(), nullable=False),
        sa.Column("content_sha256", sa.String(length=64), nullable=False),
        sa.Column("proposed_by_id", sa.Integer(), nullable=False),
        sa.Column("made_at", sa.DateTime(timezone=True), nullable=False),
        _check(table, "reason_known", "reason in ('key', 'cost', 'withdrawn')"),
        _check(table, "cost_known", "cost_kind in ('planned', 'carried')"),
        _check(table, "cost_positive", "cost >= 0"),
        _check(table, "measured_in_words", "basis <> '' and unit <> '' and source <> ''"),
        _check(table, "withdrawn_with_reason", "reason <> 'withdrawn' or words <> ''"),
        _check(table, "year_sensible", "year between 2000 and 2199"),
        _check(table, "number_positive", "number > 0"),
        _reference(table, "service_id", "operated_service"),
        _reference(table, "proposed_by_id", "person"),
        sa.PrimaryKeyConstraint("id", name=op.f(f"pk_{table}")),
        sa.UniqueConstraint("service_id", "year", "number", name=op.f(f"uq_{table}_service_id_year_number")),
    )


def _share() -> None:
    table = "service_share"
    op.create_table(
        table,
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("sharing_id", sa.Integer(), nullable=False),
        sa.Column("department_id", sa.Integer(), nullable=False),
        sa.Column("quantity", sa.BigInteger(), nullable=False),
        sa.Column("amount", sa.BigInteger(), nullable=False),
        sa.Column("kronor", sa.BigInteger(), nullable=False),
        _check(table, "quantity_positive", "quantity > 0"),
        _check(table, "amount_positive", "amount >= 0 and kronor >= 0"),
        _check(table, "in_whole_kronor", "kronor / 100 * 100 = kronor and abs(kronor - amount) < 100"),
        _reference(table, "sharing_id", "service_sharing"),
        _reference(table, "department_id", "department"),
        sa.PrimaryKeyConstraint("id", name=op.f(f"pk_{table}")),
        sa.UniqueConstraint("sharing_id", "department_id", name=op.f(f"uq_{table}_sharing_id_department_id")),
    )
    op.create_index(op.f(f"ix_{table}_department_id"), table, ["department_id", "sharing_id"])


def _answer() -> None:
    table = "service_share_answer"
    op.create_table(
        table,
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("share_id", sa.Integer(), nullable=False),
        sa.Column("answer", sa.String(length=20), nullable=False),
        sa.Column("words", sa.Text(), nullable=False),
        sa.Column("version_sha256", sa.String(length=64), nullable=False),
        sa.Column("answered_by_id", sa.Integer(), nullable=False),
        sa.Column("answered_at", sa.DateTime(timezone=True), nullable=False),
        _check(table, "answer_known", "answer in ('accepted', 'declined')"),
        _check(table, "declined_with_reason", "answer <> 'declined' or words <> ''"),
        _reference(table, "share_id", "service_share"),
        _reference(table, "answered_by_id", "person"),
        sa.PrimaryKeyConstraint("id", name=op.f(f"pk_{table}")),
        sa.UniqueConstraint("share_id", "answer", name=op.f(f"uq_{table}_share_id_answer")),
    )


def _check(table: str, name: str, condition: str) -> sa.CheckConstraint:
    return sa.CheckConstraint(condition, name=op.f(f"ck_{table}_{name}"))


def _reference(table: str, column: str, other: str) -> sa.ForeignKeyConstraint:
    name = op.f(f"fk_{table}_{column}_{other}")
    return sa.ForeignKeyConstraint([column], [f"{other}.id"], name=name, ondelete="RESTRICT")


def downgrade() -> None:
    """Take them away, with what people were told of them."""
    notification = sa.table("notification", sa.column("kind", sa.String()))
    op.execute(notification.delete().where(notification.c.kind.in_(KINDS)))
    for table in ("service_share_answer", "service_share", "service_sharing"):
        free_table(table)
        op.drop_table(table)
