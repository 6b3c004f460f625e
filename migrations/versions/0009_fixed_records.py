"""What is decided cannot change: triggers refuse it, whoever asks."""

from __future__ import annotations

from alembic import op

revision = "0009"
down_revision = "0008"
branch_labels = None
depends_on = None

FIXED = (
    "history_event",
    "ledger_entry",
    "application_version",
    "opinion",
    "decision",
    "decision_amount",
    "decision_condition",
)


def upgrade() -> None:
    """Add triggers for changing, removing and replacing to each fixed table."""
    if op.get_bind().dialect.name == "sqlite":
        for table in FIXED:
            for verb in ("UPDATE", "DELETE"):
                op.execute(
                    f"CREATE TRIGGER fixed_{table}_{verb.lower()} BEFORE {verb} ON {table} "
                    f"BEGIN SELECT RAISE(ABORT, '{table} is fixed once written'); END"
                )
            # SQLite's INSERT OR REPLACE removes the row that it replaces without asking the trigger above.
            op.execute(
                f"CREATE TRIGGER fixed_{table}_replace BEFORE INSERT ON {table} "  # noqa: S608 - our own names
                f"WHEN EXISTS (SELECT 1 FROM {table} WHERE id = NEW.id) "
                f"BEGIN SELECT RAISE(ABORT, '{table} is fixed once written'); END"
            )
        return
    op.execute(
        "CREATE FUNCTION refuse_change() RETURNS trigger LANGUAGE plpgsql AS "
        "$$ BEGIN RAISE EXCEPTION '% is fixed once written', TG_TABLE_NAME; END $$"
    )
    for table in FIXED:
        op.execute(
            f"CREATE TRIGGER fixed_{table} BEFORE UPDATE OR DELETE ON {table} "
            "FOR EACH ROW EXECUTE FUNCTION refuse_change()"
        )


def downgrade() -> None:
    """Take the triggers away."""
    if op.get_bind().dialect.name == "sqlite":
        for table in FIXED:
            for verb in ("update", "delete", "replace"):
                op.execute(f"DROP TRIGGER fixed_{table}_{verb}")
        return
    for table in FIXED:
        op.execute(f"DROP TRIGGER fixed_{table} ON {table}")
    op.execute("DROP FUNCTION refuse_change()")
