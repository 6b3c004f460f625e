"""Drafts of every form: by the address that it is sent to and the page that it is typed on.

Until now a draft belonged to a form of a project. Each that is there when this runs goes where its form is sent to.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

import sqlalchemy as sa
from alembic import op

revision = "0016"
down_revision = "0015"
branch_labels = None
depends_on = None

SECTIONS = {
    "summary": "sammanfattning",
    "background": "bakgrund",
    "solution": "losning",
    "goals": "mal",
    "scope": "omfattning",
    "milestones": "milstolpar",
    "organisation": "organisation",
    "procurement": "upphandling",
    "communication": "kommunikation",
    "calculation": "kostnader-och-nytta",
    "operation": "driftsplan",
    "departments": "medverkande",
    "security": "informationssakerhet",
    "risks": "risker",
    "impact": "konsekvenser",
    "attachments": "bilagor",
}
"""How the sections were written in addresses when this was written."""
LINES = {"cost": "kostnad", "benefit": "nytta"}
PLACE = re.compile(r"/projekt/(\d+)/(ansokan|kalkyl|granskning)/([\w-]+)(?:/(\d+|ny))?")

BY_PROJECT = sa.table(
    "draft",
    sa.column("id", sa.Integer),
    sa.column("project_id", sa.Integer),
    sa.column("form", sa.String),
    sa.column("person_id", sa.Integer),
    sa.column("fields", sa.JSON),
    sa.column("saved_at", sa.DateTime(timezone=True)),
)
BY_PLACE = sa.table(
    "draft",
    sa.column("id", sa.Integer),
    sa.column("person_id", sa.Integer),
    sa.column("place", sa.String),
    sa.column("page", sa.String),
    sa.column("stands_on", sa.String),
    sa.column("about", sa.String),
    sa.column("fields", sa.JSON),
    sa.column("saved_at", sa.DateTime(timezone=True)),
    sa.column("revision", sa.Integer),
)


def upgrade() -> None:
    """Give each draft the address of its form."""
    rows = op.get_bind().execute(sa.select(BY_PROJECT).order_by(BY_PROJECT.c.id)).mappings().all()
    op.drop_table("draft")
    op.create_table(
        "draft",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("person_id", sa.Integer(), nullable=False),
        sa.Column("place", sa.String(length=400), nullable=False),
        sa.Column("page", sa.String(length=32), nullable=False),
        sa.Column("stands_on", sa.String(length=400), nullable=False),
        sa.Column("about", sa.String(length=60), nullable=False),
        sa.Column("fields", sa.JSON(), nullable=False),
        sa.Column("saved_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("revision", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["person_id"], ["person.id"], name=op.f("fk_draft_person_id_person"), ondelete="RESTRICT"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_draft")),
        sa.UniqueConstraint("person_id", "place", "page", name=op.f("uq_draft_person_id_place_page")),
    )
    if rows:
        op.bulk_insert(BY_PLACE, [_with_place(row) for row in rows])
        _count_on()


def downgrade() -> None:
    """Give each draft its project. One of a form that is no project's has no place any more."""
    rows = op.get_bind().execute(sa.select(BY_PLACE).order_by(BY_PLACE.c.saved_at)).mappings().all()
    op.drop_table("draft")
    op.create_table(
        "draft",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("project_id", sa.Integer(), nullable=False),
        sa.Column("form", sa.String(length=60), nullable=False),
        sa.Column("person_id", sa.Integer(), nullable=False),
        sa.Column("fields", sa.JSON(), nullable=False),
        sa.Column("saved_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["person_id"], ["person.id"], name=op.f("fk_draft_person_id_person"), ondelete="RESTRICT"
        ),
        sa.ForeignKeyConstraint(
            ["project_id"], ["project.id"], name=op.f("fk_draft_project_id_project"), ondelete="RESTRICT"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_draft")),
        sa.UniqueConstraint(
            "project_id", "form", "person_id", name=op.f("uq_draft_project_id_form_person_id")
        ),
    )
    newest = {(row["project_id"], row["form"], row["person_id"]): row for row in _with_project(rows)}
    if newest:
        op.bulk_insert(BY_PROJECT, list(newest.values()))
        _count_on()


def _with_place(row: Any) -> dict[str, Any]:
    project, form = row["project_id"], row["form"]
    kind, _dash, number = form.partition("-")
    if kind in LINES:
        place = f"/projekt/{project}/kalkyl/{LINES[kind]}/{number.replace('new', 'ny')}"
    elif form in SECTIONS:
        place = f"/projekt/{project}/ansokan/{SECTIONS[form]}"
    else:
        place = f"/projekt/{project}/granskning/komplettering"
    page = next((text for name, text in row["fields"] if name == "page"), "")[:32]
    kept = {name: row[name] for name in ("id", "person_id", "fields", "saved_at")}
    about = "" if form == "return" else f"{project}/{form}"
    return kept | {"place": place, "page": page, "stands_on": place, "about": about, "revision": 1}


def _with_project(rows: Any) -> Iterator[dict[str, Any]]:
    forms = {slug: key for key, slug in SECTIONS.items()} | {"komplettering": "return"}
    kinds = {slug: kind for kind, slug in LINES.items()}
    for row in rows:
        match = PLACE.fullmatch(row["place"])
        slug, number = (match[3], match[4]) if match else ("", None)
        if match and slug in kinds and number:
            form = f"{kinds[slug]}-{number.replace('ny', 'new')}"
        elif match and slug in forms and not number:
            form = forms[slug]
        else:
            continue
        kept = {name: row[name] for name in ("id", "person_id", "fields", "saved_at")}
        yield kept | {"project_id": int(match[1]), "form": form}


def _count_on() -> None:
    """PostgreSQL numbers the next row after those that were put back with their numbers."""
    if op.get_bind().dialect.name == "postgresql":
        op.execute("select setval(pg_get_serial_sequence('draft', 'id'), (select max(id) from draft))")
