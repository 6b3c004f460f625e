"""What an application is made of: sections that declare their fields and tables.

The form, the page, the check before submission, the comparison and the PDF are all made from these
declarations, so that none of them can forget a field.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum
from typing import Any, Literal

from app.projects.models import ProjectKind

Kinds = frozenset[ProjectKind]
BOTH: Kinds = frozenset(ProjectKind)
IMPLEMENTATION: Kinds = frozenset({ProjectKind.IMPLEMENTATION})
PRE_STUDY: Kinds = frozenset({ProjectKind.PRE_STUDY})
NEVER: Kinds = frozenset()

Text = Any
"""A text for people, translated when shown."""


class FieldKind(StrEnum):
    """What can be answered. Answers are kept as canonical text, see `forms.content_of`."""

    LINE = "line"
    TEXT = "text"
    CHOICE = "choice"
    DATE = "date"
    MONEY = "money"
    NUMBER = "number"
    PERCENT = "percent"
    YES_NO = "yes_no"
    DEPARTMENT = "department"


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class FieldSpec:
    """One question: how it is asked, how it is answered, and for whom it must be."""

    key: str
    label: Text
    kind: FieldKind = FieldKind.TEXT
    hint: Text = ""
    example: Text = ""
    asked: Kinds = BOTH
    """The kinds of project that meet the question at all."""
    required: Kinds = BOTH
    """The kinds of project that cannot be submitted without an answer."""
    required_if: tuple[str, str] | None = None
    """Another field of the section and the answer there that makes this one required."""
    choices: tuple[tuple[str, Text], ...] = ()
    limit: int | None = None
    """Most characters, when fewer than the kind allows."""
    width: Literal[4, 8, 12, 20] | None = None
    wide: bool = False
    """Takes a line of its own among the columns of a row."""

    @property
    def is_long(self) -> bool:
        """Answered in several lines."""
        return self.kind is FieldKind.TEXT

    @property
    def rows(self) -> int | None:
        """How high its place to write is, by how much is expected."""
        if not self.is_long:
            return None
        return 6 if self.limit is None else 4 if self.limit > 1000 else 3


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class TableSpec:
    """A question that is answered in rows; `columns` are the questions of each row."""

    key: str
    title: Text
    columns: tuple[FieldSpec, ...]
    row_name: Text
    """What one row is: "Milstolpe"."""
    add_label: Text
    minimum: Text
    """What to do when there are too few rows: "Lägg till minst en milstolpe."."""
    minimum_rows: int = 1
    asked: Kinds = BOTH
    required: Kinds = BOTH
    """The kinds of project for which the minimum holds."""
    hint: Text = ""
    layout: Literal["table", "cards"] = "cards"

    def columns_for(self, kind: ProjectKind) -> Iterator[FieldSpec]:
        """The questions of each row that a project of this kind is asked."""
        return (spec for spec in self.columns if kind in spec.asked)


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Section:
    """One page of the application."""

    key: str
    slug: str
    """Its part of the address."""
    title: Text
    lead: Text
    guidance: tuple[Text, ...]
    """"Så här tänker du": why it is asked, and how to think; one text per paragraph."""
    group: Text
    """The heading in the task list that it stands under."""
    fields: tuple[FieldSpec, ...] = ()
    tables: tuple[TableSpec, ...] = ()
    kinds: Kinds = BOTH
    holds: Literal["answers", "calculation", "attachments"] = "answers"
    """What its page shows: answers to the fields, or something that another page or table keeps."""

    def fields_for(self, kind: ProjectKind) -> Iterator[FieldSpec]:
        """The questions that a project of this kind is asked here."""
        return (spec for spec in self.fields if kind in spec.asked)

    def tables_for(self, kind: ProjectKind) -> Iterator[TableSpec]:
        """The tables that a project of this kind is asked for here."""
        return (spec for spec in self.tables if kind in spec.asked)
