"""Where a final report begins: with what the record knows."""

from __future__ import annotations

from app.closing.final_report.content import Content, GoalSaid, MilestoneSaid, Words
from app.closing.final_report.ground import Goal, Ground
from app.core.final_report import Fulfilment


def from_the_record(ground: Ground) -> Content:
    """Texts of the application, milestones that are reached, the day that the plan ends on; of a project that
    was terminated, why, when, and that its goals cannot be measured."""
    ended_on = ground.plan.ends_on if ground.plan else None
    texts = {Words(key): text for key, text in ground.proposed.items() if text}
    if ground.termination is not None:
        ended_on = ground.termination.on
        texts[Words.REASONS] = ground.termination.reasons
    return Content(
        texts=texts,
        ended_on=ended_on,
        goals={goal.key: _goal(ground, goal) for goal in ground.goals},
        milestones=_milestones(ground),
    )


def _goal(ground: Ground, goal: Goal) -> GoalSaid:
    fulfilment = Fulfilment.INTERRUPTED if ground.interrupted else None
    return GoalSaid(fulfilment=fulfilment, role=goal.owner)


def _milestones(ground: Ground) -> dict[int, MilestoneSaid]:
    rows = ground.plan.milestones if ground.plan else []
    return {row.key: MilestoneSaid(ground.reached.get(row.key)) for row in rows}
