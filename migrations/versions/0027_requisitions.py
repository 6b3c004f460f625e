"""Requisitions of granted money: as they stand, as they were sent, and their files."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0027"
down_revision = "0026"
branch_labels = None
depends_on = None

FIXED = {
    "requisition_version": ("requisition_id", "number"),
    "requisition_file": (),
}
"""Written once, each with its key beside the id, by which SQLite would find a row to replace."""

SETTLED = (
    "OLD.state IN ('paid', 'withdrawn') OR (NEW.id, NEW.project_id, NEW.number) {differs} "
    "(OLD.id, OLD.project_id, OLD.number)"
)
"""When a change of a requisition is refused: it is settled for good, and is no other's."""


def upgrade() -> None:
    """Add the tables, and guard them."""
    op.create_table(
        "requisition",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("project_id", sa.Integer(), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("department_id", sa.Integer(), nullable=False),
        sa.Column("year", sa.Integer(), nullable=False),
        sa.Column("amount", sa.BigInteger(), nullable=False),
        sa.Column("state", sa.String(length=20), nullable=False),
        sa.Column("state_since", sa.DateTime(timezone=True), nullable=False),
        sa.Column("return_reason", sa.Text(), nullable=False),
        sa.Column("checked_by_id", sa.Integer(), nullable=True),
        sa.Column("checked_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("paid_by_id", sa.Integer(), nullable=True),
        sa.Column("paid_on", sa.Date(), nullable=True),
        sa.Column("payment_reference", sa.String(length=200), nullable=False),
        sa.Column("payment_id", sa.Integer(), nullable=True),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.CheckConstraint(
            "(state = 'paid') = (payment_id is not null) and (payment_id is null) = (paid_by_id is null)"
            " and (payment_id is null) = (paid_on is null)",
            name=op.f("ck_requisition_paid_in_the_ledger"),
        ),
        sa.CheckConstraint(
            "(state in ('checked', 'paid')) = (checked_by_id is not null)"
            " and (checked_by_id is null) = (checked_at is null)",
            name=op.f("ck_requisition_checked_by_somebody"),
        ),
        sa.CheckConstraint(
            "state in ('sent', 'returned', 'checked', 'paid', 'withdrawn')",
            name=op.f("ck_requisition_state_known"),
        ),
        sa.CheckConstraint("amount > 0", name=op.f("ck_requisition_positive")),
        sa.CheckConstraint("number >= 1", name=op.f("ck_requisition_number_positive")),
        sa.CheckConstraint(
            "paid_by_id is null or paid_by_id <> checked_by_id", name=op.f("ck_requisition_four_eyes")
        ),
        _reference("requisition", "checked_by_id", "person"),
        _reference("requisition", "department_id", "department"),
        _reference("requisition", "paid_by_id", "person"),
        _reference("requisition", "payment_id", "ledger_entry"),
        _reference("requisition", "project_id", "project"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_requisition")),
        sa.UniqueConstraint("payment_id", name=op.f("uq_requisition_payment_id")),
        sa.UniqueConstraint("project_id", "number", name=op.f("uq_requisition_project_id_number")),
    )
    op.create_index("ix_requisition_state", "requisition", ["state", "state_since"])
    op.create_table(
        "requisition_version",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("project_id", sa.Integer(), nullable=False),
        sa.Column("requisition_id", sa.Integer(), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("department_id", sa.Integer(), nullable=False),
        sa.Column("year", sa.Integer(), nullable=False),
        sa.Column("amount", sa.BigInteger(), nullable=False),
        sa.Column("covers", sa.Text(), nullable=False),
        sa.Column("sent_by_id", sa.Integer(), nullable=False),
        sa.Column("sent_at", sa.DateTime(timezone=True), nullable=False),
        sa.CheckConstraint("amount > 0", name=op.f("ck_requisition_version_positive")),
        sa.CheckConstraint("number >= 1", name=op.f("ck_requisition_version_number_positive")),
        _reference("requisition_version", "department_id", "department"),
        _reference("requisition_version", "project_id", "project"),
        _reference("requisition_version", "requisition_id", "requisition"),
        _reference("requisition_version", "sent_by_id", "person"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_requisition_version")),
        sa.UniqueConstraint(
            "requisition_id", "number", name=op.f("uq_requisition_version_requisition_id_number")
        ),
    )
    op.create_index("ix_requisition_version_project_id", "requisition_version", ["project_id"])
    op.create_table(
        "requisition_file",
        sa.Column("project_id", sa.Integer(), nullable=False),
        sa.Column("version_id", sa.Integer(), nullable=False),
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("filename", sa.String(length=200), nullable=False),
        sa.Column("media_type", sa.String(length=120), nullable=False),
        sa.Column("size", sa.Integer(), nullable=False),
        sa.Column("sha256", sa.String(length=64), nullable=False),
        sa.CheckConstraint("size > 0", name=op.f("ck_requisition_file_not_empty")),
        _reference("requisition_file", "project_id", "project"),
        _reference("requisition_file", "version_id", "requisition_version"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_requisition_file")),
    )
    op.create_index("ix_requisition_file_project_id", "requisition_file", ["project_id"])
    op.create_index("ix_requisition_file_version_id", "requisition_file", ["version_id"])
    if op.get_bind().dialect.name == "sqlite":
        _guard_sqlite()
    else:
        _guard_postgresql()


def _reference(table: str, column: str, other: str) -> sa.ForeignKeyConstraint:
    name = op.f(f"fk_{table}_{column}_{other}")
    return sa.ForeignKeyConstraint([column], [f"{other}.id"], name=name, ondelete="RESTRICT")


def _guard_sqlite() -> None:
    for table, key in FIXED.items():
        _refuse(table, "update", "UPDATE")
        _refuse(table, "delete", "DELETE")
        _refuse(table, "replace", "INSERT", _is_there(table, *key))
    _refuse("requisition", "update", "UPDATE", SETTLED.format(differs="IS NOT"))
    _refuse("requisition", "delete", "DELETE")
    there = f"{_is_there('requisition', 'project_id', 'number')} OR {_is_paid()}"
    _refuse("requisition", "replace", "INSERT", there)


def _is_there(table: str, *key: str) -> str:
    same = "id = NEW.id"
    if key:
        same += " OR (" + " AND ".join(f"{column} = NEW.{column}" for column in key) + ")"
    return f"EXISTS (SELECT 1 FROM {table} WHERE {same})"  # noqa: S608 - our own names


def _is_paid() -> str:
    return "EXISTS (SELECT 1 FROM requisition WHERE payment_id = NEW.payment_id)"


def _refuse(table: str, name: str, verb: str, when: str | None = None) -> None:
    op.execute(
        f"CREATE TRIGGER fixed_{table}_{name} BEFORE {verb} ON {table} {f'WHEN {when}' if when else ''} "
        f"BEGIN SELECT RAISE(ABORT, '{table} is fixed once written'); END"
    )


def _guard_postgresql() -> None:
    for table in (*FIXED, "requisition"):
        _refuse_by_function(f"fixed_{table}_truncate", f"TRUNCATE ON {table} FOR EACH STATEMENT")
    for table in FIXED:
        _refuse_by_function(f"fixed_{table}", f"UPDATE OR DELETE ON {table} FOR EACH ROW")
    _refuse_by_function("fixed_requisition_delete", "DELETE ON requisition FOR EACH ROW")
    settled = SETTLED.format(differs="IS DISTINCT FROM")
    _refuse_by_function("fixed_requisition", f"UPDATE ON requisition FOR EACH ROW WHEN ({settled})")


def _refuse_by_function(name: str, occasion: str) -> None:
    op.execute(f"CREATE TRIGGER {name} BEFORE {occasion} EXECUTE FUNCTION refuse_change()")


def downgrade() -> None:
    """Take them away again, and with them their guards."""
    op.drop_index("ix_requisition_file_version_id", table_name="requisition_file")
    op.drop_index("ix_requisition_file_project_id", table_name="requisition_file")
    op.drop_table("requisition_file")
    op.drop_index("ix_requisition_version_project_id", table_name="requisition_version")
    op.drop_table("requisition_version")
    op.drop_index("ix_requisition_state", table_name="requisition")
    op.drop_table("requisition")
