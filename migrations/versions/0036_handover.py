"""What remains when a project ends, and who has taken it over."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

from migrations.guards import fix_closed, fix_table, free_closed, free_table

revision = "0036"
down_revision = "0035"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Add the tables."""
    _rest_item()
    op.create_table(
        "rest_answer",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("project_id", sa.Integer(), nullable=False),
        sa.Column("item_id", sa.Integer(), nullable=False),
        sa.Column("answer", sa.String(length=20), nullable=False),
        sa.Column("words", sa.Text(), nullable=False),
        sa.Column("text", sa.Text(), nullable=False),
        sa.Column("department", sa.String(length=120), nullable=False),
        sa.Column("owner", sa.String(length=200), nullable=False),
        sa.Column("due_on", sa.Date(), nullable=False),
        sa.Column("answered_by_id", sa.Integer(), nullable=False),
        sa.Column("answered_at", sa.DateTime(timezone=True), nullable=False),
        sa.CheckConstraint(
            "answer in ('accepted', 'declined', 'taken_over')", name=op.f("ck_rest_answer_answer_known")
        ),
        sa.CheckConstraint(
            "answer <> 'declined' or words <> ''", name=op.f("ck_rest_answer_declined_with_reason")
        ),
        _reference("rest_answer", "project_id", "project"),
        _reference("rest_answer", "item_id", "rest_item"),
        _reference("rest_answer", "answered_by_id", "person"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_rest_answer")),
    )
    op.create_table(
        "nothing_left",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("project_id", sa.Integer(), nullable=False),
        sa.Column("items_known", sa.Integer(), nullable=False),
        sa.Column("words", sa.Text(), nullable=False),
        sa.Column("confirmed_by_id", sa.Integer(), nullable=False),
        sa.Column("confirmed_at", sa.DateTime(timezone=True), nullable=False),
        _reference("nothing_left", "project_id", "project"),
        _reference("nothing_left", "confirmed_by_id", "person"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_nothing_left")),
    )
    for table, column in (
        ("rest_answer", "project_id"), ("rest_answer", "item_id"), ("nothing_left", "project_id")
    ):  # fmt: skip
        op.create_index(op.f(f"ix_{table}_{column}"), table, [column])
    fix_closed("rest_item")
    fix_table("rest_answer")
    fix_table("nothing_left")


def _rest_item() -> None:
    op.create_table(
        "rest_item",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("project_id", sa.Integer(), nullable=False),
        sa.Column("kind", sa.String(length=20), nullable=False),
        sa.Column("text", sa.Text(), nullable=False),
        sa.Column("department_id", sa.Integer(), nullable=False),
        sa.Column("owner", sa.String(length=200), nullable=False),
        sa.Column("person_id", sa.Integer(), nullable=True),
        sa.Column("due_on", sa.Date(), nullable=False),
        sa.Column("registered_on", sa.Date(), nullable=False),
        sa.Column("standing", sa.String(length=20), nullable=False),
        sa.Column("held_by_id", sa.Integer(), nullable=True),
        sa.Column("outcome", sa.String(length=20), nullable=True),
        sa.Column("note", sa.Text(), nullable=False),
        sa.Column("closed_on", sa.Date(), nullable=True),
        sa.Column("closed_by_id", sa.Integer(), nullable=True),
        sa.Column("version", sa.Integer(), nullable=False),
        _check("kind_known", "kind in ('task', 'operation', 'follow_up', 'information', 'document')"),
        _check("standing_known", "standing in ('noted', 'asked', 'declined', 'accepted', 'taken_over')"),
        _check("outcome_known", "outcome is null or outcome in ('done', 'dropped')"),
        _check("held_by_somebody", "(standing in ('accepted', 'taken_over')) = (held_by_id is not null)"),
        _check(
            "closed_with_outcome",
            "(outcome is null) = (closed_on is null) and (outcome is null) = (closed_by_id is null)",
        ),
        _check("dropped_with_reason", "outcome is null or outcome <> 'dropped' or note <> ''"),
        _reference("rest_item", "project_id", "project"),
        _reference("rest_item", "department_id", "department"),
        *(
            _reference("rest_item", column, "person")
            for column in ("person_id", "held_by_id", "closed_by_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_rest_item")),
    )
    for column in ("project_id", "department_id", "person_id"):
        op.create_index(f"ix_rest_item_{column}", "rest_item", [column, "closed_on"])
    op.create_index("ix_rest_item_due_on", "rest_item", ["closed_on", "due_on"])


def _check(name: str, condition: str) -> sa.CheckConstraint:
    return sa.CheckConstraint(condition, name=op.f(f"ck_rest_item_{name}"))


def _reference(table: str, column: str, other: str) -> sa.ForeignKeyConstraint:
    name = op.f(f"fk_{table}_{column}_{other}")
    return sa.ForeignKeyConstraint([column], [f"{other}.id"], name=name, ondelete="RESTRICT")


def downgrade() -> None:
    """Take them away again."""
    free_table("nothing_left")
    free_table("rest_answer")
    free_closed("rest_item")
    for table in ("nothing_left", "rest_answer", "rest_item"):
        op.drop_table(table)
