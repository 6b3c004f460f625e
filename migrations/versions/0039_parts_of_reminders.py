"""Which part of a record a reminder is of: two periods that are due on one day are reminded of each."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0039"
down_revision = "0038"
branch_labels = None
depends_on = None

BEFORE = "uq_reminder_kind_record_id_person_id_due_on_step"
NOW = "uq_reminder_kind_record_id_part_id_person_id_due_on_step"
KEY = ("kind", "record_id", "person_id", "due_on", "step")

PERIOD = """
    UPDATE reminder SET part_id = coalesce((
        SELECT min(report_period.id) FROM report_period
        JOIN project ON project.programme_id = report_period.programme_id
        WHERE project.id = reminder.record_id AND report_period.due_on = reminder.due_on
    ), 0) WHERE kind = 'report'
"""
"""Of reports it was the period due on that day; of several the first, for the others were not told."""

TOLD_APART = f"""
    DELETE FROM reminder WHERE id NOT IN (SELECT min(id) FROM reminder GROUP BY {", ".join(KEY)})
"""  # noqa: S608 - our own names


def upgrade() -> None:
    """Add the part, and make it one of what a reminder is known by."""
    with op.batch_alter_table("reminder") as batch:
        batch.add_column(sa.Column("part_id", sa.Integer(), nullable=False, server_default="0"))
        batch.drop_constraint(op.f(BEFORE), type_="unique")
        batch.create_unique_constraint(op.f(NOW), ["kind", "record_id", "part_id", *KEY[2:]])
    with op.batch_alter_table("reminder") as batch:
        batch.alter_column("part_id", server_default=None)
    op.execute(PERIOD)


def downgrade() -> None:
    """Back to one reminder for each record and day: what was told of a second period is forgotten."""
    op.execute(TOLD_APART)
    with op.batch_alter_table("reminder") as batch:
        batch.drop_constraint(op.f(NOW), type_="unique")
        batch.drop_column("part_id")
        batch.create_unique_constraint(op.f(BEFORE), list(KEY))
