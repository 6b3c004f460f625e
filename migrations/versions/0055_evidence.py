"""How sure the figures of a benefit are, as its application says and as the register keeps it."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0055"
down_revision = "0054"
branch_labels = None
depends_on = None

TABLES = ("benefit_line", "benefit")
KNOWN = "evidence is null or evidence in ('measured', 'comparable', 'estimate', 'assumption')"


def upgrade() -> None:
    """Add the grade; of what is written already nobody has stated any."""
    for table in TABLES:
        with op.batch_alter_table(table) as batch:
            batch.add_column(sa.Column("evidence", sa.String(length=20), nullable=True))
            batch.create_check_constraint(op.f(f"ck_{table}_evidence_known"), KNOWN)


def downgrade() -> None:
    """Take it away again."""
    for table in TABLES:
        with op.batch_alter_table(table) as batch:
            batch.drop_constraint(op.f(f"ck_{table}_evidence_known"), type_="check")
            batch.drop_column("evidence")
