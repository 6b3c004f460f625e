"""Costs and hours read in from files."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

from migrations.guards import fix_table, free_table

revision = "0033"
down_revision = "0032"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Add the tables."""
    op.create_table(
        "cost_columns",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("programme_id", sa.Integer(), nullable=False),
        sa.Column("name", sa.String(length=100), nullable=False),
        sa.Column("headings_sha256", sa.String(length=64), nullable=False),
        sa.Column("columns", sa.JSON(), nullable=False),
        sa.ForeignKeyConstraint(
            ["programme_id"],
            ["programme.id"],
            name=op.f("fk_cost_columns_programme_id_programme"),
            ondelete="RESTRICT",
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_cost_columns")),
        sa.UniqueConstraint("programme_id", "name", name=op.f("uq_cost_columns_programme_id_name")),
    )
    op.create_table(
        "cost_read_in",
        sa.Column("project_id", sa.Integer(), nullable=False),
        sa.Column("attempt", sa.Integer(), nullable=False),
        sa.Column("columns", sa.JSON(), nullable=False),
        sa.Column("row_count", sa.Integer(), nullable=False),
        sa.Column("hours", sa.BigInteger(), nullable=False),
        sa.Column("amount", sa.BigInteger(), nullable=False),
        sa.Column("rows_sha256", sa.String(length=64), nullable=False),
        sa.Column("read_in_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("read_in_by_id", sa.Integer(), nullable=False),
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("filename", sa.String(length=200), nullable=False),
        sa.Column("media_type", sa.String(length=120), nullable=False),
        sa.Column("size", sa.Integer(), nullable=False),
        sa.Column("sha256", sa.String(length=64), nullable=False),
        sa.CheckConstraint(
            "size > 0 and row_count > 0 and attempt > 0", name=op.f("ck_cost_read_in_something")
        ),
        sa.ForeignKeyConstraint(
            ["project_id"],
            ["project.id"],
            name=op.f("fk_cost_read_in_project_id_project"),
            ondelete="RESTRICT",
        ),
        sa.ForeignKeyConstraint(
            ["read_in_by_id"],
            ["person.id"],
            name=op.f("fk_cost_read_in_read_in_by_id_person"),
            ondelete="RESTRICT",
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_cost_read_in")),
        sa.UniqueConstraint(
            "project_id", "sha256", "attempt", name=op.f("uq_cost_read_in_project_id_sha256_attempt")
        ),
    )
    op.create_table(
        "cost_upload",
        sa.Column("project_id", sa.Integer(), nullable=False),
        sa.Column("person_id", sa.Integer(), nullable=False),
        sa.Column("columns", sa.JSON(none_as_null=True), nullable=True),
        sa.Column("account", sa.String(length=40), nullable=False),
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("filename", sa.String(length=200), nullable=False),
        sa.Column("media_type", sa.String(length=120), nullable=False),
        sa.Column("size", sa.Integer(), nullable=False),
        sa.Column("sha256", sa.String(length=64), nullable=False),
        sa.ForeignKeyConstraint(
            ["person_id"], ["person.id"], name=op.f("fk_cost_upload_person_id_person"), ondelete="RESTRICT"
        ),
        sa.ForeignKeyConstraint(
            ["project_id"],
            ["project.id"],
            name=op.f("fk_cost_upload_project_id_project"),
            ondelete="RESTRICT",
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_cost_upload")),
        sa.UniqueConstraint("project_id", "person_id", name=op.f("uq_cost_upload_project_id_person_id")),
    )
    op.create_table(
        "cost_read_in_void",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("project_id", sa.Integer(), nullable=False),
        sa.Column("read_in_id", sa.Integer(), nullable=False),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.Column("voided_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("voided_by_id", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["project_id"],
            ["project.id"],
            name=op.f("fk_cost_read_in_void_project_id_project"),
            ondelete="RESTRICT",
        ),
        sa.ForeignKeyConstraint(
            ["read_in_id"],
            ["cost_read_in.id"],
            name=op.f("fk_cost_read_in_void_read_in_id_cost_read_in"),
            ondelete="RESTRICT",
        ),
        sa.ForeignKeyConstraint(
            ["voided_by_id"],
            ["person.id"],
            name=op.f("fk_cost_read_in_void_voided_by_id_person"),
            ondelete="RESTRICT",
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_cost_read_in_void")),
        sa.UniqueConstraint("read_in_id", name=op.f("uq_cost_read_in_void_read_in_id")),
    )
    op.create_index(op.f("ix_cost_read_in_void_project_id"), "cost_read_in_void", ["project_id"])

    free_table("cost_entry")
    with op.batch_alter_table("cost_entry") as table:
        table.add_column(sa.Column("read_in_id", sa.Integer()))
        table.add_column(sa.Column("row_number", sa.Integer()))
        table.create_foreign_key(
            op.f("fk_cost_entry_read_in_id_cost_read_in"),
            "cost_read_in",
            ["read_in_id"],
            ["id"],
            ondelete="RESTRICT",
        )
        table.create_check_constraint(
            op.f("ck_cost_entry_row_of_a_file"), "(read_in_id is null) = (row_number is null)"
        )
    op.create_index(
        "uq_cost_entry_read_in_id_row_number", "cost_entry", ["read_in_id", "row_number"], unique=True
    )
    fix_table("cost_entry", ("read_in_id", "row_number"))
    fix_table("cost_read_in", ("project_id", "sha256", "attempt"))
    fix_table("cost_read_in_void", ("read_in_id",))


def downgrade() -> None:
    """Take them away again, and what was read in with them."""
    free_table("cost_entry")
    free_table("cost_void")
    op.execute(
        "DELETE FROM cost_void WHERE entry_id IN (SELECT id FROM cost_entry WHERE read_in_id IS NOT NULL)"
    )
    op.execute("DELETE FROM cost_entry WHERE read_in_id IS NOT NULL")
    fix_table("cost_void", ("entry_id",))
    op.drop_index("uq_cost_entry_read_in_id_row_number", table_name="cost_entry")
    with op.batch_alter_table("cost_entry") as table:
        table.drop_constraint(op.f("ck_cost_entry_row_of_a_file"), type_="check")
        table.drop_constraint(op.f("fk_cost_entry_read_in_id_cost_read_in"), type_="foreignkey")
        table.drop_column("row_number")
        table.drop_column("read_in_id")
    fix_table("cost_entry")
    free_table("cost_read_in")
    free_table("cost_read_in_void")

    op.drop_index(op.f("ix_cost_read_in_void_project_id"), table_name="cost_read_in_void")

    op.drop_table("cost_read_in_void")
    op.drop_table("cost_upload")
    op.drop_table("cost_read_in")
    op.drop_table("cost_columns")
