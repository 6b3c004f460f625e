"""Requests to change a decided project; baselines that follow from them."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

from migrations.guards import fix_table, free_table

revision = "0037"
down_revision = "0036"
branch_labels = None
depends_on = None

FORGETS = {"baseline": ("decision_id", (None,))}
"""Baselines that a decided request made: before, there was nothing that could have made them."""


def _own(table: str) -> list[sa.schema.SchemaItem]:
    return [
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("project_id", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f(f"pk_{table}")),
        _to(table, "project_id", "project"),
    ]


def _to(table: str, column: str, other: str) -> sa.ForeignKeyConstraint:
    return sa.ForeignKeyConstraint(
        [column], [f"{other}.id"], name=op.f(f"fk_{table}_{column}_{other}"), ondelete="RESTRICT"
    )


def upgrade() -> None:
    """Add the tables."""
    op.create_table(
        "change_request",
        *_own("change_request"),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("state", sa.String(length=20), nullable=False),
        sa.Column("state_since", sa.DateTime(timezone=True), nullable=False),
        sa.Column("wanted", sa.JSON(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.CheckConstraint("number >= 1", name=op.f("ck_change_request_number_positive")),
        sa.CheckConstraint(
            "state in ('draft', 'sent', 'questioned', 'withdrawn', 'decided')",
            name=op.f("ck_change_request_state_known"),
        ),
        sa.UniqueConstraint("project_id", "number", name=op.f("uq_change_request_project_id_number")),
    )
    op.create_index("ix_change_request_state", "change_request", ["state", "state_since"])
    op.create_table(
        "change_version",
        *_own("change_version"),
        sa.Column("request_id", sa.Integer(), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("content", sa.JSON(), nullable=False),
        sa.Column("content_sha256", sa.String(length=64), nullable=False),
        sa.Column("sent_by_id", sa.Integer(), nullable=False),
        sa.Column("sent_at", sa.DateTime(timezone=True), nullable=False),
        sa.CheckConstraint("number >= 1", name=op.f("ck_change_version_number_positive")),
        _to("change_version", "request_id", "change_request"),
        _to("change_version", "sent_by_id", "person"),
        sa.UniqueConstraint("request_id", "number", name=op.f("uq_change_version_request_id_number")),
    )
    op.create_table(
        "change_remark",
        *_own("change_remark"),
        sa.Column("request_id", sa.Integer(), nullable=False),
        sa.Column("kind", sa.String(length=20), nullable=False),
        sa.Column("text", sa.Text(), nullable=False),
        sa.Column("written_by_id", sa.Integer(), nullable=False),
        sa.Column("written_at", sa.DateTime(timezone=True), nullable=False),
        sa.CheckConstraint("kind in ('question', 'answer')", name=op.f("ck_change_remark_kind_known")),
        _to("change_remark", "request_id", "change_request"),
        _to("change_remark", "written_by_id", "person"),
    )
    op.create_index(op.f("ix_change_remark_request_id"), "change_remark", ["request_id"])
    _add_decisions()
    for table in ("change_version", "change_remark", "change_decision"):
        op.create_index(op.f(f"ix_{table}_project_id"), table, ["project_id"])
    _let_requests_make_baselines()
    fix_table("change_version", ("request_id", "number"))
    fix_table("change_remark")
    fix_table("change_decision", ("request_id",))


def _add_decisions() -> None:
    op.create_table(
        "change_decision",
        *_own("change_decision"),
        sa.Column("request_id", sa.Integer(), nullable=False),
        sa.Column("version_id", sa.Integer(), nullable=False),
        sa.Column("kind", sa.String(length=20), nullable=False),
        sa.Column("decided_on", sa.Date(), nullable=False),
        sa.Column("delegation_id", sa.Integer(), nullable=False),
        sa.Column("decider", sa.String(length=160), nullable=False),
        sa.Column("limit_amount", sa.BigInteger(), nullable=True),
        sa.Column("amount", sa.BigInteger(), nullable=False),
        sa.Column("granted", sa.JSON(), nullable=False),
        sa.Column("reasons", sa.Text(), nullable=False),
        sa.Column("reference", sa.String(length=200), nullable=False),
        sa.Column("baseline_id", sa.Integer(), nullable=True),
        sa.Column("registered_by_id", sa.Integer(), nullable=False),
        sa.Column("registered_at", sa.DateTime(timezone=True), nullable=False),
        sa.CheckConstraint(
            "kind in ('approve', 'approve_in_part', 'reject')", name=op.f("ck_change_decision_kind_known")
        ),
        sa.CheckConstraint(
            "amount >= 0 and (kind <> 'reject' or amount = 0)",
            name=op.f("ck_change_decision_money_only_when_approved"),
        ),
        sa.CheckConstraint(
            "kind <> 'reject' or baseline_id is null",
            name=op.f("ck_change_decision_plan_changed_only_when_approved"),
        ),
        _to("change_decision", "request_id", "change_request"),
        _to("change_decision", "version_id", "change_version"),
        _to("change_decision", "delegation_id", "delegation_limit"),
        _to("change_decision", "baseline_id", "baseline"),
        _to("change_decision", "registered_by_id", "person"),
        sa.UniqueConstraint("request_id", name=op.f("uq_change_decision_request_id")),
    )


def _let_requests_make_baselines() -> None:
    free_table("baseline")
    with op.batch_alter_table("baseline") as table:
        table.add_column(sa.Column("change_number", sa.Integer()))
        table.alter_column("decision_id", existing_type=sa.Integer(), nullable=True)
        table.create_check_constraint(
            op.f("ck_baseline_made_by_one_decision"), "(decision_id is null) <> (change_number is null)"
        )
    fix_table("baseline", ("project_id", "number"))


def downgrade() -> None:
    """Take them away again, with the baselines that only they explain."""
    for table in ("change_decision", "change_remark", "change_version"):
        free_table(table)
        op.drop_table(table)
    op.drop_table("change_request")
    free_table("baseline")
    op.execute("DELETE FROM baseline WHERE decision_id IS NULL")
    with op.batch_alter_table("baseline") as rows:
        rows.drop_constraint(op.f("ck_baseline_made_by_one_decision"), type_="check")
        rows.alter_column("decision_id", existing_type=sa.Integer(), nullable=False)
        rows.drop_column("change_number")
    fix_table("baseline", ("project_id", "number"))
