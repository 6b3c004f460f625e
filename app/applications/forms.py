"""Forms made from the declarations of the sections."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from decimal import Decimal
from functools import lru_cache
from typing import Any

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from flask_wtf.file import FileField
from wtforms import FieldList, FormField, HiddenField
from wtforms import Form as PlainForm
from wtforms.validators import ValidationError

from app.applications.content import MOST_ROWS, ROW_ID, Content, rows_of
from app.applications.declaration import FieldKind, FieldSpec, Section, TableSpec
from app.projects.models import ProjectKind
from app.web.changing import ChangeForm, ConfirmForm
from app.web.choices import Choice, Pick, Tick
from app.web.forms import (
    LINE_LIMIT,
    TEXT_LIMIT,
    DateField,
    DecimalField,
    Form,
    Line,
    MoneyField,
    PercentField,
    Required,
    Text,
)
from app.web.rows import Rows

Departments = tuple[tuple[str, str], ...]
"""The departments to choose from: id and name."""

ROW_ID_FIELD = "row_id"


class SectionForm(ChangeForm):
    """A section as it is written."""


class CommentForm(Form):
    """A message that has to be written."""

    comment = Text(
        _l("Kommentar till projektledaren"),
        [Required(_l("Skriv vad som behöver ändras."))],
        limit=4000,
        description=_l("Skriv vad som behöver ändras, så konkret du kan."),
    )


class SignForm(ConfirmForm):
    """The manager's signature on what the page shows: given anew each time, never kept."""

    confirm = Tick(
        _l(
            "Jag har läst hela ansökan, och förvaltningen står bakom den: kostnaderna, nyttan som ska tas "
            "hem och ansvaret för driften."
        ),
        [Required(_l("Kryssa i rutan för att skriva under."))],
    )


class WithdrawForm(Form):
    """Taking an application back."""

    reason = Text(
        _l("Varför återtas ansökan?"),
        [Required(_l("Skriv varför ansökan återtas."))],
        limit=2000,
        description=_l("Skälet sparas i ärendets historik."),
    )


class AttachmentForm(Form):
    """A file to add."""

    file = FileField(_l("Fil"), description=_l("PDF, Word, Excel, PowerPoint, PNG eller JPEG, högst 20 MB."))
    description = Line(
        _l("Vad är det för underlag?"), description=_l("Till exempel: Offert från leverantör.")
    )


@lru_cache(maxsize=128)
def section_form(section: Section, kind: ProjectKind, departments: Departments) -> type[SectionForm]:
    """The form class of a section, for this kind of project and these departments."""
    fields: dict[str, Any] = {spec.key: _field(spec, departments) for spec in section.fields_for(kind)}
    for table in section.tables_for(kind):
        columns = {spec.key: _field(spec, departments) for spec in table.columns_for(kind)}
        row = type(f"{table.key}Row", (PlainForm,), {ROW_ID_FIELD: HiddenField(), **columns})
        # One row too many is read, so that it is refused; thousands would only keep everybody waiting.
        fields[table.key] = Rows(
            FormField(row), label=table.title, validators=[_few_rows], max_entries=MOST_ROWS + 1
        )
    return type(f"{section.key}Form", (SectionForm,), fields)


def _few_rows(_form: Any, field: FieldList[Any]) -> None:
    if len(field.entries) > MOST_ROWS:
        raise ValidationError(_("Tabellen har fler än %(limit)s rader. Ta bort några.", limit=MOST_ROWS))


def _field(spec: FieldSpec, departments: Departments) -> Any:  # noqa: C901 - one line for each kind
    about = {"description": spec.hint}
    match spec.kind:
        case FieldKind.LINE:
            return Line(spec.label, limit=spec.limit or LINE_LIMIT, **about)
        case FieldKind.TEXT:
            return Text(spec.label, limit=spec.limit or TEXT_LIMIT, **about)
        case FieldKind.CHOICE:
            return Pick(spec.label, choices=[("", _l("Välj")), *spec.choices], **about)
        case FieldKind.DEPARTMENT:
            return Pick(spec.label, choices=[("", _l("Välj")), *departments], **about)
        case FieldKind.YES_NO:
            return Choice(spec.label, choices=[("yes", _l("Ja")), ("no", _l("Nej"))], **about)
        case FieldKind.DATE:
            return DateField(spec.label, **about)
        case FieldKind.MONEY:
            return MoneyField(spec.label, **about)
        case FieldKind.PERCENT:
            return PercentField(spec.label, **about)
        case FieldKind.NUMBER:
            return DecimalField(spec.label, **about)


def saved_data(section: Section, kind: ProjectKind, content: Content, version: int) -> dict[str, Any]:
    """What is saved, as the form's data. A table that needs rows begins with an empty one."""
    data: dict[str, Any] = {
        spec.key: _python(spec, content.get(spec.key, "")) for spec in section.fields_for(kind)
    }
    for table in section.tables_for(kind):
        rows = [_row_data(table, kind, row) for row in rows_of(content, table)]
        data[table.key] = rows or [{}] * (kind in table.required)
    return {**data, "version": str(version)}


def place_after_rows(form: SectionForm, sent: Mapping[str, str]) -> str:
    """Where to go on writing: in the row that was added, or at the table that lost one."""
    name = sent.get("add") or sent.get("remove", "").rpartition("-")[0]
    table: Any = next((field for field in form if field.name == name), None)
    if not isinstance(table, FieldList):
        return ""
    if "add" not in sent or not table.entries:
        return str(table.id)
    return next(str(field.id) for field in table.entries[-1].form if field.short_name != ROW_ID_FIELD)


def content_of(form: SectionForm, section: Section, kind: ProjectKind) -> dict[str, Any]:
    """What a valid form says, as it is kept."""
    content: dict[str, Any] = {spec.key: _text(form[spec.key].data) for spec in section.fields_for(kind)}
    for table in section.tables_for(kind):
        rows: Any = form[table.key]
        content[table.key] = [_row_of(entry.form, table, kind) for entry in rows.entries]
    return content


def _row_of(form: Any, table: TableSpec, kind: ProjectKind) -> dict[str, str]:
    row_id = str(form[ROW_ID_FIELD].data or "")
    known = row_id if len(row_id) == 8 and row_id.isalnum() else ""
    return {ROW_ID: known} | {spec.key: _text(form[spec.key].data) for spec in table.columns_for(kind)}


def _row_data(table: TableSpec, kind: ProjectKind, row: Content) -> dict[str, Any]:
    columns = {spec.key: _python(spec, row.get(spec.key, "")) for spec in table.columns_for(kind)}
    return {ROW_ID_FIELD: row.get(ROW_ID, ""), **columns}


def _python(spec: FieldSpec, text: str) -> Any:
    if not text:
        return None
    match spec.kind:
        case FieldKind.DATE:
            return date.fromisoformat(text)
        case FieldKind.MONEY | FieldKind.NUMBER | FieldKind.PERCENT:
            return Decimal(text)
        case _:
            return text


def _text(value: Any) -> str:
    match value:
        case None:
            return ""
        case Decimal():
            return f"{value:f}"
        case date():
            return value.isoformat()
        case _:
            return str(value)
