"""Tables whose rows nobody may change or remove once they are written: triggers, on both databases."""

from __future__ import annotations

from collections.abc import Sequence

from alembic import op


def fix_table(table: str, key: Sequence[str] = ()) -> None:
    """Refuse every change of the table's rows. `key` are the columns of its unique key beside the id, by which
    SQLite would find a row to replace."""
    if op.get_bind().dialect.name != "sqlite":
        op.execute(
            f"CREATE TRIGGER fixed_{table} BEFORE UPDATE OR DELETE ON {table} "
            "FOR EACH ROW EXECUTE FUNCTION refuse_change()"
        )
        op.execute(
            f"CREATE TRIGGER fixed_{table}_truncate BEFORE TRUNCATE ON {table} "
            "FOR EACH STATEMENT EXECUTE FUNCTION refuse_change()"
        )
        return
    same = "id = NEW.id"
    if key:
        same += " OR (" + " AND ".join(f"{column} = NEW.{column}" for column in key) + ")"
    there = f"EXISTS (SELECT 1 FROM {table} WHERE {same})"  # noqa: S608 - our own names
    for name, occasion in (
        ("update", "UPDATE ON {0}"), ("delete", "DELETE ON {0}"), ("replace", "INSERT ON {0} WHEN " + there)
    ):  # fmt: skip
        op.execute(
            f"CREATE TRIGGER fixed_{table}_{name} BEFORE {occasion.format(table)} "
            f"BEGIN SELECT RAISE(ABORT, '{table} is fixed once written'); END"
        )


def free_table(table: str) -> None:
    """Take the triggers away again."""
    if op.get_bind().dialect.name == "sqlite":
        for name in ("update", "delete", "replace"):
            op.execute(f"DROP TRIGGER fixed_{table}_{name}")
    else:
        for name in ("", "_truncate"):
            op.execute(f"DROP TRIGGER fixed_{table}{name} ON {table}")
