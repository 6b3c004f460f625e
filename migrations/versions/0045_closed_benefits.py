"""How benefits end: what is proposed, what is said of it; and what is expected of them meanwhile."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

from migrations.guards import fix_table, free_table

revision = "0045"
down_revision = "0044"
branch_labels = None
depends_on = None

TABLES = ("benefit_verdict", "benefit_closing", "benefit_forecast")


def upgrade() -> None:
    """Add the tables; every benefit that there is goes on."""
    with op.batch_alter_table("benefit") as table:
        table.add_column(sa.Column("standing", sa.String(20), nullable=False, server_default="open"))
        table.add_column(sa.Column("outcome", sa.String(20)))
        table.create_check_constraint(
            op.f("ck_benefit_standing_known"), "standing in ('open', 'proposed', 'closed')"
        )
        table.create_check_constraint(
            op.f("ck_benefit_closed_with_outcome"),
            "(standing = 'closed') = (outcome is not null)"
            " and (outcome is null or outcome in ('realised', 'partly', 'abandoned'))",
        )
    with op.batch_alter_table("benefit") as table:
        table.alter_column("standing", existing_type=sa.String(20), server_default=None)
    op.create_table(
        "benefit_closing",
        *_of("benefit_closing", project_id="project", benefit_id="benefit", proposed_by_id="person"),
        sa.Column("outcome", sa.String(20), nullable=False),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.Column("lost", sa.BigInteger()),
        sa.Column("proposed_at", sa.DateTime(timezone=True), nullable=False),
        _check("benefit_closing", "outcome_known", "outcome in ('realised', 'partly', 'abandoned')"),
        _check("benefit_closing", "has_its_reason", "reason <> ''"),
        _check("benefit_closing", "lost_not_negative", "lost is null or lost >= 0"),
        _check("benefit_closing", "nothing_lost_of_all", "outcome <> 'realised' or lost is null"),
    )
    op.create_table(
        "benefit_verdict",
        *_of(
            "benefit_verdict", project_id="project", closing_id="benefit_closing", proposed_by_id="person",
            judged_by_id="person",
        ),
        sa.Column("verified", sa.Boolean(), nullable=False),
        sa.Column("words", sa.Text(), nullable=False),
        sa.Column("judged_at", sa.DateTime(timezone=True), nullable=False),
        _check("benefit_verdict", "four_eyes", "judged_by_id <> proposed_by_id"),
        _check("benefit_verdict", "sent_back_with_words", "verified or words <> ''"),
        sa.UniqueConstraint("closing_id", name=op.f("uq_benefit_verdict_closing_id")),
    )  # fmt: skip
    op.create_table(
        "benefit_forecast",
        *_of("benefit_forecast", project_id="project", benefit_id="benefit", made_by_id="person"),
        sa.Column("yearly", sa.BigInteger(), nullable=False),
        sa.Column("starts_on", sa.Date(), nullable=False),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.Column("made_at", sa.DateTime(timezone=True), nullable=False),
        _check("benefit_forecast", "not_negative", "yearly >= 0"),
        _check("benefit_forecast", "has_its_reason", "reason <> ''"),
    )
    for table_name, column in (
        ("benefit_closing", "benefit_id"),
        ("benefit_closing", "project_id"),
        ("benefit_forecast", "benefit_id"),
        ("benefit_forecast", "project_id"),
        ("benefit_verdict", "project_id"),
    ):
        op.create_index(f"ix_{table_name}_{column}", table_name, [column])
    fix_table("benefit_closing")
    fix_table("benefit_forecast")
    fix_table("benefit_verdict", ("closing_id",))


def _check(table: str, name: str, condition: str) -> sa.CheckConstraint:
    return sa.CheckConstraint(condition, name=op.f(f"ck_{table}_{name}"))


def _of(table: str, **owners: str) -> list[sa.schema.SchemaItem]:
    """A row's number, and the records that it belongs to."""
    made: list[sa.schema.SchemaItem] = [
        sa.Column("id", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f(f"pk_{table}")),
    ]
    for column, owner in owners.items():
        key = sa.ForeignKeyConstraint(
            [column], [f"{owner}.id"], name=op.f(f"fk_{table}_{column}_{owner}"), ondelete="RESTRICT"
        )
        made += [sa.Column(column, sa.Integer(), nullable=False), key]
    return made


def downgrade() -> None:
    """Take them away; what was closed goes on."""
    for table_name in TABLES:
        free_table(table_name)
        op.drop_table(table_name)
    with op.batch_alter_table("benefit") as table:
        table.drop_constraint(op.f("ck_benefit_closed_with_outcome"), type_="check")
        table.drop_constraint(op.f("ck_benefit_standing_known"), type_="check")
        table.drop_column("outcome")
        table.drop_column("standing")
