"""What a form and its fields are called: for lists of drafts, and for pages about what went wrong."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from flask import Flask, g
from sqlalchemy import select
from wtforms.fields.core import UnboundField

from app.applications.declaration import TableSpec
from app.applications.sections import spec_at, title_of
from app.db import db
from app.overview.named_forms import BESIDE, FORMS, OF_ROWS, SECTION
from app.projects.models import Project
from app.projects.queries import visible_to
from app.web import wording
from app.web.wording import Page

YEAR_OF_COST = "amount_"


def install(app: Flask) -> None:
    """Let the product use these words."""
    wording.use(app, wording.Wording(titles, label))


def titles(pages: Sequence[Page | None]) -> list[str]:
    """Form and case, as "Yttrande, Radonmätning". A case that the viewer may no longer see is not named."""
    numbers = {page[1]["project_id"] for page in pages if page and "project_id" in page[1]}
    seen = select(Project.id, Project.title).where(Project.id.in_(numbers), visible_to(g.viewer))
    cases = {row.id: row.title for row in db.session.execute(seen)} if numbers else {}
    return [", ".join(_named(page, cases)) if page else "" for page in pages]


def _named(page: Page, cases: Mapping[int, str]) -> list[str]:
    endpoint, parts = page
    form = title_of(parts["key"]) if endpoint == SECTION else FORMS.get(endpoint, ("", None))[0]
    return [str(word) for word in (form, cases.get(parts.get("project_id", 0), "")) if word]


def label(page: Page, name: str) -> str | None:
    """The label of a field; in a table with the number of its row."""
    endpoint, parts = page
    if endpoint in OF_ROWS:
        return _of_row(endpoint, name)
    words = name.split("-")
    if words[-1].startswith(YEAR_OF_COST):
        return words[-1].removeprefix(YEAR_OF_COST)
    if endpoint == SECTION:
        found = _asked(parts["key"], words[0], words[-1])
    else:
        found = _written(FORMS[endpoint][1], words) if endpoint in FORMS else None
    if found and len(words) > 2 and words[1].isdecimal():
        return f"{found} {int(words[1]) + 1}"
    beside = (
        word
        for form in BESIDE.get(endpoint, ())
        if (word := _written(form, words) or _written(form, words[-1:]))
    )
    return found or next(beside, None)


def _of_row(endpoint: str, name: str) -> str | None:
    """By the whole name, by what it asks of a row that was added, or by how it begins."""
    known = OF_ROWS[endpoint]
    asked = (name.rpartition("-")[2], name.partition("_")[0])
    found = next((known[kind] for kind in asked if kind in known), None)
    return str(found) if found else _written(FORMS[endpoint][1], [name])


def _asked(section: str, name: str, column: str) -> str | None:
    spec = spec_at(f"{section}.{name}")
    if isinstance(spec, TableSpec):
        return next((str(asked.label) for asked in spec.columns if asked.key == column), None)
    return str(spec.label) if spec else None


def _written(form: type[Any], words: Sequence[str]) -> str | None:
    """What a class of forms says of the field; rows and points hold a form of their own."""
    field = getattr(form, words[0], None)
    while isinstance(field, UnboundField) and field.args and isinstance(field.args[0], UnboundField):
        field = field.args[0]
    if not isinstance(field, UnboundField) or not field.args:
        return None
    first, *more = field.args
    if not isinstance(first, type):
        return str(first)
    inner = [word for word in words[1:] if not word.isdecimal()]
    within = _written(first, inner) if inner else None
    return " ".join(str(word) for word in (*more, within) if word) or None
