"""What benefits change in budgets: one was cut early, one waits for an answer; of a closed project all that
came is taken home, and some time stays as capacity."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date, datetime, time, timedelta
from decimal import Decimal
from functools import partial

from app.budget_effects import queries, service
from app.budget_effects.queries import EffectOf
from app.budget_effects.service import EffectValues
from app.core.budget_effects import Form
from app.core.clock import LOCAL_TIME, local_day
from app.core.workflow import State
from app.demo.meetings import invented
from app.demo.story import Moment, Story
from app.realisation.queries import BenefitOf, benefits_of, plan_of

AGREED, CUT, PROMISED = 18, 11, 2
"""So many days ago."""
HALF, THOUSAND = Decimal("0.5"), Decimal(1000)


def budgeted(stories: Sequence[Story], today: date) -> Iterator[Moment]:
    """Days are counted back from today. The first benefit's budget is cut before it is measured."""
    story = invented(stories, State.RUNNING)[-2]
    year = today.year + 1
    for days, happens in (
        (AGREED, partial(_agree, story, year)),
        (CUT, partial(_cut, story)),
        (PROMISED, partial(_promise, story, year)),
    ):
        at = datetime.combine(today - timedelta(days=days), time(9, 35), LOCAL_TIME)
        yield at, partial(happens, at)


def _agree(story: Story, year: int, at: datetime) -> None:
    values = EffectValues(
        form=Form.POSTS, cost_centre="21400", year=year, item="Handläggare, tjänst 112",
        amount=Decimal(348_000), staff_years=HALF,
    )  # fmt: skip
    of = service.promise(story.manager, _benefit(story, 0), values, at)
    service.agree(story.cast.controller, of, "Tjänsten blir ledig till sommaren.", at)


def _cut(story: Story, at: datetime) -> None:
    of = queries.effects_of(_benefit(story, 0))[0]
    service.enter(story.manager, of, f"Verksamhetsplan {of.effect.year}", local_day(at), at)


def _promise(story: Story, year: int, at: datetime) -> None:
    values = EffectValues(
        form=Form.CAPACITY, cost_centre="21400", year=year, item="Handläggare, tjänst 118",
        amount=Decimal(139_000), staff_years=Decimal("0.2"),
        used_for="Besök hos företag som inte söker tillstånd själva.",
    )  # fmt: skip
    service.promise(story.manager, _benefit(story, 1), values, at)


def taken_home(story: Story, place: int, at: datetime) -> None:
    """Half of what a benefit has come to is taken home as money, and the rest stays as capacity."""
    realised = _benefit(story, place).benefit.realised
    half = (realised * HALF / THOUSAND).to_integral_value() * THOUSAND
    if not half:
        return
    money = EffectValues(
        form=Form.MONEY, cost_centre=f"3{place}200", year=at.year, amount=half,
        item="Konto 6110, kontorsmaterial och porto",
    )  # fmt: skip
    of = _agreed(story, place, money, at)
    service.enter(story.cast.controller, of, f"Budget {at.year}, bilaga 3", local_day(at), at)
    service.verify(story.secretary, of, "", at)
    _take(story, of, half, at)
    time_that_stays = EffectValues(
        form=Form.CAPACITY, cost_centre=f"3{place}200", year=at.year, item="Handläggare, tid som stannar",
        amount=realised - half, staff_years=Decimal("0.3"),
        used_for="Stöd till dem som inte kan använda tjänsten själva.",
    )  # fmt: skip
    _take(story, _agreed(story, place, time_that_stays, at), realised - half, at)


def _agreed(story: Story, place: int, values: EffectValues, at: datetime) -> EffectOf:
    found = _benefit(story, place)
    manager = story.cast.managers[found.benefit.department.name]
    of = service.promise(manager, found, values, at)
    service.agree(story.cast.controller, of, "", at)
    return of


def _take(story: Story, of: EffectOf, amount: Decimal, at: datetime) -> None:
    service.take(
        story.cast.controller, of, amount, booked_on=local_day(at), reference="Månadsuppföljning", now=at
    )


def _benefit(story: Story, place: int) -> BenefitOf:
    benefit = benefits_of(story.project.id)[place]
    return BenefitOf(story.project, benefit, plan_of(benefit.id))
