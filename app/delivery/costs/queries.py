"""Reading what a project has cost and how much was worked. Only what stands is counted."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any

from sqlalchemy import ColumnElement, Select, and_, case, extract, func, select, union
from sqlalchemy.orm import joinedload

from app.accounts.access import Viewer
from app.core.costs import Financier
from app.core.spending import Actuals, Assessed, Sum
from app.db import Money, Quantity, db
from app.delivery.costs.models import (
    CostColumns,
    CostEntry,
    CostReadIn,
    CostReadInVoid,
    CostUpload,
    CostVoid,
    EffortAssessment,
)
from app.delivery.plans.models import EffortLine
from app.projects.models import Project
from app.projects.queries import project_for


def stands() -> ColumnElement[bool]:
    """The entry counts: nobody has voided it, nor the whole file that it was read in from."""
    own = select(CostVoid.id).where(CostVoid.entry_id == CostEntry.id).exists()
    whole = select(CostReadInVoid.id).where(CostReadInVoid.read_in_id == CostEntry.read_in_id).exists()
    return ~own & ~whole


def actuals_of(project_id: int, until: date) -> Actuals:
    """What the project has cost and how much was worked, booked on that day at the latest."""
    year = extract("year", CostEntry.booked_on)
    key = (CostEntry.budget_line_id, CostEntry.effort_line_id, CostEntry.financier, year)
    has_rate = CostEntry.rate.is_not(None)
    query = (
        select(
            *key,
            _sum(CostEntry.amount, Money()),
            _sum(CostEntry.hours, Quantity()),
            _sum(case((has_rate, CostEntry.amount), else_=0), Money()),
            _sum(case((has_rate, CostEntry.hours), else_=0), Quantity()),
        )
        .where(CostEntry.project_id == project_id, CostEntry.booked_on <= until, stands())
        .group_by(*key)
        .order_by(*key)
    )
    sums = [
        Sum(line, effort, Financier(financier), int(of_year), *numbers)
        for line, effort, financier, of_year, *numbers in db.session.execute(query)
    ]
    return Actuals(sums, assessments_of(project_id, until))


def _sum(column: Any, kind: Money | Quantity) -> ColumnElement[Decimal]:
    return func.coalesce(func.sum(column), 0, type_=kind)


def assessments_of(project_id: int, until: date) -> dict[int, Assessed]:
    """The newest assessment of each role up to that day, by the number of its line."""
    query = (
        select(EffortAssessment)
        .where(EffortAssessment.project_id == project_id, EffortAssessment.until <= until)
        .order_by(EffortAssessment.until, EffortAssessment.id)
    )
    return {
        row.effort_line_id: Assessed(row.until, row.hours_low, row.hours_high, row.share, row.note)
        for row in db.session.scalars(query)
    }


def roles_with_time(project_id: int) -> set[int]:
    """The effort lines that time is entered or assessed on, voided or not: they are not removed any more."""
    entered = select(CostEntry.effort_line_id).where(
        CostEntry.project_id == project_id, CostEntry.effort_line_id.is_not(None)
    )
    assessed = select(EffortAssessment.effort_line_id).where(EffortAssessment.project_id == project_id)
    return {number for number in db.session.scalars(union(entered, assessed)) if number is not None}


# --- entries ---------------------------------------------------------------------------------------------


@dataclass(frozen=True)
class EntryOf:
    """An entry and the project that it belongs to."""

    project: Project
    entry: CostEntry


def _in_full() -> Select[CostEntry]:
    return select(CostEntry).options(
        joinedload(CostEntry.budget_line),
        joinedload(CostEntry.entered_by),
        joinedload(CostEntry.void),
        joinedload(CostEntry.read_in).joinedload(CostReadIn.void),
    )


def entries_of(project_id: int, *, limit: int, offset: int) -> tuple[Sequence[CostEntry], int]:
    """A page of the entries, the newest day first, voided ones too; and how many there are in all."""
    mine = CostEntry.project_id == project_id
    page = _in_full().where(mine).order_by(CostEntry.booked_on.desc(), CostEntry.id.desc())
    rows = db.session.scalars(page.limit(limit).offset(offset)).all()
    count = db.session.scalar(select(func.count(CostEntry.id)).where(mine)) or 0
    return rows, count


def entry_for(viewer: Viewer, project_id: int, entry_id: int) -> EntryOf | None:
    """One entry of a project that the viewer sees."""
    project = project_for(viewer, project_id)
    if project is None:
        return None
    query = _in_full().where(CostEntry.project_id == project_id, CostEntry.id == entry_id)
    found = db.session.scalar(query)
    return EntryOf(project, found) if found else None


def is_voided(entry_id: int) -> bool:
    """Whether an entry counts no longer."""
    return db.session.scalar(select(CostEntry.id).where(CostEntry.id == entry_id, stands())) is None


# --- files -----------------------------------------------------------------------------------------------


@dataclass(frozen=True)
class UploadOf:
    """A file that somebody is about to read in, and the project."""

    project: Project
    upload: CostUpload


def upload_of(project_id: int, person_id: int) -> CostUpload | None:
    """The file that the person is about to read in."""
    mine = and_(CostUpload.project_id == project_id, CostUpload.person_id == person_id)
    return db.session.scalar(select(CostUpload).where(mine))


def upload_for(viewer: Viewer, project_id: int) -> UploadOf | None:
    """The viewer's own begun file. Made for `requires(..., load=…)`."""
    project = project_for(viewer, project_id)
    found = upload_of(project_id, viewer.id) if project else None
    return UploadOf(project, found) if project and found else None


def chosen_upload_for(viewer: Viewer, project_id: int) -> UploadOf | None:
    """The same, once it is said what its columns mean."""
    found = upload_for(viewer, project_id)
    return found if found and found.upload.columns is not None else None


@dataclass(frozen=True)
class ReadInOf:
    """A file that was read in, and the project."""

    project: Project
    read_in: CostReadIn


def read_ins_of(project_id: int) -> Sequence[CostReadIn]:
    """The files that were read in, the last first."""
    query = select(CostReadIn).where(CostReadIn.project_id == project_id)
    full = query.options(joinedload(CostReadIn.read_in_by), joinedload(CostReadIn.void))
    return db.session.scalars(full.order_by(CostReadIn.id.desc())).all()


def read_in_for(viewer: Viewer, project_id: int, read_in_id: int) -> ReadInOf | None:
    """One file that was read in, of a project that the viewer sees."""
    project = project_for(viewer, project_id)
    if project is None:
        return None
    found = next((row for row in read_ins_of(project_id) if row.id == read_in_id), None)
    return ReadInOf(project, found) if found else None


def standing_read_in(project_id: int, sha256: str) -> CostReadIn | None:
    """Where the same file was read in and not undone."""
    undone = select(CostReadInVoid.id).where(CostReadInVoid.read_in_id == CostReadIn.id).exists()
    same = and_(CostReadIn.project_id == project_id, CostReadIn.sha256 == sha256)
    return db.session.scalar(select(CostReadIn).where(same, ~undone))


def attempts_at(project_id: int, sha256: str) -> int:
    """How many times the same file has been read in."""
    same = and_(CostReadIn.project_id == project_id, CostReadIn.sha256 == sha256)
    return db.session.scalar(select(func.count(CostReadIn.id)).where(same)) or 0


def is_undone(read_in_id: int) -> bool:
    """Whether no row of the file counts."""
    query = select(CostReadInVoid.id).where(CostReadInVoid.read_in_id == read_in_id)
    return db.session.scalar(query) is not None


def columns_called(programme_id: int, name: str) -> CostColumns | None:
    """What is kept under this name."""
    named = and_(CostColumns.programme_id == programme_id, CostColumns.name == name)
    return db.session.scalar(select(CostColumns).where(named))


def columns_for(programme_id: int, headings: str) -> CostColumns | None:
    """What is kept for files with these headings; the last that was kept."""
    same = and_(CostColumns.programme_id == programme_id, CostColumns.headings_sha256 == headings)
    return db.session.scalar(select(CostColumns).where(same).order_by(CostColumns.id.desc()).limit(1))


Alike = tuple[date, str, Decimal | None, Decimal]
"""Day, what, hours and amount of an entry."""


def standing_between(project_id: int, first: date, last: date) -> set[Alike]:
    """What stands of these days, to find what is about to be entered twice."""
    said = (CostEntry.booked_on, CostEntry.activity, CostEntry.hours, CostEntry.amount)
    query = select(*said).where(
        CostEntry.project_id == project_id, CostEntry.booked_on.between(first, last), stands()
    )
    return {(day, activity, hours, amount) for day, activity, hours, amount in db.session.execute(query)}


# --- roles -----------------------------------------------------------------------------------------------


@dataclass(frozen=True)
class EffortOf:
    """A planned role and the project that it belongs to."""

    project: Project
    line: EffortLine
    last: EffortAssessment | None
    """The assessment that covers the longest time."""


def effort_for(viewer: Viewer, project_id: int, effort_id: int) -> EffortOf | None:
    """One planned role of a project that the viewer sees."""
    project = project_for(viewer, project_id)
    if project is None:
        return None
    mine = and_(EffortLine.project_id == project_id, EffortLine.id == effort_id)
    line = db.session.scalar(select(EffortLine).where(mine))
    if line is None:
        return None
    newest = (EffortAssessment.until.desc(), EffortAssessment.id.desc())
    query = select(EffortAssessment).where(EffortAssessment.effort_line_id == effort_id)
    return EffortOf(project, line, db.session.scalar(query.order_by(*newest).limit(1)))
