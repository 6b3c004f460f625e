"""Tables whose rows nobody may change or remove once they are written: triggers, on both databases."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import contextmanager

from alembic import op
from sqlalchemy import text


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


def fix_closed(table: str, key: Sequence[str] = ()) -> None:
    """Refuse that rows are removed, that they go to another project, and every change of those that are
    closed (they have a `closed_on`). `key`: as in `fix_table`."""
    settled = "OLD.closed_on IS NOT NULL OR NEW.id <> OLD.id OR NEW.project_id <> OLD.project_id"
    if op.get_bind().dialect.name != "sqlite":
        for name, occasion in (
            ("", f"UPDATE ON {table} FOR EACH ROW WHEN ({settled})"),
            ("_delete", f"DELETE ON {table} FOR EACH ROW"),
            ("_truncate", f"TRUNCATE ON {table} FOR EACH STATEMENT"),
        ):
            op.execute(
                f"CREATE TRIGGER fixed_{table}{name} BEFORE {occasion} EXECUTE FUNCTION refuse_change()"
            )
        return
    same = " OR ".join(f"{column} = NEW.{column}" for column in ("id", *key))
    there = f"EXISTS (SELECT 1 FROM {table} WHERE {same})"  # noqa: S608 - our own names
    for name, occasion in (
        ("update", f"UPDATE ON {table} WHEN {settled}"),
        ("delete", f"DELETE ON {table}"),
        ("replace", f"INSERT ON {table} WHEN {there}"),
    ):
        op.execute(
            f"CREATE TRIGGER fixed_{table}_{name} BEFORE {occasion} "
            f"BEGIN SELECT RAISE(ABORT, '{table} is fixed once written'); END"
        )


def free_closed(table: str) -> None:
    """Take the triggers away again."""
    if op.get_bind().dialect.name == "sqlite":
        for name in ("update", "delete", "replace"):
            op.execute(f"DROP TRIGGER fixed_{table}_{name}")
    else:
        for name in ("", "_delete", "_truncate"):
            op.execute(f"DROP TRIGGER fixed_{table}{name} ON {table}")


@contextmanager
def without_guards(table: str) -> Iterator[None]:
    """The table without its triggers, which stand again afterwards: SQLite forgets them when a table is made
    anew, and a row that is forgotten by a step down is removed."""
    connection = op.get_bind()
    if connection.dialect.name != "sqlite":
        op.execute(f"ALTER TABLE {table} DISABLE TRIGGER USER")
        yield
        op.execute(f"ALTER TABLE {table} ENABLE TRIGGER USER")
        return
    found = text("SELECT name, sql FROM sqlite_master WHERE type = 'trigger' AND tbl_name = :table")
    guards = connection.execute(found, {"table": table}).all()
    for guard in guards:
        op.execute(f"DROP TRIGGER {guard.name}")
    yield
    for guard in guards:
        op.execute(guard.sql)
