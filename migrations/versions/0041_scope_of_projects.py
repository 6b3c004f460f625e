"""What a decided change makes of a project's scope, and of what its benefits are worth."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0041"
down_revision = "0040"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Plans say how their scope differs from the application, benefits what they are worth instead."""
    with op.batch_alter_table("project_plan") as table:
        table.add_column(sa.Column("scope", sa.Text(), nullable=False, server_default=""))
    with op.batch_alter_table("planned_benefit") as table:
        table.add_column(sa.Column("yearly", sa.BigInteger()))
        table.add_column(sa.Column("working", sa.Text(), nullable=False, server_default=""))
        table.create_check_constraint(
            op.f("ck_planned_benefit_not_negative"), "yearly is null or yearly >= 0"
        )
    for table_name, column in (("project_plan", "scope"), ("planned_benefit", "working")):
        with op.batch_alter_table(table_name) as table:
            table.alter_column(column, existing_type=sa.Text(), server_default=None)


def downgrade() -> None:
    """Forget it; what was decided stays in the baselines and in the requests."""
    with op.batch_alter_table("planned_benefit") as table:
        table.drop_constraint(op.f("ck_planned_benefit_not_negative"), type_="check")
        table.drop_column("working")
        table.drop_column("yearly")
    with op.batch_alter_table("project_plan") as table:
        table.drop_column("scope")
