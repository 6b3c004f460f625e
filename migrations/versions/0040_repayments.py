"""Repayments: what was paid to a project and not used comes back."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import sqlalchemy as sa
from alembic import op

from migrations.checks import replace_check
from migrations.guards import fix_table, free_table, without_guards

revision = "0040"
down_revision = "0039"
branch_labels = None
depends_on = None

FORGETS = {"ledger_entry": ("kind", ("repayment",))}
"""Lines that there was no room for before: a step down cannot keep them."""
RECKONS_ANEW = {"grant_balance": ("remaining",)}
"""Without repayments, less is left of what was granted."""

Checks = Mapping[str, str]

_KINDS = "kind in ('frame', 'grant', 'requisition', 'payment', {}'return', 'move')"
_DIRECTION = "kind not in ('grant', 'payment', {}'return') or amount > 0"
LEDGER_BEFORE = {"kind_known": _KINDS.format(""), "direction": _DIRECTION.format("")}
LEDGER_NOW = {"kind_known": _KINDS.format("'repayment', "), "direction": _DIRECTION.format("'repayment', ")}
FRAME_BEFORE = {
    "in_order": "paid >= 0 and returned >= 0 and paid <= requisitioned and requisitioned + returned <= granted"
}
FRAME_NOW = {
    "in_order": "repaid >= 0 and repaid <= paid and paid <= requisitioned and returned >= 0"
    " and requisitioned - repaid + returned <= granted"
}
GRANT_BEFORE = {
    "adds_up": "remaining = granted - requisitioned - returned",
    "in_order": "paid >= 0 and returned >= 0 and paid <= requisitioned",
}
GRANT_NOW = {
    "adds_up": "remaining = granted - requisitioned + repaid - returned",
    "in_order": "repaid >= 0 and repaid <= paid and paid <= requisitioned and returned >= 0",
}


def upgrade() -> None:
    """Let the ledger and its balances hold them, and keep what is told of each."""
    for name, condition in LEDGER_NOW.items():
        replace_check("ledger_entry", f"ck_ledger_entry_{name}", condition)
    _hold("frame_balance", FRAME_NOW)
    _hold("grant_balance", GRANT_NOW)
    op.create_table(
        "repayment",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("project_id", sa.Integer(), nullable=False),
        sa.Column("requisition_id", sa.Integer(), nullable=False),
        sa.Column("amount", sa.BigInteger(), nullable=False),
        sa.Column("repaid_on", sa.Date(), nullable=False),
        sa.Column("reference", sa.String(length=200), nullable=False),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.Column("entry_id", sa.Integer(), nullable=False),
        sa.Column("registered_by_id", sa.Integer(), nullable=False),
        sa.Column("registered_at", sa.DateTime(timezone=True), nullable=False),
        sa.CheckConstraint("amount > 0", name=op.f("ck_repayment_positive")),
        sa.CheckConstraint("reason <> ''", name=op.f("ck_repayment_says_why")),
        *(
            sa.ForeignKeyConstraint(
                [column], [f"{table}.id"], name=op.f(f"fk_repayment_{column}_{table}"), ondelete="RESTRICT"
            )
            for column, table in (
                ("entry_id", "ledger_entry"),
                ("project_id", "project"),
                ("registered_by_id", "person"),
                ("requisition_id", "requisition"),
            )
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_repayment")),
        sa.UniqueConstraint("entry_id", name=op.f("uq_repayment_entry_id")),
    )
    op.create_index("ix_repayment_project_id", "repayment", ["project_id"])
    op.create_index("ix_repayment_requisition_id", "repayment", ["requisition_id"])
    fix_table("repayment", ["entry_id"])


def _hold(table: str, checks: Checks) -> None:
    """Let the balance hold what is repaid too."""
    with without_guards(table):
        with op.batch_alter_table(table) as batch:
            batch.add_column(sa.Column("repaid", sa.BigInteger(), nullable=False, server_default="0"))
            _replace(batch, table, checks)
        with op.batch_alter_table(table) as batch:
            batch.alter_column("repaid", server_default=None)


def _replace(batch: Any, table: str, checks: Checks) -> None:
    for name in checks:
        batch.drop_constraint(op.f(f"ck_{table}_{name}"), type_="check")
    for name, condition in checks.items():
        batch.create_check_constraint(op.f(f"ck_{table}_{name}"), sa.text(condition))


def downgrade() -> None:
    """Forget them. Where repaid money has been asked for again, or returned to the frame, there is no way
    back, and the account's own guard says so."""
    free_table("repayment")
    op.drop_table("repayment")
    with without_guards("ledger_entry"):
        op.execute("DELETE FROM ledger_entry WHERE kind = 'repayment'")
    for name, condition in LEDGER_BEFORE.items():
        replace_check("ledger_entry", f"ck_ledger_entry_{name}", condition)
    _let_go("frame_balance", FRAME_BEFORE)
    _let_go("grant_balance", GRANT_BEFORE, reckoned="repaid = 0, remaining = remaining - repaid")


def _let_go(table: str, checks: Checks, reckoned: str = "") -> None:
    with without_guards(table):
        if reckoned:
            op.execute(f"UPDATE {table} SET {reckoned}")  # noqa: S608 - our own names
        with op.batch_alter_table(table) as batch:
            _replace(batch, table, checks)
            batch.drop_column("repaid")
