"""Who answers for a service when its project has ended, what it costs and who pays."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

from migrations.checks import replace_check
from migrations.guards import fix_table, free_table

revision = "0046"
down_revision = "0045"
branch_labels = None
depends_on = None

KINDS = ("service_asked", "service_accepted", "service_declined", "service_review_due", "service_review_late")
FORGETS = {"notification": ("kind", KINDS)}
"""What is told of services: before, nobody could have read it."""

OF_A_PROJECT = "project_id is not null or kind in ('job_done', 'job_failed')"
OF_SOMETHING = f"{OF_A_PROJECT} or substr(kind, 1, 8) = 'service_'"
_ONE_TO_FOUR = " and ".join(
    f"({name} is null or {name} between 1 and 4)" for name in ("confidentiality", "integrity", "availability")
)
_COMPLETE = (
    "standing <> 'accepted' or (owner_role <> '' and business_role <> '' and it_role <> '' and payer <> ''"
    " and financed_until is not null and launched_on is not null and accepted_on is not null"
    " and review_due_on is not null)"
)


def upgrade() -> None:
    """Add the tables."""
    _service()
    _cost()
    _dependency()
    _holder()
    _acceptance()
    fix_table("service_holder")
    fix_table("service_acceptance")
    replace_check("notification", "ck_notification_has_its_project", OF_SOMETHING)


def _service() -> None:
    table = "operated_service"
    op.create_table(
        table,
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("project_id", sa.Integer(), nullable=True),
        sa.Column("title", sa.String(length=200), nullable=False),
        sa.Column("standing", sa.String(length=20), nullable=False),
        sa.Column("department_id", sa.Integer(), nullable=False),
        sa.Column("owner_role", sa.String(length=200), nullable=False),
        sa.Column("owner_id", sa.Integer(), nullable=True),
        sa.Column("business_role", sa.String(length=200), nullable=False),
        sa.Column("business_department_id", sa.Integer(), nullable=True),
        sa.Column("business_id", sa.Integer(), nullable=True),
        sa.Column("it_role", sa.String(length=200), nullable=False),
        sa.Column("it_department_id", sa.Integer(), nullable=True),
        sa.Column("it_id", sa.Integer(), nullable=True),
        sa.Column("object_family", sa.String(length=200), nullable=False),
        sa.Column("platform", sa.String(length=200), nullable=False),
        sa.Column("service_level", sa.Text(), nullable=False),
        sa.Column("confidentiality", sa.Integer(), nullable=True),
        sa.Column("integrity", sa.Integer(), nullable=True),
        sa.Column("availability", sa.Integer(), nullable=True),
        sa.Column("supplier", sa.String(length=200), nullable=False),
        sa.Column("contract_ends_on", sa.Date(), nullable=True),
        sa.Column("notice_months", sa.Integer(), nullable=True),
        sa.Column("payer_department_id", sa.Integer(), nullable=True),
        sa.Column("payer", sa.String(length=200), nullable=False),
        sa.Column("financed_until", sa.Date(), nullable=True),
        sa.Column("launched_on", sa.Date(), nullable=True),
        sa.Column("decommission_on", sa.Date(), nullable=True),
        sa.Column("registered_on", sa.Date(), nullable=False),
        sa.Column("accepted_on", sa.Date(), nullable=True),
        sa.Column("review_due_on", sa.Date(), nullable=True),
        sa.Column("version", sa.Integer(), nullable=False),
        _check(
            table,
            "standing_known",
            "standing in ('planned', 'asked', 'declined', 'accepted', 'decommissioned')",
        ),
        _check(table, "levels_known", _ONE_TO_FOUR),
        _check(table, "accepted_complete", _COMPLETE),
        _check(
            table, "decommissioned_on_a_day", "standing <> 'decommissioned' or decommission_on is not null"
        ),
        _check(table, "notice_forward", "notice_months is null or notice_months >= 0"),
        _reference(table, "project_id", "project"),
        *(
            _reference(table, f"{part}department_id", "department")
            for part in ("", "business_", "it_", "payer_")
        ),
        *(_reference(table, f"{part}_id", "person") for part in ("owner", "business", "it")),
        sa.PrimaryKeyConstraint("id", name=op.f(f"pk_{table}")),
        sa.UniqueConstraint("project_id", name=op.f(f"uq_{table}_project_id")),
    )
    for name, columns in (
        ("department_id", ["department_id", "standing"]),
        ("review_due_on", ["standing", "review_due_on"]),
        ("owner_id", ["owner_id"]),
        ("payer_department_id", ["payer_department_id"]),
    ):
        op.create_index(op.f(f"ix_{table}_{name}"), table, columns)


def _cost() -> None:
    table = "service_cost"
    op.create_table(
        table,
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("service_id", sa.Integer(), nullable=False),
        sa.Column("kind", sa.String(length=20), nullable=False),
        sa.Column("from_year", sa.Integer(), nullable=False),
        sa.Column("to_year", sa.Integer(), nullable=False),
        sa.Column("amount", sa.BigInteger(), nullable=False),
        _check(table, "kind_known", "kind in ('operation', 'licences', 'maintenance', 'capital', 'other')"),
        _check(table, "years_forward", "to_year >= from_year"),
        _check(table, "amount_positive", "amount > 0"),
        _reference(table, "service_id", "operated_service"),
        sa.PrimaryKeyConstraint("id", name=op.f(f"pk_{table}")),
        sa.UniqueConstraint(
            "service_id", "kind", "from_year", name=op.f(f"uq_{table}_service_id_kind_from_year")
        ),
    )


def _dependency() -> None:
    table = "service_dependency"
    op.create_table(
        table,
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("service_id", sa.Integer(), nullable=False),
        sa.Column("on_service_id", sa.Integer(), nullable=True),
        sa.Column("platform", sa.String(length=200), nullable=False),
        _check(table, "one_of_two", "(on_service_id is null) <> (platform = '')"),
        _check(table, "not_itself", "on_service_id is null or on_service_id <> service_id"),
        _reference(table, "service_id", "operated_service"),
        _reference(table, "on_service_id", "operated_service"),
        sa.PrimaryKeyConstraint("id", name=op.f(f"pk_{table}")),
        sa.UniqueConstraint(
            "service_id",
            "on_service_id",
            "platform",
            name=op.f(f"uq_{table}_service_id_on_service_id_platform"),
        ),
    )
    op.create_index(op.f(f"ix_{table}_on_service_id"), table, ["on_service_id"])


def _holder() -> None:
    table = "service_holder"
    op.create_table(
        table,
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("service_id", sa.Integer(), nullable=False),
        sa.Column("part", sa.String(length=20), nullable=False),
        sa.Column("role", sa.String(length=200), nullable=False),
        sa.Column("department_id", sa.Integer(), nullable=True),
        sa.Column("person_id", sa.Integer(), nullable=True),
        sa.Column("from_on", sa.Date(), nullable=False),
        sa.Column("entered_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("entered_by_id", sa.Integer(), nullable=False),
        _check(table, "part_known", "part in ('owner', 'business', 'it')"),
        _reference(table, "service_id", "operated_service"),
        _reference(table, "department_id", "department"),
        _reference(table, "person_id", "person"),
        _reference(table, "entered_by_id", "person"),
        sa.PrimaryKeyConstraint("id", name=op.f(f"pk_{table}")),
    )
    op.create_index(op.f(f"ix_{table}_service_id"), table, ["service_id"])


def _acceptance() -> None:
    table = "service_acceptance"
    op.create_table(
        table,
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("service_id", sa.Integer(), nullable=False),
        sa.Column("answer", sa.String(length=20), nullable=False),
        sa.Column("words", sa.Text(), nullable=False),
        sa.Column("content", sa.JSON(), nullable=False),
        sa.Column("content_sha256", sa.String(length=64), nullable=False),
        sa.Column("answered_by_id", sa.Integer(), nullable=False),
        sa.Column("answered_at", sa.DateTime(timezone=True), nullable=False),
        _check(table, "answer_known", "answer in ('accepted', 'declined')"),
        _check(table, "declined_with_reason", "answer <> 'declined' or words <> ''"),
        _reference(table, "service_id", "operated_service"),
        _reference(table, "answered_by_id", "person"),
        sa.PrimaryKeyConstraint("id", name=op.f(f"pk_{table}")),
    )
    op.create_index(op.f(f"ix_{table}_service_id"), table, ["service_id"])


def _check(table: str, name: str, condition: str) -> sa.CheckConstraint:
    return sa.CheckConstraint(condition, name=op.f(f"ck_{table}_{name}"))


def _reference(table: str, column: str, other: str) -> sa.ForeignKeyConstraint:
    name = op.f(f"fk_{table}_{column}_{other}")
    return sa.ForeignKeyConstraint([column], [f"{other}.id"], name=name, ondelete="RESTRICT")


def downgrade() -> None:
    """Take them away again; what was told of services is forgotten with them."""
    notification = sa.table("notification", sa.column("kind", sa.String()))
    op.execute(notification.delete().where(notification.c.kind.in_(KINDS)))
    replace_check("notification", "ck_notification_has_its_project", OF_A_PROJECT)
    free_table("service_acceptance")
    free_table("service_holder")
    for table in (
        "service_acceptance", "service_holder", "service_dependency", "service_cost", "operated_service",
    ):  # fmt: skip
        op.drop_table(table)
