"""What a section holds: answers as canonical text, rows as mappings with an id that stays.

A day is `2027-03-31`, a number `1234.5`, a percentage a share `0.6`, a choice its key. Nothing answered is
nothing kept, so that two equal answers are equal contents.
"""

from __future__ import annotations

import secrets
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal, InvalidOperation
from typing import Any

from app.applications.declaration import FieldKind, FieldSpec, Section, TableSpec, Text
from app.projects.models import ProjectKind

Row = Mapping[str, str]
Content = Mapping[str, Any]
"""Answers by field key, rows by table key."""

ROW_ID = "id"
MOST_ROWS = 100


class ContentError(ValueError):
    """What is to be saved does not follow the section's declaration: a fault in the program that saves it."""


@dataclass(frozen=True, slots=True)
class Difference:
    """One answer that differs. For a row: which row of the table, and a column of it."""

    path: str
    """`operation.owner`, or `goals.effect_goals` for a column of a row."""
    label: Text
    before: str
    after: str
    spec: FieldSpec
    row_id: str = ""
    row_number: int = 0


def canonical(section: Section, kind: ProjectKind, content: Content) -> dict[str, Any]:
    """The content as it is kept. Raises ContentError for anything that is not declared."""
    fields = {spec.key: spec for spec in section.fields_for(kind)}
    tables = {spec.key: spec for spec in section.tables_for(kind)}
    unknown = content.keys() - fields.keys() - tables.keys()
    if unknown:
        raise ContentError(f"{section.key} has no {sorted(unknown)}")
    kept: dict[str, Any] = _answers(fields.values(), content)
    for key, table in tables.items():
        rows = _rows(table, kind, content.get(key, ()))
        if rows:
            kept[key] = rows
    return kept


def rows_of(content: Content, table: TableSpec) -> Sequence[Row]:
    """The rows of a table."""
    rows: Sequence[Row] = content.get(table.key, ())
    return rows


def departments_in(section: Section, content: Content) -> set[str]:
    """Ids of the departments that are chosen in the section."""
    cells = [(spec, content) for spec in section.fields]
    cells += [
        (spec, row) for table in section.tables for row in rows_of(content, table) for spec in table.columns
    ]
    return {cell[spec.key] for spec, cell in cells if spec.kind is FieldKind.DEPARTMENT and spec.key in cell}


def _rows(table: TableSpec, kind: ProjectKind, rows: Sequence[Row]) -> list[dict[str, str]]:
    if len(rows) > MOST_ROWS:
        raise ContentError(f"{table.key} has more than {MOST_ROWS} rows")
    columns = list(table.columns_for(kind))
    taken: set[str] = set()
    kept = []
    for row in rows:
        answers = _answers(columns, row)
        unknown = row.keys() - {ROW_ID} - {spec.key for spec in columns}
        if unknown:
            raise ContentError(f"{table.key} has no {sorted(unknown)}")
        if answers:
            row_id = row.get(ROW_ID, "")
            if not row_id or row_id in taken:
                row_id = secrets.token_hex(4)
            taken.add(row_id)
            kept.append({ROW_ID: row_id, **answers})
    return kept


def _answers(specs: Any, content: Content) -> dict[str, str]:
    found = ((spec, content.get(spec.key, "")) for spec in specs)
    return {spec.key: _checked(spec, value) for spec, value in found if value != ""}


def _checked(spec: FieldSpec, value: Any) -> str:
    if not isinstance(value, str):
        raise ContentError(f"{spec.key}: {value!r} is not text")
    try:
        match spec.kind:
            case FieldKind.DATE:
                return date.fromisoformat(value).isoformat()
            case FieldKind.MONEY | FieldKind.NUMBER | FieldKind.PERCENT:
                return f"{Decimal(value):f}"
            case FieldKind.DEPARTMENT:
                return str(int(value))
            case FieldKind.CHOICE if value not in dict(spec.choices):
                raise ContentError(f"{spec.key}: {value!r} is not a choice")
            case FieldKind.YES_NO if value not in ("yes", "no"):
                raise ContentError(f"{spec.key}: {value!r} is neither yes nor no")
            case _:
                return value
    except (InvalidOperation, ValueError) as error:
        raise ContentError(f"{spec.key}: {value!r} is no {spec.kind}") from error


def differences(section: Section, before: Content, after: Content) -> Iterator[Difference]:
    """Every answer of the section that is not the same in both, in the order of the declaration.

    Rows are told apart by their ids, so that a row that only moved is no difference.
    """
    for spec in section.fields:
        old, new = before.get(spec.key, ""), after.get(spec.key, "")
        if old != new:
            yield Difference(f"{section.key}.{spec.key}", spec.label, old, new, spec)
    for table in section.tables:
        yield from _row_differences(section, table, rows_of(before, table), rows_of(after, table))


def _row_differences(
    section: Section, table: TableSpec, before: Sequence[Row], after: Sequence[Row]
) -> Iterator[Difference]:
    old = {row[ROW_ID]: row for row in before}
    new = {row[ROW_ID]: row for row in after}
    numbers = {row_id: number for number, row_id in enumerate(dict.fromkeys([*new, *old]), start=1)}
    for row_id, number in numbers.items():
        for spec in table.columns:
            was, now = old.get(row_id, {}).get(spec.key, ""), new.get(row_id, {}).get(spec.key, "")
            if was != now:
                yield Difference(f"{section.key}.{table.key}", spec.label, was, now, spec, row_id, number)
