"""What becomes of the conditions of decisions: reports with proof, and what the secretariat said of them."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0022"
down_revision = "0021"
branch_labels = None
depends_on = None


FIXED = {
    "condition_report": ("condition_id", "number"),
    "condition_proof": (),
    "condition_assessment": ("report_id",),
}
"""Written once, each with its key beside the id, by which SQLite would find a row to replace."""

SETTLED = (
    "OLD.state = 'approved' OR (NEW.id, NEW.condition_id, NEW.project_id) {differs} "
    "(OLD.id, OLD.condition_id, OLD.project_id)"
)
"""When a change of where a condition stands is refused: it is met for good, and is no other's."""


def upgrade() -> None:
    """Add the tables, and guard them."""
    op.create_table(
        "condition_progress",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("condition_id", sa.Integer(), nullable=False),
        sa.Column("project_id", sa.Integer(), nullable=False),
        sa.Column("state", sa.String(length=20), nullable=False),
        sa.Column("state_since", sa.DateTime(timezone=True), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.CheckConstraint(
            "state in ('reported', 'returned', 'approved')", name=op.f("ck_condition_progress_state_known")
        ),
        sa.ForeignKeyConstraint(
            ["condition_id"],
            ["decision_condition.id"],
            name=op.f("fk_condition_progress_condition_id_decision_condition"),
            ondelete="RESTRICT",
        ),
        sa.ForeignKeyConstraint(
            ["project_id"],
            ["project.id"],
            name=op.f("fk_condition_progress_project_id_project"),
            ondelete="RESTRICT",
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_condition_progress")),
        sa.UniqueConstraint("condition_id", name=op.f("uq_condition_progress_condition_id")),
    )
    op.create_index("ix_condition_progress_project_id", "condition_progress", ["project_id"])
    op.create_index("ix_condition_progress_state", "condition_progress", ["state", "project_id"])
    op.create_table(
        "condition_report",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("project_id", sa.Integer(), nullable=False),
        sa.Column("condition_id", sa.Integer(), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("text", sa.Text(), nullable=False),
        sa.Column("met_on", sa.Date(), nullable=False),
        sa.Column("reported_by_id", sa.Integer(), nullable=False),
        sa.Column("reported_at", sa.DateTime(timezone=True), nullable=False),
        sa.CheckConstraint("number >= 1", name=op.f("ck_condition_report_number_positive")),
        sa.ForeignKeyConstraint(
            ["condition_id"],
            ["decision_condition.id"],
            name=op.f("fk_condition_report_condition_id_decision_condition"),
            ondelete="RESTRICT",
        ),
        sa.ForeignKeyConstraint(
            ["project_id"],
            ["project.id"],
            name=op.f("fk_condition_report_project_id_project"),
            ondelete="RESTRICT",
        ),
        sa.ForeignKeyConstraint(
            ["reported_by_id"],
            ["person.id"],
            name=op.f("fk_condition_report_reported_by_id_person"),
            ondelete="RESTRICT",
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_condition_report")),
        sa.UniqueConstraint("condition_id", "number", name=op.f("uq_condition_report_condition_id_number")),
    )
    op.create_index("ix_condition_report_project_id", "condition_report", ["project_id"])
    op.create_table(
        "condition_assessment",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("project_id", sa.Integer(), nullable=False),
        sa.Column("report_id", sa.Integer(), nullable=False),
        sa.Column("approved", sa.Boolean(), nullable=False),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.Column("assessed_by_id", sa.Integer(), nullable=False),
        sa.Column("assessed_at", sa.DateTime(timezone=True), nullable=False),
        sa.CheckConstraint(
            "approved or reason <> ''", name=op.f("ck_condition_assessment_return_has_reason")
        ),
        sa.ForeignKeyConstraint(
            ["assessed_by_id"],
            ["person.id"],
            name=op.f("fk_condition_assessment_assessed_by_id_person"),
            ondelete="RESTRICT",
        ),
        sa.ForeignKeyConstraint(
            ["project_id"],
            ["project.id"],
            name=op.f("fk_condition_assessment_project_id_project"),
            ondelete="RESTRICT",
        ),
        sa.ForeignKeyConstraint(
            ["report_id"],
            ["condition_report.id"],
            name=op.f("fk_condition_assessment_report_id_condition_report"),
            ondelete="RESTRICT",
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_condition_assessment")),
        sa.UniqueConstraint("report_id", name=op.f("uq_condition_assessment_report_id")),
    )
    op.create_index("ix_condition_assessment_project_id", "condition_assessment", ["project_id"])
    op.create_table(
        "condition_proof",
        sa.Column("project_id", sa.Integer(), nullable=False),
        sa.Column("report_id", sa.Integer(), nullable=False),
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("filename", sa.String(length=200), nullable=False),
        sa.Column("media_type", sa.String(length=120), nullable=False),
        sa.Column("size", sa.Integer(), nullable=False),
        sa.Column("sha256", sa.String(length=64), nullable=False),
        sa.CheckConstraint("size > 0", name=op.f("ck_condition_proof_not_empty")),
        sa.ForeignKeyConstraint(
            ["project_id"],
            ["project.id"],
            name=op.f("fk_condition_proof_project_id_project"),
            ondelete="RESTRICT",
        ),
        sa.ForeignKeyConstraint(
            ["report_id"],
            ["condition_report.id"],
            name=op.f("fk_condition_proof_report_id_condition_report"),
            ondelete="RESTRICT",
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_condition_proof")),
    )
    op.create_index("ix_condition_proof_project_id", "condition_proof", ["project_id"])
    op.create_index("ix_condition_proof_report_id", "condition_proof", ["report_id"])

    if op.get_bind().dialect.name == "sqlite":
        _guard_sqlite()
    else:
        _guard_postgresql()


def _guard_sqlite() -> None:
    for table, key in FIXED.items():
        _refuse(table, "update", "UPDATE")
        _refuse(table, "delete", "DELETE")
        _refuse(table, "replace", "INSERT", _is_there(table, *key))
    _refuse("condition_progress", "update", "UPDATE", SETTLED.format(differs="IS NOT"))
    _refuse("condition_progress", "delete", "DELETE")
    _refuse("condition_progress", "replace", "INSERT", _is_there("condition_progress", "condition_id"))


def _is_there(table: str, *key: str) -> str:
    same = "id = NEW.id"
    if key:
        same += " OR (" + " AND ".join(f"{column} = NEW.{column}" for column in key) + ")"
    return f"EXISTS (SELECT 1 FROM {table} WHERE {same})"  # noqa: S608 - our own names


def _refuse(table: str, name: str, verb: str, when: str | None = None) -> None:
    op.execute(
        f"CREATE TRIGGER fixed_{table}_{name} BEFORE {verb} ON {table} {f'WHEN {when}' if when else ''} "
        f"BEGIN SELECT RAISE(ABORT, '{table} is fixed once written'); END"
    )


def _guard_postgresql() -> None:
    for table in (*FIXED, "condition_progress"):
        _refuse_by_function(f"fixed_{table}_truncate", f"TRUNCATE ON {table} FOR EACH STATEMENT")
    for table in FIXED:
        _refuse_by_function(f"fixed_{table}", f"UPDATE OR DELETE ON {table} FOR EACH ROW")
    _refuse_by_function("fixed_condition_progress_delete", "DELETE ON condition_progress FOR EACH ROW")
    settled = SETTLED.format(differs="IS DISTINCT FROM")
    _refuse_by_function(
        "fixed_condition_progress", f"UPDATE ON condition_progress FOR EACH ROW WHEN ({settled})"
    )


def _refuse_by_function(name: str, occasion: str) -> None:
    op.execute(f"CREATE TRIGGER {name} BEFORE {occasion} EXECUTE FUNCTION refuse_change()")


def downgrade() -> None:
    """Take them away again, and with them their guards."""
    op.drop_index("ix_condition_proof_report_id", table_name="condition_proof")
    op.drop_index("ix_condition_proof_project_id", table_name="condition_proof")
    op.drop_table("condition_proof")
    op.drop_index("ix_condition_assessment_project_id", table_name="condition_assessment")
    op.drop_table("condition_assessment")
    op.drop_index("ix_condition_report_project_id", table_name="condition_report")
    op.drop_table("condition_report")
    op.drop_index("ix_condition_progress_state", table_name="condition_progress")
    op.drop_index("ix_condition_progress_project_id", table_name="condition_progress")
    op.drop_table("condition_progress")
