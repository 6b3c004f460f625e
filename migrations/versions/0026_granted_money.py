"""What becomes of granted money: asked for, paid, returned, moved, in the frame's ledger and its balances."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import contextmanager

import sqlalchemy as sa
from alembic import op

revision = "0026"
down_revision = "0025"
branch_labels = None
depends_on = None

NEW_KINDS = ("requisition", "payment", "return", "move")
FORGETS = {"ledger_entry": ("kind", NEW_KINDS)}
"""Rows that there was no room for before: a step down cannot keep them."""
RECKONS_ANEW = {"frame_balance": ("available",)}
"""Without returns, less is left of the frame."""

Checks = dict[str, str]

_WHOLE = "(project_id is not null and department_id is not null and year is not null)"
LEDGER_BEFORE: Checks = {
    "kind_known": "kind in ('frame', 'grant')",
    "grant_complete": f"kind <> 'grant' or {_WHOLE}",
}
LEDGER_NOW: Checks = {
    "kind_known": "kind in ('frame', 'grant', 'requisition', 'payment', 'return', 'move')",
    "grant_complete": f"kind = 'frame' or {_WHOLE}",
    "direction": "kind not in ('grant', 'payment', 'return') or amount > 0",
}
FRAME_BEFORE: Checks = {
    "never_below_zero": "available >= 0",
    "adds_up": "available = frame - granted",
}
FRAME_NOW: Checks = {
    "never_below_zero": "available >= 0",
    "adds_up": "available = frame - granted + returned",
    "in_order": (
        "paid >= 0 and returned >= 0 and paid <= requisitioned and requisitioned + returned <= granted"
    ),
}
SUMS = ("requisitioned", "paid", "returned")

SAME_ACCOUNT = (
    "(NEW.id, NEW.programme_id, NEW.project_id, NEW.department_id, NEW.year) {differs} "
    "(OLD.id, OLD.programme_id, OLD.project_id, OLD.department_id, OLD.year)"
)
"""When a change of a balance is refused: it is another's."""


def upgrade() -> None:
    """Widen the ledger and the frame's balance, and give each grant a balance of its own."""
    with _open_table("ledger_entry"):
        _hold("ledger_entry", LEDGER_BEFORE, LEDGER_NOW)
    with _open_table("frame_balance"):
        _hold("frame_balance", FRAME_BEFORE, FRAME_NOW, added=SUMS)
    _make_balances()
    op.execute(
        "INSERT INTO grant_balance (programme_id, project_id, department_id, year, granted, requisitioned, "
        "paid, returned, remaining) SELECT programme_id, project_id, department_id, year, sum(amount), 0, 0, "
        "0, sum(amount) FROM ledger_entry WHERE kind = 'grant' "
        "GROUP BY programme_id, project_id, department_id, year ORDER BY min(id)"
    )
    _guard_balances()


def _make_balances() -> None:
    op.create_table(
        "grant_balance",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("programme_id", sa.Integer(), nullable=False),
        sa.Column("project_id", sa.Integer(), nullable=False),
        sa.Column("department_id", sa.Integer(), nullable=False),
        sa.Column("year", sa.Integer(), nullable=False),
        sa.Column("granted", sa.BigInteger(), nullable=False),
        sa.Column("requisitioned", sa.BigInteger(), nullable=False),
        sa.Column("paid", sa.BigInteger(), nullable=False),
        sa.Column("returned", sa.BigInteger(), nullable=False),
        sa.Column("remaining", sa.BigInteger(), nullable=False),
        sa.CheckConstraint(
            "paid >= 0 and returned >= 0 and paid <= requisitioned", name=op.f("ck_grant_balance_in_order")
        ),
        sa.CheckConstraint(
            "remaining = granted - requisitioned - returned", name=op.f("ck_grant_balance_adds_up")
        ),
        sa.CheckConstraint("remaining >= 0", name=op.f("ck_grant_balance_never_below_zero")),
        *(
            sa.ForeignKeyConstraint(
                [f"{table}_id"],
                [f"{table}.id"],
                name=op.f(f"fk_grant_balance_{table}_id_{table}"),
                ondelete="RESTRICT",
            )
            for table in ("department", "programme", "project")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_grant_balance")),
        sa.UniqueConstraint(
            "project_id", "department_id", "year", name=op.f("uq_grant_balance_project_id_department_id_year")
        ),
    )
    op.create_index("ix_grant_balance_programme_id", "grant_balance", ["programme_id"])


def _guard_balances() -> None:
    if op.get_bind().dialect.name == "sqlite":
        there = (
            "EXISTS (SELECT 1 FROM grant_balance WHERE id = NEW.id OR (project_id = NEW.project_id AND "
            "department_id = NEW.department_id AND year = NEW.year))"
        )
        for name, verb, when in (
            ("update", "UPDATE", f"WHEN {SAME_ACCOUNT.format(differs='IS NOT')}"),
            ("delete", "DELETE", ""),
            ("replace", "INSERT", f"WHEN {there}"),
        ):
            op.execute(
                f"CREATE TRIGGER fixed_grant_balance_{name} BEFORE {verb} ON grant_balance {when} "
                "BEGIN SELECT RAISE(ABORT, 'grant_balance is fixed once written'); END"
            )
        return
    for name, occasion in (
        ("_truncate", "TRUNCATE ON grant_balance FOR EACH STATEMENT"),
        ("_delete", "DELETE ON grant_balance FOR EACH ROW"),
        (
            "",
            f"UPDATE ON grant_balance FOR EACH ROW WHEN ({SAME_ACCOUNT.format(differs='IS DISTINCT FROM')})",
        ),
    ):
        op.execute(
            f"CREATE TRIGGER fixed_grant_balance{name} BEFORE {occasion} EXECUTE FUNCTION refuse_change()"
        )


def downgrade() -> None:
    """Back to what is granted. What has been asked for, paid and returned since is forgotten; where returned
    money has been granted anew, there is no way back, and the frame's own guard says so."""
    op.drop_index("ix_grant_balance_programme_id", table_name="grant_balance")
    op.drop_table("grant_balance")
    with _open_table("ledger_entry"):
        op.execute(f"DELETE FROM ledger_entry WHERE kind IN {NEW_KINDS!r}")  # noqa: S608 - our own names
        _hold("ledger_entry", LEDGER_NOW, LEDGER_BEFORE)
    with _open_table("frame_balance"):
        op.execute("UPDATE frame_balance SET returned = 0, available = frame - granted")
        _hold("frame_balance", FRAME_NOW, FRAME_BEFORE, dropped=SUMS)


@contextmanager
def _open_table(table: str) -> Iterator[None]:
    """The table without its guards, which stand again afterwards. SQLite forgets them with the old table."""
    connection = op.get_bind()
    if connection.dialect.name == "sqlite":
        found = sa.text("SELECT name, sql FROM sqlite_master WHERE type = 'trigger' AND tbl_name = :table")
        guards = connection.execute(found, {"table": table}).all()
        for guard in guards:
            op.execute(f"DROP TRIGGER {guard.name}")
        yield
        for guard in guards:
            op.execute(guard.sql)
        return
    op.execute(f"ALTER TABLE {table} DISABLE TRIGGER USER")
    yield
    op.execute(f"ALTER TABLE {table} ENABLE TRIGGER USER")


def _hold(
    table: str, before: Checks, now: Checks, *, added: Sequence[str] = (), dropped: Sequence[str] = ()
) -> None:
    """Let the table hold these checks instead of those, and these columns more or fewer."""
    new = [sa.Column(name, sa.BigInteger(), nullable=False, server_default="0") for name in added]
    with op.batch_alter_table(table) as batch:
        for name in before:
            batch.drop_constraint(op.f(f"ck_{table}_{name}"), type_="check")
        for column in new:
            batch.add_column(column)
        for name in dropped:
            batch.drop_column(name)
        for name, text in now.items():
            batch.create_check_constraint(op.f(f"ck_{table}_{name}"), sa.text(text))
    with op.batch_alter_table(table) as batch:
        for column in new:
            batch.alter_column(column.name, server_default=None)
