"""The figures of a programme's report, as plain JSON.

They are what the council may see: a report tells of the cases that had been sent there by its day, and of no
others, so that each of its readers may know all of it. What the portfolio can tell as it was is told as it
was at the end of the report's day; what only today is known of (services and their money, what the programme
has learned) is told as it is, and the document says of which day.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any

from app.accounts.access import Viewer
from app.accounts.models import Role
from app.accounts.queries import department_names
from app.core import alphabet
from app.core.benefits import BenefitCategory
from app.core.plainly import day_text, number_text
from app.core.programme_report import ReportKind, Span
from app.core.workflow import State
from app.portfolio import queries as portfolio
from app.portfolio.asked import Lit, Wanted
from app.portfolio.moment import Moment, moment_of
from app.portfolio.rows import Row
from app.programme_report import happened, learning, operating
from app.programmes.models import Programme

COUNCIL = Viewer(0, "", "sv", frozenset({(Role.COUNCIL, None)}))
"""Nobody, with the council's eyes."""

ZERO = Decimal(0)
_SUMMED = ("granted", "paid", "left", "promised", "yearly", "forecast", "realised", "taken_home")
_OF_PROJECT = ("applied", *_SUMMED)


@dataclass(frozen=True, slots=True)
class Asked:
    """Whose report, on which time, with the figures of which day; and the day on which it is asked for."""

    programme: Programme
    kind: ReportKind
    span: Span
    as_at: date
    today: date

    @property
    def wanted(self) -> Wanted:
        """The same of the portfolio."""
        return Wanted(programme_id=self.programme.id, on=self.as_at, sort="case")

    @property
    def moment(self) -> Moment:
        """The end of its day."""
        return moment_of(self.as_at, self.today)


def figures_of(asked: Asked) -> dict[str, Any]:
    """Every figure of the report, and its projects one by one in the order of their departments."""
    rows = portfolio.rows(COUNCIL, asked.wanted, asked.moment, limit=None)
    names = department_names()
    projects = _projects(asked, rows, names)
    return {
        "known_on": asked.today.isoformat(),
        "money": _money(asked, rows),
        "pipeline": _pipeline(asked, rows),
        "running": _running(rows, projects),
        "benefits": _benefits(asked, rows, names),
        "operation": operating.figures(COUNCIL, asked.programme.id, asked.today),
        "learned": learning.figures(COUNCIL, asked.programme.id, asked.span, asked.moment, asked.today),
        "projects": projects,
    }


def _sums(rows: Iterable[Row], names: Sequence[str]) -> dict[str, str | None]:
    found = list(rows)
    return {name: number_text(sum((getattr(row, name) for row in found), ZERO)) for name in names}


def _money(asked: Asked, rows: Sequence[Row]) -> dict[str, Any]:
    frame = portfolio.frame(asked.wanted, asked.moment)
    booked = happened.booked_in(asked.programme.id, asked.span, asked.moment)
    return {
        "frame": number_text(frame.frame),
        "available": number_text(frame.available),
        **_sums(rows, ("granted", "paid", "left")),
        "in_period": {kind: number_text(amount) for kind, amount in booked.items()},
    }


def _pipeline(asked: Asked, rows: Sequence[Row]) -> dict[str, Any]:
    by_state = {state: [row for row in rows if row.state == state] for state in State}
    return {
        "states": [
            {"state": state.value, "count": len(found), **_sums(found, ("applied", "granted"))}
            for state, found in by_state.items()
            if found
        ],
        "decisions": [
            {"kind": kind, "count": count, "amount": number_text(amount)}
            for kind, count, amount in happened.decided_in([row.id for row in rows], asked.span, asked.moment)
        ],
    }


def _running(rows: Sequence[Row], projects: Sequence[Mapping[str, Any]]) -> dict[str, Any]:
    lights = Counter(row.light for row in rows if row.light)
    ended = Counter(row["ended"]["state"] for row in projects if row["ended"])
    return {
        "at_work": sum(lights.values()),
        "lights": {lit.value: lights[lit.value] for lit in Lit},
        "late": {
            "case": sum(row.late_cases for row in rows),
            "report": sum(row.late_reports for row in rows),
            "follow_up": sum(row.late_follow_ups for row in rows),
        },
        "high_risks": sum(row.high_risks or 0 for row in rows),
        "ended": {state.value: ended[state.value] for state in State if ended[state.value]},
    }


# --- benefits --------------------------------------------------------------------------------------------


def _benefits(asked: Asked, rows: Sequence[Row], names: Mapping[int, str]) -> dict[str, Any]:
    granted = [row for row in rows if row.granted or row.promised]
    departments = {row.department_id for row in granted}
    years = {row.decided_on.year for row in granted if row.decided_on}
    return {
        **_sums(rows, _SUMMED[3:]),
        "count": sum(row.benefits for row in rows),
        "by_department": [
            {"name": names[number], **_group(row for row in granted if row.department_id == number)}
            for number in sorted(departments, key=lambda number: alphabet.key(names[number]))
        ],
        "by_year": [
            {
                "year": year,
                **_group(row for row in granted if row.decided_on and row.decided_on.year == year),
            }
            for year in sorted(years)
        ],
        "by_category": list(_by_category(asked)),
    }


def _group(rows: Iterable[Row]) -> dict[str, Any]:
    found = list(rows)
    return {"count": len(found), **_sums(found, ("granted", "promised", "realised", "taken_home"))}


def _by_category(asked: Asked) -> Iterable[dict[str, Any]]:
    """What is taken home is kept of a project and not of a category."""
    for category in BenefitCategory:
        wanted = Wanted(programme_id=asked.programme.id, on=asked.as_at, category=category.value)
        whole = portfolio.totals(COUNCIL, wanted, asked.moment).whole
        if whole.benefits:
            yield {
                "category": category.value,
                "count": int(whole.benefits),  # a database may add counts up to a decimal number
                "promised": number_text(whole.promised),
                "yearly": number_text(whole.yearly),
                "forecast": number_text(whole.forecast),
                "realised": number_text(whole.realised),
            }


# --- projects --------------------------------------------------------------------------------------------


def _projects(asked: Asked, rows: Sequence[Row], names: Mapping[int, str]) -> list[dict[str, Any]]:
    """Each project, by department and then by case number, with what it has to say."""
    lit = [row.id for row in rows if row.light in (Lit.RED, Lit.YELLOW)]
    told = happened.told_by(lit, asked.moment)
    ended = happened.ended_in([row.id for row in rows], asked.span, asked.moment)
    found = sorted(rows, key=lambda row: alphabet.key(names[row.department_id]))
    return [
        {
            "key": str(row.id),
            "title": row.title,
            "case_number": row.case_number or "",
            "kind": row.kind,
            "department": names[row.department_id],
            "state": row.state,
            "decided_on": day_text(row.decided_on),
            "light": row.light,
            "days_late": row.days_late,
            "risk": row.risk,
            "late": row.late,
            **{name: number_text(getattr(row, name)) for name in _OF_PROJECT},
            "told": told.get(row.id),
            "ended": ended.get(row.id),
        }
        for row in found
    ]
