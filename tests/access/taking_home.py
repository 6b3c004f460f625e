"""Budget effects of a case's first benefit, their texts marked: one where each step begins."""

from __future__ import annotations

from decimal import Decimal

from sqlalchemy import select

from app.budget_effects import queries, service
from app.budget_effects.models import BudgetEffect, EffectBalance
from app.budget_effects.queries import EffectOf
from app.budget_effects.service import EffectValues
from app.core.budget_effects import Form
from app.db import db, transaction
from app.projects.models import Project
from app.realisation.queries import benefit_for, benefits_of
from tests.conftest import Cast
from tests.review_story import LATER

HALF = Decimal("0.50")
"""Of the krona that is measured; the other half is left to take home."""
PAGES = {
    "budget_effects.enter": "agreed",
    "budget_effects.verify": "in_budget",
    "budget_effects.take": "verified",
    "budget_effects.take_back": "taken_home",
}
"""In which state the effect is that a page is opened of."""


def agree(cast: Cast, project: Project, mark: str) -> None:
    """Five effects, each a step further than the one before: the last is taken home."""
    promised = [_promised(cast, project, mark, number) for number in range(1, 6)]
    for number in promised[1:]:
        with transaction():
            service.agree(cast.controller, _of(cast, project, number), mark, LATER)
    for number in promised[2:]:
        with transaction():
            service.enter(cast.manager, _of(cast, project, number), mark, LATER.date(), LATER)
    for number in promised[3:]:
        with transaction():
            service.verify(cast.controller, _of(cast, project, number), mark, LATER)
    with transaction():
        service.take(
            cast.controller, _of(cast, project, promised[4]), HALF,
            booked_on=LATER.date(), reference=mark, now=LATER,
        )  # fmt: skip


def _promised(cast: Cast, project: Project, mark: str, number: int) -> int:
    values = EffectValues(form=Form.MONEY, cost_centre=f"{number}", year=LATER.year, item=mark, amount=HALF)
    found = benefit_for(cast.manager, project.id, benefits_of(project.id)[0].id)
    assert found is not None
    with transaction():
        return service.promise(cast.manager, found, values, LATER).effect.id


def _of(cast: Cast, project: Project, number: int) -> EffectOf:
    found = queries.effect_for(cast.manager, project.id, benefits_of(project.id)[0].id, number)
    assert found is not None
    return found


def effects_in(project_id: int) -> dict[str, int]:
    """Those of a case by the names of their parts in addresses, if there are any."""
    query = (
        select(EffectBalance.state, EffectBalance.effect_id)
        .join(BudgetEffect, BudgetEffect.id == EffectBalance.effect_id)
        .where(BudgetEffect.project_id == project_id)
    )
    found = {f"{state}_effect_id": number for state, number in db.session.execute(query)}
    return found | {"effect_id": found["promised_effect_id"]} if found else {}
