"""An application as it is read: every question with its answer in words, for the page and for paper."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from itertools import groupby
from typing import Any

from flask_babel import gettext as _

from app.applications.content import Content, differences, rows_of
from app.applications.declaration import FieldKind, FieldSpec, Section, TableSpec
from app.applications.sections import sections_for
from app.applications.snapshot import Document
from app.benefits.inputs import Inputs
from app.benefits.labels import INPUTS, name_of
from app.benefits.snapshot import inputs_from_json
from app.benefits.values import BenefitValues, CostValues, Entry
from app.projects.models import ProjectKind
from app.web.formats import decimal_text, file_size, iso_date, kronor, number, percent

NUMERIC = frozenset({FieldKind.MONEY, FieldKind.NUMBER, FieldKind.PERCENT})


@dataclass(frozen=True, slots=True)
class Answer:
    """A question and its answer; an empty text is a question that was not answered."""

    label: Any
    text: str
    is_long: bool


@dataclass(frozen=True, slots=True)
class Column:
    """A column of a table."""

    label: Any
    numeric: bool


@dataclass(frozen=True, slots=True)
class Table:
    """Rows under headings."""

    title: Any
    columns: tuple[Column, ...]
    rows: tuple[tuple[str, ...], ...]


@dataclass(frozen=True, slots=True)
class ReadSection:
    """A section with everything that is answered in it."""

    key: str
    title: Any
    holds: str
    answers: tuple[Answer, ...] = ()
    tables: tuple[Table, ...] = ()

    @property
    def runs(self) -> list[tuple[bool, list[Answer]]]:
        """The answers in order, in runs of long ones and of short ones, which are shown as a list."""
        return [(is_long, list(run)) for is_long, run in groupby(self.answers, lambda a: a.is_long)]


@dataclass(frozen=True, slots=True)
class Changed:
    """One thing that is not the same in two versions."""

    label: str
    before: str
    after: str


@dataclass(frozen=True, slots=True)
class ChangedSection:
    """A section in which something changed."""

    key: str
    title: Any
    changes: Sequence[Changed] = field(default_factory=list)


def read(document: Document, language: str) -> list[ReadSection]:
    """Every section of the document, in order; also those in which nothing is answered."""
    kind = ProjectKind(document["kind"])
    return [
        _read_section(section, kind, document["sections"].get(section.key, {}), document, language)
        for section in sections_for(kind)
    ]


def _read_section(
    section: Section, kind: ProjectKind, content: Content, document: Document, language: str
) -> ReadSection:
    names = document["departments"]
    return ReadSection(
        section.key,
        section.title,
        section.holds,
        tuple(
            Answer(spec.label, shown(spec, content.get(spec.key, ""), names, language), spec.is_long)
            for spec in section.fields_for(kind)
        ),
        tuple(_read_table(table, kind, content, names, language) for table in section.tables_for(kind)),
    )


def _read_table(
    table: TableSpec, kind: ProjectKind, content: Content, names: Mapping[str, str], language: str
) -> Table:
    columns = tuple(table.columns_for(kind))
    return Table(
        table.title,
        tuple(Column(spec.label, spec.kind in NUMERIC) for spec in columns),
        tuple(
            tuple(shown(spec, row.get(spec.key, ""), names, language) for spec in columns)
            for row in rows_of(content, table)
        ),
    )


def shown(spec: FieldSpec, value: str, departments: Mapping[str, str], language: str) -> str:
    """An answer as people read it."""
    if not value:
        return ""
    match spec.kind:
        case FieldKind.MONEY:
            amount = Decimal(value)
            whole = amount == amount.to_integral_value()
            return kronor(amount, language) if whole else f"{number(amount, 2, language)} kr"
        case FieldKind.NUMBER:
            return decimal_text(Decimal(value), language)
        case FieldKind.PERCENT:
            return percent(Decimal(value), language=language)
        case FieldKind.DEPARTMENT:
            return departments.get(value, value)
        case FieldKind.CHOICE:
            return str(dict(spec.choices).get(value, value))
        case FieldKind.YES_NO:
            return _("Ja") if value == "yes" else _("Nej")
        case _:
            return value


# --- comparing two versions ------------------------------------------------------------------------------


def compare(before: Document, after: Document, language: str) -> list[ChangedSection]:
    """What differs between two documents, section by section; where nothing changed, nothing is said."""
    names = {**before["departments"], **after["departments"]}
    found = [ChangedSection("", _("Projektet"), list(_details_changes(before, after)))]
    for section in sections_for(after["kind"]):
        if section.holds == "calculation":
            changes = list(_calculation_changes(before, after, language))
        elif section.holds == "attachments":
            changes = list(_attachment_changes(before, after, language))
        else:
            old, new = (document["sections"].get(section.key, {}) for document in (before, after))
            changes = list(changed_answers(section, old, new, names, language))
        found.append(ChangedSection(section.key, section.title, changes))
    return [section for section in found if section.changes]


def _details_changes(before: Document, after: Document) -> Iterator[Changed]:
    labels = {
        "title": _("Projektets namn"),
        "round": _("Ansökningsomgång"),
        "lead_department": _("Ansvarig förvaltning"),
        "leader": _("Projektledare"),
    }
    for key, label in labels.items():
        if before[key] != after[key]:
            yield Changed(label, before[key], after[key])


def changed_answers(
    section: Section, before: Content, after: Content, names: Mapping[str, str], language: str
) -> Iterator[Changed]:
    """Every answer of a section that is not the same in both, in words."""
    rows = {f"{section.key}.{table.key}": table.row_name for table in section.tables}
    for found in differences(section, before, after):
        label = str(found.label)
        if found.row_id:
            label = f"{rows[found.path]} {found.row_number}: {label}"
        yield Changed(
            label,
            shown(found.spec, found.before, names, language),
            shown(found.spec, found.after, names, language),
        )


def _calculation_changes(before: Document, after: Document, language: str) -> Iterator[Changed]:
    results = {
        "applied_amount": _("Sökt belopp"),
        "total_cost": _("Kostnad"),
        "total_benefit": _("Nytta"),
        "net_present_value": _("Nettonuvärde"),
    }
    for key, label in results.items():
        old, new = before["results"][key], after["results"][key]
        if old != new:
            yield Changed(label, kronor(Decimal(old), language), kronor(Decimal(new), language))
    old_lines, new_lines = _lines(before), _lines(after)
    for key in dict.fromkeys((*new_lines, *old_lines)):
        was, now = old_lines.get(key), new_lines.get(key)
        if was != now:
            known = now or was
            label = known.values.description if known else key
            yield Changed(label, _line_text(was, language), _line_text(now, language))


def _lines(document: Document) -> dict[str, Entry[Any]]:
    inputs: Inputs = inputs_from_json(document["calculation"])
    entries: list[Entry[Any]] = [*inputs.costs, *inputs.benefits]
    return {entry.key: entry for entry in entries}


def _line_text(entry: Entry[Any] | None, language: str) -> str:
    """A line in one text: what it is called, whose it is, and the numbers that it counts with."""
    if entry is None:
        return ""
    parts = [entry.values.description, entry.department]
    values: CostValues | BenefitValues = entry.values
    if isinstance(values, CostValues):
        parts += [f"{year}: {kronor(amount, language)}" for year, amount in sorted(values.amounts.items())]
        return "\n".join(parts)
    parts += [
        f"{label}: {_plain(getattr(values, name), language)}"
        for name, label in INPUTS.items()
        if getattr(values, name, None) not in (None, ())
    ]
    parts += [text for text in (values.taken_home_how, values.owner_role, values.indicator) if text]
    if values.evidence:
        parts.append(_("Siffrornas säkerhet: %(grade)s", grade=name_of(values.evidence)))
    return "\n".join(parts)


def _plain(value: Any, language: str) -> str:
    match value:
        case tuple():
            return ", ".join(percent(effect, language=language) for effect in value)
        case date():
            return iso_date(value)
        case Decimal():
            return decimal_text(value, language)
        case _:
            return str(value)


def _attachment_changes(before: Document, after: Document, language: str) -> Iterator[Changed]:
    old = {row["id"]: row for row in before["attachments"]}
    new = {row["id"]: row for row in after["attachments"]}
    for key in dict.fromkeys((*new, *old)):
        if (key in old) != (key in new):
            row = new.get(key) or old[key]
            text = f"{row['filename']}, {file_size(row['size'], language)}"
            yield Changed(_("Bilaga"), text if key in old else "", text if key in new else "")
