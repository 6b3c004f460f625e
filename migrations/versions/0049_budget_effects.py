"""Budget effects of benefits: what is agreed, every step with it, and the balances that hold it together."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

from migrations.guards import fix_table, free_table

revision = "0049"
down_revision = "0048"
branch_labels = None
depends_on = None

TABLES = ("taken_balance", "effect_balance", "effect_entry", "budget_effect")
KINDS = (
    "effect_promised", "effect_agreed", "effect_declined", "effect_withdrawn", "effect_entered",
    "effect_verified", "effect_returned", "effect_taken", "effect_taken_back",
)  # fmt: skip
FORGETS = {"notification": ("kind", KINDS)}
HELD = "state not in ('declined', 'withdrawn')"


def upgrade() -> None:
    """Add the tables. Entries stay as they are written; no post of a budget is held twice."""
    _add_effects()
    _add_entries()
    _add_balances()
    for table, columns in (
        ("budget_effect", ("benefit_id",)),
        ("budget_effect", ("project_id",)),
        ("budget_effect", ("department_id", "year")),
        ("effect_entry", ("effect_id",)),
        ("effect_entry", ("project_id",)),
    ):
        op.create_index(f"ix_{table}_{columns[0]}", table, list(columns))
    op.create_index(
        "uq_effect_balance_post",
        "effect_balance",
        ["cost_centre", "year", "item"],
        unique=True,
        sqlite_where=sa.text(HELD),
        postgresql_where=sa.text(HELD),
    )
    fix_table("budget_effect")
    fix_table("effect_entry")


def _add_effects() -> None:
    name = "budget_effect"
    op.create_table(
        name,
        *_of(
            name, project_id="project", benefit_id="benefit", department_id="department",
            promised_by_id="person",
        ),
        sa.Column("form", sa.String(20), nullable=False),
        sa.Column("cost_centre", sa.String(40), nullable=False),
        sa.Column("year", sa.Integer(), nullable=False),
        sa.Column("item", sa.String(120), nullable=False),
        sa.Column("amount", sa.BigInteger(), nullable=False),
        sa.Column("staff_years", sa.BigInteger()),
        sa.Column("used_for", sa.Text(), nullable=False),
        sa.Column("side", sa.String(20), nullable=False),
        sa.Column("promised_at", sa.DateTime(timezone=True), nullable=False),
        _check(name, "form_known", "form in ('money', 'posts', 'capacity')"),
        _check(name, "side_known", "side in ('owner', 'controller')"),
        _check(name, "more_than_nothing", "amount > 0"),
        _check(
            name,
            "posts_counted",
            "(form = 'money') = (staff_years is null) and (staff_years is null or staff_years > 0)",
        ),
        _check(name, "capacity_used", "(form = 'capacity') = (used_for <> '')"),
        _check(name, "placed", "cost_centre <> '' and item <> ''"),
        _check(name, "year_sensible", "year between 2000 and 2199"),
    )  # fmt: skip


def _add_entries() -> None:
    name = "effect_entry"
    op.create_table(
        name,
        *_of(name, project_id="project", effect_id="budget_effect", by_id="person"),
        sa.Column("step", sa.String(20), nullable=False),
        sa.Column("amount", sa.BigInteger(), nullable=False),
        sa.Column("booked_on", sa.Date(), nullable=False),
        sa.Column("reference", sa.String(200), nullable=False),
        sa.Column("words", sa.Text(), nullable=False),
        sa.Column("answers_id", sa.Integer()),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        _key(name, "answers_id", "person"),
        _check(
            name,
            "step_known",
            "step in ('promise', 'agree', 'decline', 'withdraw', 'enter', 'verify', 'return', 'take',"
            " 'take_back')",
        ),
        _check(
            name,
            "four_eyes",
            "(step in ('agree', 'decline', 'verify', 'return')) = (answers_id is not null)"
            " and (answers_id is null or answers_id <> by_id)",
        ),
        _check(name, "more_than_nothing", "amount > 0"),
        _check(name, "has_its_document", "step <> 'enter' or reference <> ''"),
        _check(name, "says_why", "step not in ('decline', 'withdraw', 'return', 'take_back') or words <> ''"),
    )


def _add_balances() -> None:
    name = "effect_balance"
    op.create_table(
        name,
        sa.Column("effect_id", sa.Integer(), nullable=False),
        sa.Column("cost_centre", sa.String(40), nullable=False),
        sa.Column("year", sa.Integer(), nullable=False),
        sa.Column("item", sa.String(120), nullable=False),
        sa.Column("state", sa.String(20), nullable=False),
        sa.Column("amount", sa.BigInteger(), nullable=False),
        sa.Column("taken", sa.BigInteger(), nullable=False),
        sa.Column("early", sa.Boolean(), nullable=False),
        _check(
            name,
            "state_known",
            "state in ('promised', 'agreed', 'in_budget', 'verified', 'taken_home', 'declined', 'withdrawn')",
        ),
        _check(name, "at_most_all", "taken between 0 and amount and amount > 0"),
        _check(name, "all_is_taken_home", "(state = 'taken_home') = (taken = amount)"),
        _check(name, "in_order", "taken = 0 or state in ('agreed', 'verified', 'taken_home')"),
        _key(name, "effect_id", "budget_effect"),
        sa.PrimaryKeyConstraint("effect_id", name=op.f(f"pk_{name}")),
    )
    name = "taken_balance"
    op.create_table(
        name,
        sa.Column("benefit_id", sa.Integer(), nullable=False),
        sa.Column("realised", sa.BigInteger(), nullable=False),
        sa.Column("taken_home", sa.BigInteger(), nullable=False),
        sa.Column("kept", sa.BigInteger(), nullable=False),
        _check(name, "not_negative", "taken_home >= 0 and kept >= 0"),
        _check(name, "at_most_what_came", "taken_home + kept <= realised"),
        _key(name, "benefit_id", "benefit"),
        sa.PrimaryKeyConstraint("benefit_id", name=op.f(f"pk_{name}")),
    )


def _check(table: str, name: str, condition: str) -> sa.CheckConstraint:
    return sa.CheckConstraint(condition, name=op.f(f"ck_{table}_{name}"))


def _of(table: str, **owners: str) -> list[sa.schema.SchemaItem]:
    """A row's number, and the records that it belongs to."""
    made: list[sa.schema.SchemaItem] = [
        sa.Column("id", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f(f"pk_{table}")),
    ]
    for column, owner in owners.items():
        made += [sa.Column(column, sa.Integer(), nullable=False), _key(table, column, owner)]
    return made


def _key(table: str, column: str, owner: str) -> sa.ForeignKeyConstraint:
    return sa.ForeignKeyConstraint(
        [column], [f"{owner}.id"], name=op.f(f"fk_{table}_{column}_{owner}"), ondelete="RESTRICT"
    )


def downgrade() -> None:
    """Take them away, with what people were told of them."""
    notification = sa.table("notification", sa.column("kind", sa.String()))
    op.execute(notification.delete().where(notification.c.kind.in_(KINDS)))
    free_table("effect_entry")
    free_table("budget_effect")
    for table in TABLES:
        op.drop_table(table)
