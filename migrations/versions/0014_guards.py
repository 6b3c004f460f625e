"""Guard what is decided against every way around: emptied tables, replaced rows, and what a record contains."""

from __future__ import annotations

from alembic import op

revision = "0014"
down_revision = "0013"
branch_labels = None
depends_on = None

FIXED = (
    "history_event", "ledger_entry", "application_version", "opinion",
    "decision", "decision_amount", "decision_condition",
)  # fmt: skip
"""Fixed since 0009."""

NEWLY_FIXED = ("meeting_pack", "meeting_pack_item")
"""What a meeting was given to treat: made once."""

KEPT = ("attachment", "frame_balance", "history_head")
"""Rows that stay, and of which only something may change, and only in one direction."""

ONLY = {
    # An attachment can be taken out of the application, once. What was submitted with it keeps it as it was.
    "attachment": "OLD.removed_at IS NOT NULL OR (NEW.id, NEW.project_id, NEW.filename, NEW.description, "
    "NEW.media_type, NEW.size, NEW.sha256, NEW.added_at, NEW.added_by_id) {differs} (OLD.id, OLD.project_id, "
    "OLD.filename, OLD.description, OLD.media_type, OLD.size, OLD.sha256, OLD.added_at, OLD.added_by_id)",
    # The history goes on.
    "history_head": "NEW.last_event_id <= OLD.last_event_id",
}
"""When a change of a kept row is refused."""

UNIQUE = {
    "application_version": ("project_id", "number"),
    "decision_amount": ("decision_id", "department_id", "year"),
    "history_event": ("hash",),
    "meeting_pack_item": ("pack_id", "project_id"),
}
"""Keys beside the id, by which SQLite would find a row to replace."""


def upgrade() -> None:
    """Add the triggers, and let no two events follow the same one."""
    op.create_index("uq_history_event_previous_hash", "history_event", ["previous_hash"], unique=True)
    if op.get_bind().dialect.name == "sqlite":
        _guard_sqlite()
    else:
        _guard_postgresql()


def _guard_sqlite() -> None:
    for table in UNIQUE.keys() & set(FIXED):
        op.execute(f"DROP TRIGGER fixed_{table}_replace")
    for table in sorted(UNIQUE.keys() & set(FIXED)):
        _refuse_on_sqlite(table, "replace", "INSERT", _is_there(table, *UNIQUE[table]))
    for table in NEWLY_FIXED:
        _refuse_on_sqlite(table, "update", "UPDATE")
    for table, when in ONLY.items():
        _refuse_on_sqlite(table, "update", "UPDATE", when.format(differs="IS NOT"))
    for table in (*NEWLY_FIXED, *KEPT):
        _refuse_on_sqlite(table, "delete", "DELETE")
        _refuse_on_sqlite(table, "replace", "INSERT", _is_there(table, *UNIQUE.get(table, ())))


def _is_there(table: str, *key: str) -> str:
    own = "programme_id" if table == "frame_balance" else "id"
    same = f"{own} = NEW.{own}"
    if key:
        same += " OR (" + " AND ".join(f"{column} = NEW.{column}" for column in key) + ")"
    return f"EXISTS (SELECT 1 FROM {table} WHERE {same})"  # noqa: S608 - our own names


def _refuse_on_sqlite(table: str, name: str, verb: str, when: str | None = None) -> None:
    op.execute(
        f"CREATE TRIGGER fixed_{table}_{name} BEFORE {verb} ON {table} {f'WHEN {when}' if when else ''} "
        f"BEGIN SELECT RAISE(ABORT, '{table} is fixed once written'); END"
    )


def _guard_postgresql() -> None:
    for table in (*FIXED, *NEWLY_FIXED, *KEPT):
        _refuse_on_postgresql(f"fixed_{table}_truncate", f"TRUNCATE ON {table} FOR EACH STATEMENT")
    for table in NEWLY_FIXED:
        _refuse_on_postgresql(f"fixed_{table}", f"UPDATE OR DELETE ON {table} FOR EACH ROW")
    for table in KEPT:
        _refuse_on_postgresql(f"fixed_{table}_delete", f"DELETE ON {table} FOR EACH ROW")
    for table, when in ONLY.items():
        differs = when.format(differs="IS DISTINCT FROM")
        _refuse_on_postgresql(f"fixed_{table}", f"UPDATE ON {table} FOR EACH ROW WHEN ({differs})")


def _refuse_on_postgresql(name: str, occasion: str) -> None:
    op.execute(f"CREATE TRIGGER {name} BEFORE {occasion} EXECUTE FUNCTION refuse_change()")


def downgrade() -> None:
    """Take them away again."""
    if op.get_bind().dialect.name == "sqlite":
        _free_sqlite()
    else:
        _free_postgresql()
    op.drop_index("uq_history_event_previous_hash", table_name="history_event")


def _free_sqlite() -> None:
    for table in (*NEWLY_FIXED, *ONLY):
        op.execute(f"DROP TRIGGER fixed_{table}_update")
    for table in (*NEWLY_FIXED, *KEPT):
        op.execute(f"DROP TRIGGER fixed_{table}_delete")
        op.execute(f"DROP TRIGGER fixed_{table}_replace")
    for table in sorted(UNIQUE.keys() & set(FIXED)):
        op.execute(f"DROP TRIGGER fixed_{table}_replace")
        op.execute(
            f"CREATE TRIGGER fixed_{table}_replace BEFORE INSERT ON {table} "
            f"WHEN {_is_there(table)} "
            f"BEGIN SELECT RAISE(ABORT, '{table} is fixed once written'); END"
        )


def _free_postgresql() -> None:
    for table in (*FIXED, *NEWLY_FIXED, *KEPT):
        op.execute(f"DROP TRIGGER fixed_{table}_truncate ON {table}")
    for table in (*NEWLY_FIXED, *ONLY):
        op.execute(f"DROP TRIGGER fixed_{table} ON {table}")
    for table in KEPT:
        op.execute(f"DROP TRIGGER fixed_{table}_delete ON {table}")
