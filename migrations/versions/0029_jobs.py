"""Long work, and notifications about something else than a project."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0029"
down_revision = "0028"
branch_labels = None
depends_on = None

HAS_ITS_PROJECT = "project_id is not null or kind in ('job_done', 'job_failed')"


def upgrade() -> None:
    """Add the table; let only what tells of work be without a project."""
    op.create_table(
        "job",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("kind", sa.String(length=40), nullable=False),
        sa.Column("arguments", sa.JSON(), nullable=False),
        sa.Column("title", sa.String(length=200), nullable=False),
        sa.Column("person_id", sa.Integer(), nullable=False),
        sa.Column("state", sa.String(length=10), nullable=False),
        sa.Column("done", sa.Integer(), nullable=False),
        sa.Column("total", sa.Integer(), nullable=False),
        sa.Column("word", sa.String(length=200), nullable=False),
        sa.Column("attempts", sa.Integer(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("next_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("claim", sa.String(length=32), nullable=False),
        sa.Column("lease_until", sa.DateTime(timezone=True), nullable=True),
        sa.Column("ended_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("fault", sa.String(length=500), nullable=False),
        sa.Column("sha256", sa.String(length=64), nullable=False),
        sa.Column("filename", sa.String(length=200), nullable=False),
        sa.Column("media_type", sa.String(length=100), nullable=False),
        sa.CheckConstraint(
            "state in ('waiting', 'running', 'done', 'failed')", name=op.f("ck_job_state_known")
        ),
        sa.CheckConstraint("(state = 'running') = (lease_until is not null)", name=op.f("ck_job_leased")),
        sa.CheckConstraint(
            "(state in ('done', 'failed')) = (ended_at is not null)", name=op.f("ck_job_ended")
        ),
        sa.ForeignKeyConstraint(
            ["person_id"], ["person.id"], name=op.f("fk_job_person_id_person"), ondelete="RESTRICT"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_job")),
    )
    op.create_index("ix_job_state_next_at", "job", ["state", "next_at"])
    op.create_index("ix_job_person_id_state", "job", ["person_id", "state"])
    with op.batch_alter_table("notification") as table:
        table.alter_column("project_id", existing_type=sa.Integer(), nullable=True)
        table.create_check_constraint(op.f("ck_notification_has_its_project"), HAS_ITS_PROJECT)


def downgrade() -> None:
    """Take them away again, and what tells of work with them."""
    op.execute("DELETE FROM notification WHERE project_id IS NULL")
    with op.batch_alter_table("notification") as table:
        table.drop_constraint(op.f("ck_notification_has_its_project"), type_="check")
        table.alter_column("project_id", existing_type=sa.Integer(), nullable=False)
    op.drop_index("ix_job_person_id_state", table_name="job")
    op.drop_index("ix_job_state_next_at", table_name="job")
    op.drop_table("job")
