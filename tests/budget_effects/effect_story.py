"""Budget effects of the first benefit of a project that runs, from a promise to what is taken home."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, datetime
from decimal import Decimal
from typing import Any

from app.accounts.access import Viewer
from app.budget_effects import queries, service
from app.budget_effects.queries import EffectOf
from app.budget_effects.service import EffectValues
from app.core.budget_effects import Form
from app.db import transaction
from app.programmes.models import Programme
from app.projects.models import Project
from tests.conftest import Cast
from tests.realisation.measuring_story import AFTERWARDS, TODAY, of, with_plan
from tests.realisation.measuring_story import measured as measured_benefit
from tests.remembered import remembered
from tests.story import reloaded

DECIDED = date(2029, 1, 15)
"""The day on which the budget is decided: that of the first measurement."""
VALUES = EffectValues(
    form=Form.MONEY, cost_centre="1234", year=2029, item="5010 Lokaler", amount=Decimal("250000.50")
)


def promise(
    cast: Cast, project: Project, now: datetime = AFTERWARDS, viewer: Viewer | None = None, **changes: Any
) -> EffectOf:
    """The manager promises an effect of the first benefit."""
    actor = viewer or cast.manager
    with transaction():
        made = service.promise(actor, of(actor, project), replace(VALUES, **changes), now)
    return effect(actor, project, made.effect.id)


def effect(viewer: Viewer, project: Project, number: int | None = None) -> EffectOf:
    """An effect of the project's first benefit as the viewer finds it: the first, or the one numbered so."""
    rows = queries.effects_of(of(viewer, project))
    return next(row for row in rows if number in (None, row.effect.id))


def agree(cast: Cast, project: Project, number: int | None = None, now: datetime = AFTERWARDS) -> None:
    """The controller agrees."""
    with transaction():
        service.agree(cast.controller, effect(cast.controller, project, number), "", now)


def enter(
    cast: Cast, project: Project, number: int | None = None, day: date = DECIDED, now: datetime = AFTERWARDS
) -> None:
    """The manager says in which budget it is."""
    with transaction():
        service.enter(cast.manager, effect(cast.manager, project, number), "Verksamhetsplan 2029", day, now)


def verify(cast: Cast, project: Project, number: int | None = None, now: datetime = AFTERWARDS) -> None:
    """The controller sees that it is."""
    with transaction():
        service.verify(cast.controller, effect(cast.controller, project, number), "", now)


def take(
    cast: Cast,
    project: Project,
    amount: Decimal,
    number: int | None = None,
    *,
    booked_on: date = TODAY,
    now: datetime = AFTERWARDS,
) -> None:
    """The controller posts it as taken home."""
    with transaction():
        service.take(
            cast.controller,
            effect(cast.controller, project, number),
            amount,
            booked_on=booked_on,
            reference="Månadsuppföljning januari",
            now=now,
        )


def ready(cast: Cast, project: Project, now: datetime = AFTERWARDS, **changes: Any) -> EffectOf:
    """An effect that is in the budget, verified, and waits for what is measured."""
    number = promise(cast, project, now, **changes).effect.id
    agree(cast, project, number, now)
    enter(cast, project, number, min(DECIDED, now.date()), now)
    verify(cast, project, number, now)
    return effect(cast.controller, project, number)


def taken_home(cast: Cast, project: Project) -> None:
    """Time that stays; and an effect of which something is taken home, after it was sent back once."""
    number = promise(
        cast, project, form=Form.CAPACITY, item="Handläggare", amount=Decimal(1),
        staff_years=Decimal("0.25"), used_for="Fler besök.",
    ).effect.id  # fmt: skip
    agree(cast, project, number)
    take(cast, project, Decimal(1), number)
    number = promise(cast, project).effect.id
    agree(cast, project, number)
    enter(cast, project, number)
    with transaction():
        service.send_back(cast.controller, effect(cast.controller, project, number), "Fel sida.", AFTERWARDS)
    enter(cast, project, number)
    verify(cast, project, number)
    take(cast, project, Decimal(1), number)


def each_step(cast: Cast, project: Project, now: datetime) -> dict[str, int]:
    """An effect where each step begins, by what it waits for; of the last, half is taken home."""
    year = now.year
    numbers = [
        promise(cast, project, now, item=item, year=year, amount=amount).effect.id
        for item, amount in (
            ("5010 Lokaler", Decimal("250000.50")),
            ("6110 Papper och tryck", Decimal(40_000)),
            ("Handläggare, tjänst 112", Decimal(310_000)),
            ("6550 Konsulter", Decimal(200_000)),
        )
    ]
    for number in numbers[1:]:
        agree(cast, project, number, now)
    for number in numbers[2:]:
        enter(cast, project, number, now.date(), now)
    verify(cast, project, numbers[3], now)
    take(cast, project, Decimal(100_000), numbers[3], booked_on=now.date(), now=now)
    return dict(zip(("promised_effect", "agreed", "entered", "taken"), numbers, strict=True))


@remembered
def promised(cast: Cast, programme: Programme, **details: Any) -> Project:
    """The first benefit is planned and not measured; an effect of it is promised."""
    project = with_plan(cast, programme, **details)
    promise(cast, project)
    return reloaded(project)


@remembered
def verified(cast: Cast, programme: Programme, **details: Any) -> Project:
    """The first benefit is measured, at 379 500 kronor, and an effect of it is in the budget."""
    project = measured_benefit(cast, programme, **details)
    ready(cast, project)
    return reloaded(project)
