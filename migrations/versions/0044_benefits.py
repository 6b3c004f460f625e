"""The register of benefits: what was promised, how each is measured, and every measurement."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

from migrations.guards import fix_table, free_table

revision = "0044"
down_revision = "0043"
branch_labels = None
depends_on = None

TABLES = ("measurement", "benefit_plan", "indicator_balance", "indicator", "benefit")
OVERLAPS = (
    "EXISTS (SELECT 1 FROM measurement AS other WHERE other.benefit_id = NEW.benefit_id"
    " AND other.begins_on <= NEW.ends_on AND NEW.begins_on <= other.ends_on"
    " AND other.id <> coalesce(NEW.replaces_id, 0)"
    " AND NOT EXISTS (SELECT 1 FROM measurement AS later WHERE later.replaces_id = other.id))"
)


def upgrade() -> None:
    """Add the tables, and let no two measurements that stand have a month in common."""
    _add_benefits()
    _add_indicators()
    _add_plans()
    _add_measurements()
    for table, columns in (
        ("benefit", ("department_id",)),
        ("benefit", ("next_due_on",)),
        ("benefit", ("project_id", "position")),
        ("benefit_plan", ("department_id",)),
        ("benefit_plan", ("indicator_id",)),
        ("benefit_plan", ("measurer_id",)),
        ("benefit_plan", ("project_id",)),
        ("measurement", ("benefit_id", "begins_on")),
        ("measurement", ("project_id",)),
    ):
        op.create_index(f"ix_{table}_{columns[0]}", table, list(columns))
    fix_table("indicator", ("department_id", "name"))
    fix_table("measurement", ("replaces_id",))
    if op.get_bind().dialect.name == "sqlite":
        op.execute(
            f"CREATE TRIGGER once_measurement BEFORE INSERT ON measurement WHEN {OVERLAPS} "
            "BEGIN SELECT RAISE(ABORT, 'measurement is fixed once written: the period is measured already'); END"
        )
    else:
        op.execute(
            "CREATE FUNCTION refuse_second_measurement() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN "
            f"IF {OVERLAPS} THEN RAISE EXCEPTION 'measurement is fixed once written: the period is measured already' "
            "USING ERRCODE = 'unique_violation'; END IF; RETURN NEW; END $$"
        )
        op.execute(
            "CREATE TRIGGER once_measurement BEFORE INSERT ON measurement "
            "FOR EACH ROW EXECUTE FUNCTION refuse_second_measurement()"
        )


def _add_benefits() -> None:
    op.create_table(
        "benefit",
        *_of("benefit", project_id="project", benefit_line_id="benefit_line", department_id="department"),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("name", sa.String(length=200), nullable=False),
        sa.Column("category", sa.String(length=20), nullable=False),
        sa.Column("method", sa.String(length=20), nullable=False),
        sa.Column("unit_value", sa.BigInteger()),
        sa.Column("price_factor", sa.String(length=60), nullable=False),
        sa.Column("counted", sa.JSON(), nullable=False),
        sa.Column("price_year", sa.Integer(), nullable=False),
        sa.Column("yearly", sa.BigInteger()),
        sa.Column("starts_on", sa.Date()),
        sa.Column("ends_on", sa.Date()),
        sa.Column("ramp", sa.JSON(), nullable=False),
        sa.Column("promised", sa.JSON(), nullable=False),
        sa.Column("promised_total", sa.BigInteger()),
        sa.Column("measured_until", sa.Date()),
        sa.Column("next_due_on", sa.Date()),
        sa.Column("fulfilment", sa.BigInteger()),
        sa.Column("realised", sa.BigInteger(), nullable=False),
        _check("benefit", "category_known", "category in ('financial', 'redistribution', 'quality')"),
        _check("benefit", "method_known", "method in ('fixed', 'saved_time', 'unit_price', 'described')"),
        _check("benefit", "realised_not_negative", "realised >= 0"),
        sa.UniqueConstraint("benefit_line_id", name=op.f("uq_benefit_benefit_line_id")),
    )


def _add_indicators() -> None:
    op.create_table(
        "indicator",
        *_of("indicator", department_id="department"),
        sa.Column("name", sa.String(length=200), nullable=False),
        sa.Column("unit", sa.String(length=60), nullable=False),
        sa.Column("direction", sa.String(length=10), nullable=False),
        _check("indicator", "direction_known", "direction in ('rise', 'fall')"),
        _check("indicator", "named", "name <> '' and unit <> ''"),
        sa.UniqueConstraint("department_id", "name", name=op.f("uq_indicator_department_id_name")),
    )
    op.create_table(
        "indicator_balance",
        sa.Column("indicator_id", sa.Integer(), nullable=False),
        sa.Column("claimed", sa.BigInteger(), nullable=False),
        _check("indicator_balance", "at_most_all", "claimed between 0 and 1000000"),
        sa.ForeignKeyConstraint(
            ["indicator_id"],
            ["indicator.id"],
            name=op.f("fk_indicator_balance_indicator_id_indicator"),
            ondelete="RESTRICT",
        ),
        sa.PrimaryKeyConstraint("indicator_id", name=op.f("pk_indicator_balance")),
    )


def _add_plans() -> None:
    op.create_table(
        "benefit_plan",
        *_of(
            "benefit_plan", project_id="project", benefit_id="benefit", department_id="department",
            indicator_id="indicator",
        ),
        *_of_people("benefit_plan", "owner_id", "measurer_id"),
        sa.Column("owner_role", sa.String(length=160), nullable=False),
        sa.Column("share", sa.BigInteger(), nullable=False),
        sa.Column("baseline", sa.BigInteger(), nullable=False),
        sa.Column("baseline_on", sa.Date(), nullable=False),
        sa.Column("baseline_source", sa.Text(), nullable=False),
        sa.Column("target", sa.BigInteger(), nullable=False),
        sa.Column("target_on", sa.Date(), nullable=False),
        sa.Column("how", sa.Text(), nullable=False),
        sa.Column("every_months", sa.Integer(), nullable=False),
        sa.Column("measurer_role", sa.String(length=160), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        _check("benefit_plan", "share_of_one", "share > 0 and share <= 1000000"),
        _check("benefit_plan", "often_enough", "every_months in (1, 3, 6, 12)"),
        _check("benefit_plan", "answered_for", "owner_role <> '' and measurer_role <> ''"),
        sa.UniqueConstraint("benefit_id", name=op.f("uq_benefit_plan_benefit_id")),
    )  # fmt: skip


def _add_measurements() -> None:
    op.create_table(
        "measurement",
        *_of("measurement", project_id="project", benefit_id="benefit", measured_by_id="person"),
        sa.Column("begins_on", sa.Date(), nullable=False),
        sa.Column("ends_on", sa.Date(), nullable=False),
        sa.Column("indicator_value", sa.BigInteger(), nullable=False),
        sa.Column("amount", sa.BigInteger()),
        sa.Column("volume", sa.BigInteger()),
        sa.Column("minutes_saved", sa.BigInteger()),
        sa.Column("share", sa.BigInteger()),
        sa.Column("quantity", sa.BigInteger()),
        sa.Column("value", sa.BigInteger()),
        sa.Column("source", sa.Text(), nullable=False),
        sa.Column("explanation", sa.Text(), nullable=False),
        sa.Column("replaces_id", sa.Integer()),
        sa.Column("correction", sa.Text(), nullable=False),
        sa.Column("measured_at", sa.DateTime(timezone=True), nullable=False),
        _check("measurement", "period_forward", "ends_on > begins_on"),
        _check("measurement", "replaced_with_reason", "(replaces_id is null) = (correction = '')"),
        _check("measurement", "value_not_negative", "value is null or value >= 0"),
        _check("measurement", "has_its_source", "source <> ''"),
        sa.ForeignKeyConstraint(
            ["replaces_id"],
            ["measurement.id"],
            name=op.f("fk_measurement_replaces_id_measurement"),
            ondelete="RESTRICT",
        ),
        sa.UniqueConstraint("replaces_id", name=op.f("uq_measurement_replaces_id")),
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


def _of_people(table: str, *columns: str) -> list[sa.schema.SchemaItem]:
    """People who need not be there."""
    made: list[sa.schema.SchemaItem] = []
    for column in columns:
        made += [sa.Column(column, sa.Integer()), _key(table, column, "person")]
    return made


def _key(table: str, column: str, owner: str) -> sa.ForeignKeyConstraint:
    return sa.ForeignKeyConstraint(
        [column], [f"{owner}.id"], name=op.f(f"fk_{table}_{column}_{owner}"), ondelete="RESTRICT"
    )


def downgrade() -> None:
    """Take them away."""
    op.execute("DROP TRIGGER once_measurement" + _on_table())
    if op.get_bind().dialect.name != "sqlite":
        op.execute("DROP FUNCTION refuse_second_measurement()")
    for table in ("indicator", "measurement"):
        free_table(table)
    for table in TABLES:
        op.drop_table(table)


def _on_table() -> str:
    return "" if op.get_bind().dialect.name == "sqlite" else " ON measurement"
