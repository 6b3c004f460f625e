"""Where a follow-up begins: with what the record knows, and with what the last one said."""

from __future__ import annotations

from collections.abc import Mapping

from app.follow_up.content import BenefitSaid, Content, GoalSaid, Value
from app.follow_up.ground import Ground, Operation
from app.follow_up.questions import Ask

LASTING = (
    Ask.CHANNEL, Ask.CHANNEL_CLOSED, Ask.CHANNEL_WHY, Ask.OWNER, Ask.OWNER_DEPARTMENT, Ask.YEARLY_COST,
    Ask.PAYER,
)  # fmt: skip
"""What is likely to be as it was last time. Figures of use and what people say and see are asked anew."""


def from_the_record(ground: Ground) -> Content:
    """What the register of services says, else the operating plan; or what the last follow-up said of it, of
    the old way, of goals and of benefits."""
    return Content(
        answers=_answers(ground),
        goals={goal.key: GoalSaid(goal.fulfilment) for goal in ground.goals},
        benefits={row.key: _benefit(ground, row.key) for row in ground.benefits},
    )


def _answers(ground: Ground) -> dict[Ask, Value]:
    found = _operation(ground.operation)
    if ground.before is not None:
        found |= {ask: ground.before.answers.get(ask) for ask in LASTING}
        found[Ask.SINCE] = ground.before.day(Ask.UNTIL)
    if ground.registered is not None:
        # What the register is silent of, as what it costs before it is in full operation, stays as planned.
        found |= _said(_operation(ground.registered))
    return _said(found)


def _said(answers: Mapping[Ask, Value]) -> dict[Ask, Value]:
    return {ask: value for ask, value in answers.items() if value not in (None, "")}


def _operation(said: Operation) -> dict[Ask, Value]:
    return {
        Ask.OWNER: said.owner,
        Ask.OWNER_DEPARTMENT: said.department_id,
        Ask.YEARLY_COST: said.yearly_cost,
        Ask.PAYER: said.payer,
    }


def _benefit(ground: Ground, key: str) -> BenefitSaid:
    before = ground.before.benefits.get(key) if ground.before is not None else None
    return BenefitSaid(before.coming) if before is not None else BenefitSaid()
