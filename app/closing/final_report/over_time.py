"""Milestones and money through the project's time, as a final report keeps them.

They stand in the report's own document, so that its charts show what was known when it was sent, whatever
becomes of the plans and reports that they were made from. Its last moment is what the report itself says.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from datetime import date
from decimal import Decimal
from typing import Any

from flask_babel import gettext as _

from app.closing.final_report.content import Content
from app.closing.final_report.ground import Ground
from app.core import budget_curve, milestone_trend
from app.core.budget_curve import Curve, Point
from app.core.milestone_trend import Moment, Said
from app.delivery.plans.queries import baselines_of
from app.delivery.reports.over_time import OverTime, Told, moment_of, name_of_plan, told_of

Kept = Mapping[str, Any]


def gathered(project_id: int, ground: Ground, content: Content) -> dict[str, Any] | None:
    """All that was planned and told until the project ended; None of a project that never had a plan."""
    plans = [moment_of(row) for row in baselines_of(project_id)]
    if not plans or ground.plan is None or ground.began is None or content.ended_on is None:
        return None
    ended_on = max(content.ended_on, plans[-1].on)
    told = [row for row in told_of(project_id) if row.moment.on < ended_on]
    curve = budget_curve.curve(ground.began, ground.plan, ())
    return {
        "plans": [_moment(row) for row in plans],
        "reports": [_report(row) for row in told],
        "end": {
            "on": ended_on.isoformat(),
            "plan": plans[-1].plan,
            "milestones": [_reached(content, row.key, row.name) for row in ground.plan.milestones],
            "spent": _text(ground.actuals.total),
        },
        "money": {
            "plan": _points(curve.plan),
            "first": _points(curve.first),
            "granted": _text(curve.granted),
        },
    }


def _moment(row: Moment) -> dict[str, Any]:
    return {
        "on": row.on.isoformat(),
        "plan": row.plan,
        "milestones": [
            {"key": key, "name": row.names[key], "on": said.day.isoformat(), "is_reached": said.is_reached}
            for key, said in row.said.items()
        ],
    }


def _report(row: Told) -> dict[str, Any]:
    money = {"spent": _text(row.money.spent), "forecast": _text(row.money.forecast)}
    return {"name": row.moment.name, **_moment(row.moment), **money}


def _reached(content: Content, key: int, name: str) -> dict[str, Any]:
    said = content.milestones.get(key)
    day = said.reached_on if said else None
    return {"key": key, "name": name, "on": day.isoformat() if day else None, "is_reached": day is not None}


def _points(points: Sequence[Point]) -> list[dict[str, str]]:
    return [{"on": point.on.isoformat(), "amount": _text(point.amount)} for point in points]


def _text(amount: Decimal) -> str:
    return f"{amount.normalize():f}"


# --- read again ------------------------------------------------------------------------------------------


def kept_in(said: Kept) -> OverTime | None:
    """What a report that was sent has kept; the earliest reports kept nothing."""
    kept = said.get("over_time")
    if not kept:
        return None
    return OverTime(milestone_trend.trend(list(_moments(kept))), _curve(kept))


def _moments(kept: Kept) -> Iterator[Moment]:
    for row in kept["plans"]:
        yield _read(row, name_of_plan(row["plan"]), is_plan=True)
    for row in kept["reports"]:
        yield _read(row, row["name"])
    yield replace(_read(kept["end"], _("Slutrapport")), is_end=True)


def _read(row: Kept, name: str, *, is_plan: bool = False) -> Moment:
    rows = row["milestones"]
    said = {one["key"]: Said(_day(one["on"]), one["is_reached"]) for one in rows if one["on"]}
    return Moment(
        _day(row["on"]), name, is_plan, row["plan"], said, {one["key"]: one["name"] for one in rows}
    )


def _curve(kept: Kept) -> Curve:
    end, money = kept["end"], kept["money"]
    plan, first = ([_point(row) for row in money[name]] for name in ("plan", "first"))
    told = [
        budget_curve.Told(_day(row["on"]), row["name"], Decimal(row["spent"]), Decimal(row["forecast"]))
        for row in kept["reports"]
    ]
    cost = Decimal(end["spent"])
    told.append(budget_curve.Told(_day(end["on"]), _("Slutrapport"), cost, cost))
    days = [*(point.on for point in (*plan, *first)), *(row.on for row in told)]
    return Curve(
        min(days), max(days), tuple(plan), tuple(first), Decimal(money["granted"]), tuple(told), is_over=True
    )


def _point(row: Kept) -> Point:
    return Point(_day(row["on"]), Decimal(row["amount"]))


def _day(text: str) -> date:
    return date.fromisoformat(text)
