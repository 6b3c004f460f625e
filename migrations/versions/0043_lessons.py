"""Lessons of finished projects, the words that they are found by, and what applications answer to them."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

from migrations.guards import fix_table, free_table

revision = "0043"
down_revision = "0042"
branch_labels = None
depends_on = None

WORD = sa.String(200).with_variant(sa.String(200, collation="C"), "postgresql")
AREAS = "'work', 'staffing', 'planning', 'else'"
KINDS = "'success', 'challenge', 'other', 'recommendation'"
GROUPS = "'steering', 'project', 'reference'"


def upgrade() -> None:
    """Make the tables. Reports that are approved already are learned from when the product is prepared."""
    _lessons()
    _words()
    op.create_table(
        "lesson_answer",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("project_id", sa.Integer(), nullable=False),
        sa.Column("lesson_id", sa.Integer(), nullable=False),
        sa.Column("answer", sa.String(20), nullable=False),
        sa.Column("words", sa.Text(), nullable=False),
        sa.Column("answered_by_id", sa.Integer(), nullable=False),
        sa.Column("answered_at", sa.DateTime(timezone=True), nullable=False),
        sa.CheckConstraint("answer in ('done', 'irrelevant')", name=op.f("ck_lesson_answer_answer_known")),
        sa.CheckConstraint("words <> ''", name=op.f("ck_lesson_answer_words_said")),
        _reference("lesson_answer", "project_id", "project"),
        _reference("lesson_answer", "lesson_id", "lesson"),
        _reference("lesson_answer", "answered_by_id", "person"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_lesson_answer")),
    )
    op.create_index(
        "ix_lesson_answer_project_id_lesson_id", "lesson_answer", ["project_id", "lesson_id", "id"]
    )
    fix_table("lesson_answer")


def _lessons() -> None:
    op.create_table(
        "lesson",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("project_id", sa.Integer(), nullable=False),
        sa.Column("version_id", sa.Integer(), nullable=False),
        sa.Column("place", sa.String(60), nullable=False),
        sa.Column("told_by", sa.String(20)),
        sa.Column("kind", sa.String(20), nullable=False),
        sa.Column("area", sa.String(20)),
        sa.Column("text", sa.Text(), nullable=False),
        sa.Column("learned_on", sa.Date(), nullable=False),
        sa.CheckConstraint(f"kind in ({KINDS})", name=op.f("ck_lesson_kind_known")),
        sa.CheckConstraint(f"area is null or area in ({AREAS})", name=op.f("ck_lesson_area_known")),
        sa.CheckConstraint(f"told_by is null or told_by in ({GROUPS})", name=op.f("ck_lesson_told_by_known")),
        _reference("lesson", "project_id", "project"),
        _reference("lesson", "version_id", "final_report_version"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_lesson")),
        sa.UniqueConstraint("version_id", "place", name=op.f("uq_lesson_version_id_place")),
    )
    op.create_index("ix_lesson_project_id", "lesson", ["project_id"])
    op.create_index("ix_lesson_kind_area", "lesson", ["kind", "area"])
    op.create_index("ix_lesson_learned_on", "lesson", ["learned_on", "id"])


def _words() -> None:
    op.create_table(
        "lesson_term",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("stem", WORD, nullable=False),
        sa.Column("backwards", WORD, nullable=False),
        sa.Column("lessons", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_lesson_term")),
        sa.UniqueConstraint("stem", name=op.f("uq_lesson_term_stem")),
    )
    op.create_index(op.f("ix_lesson_term_backwards"), "lesson_term", ["backwards"])
    op.create_table(
        "lesson_posting",
        sa.Column("term_id", sa.Integer(), nullable=False),
        sa.Column("lesson_id", sa.Integer(), nullable=False),
        _reference("lesson_posting", "term_id", "lesson_term"),
        _reference("lesson_posting", "lesson_id", "lesson"),
        sa.PrimaryKeyConstraint("term_id", "lesson_id", name=op.f("pk_lesson_posting")),
    )
    op.create_index(op.f("ix_lesson_posting_lesson_id"), "lesson_posting", ["lesson_id"])


def _reference(table: str, column: str, other: str) -> sa.ForeignKeyConstraint:
    return sa.ForeignKeyConstraint(
        [column], [f"{other}.id"], name=op.f(f"fk_{table}_{column}_{other}"), ondelete="RESTRICT"
    )


def downgrade() -> None:
    """Forget the lessons; the reports that told them stay."""
    free_table("lesson_answer")
    for table in ("lesson_answer", "lesson_posting", "lesson_term", "lesson"):
        op.drop_table(table)
