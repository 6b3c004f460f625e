"""What must be in order before a project ends: each room is asked what it still lacks."""

from __future__ import annotations

from collections.abc import Iterator

from flask_babel import lazy_gettext as _l

from app.closing.handover.gate import handover_lacks
from app.closing.termination.queries import termination_lacks
from app.closing.termination.words import lack_text
from app.core.requisitions import WAITS_FOR
from app.core.termination import OF_MONEY
from app.core.workflow import INTERRUPTED, State
from app.delivery.funds.queries import requisitions_of, sums_of, with_money_left
from app.operations.gate import operation_lacks
from app.projects.models import Project
from app.projects.obstacles import Obstacle
from app.web.formats import exact


def obstacles_to_end(project: Project) -> list[Obstacle]:
    """Everything that keeps the project from ending; nothing when it may."""
    return [
        *_handover(project),
        *_operation(project),
        *_requisitions(project),
        *_money_left(project),
        *_interruption(project),
    ]


def _handover(project: Project) -> Iterator[Obstacle]:
    for text in handover_lacks(project):
        yield Obstacle(text, "handover.plan")


def _operation(project: Project) -> Iterator[Obstacle]:
    """Nobody has accepted to answer for what the project launches."""
    for text in operation_lacks(project):
        yield Obstacle(text, "operations.project")


def _requisitions(project: Project) -> Iterator[Obstacle]:
    for found in requisitions_of(project):
        if found.state in WAITS_FOR:
            text = _l("Rekvisition %(number)s är inte utbetald.", number=found.requisition.number)
            yield Obstacle(text, "funds.project")


def _money_left(project: Project) -> Iterator[Obstacle]:
    left = sums_of(with_money_left(project.id)).remaining
    if left:
        text = _l("%(amount)s av det beviljade är kvar och ska återföras till ramen.", amount=exact(left))
        yield Obstacle(text, "funds.project")


def _interruption(project: Project) -> Iterator[Obstacle]:
    """What an interrupted project has not told of what it leaves; its money is told above."""
    if State(project.state) not in INTERRUPTED:
        return
    for lack in termination_lacks(project):
        if lack.what not in OF_MONEY:
            yield Obstacle(lack_text(lack), "termination.termination")
