"""Projects, their case numbers and the ledger of the frame."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0003"
down_revision = "0002"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Add the tables."""
    op.create_table(
        "case_counter",
        sa.Column("year", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("last_serial", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("year", name=op.f("pk_case_counter")),
    )
    op.create_table(
        "project",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("programme_id", sa.Integer(), nullable=False),
        sa.Column("round_id", sa.Integer(), nullable=True),
        sa.Column("title", sa.String(length=200), nullable=False),
        sa.Column("kind", sa.String(length=20), nullable=False),
        sa.Column("lead_department_id", sa.Integer(), nullable=False),
        sa.Column("leader_id", sa.Integer(), nullable=False),
        sa.Column("state", sa.String(length=30), nullable=False),
        sa.Column("state_since", sa.DateTime(timezone=True), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("submitted_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("applied_amount", sa.BigInteger(), nullable=True),
        sa.Column("due_on", sa.Date(), nullable=True),
        sa.Column("case_number", sa.String(length=20), nullable=True),
        sa.Column("case_year", sa.Integer(), nullable=True),
        sa.Column("case_serial", sa.Integer(), nullable=True),
        sa.Column("handler_id", sa.Integer(), nullable=True),
        sa.Column("start_key", sa.String(length=64), nullable=True),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.CheckConstraint(
            "case_number is not null or state in ('draft', 'awaiting_signature', 'submitted', 'withdrawn')",
            name=op.f("ck_project_numbered_when_registered"),
        ),
        sa.CheckConstraint("kind in ('pre_study', 'implementation')", name=op.f("ck_project_kind_known")),
        sa.CheckConstraint(
            "state in ('draft', 'awaiting_signature', 'submitted', 'checking', 'returned', 'awaiting_new_signature', 'assessment', 'council', 'awaiting_decision', 'approved', 'postponed', 'rejected', 'withdrawn')",
            name=op.f("ck_project_state_known"),
        ),
        sa.CheckConstraint(
            "(case_number is null) = (case_serial is null) and (case_number is null) = (case_year is null)",
            name=op.f("ck_project_case_number_whole"),
        ),
        sa.ForeignKeyConstraint(
            ["handler_id"], ["person.id"], name=op.f("fk_project_handler_id_person"), ondelete="RESTRICT"
        ),
        sa.ForeignKeyConstraint(
            ["lead_department_id"],
            ["department.id"],
            name=op.f("fk_project_lead_department_id_department"),
            ondelete="RESTRICT",
        ),
        sa.ForeignKeyConstraint(
            ["leader_id"], ["person.id"], name=op.f("fk_project_leader_id_person"), ondelete="RESTRICT"
        ),
        sa.ForeignKeyConstraint(
            ["programme_id"],
            ["programme.id"],
            name=op.f("fk_project_programme_id_programme"),
            ondelete="RESTRICT",
        ),
        sa.ForeignKeyConstraint(
            ["round_id"],
            ["application_round.id"],
            name=op.f("fk_project_round_id_application_round"),
            ondelete="RESTRICT",
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_project")),
        sa.UniqueConstraint("case_number", name=op.f("uq_project_case_number")),
        sa.UniqueConstraint("case_year", "case_serial", name=op.f("uq_project_case_year_case_serial")),
        sa.UniqueConstraint("start_key", name=op.f("uq_project_start_key")),
    )
    op.create_index(op.f("ix_project_handler_id"), "project", ["handler_id"], unique=False)
    op.create_index(
        "ix_project_lead_department_id_state", "project", ["lead_department_id", "state"], unique=False
    )
    op.create_index(op.f("ix_project_leader_id"), "project", ["leader_id"], unique=False)
    op.create_index("ix_project_state", "project", ["state"], unique=False)
    op.create_table(
        "ledger_entry",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("programme_id", sa.Integer(), nullable=False),
        sa.Column("kind", sa.String(length=20), nullable=False),
        sa.Column("amount", sa.BigInteger(), nullable=False),
        sa.Column("booked_on", sa.Date(), nullable=False),
        sa.Column("project_id", sa.Integer(), nullable=True),
        sa.Column("department_id", sa.Integer(), nullable=True),
        sa.Column("year", sa.Integer(), nullable=True),
        sa.Column("reference", sa.String(length=200), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.CheckConstraint(
            "kind <> 'grant' or (project_id is not null and department_id is not null and year is not null)",
            name=op.f("ck_ledger_entry_grant_complete"),
        ),
        sa.CheckConstraint("kind in ('frame', 'grant')", name=op.f("ck_ledger_entry_kind_known")),
        sa.ForeignKeyConstraint(
            ["department_id"],
            ["department.id"],
            name=op.f("fk_ledger_entry_department_id_department"),
            ondelete="RESTRICT",
        ),
        sa.ForeignKeyConstraint(
            ["programme_id"],
            ["programme.id"],
            name=op.f("fk_ledger_entry_programme_id_programme"),
            ondelete="RESTRICT",
        ),
        sa.ForeignKeyConstraint(
            ["project_id"],
            ["project.id"],
            name=op.f("fk_ledger_entry_project_id_project"),
            ondelete="RESTRICT",
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_ledger_entry")),
    )
    op.create_index(
        "ix_ledger_entry_programme_id_kind", "ledger_entry", ["programme_id", "kind"], unique=False
    )
    op.create_index(op.f("ix_ledger_entry_project_id"), "ledger_entry", ["project_id"], unique=False)
    op.create_table(
        "project_department",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("project_id", sa.Integer(), nullable=False),
        sa.Column("department_id", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["department_id"],
            ["department.id"],
            name=op.f("fk_project_department_department_id_department"),
            ondelete="RESTRICT",
        ),
        sa.ForeignKeyConstraint(
            ["project_id"],
            ["project.id"],
            name=op.f("fk_project_department_project_id_project"),
            ondelete="RESTRICT",
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_project_department")),
        sa.UniqueConstraint(
            "project_id", "department_id", name=op.f("uq_project_department_project_id_department_id")
        ),
    )
    op.create_index(
        op.f("ix_project_department_department_id"), "project_department", ["department_id"], unique=False
    )
    op.create_table(
        "project_remark",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("project_id", sa.Integer(), nullable=False),
        sa.Column("text", sa.Text(), nullable=False),
        sa.Column("source", sa.String(length=200), nullable=False),
        sa.Column("author_id", sa.Integer(), nullable=True),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["author_id"], ["person.id"], name=op.f("fk_project_remark_author_id_person"), ondelete="RESTRICT"
        ),
        sa.ForeignKeyConstraint(
            ["project_id"],
            ["project.id"],
            name=op.f("fk_project_remark_project_id_project"),
            ondelete="RESTRICT",
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_project_remark")),
    )
    op.create_index(op.f("ix_project_remark_project_id"), "project_remark", ["project_id"], unique=False)


def downgrade() -> None:
    """Take them away again."""
    op.drop_index(op.f("ix_project_remark_project_id"), table_name="project_remark")
    op.drop_table("project_remark")
    op.drop_index(op.f("ix_project_department_department_id"), table_name="project_department")
    op.drop_table("project_department")
    op.drop_index(op.f("ix_ledger_entry_project_id"), table_name="ledger_entry")
    op.drop_index("ix_ledger_entry_programme_id_kind", table_name="ledger_entry")
    op.drop_table("ledger_entry")
    op.drop_index("ix_project_state", table_name="project")
    op.drop_index(op.f("ix_project_leader_id"), table_name="project")
    op.drop_index("ix_project_lead_department_id_state", table_name="project")
    op.drop_index(op.f("ix_project_handler_id"), table_name="project")
    op.drop_table("project")
    op.drop_table("case_counter")
