"""Reports of a programme: what is written, and each version as it was issued."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

from migrations.guards import fix_table, free_table

revision = "0051"
down_revision = "0050"
branch_labels = None
depends_on = None

FIXED = {"programme_report_version": ("report_id", "number")}
"""Written once, with its key beside the id."""


def _refers(table: str, column: str, to: str) -> sa.ForeignKeyConstraint:
    name = op.f(f"fk_{table}_{column}_{to}")
    return sa.ForeignKeyConstraint([column], [f"{to}.id"], name=name, ondelete="RESTRICT")


def upgrade() -> None:
    """Add the tables, and guard what is issued."""
    op.create_table(
        "programme_report",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("programme_id", sa.Integer(), nullable=False),
        sa.Column("kind", sa.String(length=10), nullable=False),
        sa.Column("year", sa.Integer(), nullable=False),
        sa.Column("starts_on", sa.Date(), nullable=False),
        sa.Column("ends_on", sa.Date(), nullable=False),
        sa.Column("as_at", sa.Date(), nullable=False),
        sa.Column("content", sa.JSON(none_as_null=True), nullable=True),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.CheckConstraint(
            "kind in ('t1', 't2', 'year', 'final')", name=op.f("ck_programme_report_kind_known")
        ),
        sa.CheckConstraint("starts_on <= ends_on", name=op.f("ck_programme_report_days_in_order")),
        sa.CheckConstraint("year between 1990 and 2200", name=op.f("ck_programme_report_year_sensible")),
        _refers("programme_report", "programme_id", "programme"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_programme_report")),
        sa.UniqueConstraint(
            "programme_id", "kind", "year", name=op.f("uq_programme_report_programme_id_kind_year")
        ),
    )
    op.create_table(
        "programme_report_version",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("report_id", sa.Integer(), nullable=False),
        sa.Column("programme_id", sa.Integer(), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("as_at", sa.Date(), nullable=False),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.Column("content", sa.JSON(), nullable=False),
        sa.Column("content_sha256", sa.String(length=64), nullable=False),
        sa.Column("issued_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("issued_by_id", sa.Integer(), nullable=False),
        sa.CheckConstraint("number > 0", name=op.f("ck_programme_report_version_number_positive")),
        sa.CheckConstraint(
            "number = 1 or reason <> ''", name=op.f("ck_programme_report_version_later_ones_say_why")
        ),
        _refers("programme_report_version", "report_id", "programme_report"),
        _refers("programme_report_version", "programme_id", "programme"),
        _refers("programme_report_version", "issued_by_id", "person"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_programme_report_version")),
        sa.UniqueConstraint("report_id", "number", name=op.f("uq_programme_report_version_report_id_number")),
    )
    op.create_index(
        op.f("ix_programme_report_version_programme_id"), "programme_report_version", ["programme_id"]
    )
    for table, key in FIXED.items():
        fix_table(table, key)


def downgrade() -> None:
    """Drop the tables, with all that was written and issued."""
    for table in FIXED:
        free_table(table)
    op.drop_table("programme_report_version")
    op.drop_table("programme_report")
