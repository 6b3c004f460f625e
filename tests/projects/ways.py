"""Ways through the process, as its table has them."""

from __future__ import annotations

from app.core.workflow import TRANSITIONS, State


def reached_past(avoided: State | None = None) -> set[State]:
    """The states that a case can come to without ever having been in one of them."""
    reached, seen = {State.DRAFT}, set[State]()
    while reached - seen:
        state = (reached - seen).pop()
        seen.add(state)
        reached |= {row.target for row in TRANSITIONS if row.source is state and row.target is not avoided}
    return reached
