"""Drafts that were kept before every form had them (migration 0016) are found where their forms are now."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Any

import pytest
import sqlalchemy as sa
from alembic import command
from alembic.config import Config as AlembicConfig
from flask import Flask

from app import drafts
from app.accounts.access import Viewer
from app.applications.declaration import FieldKind, Section
from app.applications.sections import sections_for
from app.benefits.queries import lines_of
from app.db import db
from app.programmes.models import Programme
from app.projects.models import ProjectKind
from config import PROJECT_ROOT
from tests.apps import close_database
from tests.conftest import Browser, Cast
from tests.databases import address_of, as_owner, owner_of
from tests.review_story import taken_in
from tests.story import filled_application

BEFORE = "0015"
KIND = ProjectKind.IMPLEMENTATION
SAVED_AT = datetime(2027, 3, 1, 12, 0, tzinfo=UTC)
OLDER = sa.table(
    "draft",
    sa.column("project_id", sa.Integer),
    sa.column("form", sa.String),
    sa.column("person_id", sa.Integer),
    sa.column("fields", sa.JSON),
    sa.column("saved_at", sa.DateTime(timezone=True)),
)


def walk(address: str, way: Any, goal: str) -> None:
    """Let the tables' owner bring the database to another migration."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("DATABASE_URL", owner_of(address))
        way(AlembicConfig(toml_file=PROJECT_ROOT / "pyproject.toml"), goal)


def carried_over(app: Flask, rows: list[dict[str, Any]]) -> None:
    """Put rows in the table as it was, then migrate."""
    address = address_of(db.engine)
    close_database()
    walk(address, command.downgrade, BEFORE)
    with as_owner(address) as connection:
        connection.execute(sa.insert(OLDER), rows)
    walk(address, command.upgrade, "head")


def older(person: Viewer, project_id: int, form: str, **fields: str) -> dict[str, Any]:
    """A draft as it was kept then."""
    return {
        "project_id": project_id,
        "form": form,
        "person_id": person.id,
        "fields": [[name.replace("__", "-"), text] for name, text in fields.items()],
        "saved_at": SAVED_AT,
    }


def a_text_in(section: Section) -> str | None:
    """The name of a field of this section in which people write."""
    for spec in section.fields_for(KIND):
        if spec.kind is FieldKind.TEXT:
            return spec.key
    for table in section.tables_for(KIND):
        for spec in table.columns_for(KIND):
            if spec.kind is FieldKind.TEXT:
                return f"{table.key}__0__{spec.key}"
    return None


def test_each_is_shown_in_its_form(app: Flask, browser: Browser, cast: Cast, programme: Programme) -> None:
    project = filled_application(cast, programme)
    case = taken_in(cast, programme, title="Radonmätning")
    lines = lines_of(project.id)
    page = f"/projekt/{project.id}"
    written = {section: name for section in sections_for(KIND) if (name := a_text_in(section))}
    assert len(written) > 10
    places = {section.key: f"{page}/ansokan/{section.slug}" for section in written}
    places |= {
        "cost-new": f"{page}/kalkyl/kostnad/ny",
        f"cost-{lines.costs[0].id}": f"{page}/kalkyl/kostnad/{lines.costs[0].id}",
        "benefit-new": f"{page}/kalkyl/nytta/ny",
        f"benefit-{lines.benefits[0].id}": f"{page}/kalkyl/nytta/{lines.benefits[0].id}",
    }
    names = {section.key: name for section, name in written.items()}
    rows = [
        older(cast.leader, project.id, form, **{names.get(form, "description"): f"Utkast i {form}."})
        for form in places
    ]
    carried_over(app, [*rows, older(cast.secretary, case.id, "return", message="Två saker saknas än.")])
    browser.sign_in(cast.leader)
    for form, place in places.items():
        shown = browser.get(place).text
        assert "Utkast från" in shown, form
        assert f"Utkast i {form}." in shown
    assert drafts.about(cast.leader.id, project.id) == set(places), "the list of sections tells of each"
    browser.sign_in(cast.secretary)
    assert "Två saker saknas än." in browser.get(f"/projekt/{case.id}/granskning/komplettering").text


def test_a_later_draft_gets_a_number_of_its_own(
    app: Flask, browser: Browser, cast: Cast, programme: Programme
) -> None:
    project = filled_application(cast, programme)
    carried_over(app, [older(cast.leader, project.id, "goals", effect_goals__0__goal="Kortare kö")])
    browser.sign_in(cast.leader)
    place = f"/projekt/{project.id}/ansokan/omfattning"
    sent = {"included": "Allt.", "form_key": browser.key()}
    assert browser.post("/utkast", query_string={"till": place}, data=sent).status_code == 200
    assert len(drafts.of(cast.leader.id)) == 2


def test_a_step_back_keeps_what_belongs_to_a_project(
    app: Flask, browser: Browser, cast: Cast, programme: Programme
) -> None:
    number = filled_application(cast, programme).id
    place = f"/projekt/{number}/ansokan/mal"
    browser.sign_in(cast.leader)
    for to in (place, "/tillganglighet/synpunkt"):
        sent = {"text": f"Till {to}", "form_key": browser.key()}
        assert browser.post("/utkast", query_string={"till": to}, data=sent).status_code == 200
    address = address_of(db.engine)
    close_database()
    walk(address, command.downgrade, BEFORE)
    with as_owner(address) as connection:
        found = connection.execute(sa.select(OLDER.c.project_id, OLDER.c.form, OLDER.c.fields)).all()
    assert found == [(number, "goals", [["text", f"Till {place}"]])]
    walk(address, command.upgrade, "head")
    assert [draft.place for draft in drafts.of(cast.leader.id)] == [place]
