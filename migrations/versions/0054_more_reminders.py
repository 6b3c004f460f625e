"""Reminders of programmes' reports, which belong to no project, and of budget effects."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

from migrations.checks import replace_check

revision = "0054"
down_revision = "0053"
branch_labels = None
depends_on = None

KINDS = (
    "programme_report_due", "programme_report_late", "programme_report_issued",
    "effect_answer_due", "effect_answer_late", "effect_entry_due", "effect_entry_late",
    "effect_check_due", "effect_check_late",
)  # fmt: skip
FORGETS = {"notification": ("kind", KINDS)}
"""What is told of them: before, nobody could have read it."""

OF_SOMETHING = (
    "project_id is not null or kind in ('job_done', 'job_failed') or substr(kind, 1, 8) = 'service_'"
)
OF_A_REPORT_TOO = f"{OF_SOMETHING} or substr(kind, 1, 17) = 'programme_report_'"


def upgrade() -> None:
    """Let a notification tell of a programme's report."""
    replace_check("notification", "ck_notification_has_its_project", OF_A_REPORT_TOO)


def downgrade() -> None:
    """Let it not any more; what was told of reports and reminded of in effects is forgotten with that."""
    notification = sa.table("notification", sa.column("kind", sa.String()))
    op.execute(notification.delete().where(notification.c.kind.in_(KINDS)))
    replace_check("notification", "ck_notification_has_its_project", OF_SOMETHING)
