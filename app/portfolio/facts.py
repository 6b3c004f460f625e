"""A project of the portfolio as one row: what is known of it at a moment, of those that a reader may see.

Only the parts that are asked for are read, so that the page is put in its order by one of them, and the rest
is read of the projects that are shown.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from typing import Any

from sqlalchemy import ColumnElement, Select, Subquery, case, extract, func, literal, select

from app.accounts.access import Viewer
from app.core.workflow import FUNDED, UNDECIDED, State
from app.core.workflow import GRANTED as GRANTED_STATES
from app.db import Money
from app.portfolio.asked import GRANTED, OPEN, REPORTING, Late, Lit, Wanted
from app.portfolio.benefits import benefits
from app.portfolio.moment import Moment, as_it_was, changed_since
from app.portfolio.parts import PARTS, Scope, late_case
from app.projects.models import Project
from app.projects.queries import submitted, visible_before, visible_to

_OF_PROJECT = ("title", "case_number", "state", "lead_department_id", "round_id", "due_on")
"""What of the case itself may have changed since."""

NAMES = (
    "id", "title", "case_number", "kind", "state", "department_id", "round_id", "decided_on", "applied",
    "granted", "paid", "left", "light", "days_late", "risk", "high_risks", "benefits", "promised", "yearly",
    "forecast", "realised", "taken_home", "unmeasured", "late_cases", "late_reports", "late_follow_ups",
)  # fmt: skip
"""Everything that is known of a project."""

_PART_OF: Mapping[str, str] = {
    "applied": "applied",
    "decided_on": "decided",
    "granted": "money",
    "paid": "money",
    "left": "money",
    "light": "report",
    "days_late": "report",
    "late_reports": "late_report",
    "risk": "risk",
    "high_risks": "risk",
    **dict.fromkeys(
        ("benefits", "promised", "yearly", "forecast", "realised", "unmeasured"),
        "benefits",
    ),
    "taken_home": "taken_home",
    "late_follow_ups": "follow_up",
}
_ALL_PARTS: Mapping[str, Callable[[Scope], Subquery]] = {**PARTS, "benefits": benefits}
_AMOUNTS = frozenset(
    {"applied", "granted", "paid", "left", "promised", "yearly", "forecast", "realised", "taken_home"}
)
_COUNTS = frozenset({"benefits", "late_follow_ups"})
_OF_THOSE_AT_WORK = frozenset({"risk", "high_risks"})
"""What nobody acts on any more when a project has ended."""


class Facts:
    """The rows that somebody asks for, with as much of each as is named."""

    def __init__(
        self,
        viewer: Viewer,
        wanted: Wanted,
        moment: Moment,
        names: Sequence[str],
        only: Sequence[int] | None = None,
    ) -> None:
        self._wanted, self._moment, self._viewer = wanted, moment, viewer
        self._scope = Scope(moment, wanted.category, only)
        self._changed: Subquery | None = None
        if moment.until:
            self._changed = changed_since(moment.until, Project.__tablename__, *_OF_PROJECT, only=only)
        self._parts: dict[str, Subquery] = {}
        self.column = {name: self._column(name).label(name) for name in (*names, *self._filtered_by())}
        self._names = names

    def query(self) -> Select[Any]:
        """The rows, with the columns by their names."""
        found = select(*[self.column[name] for name in self._names]).select_from(Project)
        if self._changed is not None:
            found = found.outerjoin(self._changed, self._changed.c.record_id == Project.id)
        conditions = list(self._conditions())
        for part in self._parts.values():
            found = found.outerjoin(part, part.c.project_id == Project.id)
        return found.where(*conditions)

    # --- columns -----------------------------------------------------------------------------------------

    def _part(self, name: str) -> Subquery:
        if name not in self._parts:
            self._parts[name] = _ALL_PARTS[name](self._scope)
        return self._parts[name]

    def _column(self, name: str) -> Any:
        own = {"department_id": "lead_department_id"}.get(name, name)
        if name == "light":
            return self._light()
        if name in _OF_THOSE_AT_WORK:
            return case((self._state().in_(sorted(FUNDED)), self._part("risk").c[name]))
        if name == "late_cases":
            return case((late_case(self._scope, self._changed), 1), else_=0)
        if name == "late_reports":
            return self._late_reports()
        if name not in _PART_OF:
            column = getattr(Project, own)
            return as_it_was(column, self._changed, own) if own in _OF_PROJECT else column
        told = self._part(_PART_OF[name]).c[name]
        if name in _AMOUNTS:
            return func.coalesce(told, 0, type_=Money())
        return func.coalesce(told, 0) if name in _COUNTS else told

    def _state(self) -> Any:
        return as_it_was(Project.state, self._changed, "state")

    def _light(self) -> ColumnElement[str]:
        """Of projects at work; of others nothing."""
        reports = self._state().in_(sorted(REPORTING))
        return case((reports, func.coalesce(self._part("report").c.light, Lit.NONE.value)), else_=literal(""))

    def _late_reports(self) -> ColumnElement[int]:
        """What nothing more is expected of is not late."""
        runs = self._state() == State.RUNNING.value
        return case((runs, func.coalesce(self._part("late_report").c.late_reports, 0)), else_=0)

    # --- what is asked for -------------------------------------------------------------------------------

    def _filtered_by(self) -> Iterator[str]:
        """The columns that the filter goes by."""
        wanted = self._wanted
        asked = {
            "light": wanted.light,
            "decided_on": wanted.year,
            "benefits": wanted.category,
            "late_cases": wanted.late == Late.CASE,
            "late_reports": wanted.late == Late.REPORT,
            "late_follow_ups": wanted.late == Late.FOLLOW_UP,
        }
        yield from (name for name, value in asked.items() if value)

    def _conditions(self) -> Iterator[ColumnElement[bool]]:
        wanted, until = self._wanted, self._moment.until
        if until:
            yield visible_before(self._viewer, until)
        else:
            yield visible_to(self._viewer)
            yield submitted()
        if self._scope.only is not None:
            yield Project.id.in_(self._scope.only)
        if wanted.programme_id:
            yield Project.programme_id == wanted.programme_id
        if wanted.department_id:
            yield self._column("department_id") == wanted.department_id
        if wanted.round_id:
            yield self._column("round_id") == wanted.round_id
        yield from self._by_state()
        yield from self._by_part()

    def _by_state(self) -> Iterator[ColumnElement[bool]]:
        asked = self._wanted.state
        groups = {OPEN: UNDECIDED, GRANTED: GRANTED_STATES}
        if asked:
            yield self._state().in_(sorted(groups[asked]) if asked in groups else [asked])

    def _by_part(self) -> Iterator[ColumnElement[bool]]:
        wanted = self._wanted
        if wanted.light:
            yield self._light() == wanted.light
        if wanted.year:
            yield extract("year", self._part("decided").c.decided_on) == wanted.year
        if wanted.category:
            yield self._part("benefits").c.benefits > 0
        if wanted.late:
            name = {Late.CASE: "late_cases", Late.REPORT: "late_reports"}.get(
                Late(wanted.late), "late_follow_ups"
            )
            yield self._column(name) > 0
