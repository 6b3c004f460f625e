"""Risks and issues of running projects; what is closed is fixed."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

from migrations.guards import fix_closed, free_closed

revision = "0032"
down_revision = "0031"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Add the tables."""
    op.create_table(
        "risk",
        sa.Column("probability", sa.Integer(), nullable=False),
        sa.Column("outcome", sa.String(length=20), nullable=True),
        sa.Column("note", sa.Text(), nullable=False),
        *_followed("risk"),
        sa.CheckConstraint("probability between 1 and 5", name=op.f("ck_risk_probability_on_scale")),
        sa.CheckConstraint(
            "outcome is null or outcome in ('happened', 'did_not_happen', 'handled')",
            name=op.f("ck_risk_outcome_known"),
        ),
        sa.CheckConstraint(
            "(outcome is null) = (closed_on is null)", name=op.f("ck_risk_closed_with_outcome")
        ),
    )
    op.create_table(
        "issue",
        sa.Column("risk_id", sa.Integer(), nullable=True),
        sa.Column("solution", sa.Text(), nullable=False),
        *_followed("issue"),
        sa.CheckConstraint(
            "(solution = '') = (closed_on is null)", name=op.f("ck_issue_closed_with_solution")
        ),
        sa.ForeignKeyConstraint(
            ["risk_id"], ["risk.id"], name=op.f("fk_issue_risk_id_risk"), ondelete="RESTRICT"
        ),
        sa.UniqueConstraint("risk_id", name=op.f("uq_issue_risk_id")),
    )
    for table in ("risk", "issue"):
        op.create_index(f"ix_{table}_project_id", table, ["project_id", "closed_on"])
        op.create_index(f"ix_{table}_due_on", table, ["closed_on", "due_on"])
    fix_closed("risk")
    fix_closed("issue", ("risk_id",))


def _followed(table: str) -> list[sa.schema.SchemaItem]:
    return [
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("project_id", sa.Integer(), nullable=False),
        sa.Column("text", sa.Text(), nullable=False),
        sa.Column("consequence", sa.Integer(), nullable=False),
        sa.Column("action", sa.Text(), nullable=False),
        sa.Column("owner", sa.String(length=200), nullable=False),
        sa.Column("due_on", sa.Date(), nullable=True),
        sa.Column("registered_on", sa.Date(), nullable=False),
        sa.Column("closed_on", sa.Date(), nullable=True),
        sa.CheckConstraint("consequence between 1 and 5", name=op.f(f"ck_{table}_consequence_on_scale")),
        sa.ForeignKeyConstraint(
            ["project_id"], ["project.id"], name=op.f(f"fk_{table}_project_id_project"), ondelete="RESTRICT"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f(f"pk_{table}")),
    ]


def downgrade() -> None:
    """Take them away again."""
    for table in ("issue", "risk"):
        free_closed(table)
        op.drop_index(f"ix_{table}_due_on", table_name=table)
        op.drop_index(f"ix_{table}_project_id", table_name=table)
        op.drop_table(table)
