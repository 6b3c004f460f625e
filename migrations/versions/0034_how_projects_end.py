"""States for projects that pause, close, are handed over or are terminated."""

from __future__ import annotations

from alembic import op

from migrations.checks import replace_check

revision = "0034"
down_revision = "0033"
branch_labels = None
depends_on = None

RECKONS_ANEW = {"project": ("state",)}
"""What pauses, closes or has ended runs again on the way down."""

BEFORE = (
    "draft", "awaiting_signature", "submitted", "checking", "returned", "awaiting_new_signature", "assessment",
    "council", "awaiting_decision", "approved", "postponed", "rejected", "withdrawn", "running",
)  # fmt: skip
NEW = ("paused", "closing", "terminating", "handed_over", "terminated")


def upgrade() -> None:
    """Let projects stand there."""
    _know_states(*BEFORE, *NEW)


def downgrade() -> None:
    """Let what stands there run again."""
    op.execute(f"UPDATE project SET state = 'running' WHERE state in ({_listed(NEW)})")  # noqa: S608 - our own names
    _know_states(*BEFORE)


def _know_states(*states: str) -> None:
    replace_check("project", "ck_project_state_known", f"state in ({_listed(states)})")


def _listed(states: tuple[str, ...]) -> str:
    return ", ".join(f"'{state}'" for state in states)
