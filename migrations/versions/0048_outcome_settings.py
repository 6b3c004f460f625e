"""What a programme believes of benefits before any has been measured, and what the measured ones came to."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0048"
down_revision = "0047"
branch_labels = None
depends_on = None

TABLE = "outcome_settings"
CHECKS = {
    "share_sensible": "share >= 0",
    "spreads_positive": "share_spread > 0 and months_spread > 0",
    "cases_sensible": "cases between 1 and 1000",
}


def upgrade() -> None:
    """Add the tables."""
    _settings()
    _counted()


def _settings() -> None:
    op.create_table(
        TABLE,
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("programme_id", sa.Integer(), nullable=False),
        sa.Column("valid_from", sa.Date(), nullable=False),
        *(
            sa.Column(name, sa.BigInteger(), nullable=False)
            for name in ("share", "share_spread", "months", "months_spread")
        ),
        sa.Column("cases", sa.Integer(), nullable=False),
        sa.Column("reference", sa.String(length=200), nullable=False),
        *(sa.CheckConstraint(rule, name=op.f(f"ck_{TABLE}_{name}")) for name, rule in CHECKS.items()),
        sa.ForeignKeyConstraint(
            ["programme_id"],
            ["programme.id"],
            name=op.f(f"fk_{TABLE}_programme_id_programme"),
            ondelete="RESTRICT",
        ),
        sa.PrimaryKeyConstraint("id", name=op.f(f"pk_{TABLE}")),
        sa.UniqueConstraint("programme_id", "valid_from", name=op.f(f"uq_{TABLE}_programme_id_valid_from")),
    )


def _counted() -> None:
    table = "counted_outcomes"
    op.create_table(
        table,
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("programme_id", sa.Integer(), nullable=False),
        sa.Column("trait", sa.String(length=20), nullable=False),
        sa.Column("value", sa.String(length=200), nullable=False),
        sa.Column("counted_on", sa.Date(), nullable=False),
        *(sa.Column(name, sa.Integer(), nullable=False) for name in ("cases", "late_cases")),
        *(
            sa.Column(name, sa.BigInteger(), nullable=False)
            for name in ("shares", "shares_squared", "months", "months_squared", "promised", "realised")
        ),
        sa.ForeignKeyConstraint(
            ["programme_id"],
            ["programme.id"],
            name=op.f(f"fk_{table}_programme_id_programme"),
            ondelete="RESTRICT",
        ),
        sa.PrimaryKeyConstraint("id", name=op.f(f"pk_{table}")),
        sa.UniqueConstraint(
            "programme_id", "trait", "value", name=op.f(f"uq_{table}_programme_id_trait_value")
        ),
    )


def downgrade() -> None:
    """Take them away again."""
    op.drop_table("counted_outcomes")
    op.drop_table(TABLE)
