"""A project of the portfolio as one row: what is known of it at a moment, whoever asks.

What a figure means is said here, and nowhere else; `known.py` has it remembered.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import Any

from sqlalchemy import ColumnElement, Select, Subquery, case, func, literal, select

from app.core.workflow import FUNDED, State
from app.db import Money
from app.portfolio.asked import REPORTING, Lit
from app.portfolio.benefits import benefits
from app.portfolio.moment import Moment, as_it_was, changed_since
from app.portfolio.parts import PARTS, Scope, late_case
from app.portfolio.rows import Row
from app.projects.models import Project

_OF_PROJECT = ("title", "case_number", "state", "lead_department_id", "round_id", "due_on")
"""What of the case itself may have changed since."""

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
    """The rows of all projects, or of those that are named."""

    def __init__(self, moment: Moment, category: str = "", only: Sequence[int] | None = None) -> None:
        self._scope = Scope(moment, category, only)
        self._changed: Subquery | None = None
        if moment.until:
            self._changed = changed_since(moment.until, Project.__tablename__, *_OF_PROJECT, only=only)
        self._parts: dict[str, Subquery] = {}

    def query(self) -> Select[Any]:
        """The rows, with the columns by their names, in the order in which the projects were begun."""
        found = select(*[self._column(name).label(name) for name in Row._fields]).select_from(Project)
        if self._changed is not None:
            found = found.outerjoin(self._changed, self._changed.c.record_id == Project.id)
        for part in self._parts.values():
            found = found.outerjoin(part, part.c.project_id == Project.id)
        if self._scope.only is not None:
            found = found.where(Project.id.in_(self._scope.only))
        return found.order_by(Project.id)

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
