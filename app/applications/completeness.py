"""What an application lacks before it can be signed: each lack with the place where it is mended."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from enum import StrEnum
from typing import Any

from flask_babel import gettext as _

from app import drafts
from app.accounts.models import Role
from app.accounts.queries import people_with_role
from app.applications import queries
from app.applications.content import Content, rows_of
from app.applications.declaration import FieldSpec, Section, TableSpec
from app.applications.sections import sections_for
from app.benefits.inputs import Inputs
from app.benefits.queries import SettingsMissingError, inputs_for, lines_of
from app.programmes.queries import open_rounds
from app.projects.models import Project, ProjectKind

CALCULATION = "calculation"
_LINE_FORMS = ("cost-", "benefit-")


class Place(StrEnum):
    """The kind of page on which a lack is mended."""

    SECTION = "section"
    CALCULATION = "calculation"
    DETAILS = "details"


@dataclass(frozen=True, slots=True)
class Lack:
    """One thing that must be mended, and where."""

    section: str
    """Key of the section; empty for the project's own details."""
    text: str
    anchor: str = ""
    """Id of the field or table on the page."""
    place: Place = Place.SECTION


def lacks(project: Project, today: date) -> list[Lack]:
    """Everything that stands between the application and the manager's signature, in the order of pages."""
    return [*details_lacks(project, today), *content_lacks(project, today), *_unsaved(project)]


def details_lacks(project: Project, today: date) -> Iterator[Lack]:
    """The round and the department's manager. A completion is not bound by the round."""
    if project.submitted_at is None:
        yield from _round_lacks(project, today)
    managers = people_with_role(Role.MANAGER, project.lead_department_id)
    if not any(person.id != project.leader_id for person in managers):
        yield Lack(
            "",
            _(
                "Förvaltningen har ingen verksamhetschef som kan skriva under. "
                "Be administratören lägga till en."
            ),
            place=Place.DETAILS,
        )


def _round_lacks(project: Project, today: date) -> Iterator[Lack]:
    rounds = open_rounds(project.programme_id, today)
    if project.round_id is None:
        yield Lack("", _("Välj en ansökningsomgång."), "round_id", Place.DETAILS)
    elif project.round_id not in {row.id for row in rounds}:
        yield Lack(
            "",
            _("Ansökningsomgången är stängd. Ditt utkast finns kvar: välj en annan omgång."),
            "round_id",
            Place.DETAILS,
        )


def content_lacks(project: Project, today: date) -> Iterator[Lack]:
    """What the sections and the calculation lack."""
    kind = ProjectKind(project.kind)
    contents = queries.contents_of(project.id)
    for section in sections_for(kind):
        if section.holds == CALCULATION:
            yield from _calculation_lacks(project, kind, today)
        else:
            yield from section_lacks(section, kind, contents.get(section.key, {}))


def section_lacks(section: Section, kind: ProjectKind, content: Content) -> Iterator[Lack]:
    """What one section lacks."""
    for spec in section.fields_for(kind):
        if _is_required(spec, kind, content) and not content.get(spec.key):
            yield Lack(section.key, _("Fyll i ”%(field)s”.", field=spec.label), spec.key)
    for table in section.tables_for(kind):
        yield from _table_lacks(section, table, kind, content)
    for check in _CHECKS.get(section.key, ()):
        yield from (Lack(section.key, text, anchor) for anchor, text in check(content))


def _is_required(spec: FieldSpec, kind: ProjectKind, content: Content) -> bool:
    asked_by_another = (
        spec.required_if is not None and content.get(spec.required_if[0]) == spec.required_if[1]
    )
    return kind in spec.required or asked_by_another


def _table_lacks(section: Section, table: TableSpec, kind: ProjectKind, content: Content) -> Iterator[Lack]:
    rows = rows_of(content, table)
    if kind in table.required and len(rows) < table.minimum_rows:
        yield Lack(section.key, str(table.minimum), table.key)
    for number, row in enumerate(rows):
        missing = [
            spec for spec in table.columns_for(kind) if kind in spec.required and not row.get(spec.key)
        ]
        if missing:
            text = _(
                "%(row)s %(number)s: fyll i %(fields)s.",
                row=table.row_name,
                number=number + 1,
                fields=_listed([f"”{spec.label}”" for spec in missing]),
            )
            yield Lack(section.key, text, f"{table.key}-{number}-{missing[0].key}")


def _listed(words: list[str]) -> str:
    """`a, b och c`."""
    if len(words) == 1:
        return words[0]
    return _("%(first)s och %(last)s", first=", ".join(words[:-1]), last=words[-1])


def _period_runs_forward(content: Content) -> Iterator[tuple[str, str]]:
    begins, ends = content.get("period_start"), content.get("period_end")
    if begins and ends and ends < begins:  # ISO dates sort as text
        yield "period_end", _("Projektet kan inte vara klart innan det börjar.")


def _shares_add_up(content: Content) -> Iterator[tuple[str, str]]:
    rows: Any = content.get("shares", ())
    names = {"cost_share": _("kostnaden"), "benefit_share": _("nyttan")}
    for column, name in names.items():
        shares = [Decimal(row[column]) for row in rows if column in row]
        if shares and sum(shares) != 1:
            total = f"{sum(shares) * 100:.4f}".rstrip("0").rstrip(".").replace(".", ",")
            yield (
                "shares",
                _("Andelarna av %(what)s blir %(total)s %%. De ska bli 100 %%.", what=name, total=total),
            )
    departments = [row["department"] for row in rows if "department" in row]
    if len(set(departments)) < len(departments):
        yield "shares", _("Samma förvaltning står på flera rader. Behåll en av dem.")


_CHECKS: Mapping[str, tuple[Any, ...]] = {
    "summary": (_period_runs_forward,),
    "departments": (_shares_add_up,),
}
"""What must hold between the answers of a section."""


def _calculation_lacks(project: Project, kind: ProjectKind, today: date) -> Iterator[Lack]:
    try:
        inputs = inputs_for(project, today)
    except SettingsMissingError as error:
        yield Lack(CALCULATION, str(error.reason), place=Place.CALCULATION)
        return
    if not inputs.costs:
        yield Lack(CALCULATION, _("Lägg till minst en kostnadsrad."), place=Place.CALCULATION)
    if not inputs.benefits and kind is ProjectKind.IMPLEMENTATION:
        yield Lack(CALCULATION, _("Lägg till minst en nytta."), place=Place.CALCULATION)
    for key, description in {gap.key: gap.description for gap in inputs.gaps}.items():
        text = _("Raden ”%(line)s” saknar uppgifter och räknas inte med i kalkylen.", line=description)
        yield Lack(CALCULATION, text, key, Place.CALCULATION)
    yield from _evidence(project, inputs)


def _evidence(project: Project, inputs: Inputs) -> Iterator[Lack]:
    """Asked of applications that come in for the first time: what has come in before it was asked, need not
    say it afterwards."""
    if queries.newest_version(project.id) is not None:
        return
    for entry in inputs.benefits:
        if entry.values.evidence is None:
            text = _("Säg hur säkra siffrorna är för ”%(line)s”.", line=entry.values.description)
            yield Lack(CALCULATION, text, entry.key, Place.CALCULATION)


def _unsaved(project: Project) -> Iterator[Lack]:
    """What the project leader typed and has not saved: it would not be part of what is signed."""
    forms = drafts.about(project.leader_id, project.id)
    for section in sections_for(project.kind):
        if section.key in forms:
            text = _("”%(section)s” har ett utkast som inte är sparat.", section=section.title)
            yield Lack(section.key, text)
    if any(form.startswith(_LINE_FORMS) for form in forms):
        yield Lack(
            CALCULATION,
            _("Kalkylen har ett utkast som inte är sparat. Öppna raden och spara den, eller kasta utkastet."),
            place=Place.CALCULATION,
        )


class Progress(StrEnum):
    """How far a section has come."""

    NOT_BEGUN = "section_not_begun"
    BEGUN = "section_begun"
    DONE = "section_done"
    UNSAVED = "section_unsaved"


def progress(project: Project, today: date) -> dict[str, Progress]:
    """How far each section has come."""
    kind = ProjectKind(project.kind)
    contents = queries.contents_of(project.id)
    lines = lines_of(project.id)
    forms = drafts.about(project.leader_id, project.id)
    lacking = {lack.section for lack in content_lacks(project, today)}
    begun = {key for key, content in contents.items() if content}
    if lines.costs or lines.benefits:
        begun.add(CALCULATION)
    if queries.attachments_of(project.id):
        begun.add("attachments")
    if any(form.startswith(_LINE_FORMS) for form in forms):
        forms = forms | {CALCULATION}
    return {section.key: _progress_of(section.key, forms, begun, lacking) for section in sections_for(kind)}


def _progress_of(key: str, unsaved: set[str], begun: set[str], lacking: set[str]) -> Progress:
    if key in unsaved:
        return Progress.UNSAVED
    if key not in begun:
        return Progress.NOT_BEGUN
    return Progress.BEGUN if key in lacking else Progress.DONE
