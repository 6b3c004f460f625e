"""What interrupted projects leave: the decision, results, contracts, benefits that will not come."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

from migrations.guards import fix_table, free_table

revision = "0038"
down_revision = "0037"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Add the tables."""
    op.create_table(
        "termination",
        *_of_a_project("termination"),
        sa.Column("decided_on", sa.Date(), nullable=False),
        sa.Column("decided_by", sa.String(length=200), nullable=False),
        sa.Column("reasons", sa.Text(), nullable=False),
        sa.Column("reference", sa.String(length=200), nullable=False),
        sa.Column("begun_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("begun_by_id", sa.Integer(), nullable=False),
        sa.CheckConstraint(
            "decided_by <> '' and reasons <> ''", name=op.f("ck_termination_says_who_and_why")
        ),
        sa.ForeignKeyConstraint(
            ["begun_by_id"],
            ["person.id"],
            name=op.f("fk_termination_begun_by_id_person"),
            ondelete="RESTRICT",
        ),
        sa.UniqueConstraint("project_id", name=op.f("uq_termination_project_id")),
    )
    op.create_table(
        "termination_account",
        *_of_a_project("termination_account"),
        sa.Column("delivered", sa.Text(), nullable=False),
        sa.Column("spent", sa.Text(), nullable=False),
        sa.Column("nothing_reusable", sa.Boolean(), nullable=False),
        sa.Column("no_contracts", sa.Boolean(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.UniqueConstraint("project_id", name=op.f("uq_termination_account_project_id")),
    )
    op.create_table(
        "reusable_result",
        *_of_a_project("reusable_result"),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("result", sa.String(length=200), nullable=False),
        sa.Column("useful_to", sa.String(length=200), nullable=False),
        sa.Column("place", sa.String(length=400), nullable=False),
    )
    op.create_table(
        "contract_to_end",
        *_of_a_project("contract_to_end"),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("supplier", sa.String(length=200), nullable=False),
        sa.Column("reference", sa.String(length=200), nullable=False),
        sa.Column("status", sa.String(length=20), nullable=False),
        sa.Column("notice_by", sa.Date(), nullable=True),
        sa.Column("ends_on", sa.Date(), nullable=True),
        sa.Column("cost", sa.BigInteger(), nullable=False),
        sa.Column("taken_over_by", sa.String(length=200), nullable=False),
        sa.CheckConstraint(
            "status in ('open', 'notice_given', 'ended', 'taken_over')",
            name=op.f("ck_contract_to_end_status_known"),
        ),
        sa.CheckConstraint(
            "status not in ('notice_given', 'ended') or ends_on is not null",
            name=op.f("ck_contract_to_end_has_its_end"),
        ),
        sa.CheckConstraint(
            "(status = 'taken_over') = (taken_over_by <> '')",
            name=op.f("ck_contract_to_end_taken_over_by_somebody"),
        ),
        sa.CheckConstraint("cost >= 0", name=op.f("ck_contract_to_end_cost_not_negative")),
    )
    op.create_table(
        "benefit_outcome",
        *_of_a_project("benefit_outcome"),
        sa.Column("benefit_line_id", sa.Integer(), nullable=False),
        sa.Column("fate", sa.String(length=20), nullable=False),
        sa.Column("share", sa.BigInteger(), nullable=True),
        sa.Column("owner", sa.String(length=200), nullable=False),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.CheckConstraint("fate in ('written_off', 'partly')", name=op.f("ck_benefit_outcome_fate_known")),
        sa.CheckConstraint(
            "share is null or (fate = 'partly' and share > 0 and share < 1000000)",
            name=op.f("ck_benefit_outcome_share_of_what_comes"),
        ),
        sa.CheckConstraint(
            "(fate = 'partly') = (owner <> '')", name=op.f("ck_benefit_outcome_owned_by_somebody")
        ),
        sa.CheckConstraint("reason <> ''", name=op.f("ck_benefit_outcome_has_its_reason")),
        sa.ForeignKeyConstraint(
            ["benefit_line_id"],
            ["benefit_line.id"],
            name=op.f("fk_benefit_outcome_benefit_line_id_benefit_line"),
            ondelete="RESTRICT",
        ),
        sa.UniqueConstraint(
            "project_id", "benefit_line_id", name=op.f("uq_benefit_outcome_project_id_benefit_line_id")
        ),
    )
    for table in ("reusable_result", "contract_to_end"):
        op.create_index(f"ix_{table}_project_id", table, ["project_id"])
    fix_table("termination", ("project_id",))


def _of_a_project(table: str) -> list[sa.schema.SchemaItem]:
    return [
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("project_id", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["project_id"], ["project.id"], name=op.f(f"fk_{table}_project_id_project"), ondelete="RESTRICT"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f(f"pk_{table}")),
    ]


def downgrade() -> None:
    """Take them away again."""
    op.drop_table("benefit_outcome")
    for table in ("contract_to_end", "reusable_result"):
        op.drop_index(f"ix_{table}_project_id", table_name=table)
        op.drop_table(table)
    op.drop_table("termination_account")
    free_table("termination")
    op.drop_table("termination")
