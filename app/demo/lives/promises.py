"""What comes of the promised benefits of a life: how they are measured, what is measured, how they end."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import date, datetime, timedelta
from decimal import Decimal
from functools import partial

from app.accounts.access import Viewer
from app.core.measuring import Month, Period
from app.core.realisation import BenefitEnd, Direction, effect_on, must_explain
from app.demo.case import words
from app.demo.lives.days import Course
from app.demo.lives.life import Came, Life
from app.demo.story import Moment, Story
from app.realisation import closing, deciding, policy, queries, service
from app.realisation.queries import BenefitOf
from app.realisation.values import MeasurementValues, PlanValues

HIGH = Decimal("0.9")
"""From this share of what was promised a benefit has come."""
LOW = Decimal("0.45")
"""Below this share nobody believes any longer that the rest comes."""
DECIDED_BEFORE = timedelta(days=6)
COUNTED_AFTER = timedelta(days=19)
"""So long after a period it is measured."""
PLANNED_AFTER = timedelta(days=48)
SCALED = ("volume", "quantity", "fixed_amount")
"""What is counted less when less comes: the rest of a formula is as planned."""


def planned(life: Life, course: Course) -> Iterator[Moment]:
    """The leader says how each is to be measured, while the project runs."""
    for place, came in enumerate(life.came):
        if came.planned:
            yield from course.on(course.begins_on + PLANNED_AFTER, partial(_plan, place=place, came=came))


def measured(life: Life, course: Course) -> Iterator[Moment]:
    """Period by period from the day that was promised, also while nothing has come; until the last one that
    is over, or the benefit's end."""
    until = life.closes_on - timedelta(days=15) if life.closes_on else course.today
    starts_on = life.invention.ends + timedelta(days=1)
    for place, came in enumerate(life.came):
        if came.measured:
            for period in periods(starts_on, came):
                day = max(period.ends_on + COUNTED_AFTER, life.ends_on + COUNTED_AFTER)
                if day >= until:
                    break
                happens = partial(_measure, life=life, place=place, period=period)
                yield from course.on(day, happens, hour=14)


def periods(starts_on: date, came: Came) -> Iterator[Period]:
    """Those in which nothing has come, year by year, and then as often as it is measured."""
    month, first = Month.of(starts_on), Month.of(starts_on).later(came.months_late)
    while month < first:
        period = Period.of(month, first.number - month.number)
        yield period
        month = Month.of(period.ends_on).later(1)
    while True:
        period = Period.of(month, came.every - (month.month - 1) % came.every)
        yield period
        month = Month.of(period.ends_on).later(1)


def ended(life: Life, course: Course) -> Iterator[Moment]:
    """How each ends is proposed and agreed, a few days before the project is closed."""
    if life.closes_on is not None:
        yield from course.on(life.closes_on - timedelta(days=9), partial(_propose, life=life), hour=9)
        yield from course.on(life.closes_on - timedelta(days=5), partial(_agree, life=life), hour=10)


def promised_less(life: Life, course: Course) -> Iterator[Moment]:
    """What has come low for long, of a project that is followed up, is promised anew by a decision."""
    low = (place for place, came in enumerate(life.came) if came.measured and came.level < LOW)
    if life.closes_on is None and (place := next(low, None)) is not None:
        yield from course.on(course.today - DECIDED_BEFORE, partial(_decide, life=life, place=place), hour=15)


# --- what is entered -------------------------------------------------------------------------------------


def _benefit(story: Story, place: int) -> BenefitOf:
    benefit = queries.benefits_of(story.project.id)[place]
    return BenefitOf(story.project, benefit, queries.plan_of(benefit.id))


def _manager(story: Story, found: BenefitOf) -> Viewer:
    return story.cast.managers[found.benefit.department.name]


def _plan(story: Story, at: datetime, *, place: int, came: Came) -> None:
    found, line = _benefit(story, place), story.case.benefits[place]
    manager = _manager(story, found)
    starts_on = found.benefit.starts_on or at.date()
    owner_id = manager.id if came.every == 6 else None
    values = PlanValues(
        department_id=found.benefit.department_id,
        owner_role=line["owner_role"],
        owner_id=owner_id,
        indicator=line["indicator"],
        unit="procent av utgångsläget",
        direction=Direction.FALL,
        share=Decimal(1),
        baseline=Decimal(100),
        baseline_on=Month.of(at.date()).later(-1).last,
        baseline_source="Medel över tolv månader, ur verksamhetssystemet.",
        target=Decimal(40),
        target_on=Month.of(starts_on).later(24).last,
        how="Tas ut ur verksamhetssystemet när perioden är slut.",
        every_months=came.every,
        measurer_role="Verksamhetsutvecklare",
        measurer_id=owner_id,
    )
    service.save_plan(story.leader, found, values, at)


def _measure(story: Story, at: datetime, *, life: Life, place: int, period: Period) -> None:
    """As much of what the calculation counts with as came in the period."""
    found, came = _benefit(story, place), life.came[place]
    part = part_of(found, came, period)
    counted = {name: Decimal(amount) for name, amount in found.benefit.counted.items()}
    for name in SCALED:
        if name in counted:
            counted[name] = (counted[name] * part / 12).quantize(Decimal(1))
    if "fixed_amount" in counted:
        counted["amount"] = counted.pop("fixed_amount")
    reached = part / len(period.months)
    values = MeasurementValues(
        period=period,
        indicator_value=100 - (60 * reached).quantize(Decimal("0.1")),
        source=f"Verksamhetssystemet, {period.begins_on:%Y-%m}–{period.ends_on:%Y-%m}.",
        counted=counted,
    )
    if must_explain(service.reached(found, values)):
        values = replace(values, explanation=life.says("short") if part else words("life")["unmeasured"])
    service.measure(_manager(story, found), found, values, at)


def part_of(found: BenefitOf, came: Came, period: Period) -> Decimal:
    """How many months of full effect the period is worth: by the ramp that was promised, late and lower."""
    benefit = found.benefit
    if benefit.starts_on is None:
        return Decimal(0)
    ramp = queries.ramp_of(benefit)
    shown = (effect_on(benefit.starts_on, ramp, row.later(-came.months_late).first) for row in period.months)
    return sum(shown, Decimal(0)) * came.level


def _propose(story: Story, at: datetime, *, life: Life) -> None:
    for place, came in enumerate(life.came):
        found = _benefit(story, place)
        outcome = _end(found, came)
        lost = None if found.benefit.yearly is None else _lost(found.benefit.yearly, outcome, came)
        reason = words("life")["ends"][outcome.value]
        closing.propose(_manager(story, found), found, outcome, reason=reason, lost=lost, now=at)


def _end(found: BenefitOf, came: Came) -> BenefitEnd:
    if found.benefit.measured_until is None:
        return BenefitEnd.ABANDONED
    return BenefitEnd.REALISED if came.level >= HIGH else BenefitEnd.PARTLY


def _lost(yearly: Decimal, outcome: BenefitEnd, came: Came) -> Decimal:
    share = Decimal(1) if outcome is BenefitEnd.ABANDONED else max(1 - came.level, Decimal(0))
    return (yearly * share).quantize(Decimal(1))


def _decide(story: Story, at: datetime, *, life: Life, place: int) -> None:
    found, came = _benefit(story, place), life.came[place]
    if not policy.may_decide_promise(story.secretary, found) or found.benefit.starts_on is None:
        return
    deciding.decide(
        story.secretary,
        found,
        yearly=((found.benefit.yearly or Decimal(0)) * came.level).quantize(Decimal(1000)),
        starts_on=found.benefit.starts_on,
        reason=life.says("short"),
        reference=f"Programdirektörens beslut {at:%Y-%m-%d}, § {len(life.key) % 9 + 1}",
        decided_on=at.date(),
        now=at,
    )


def _agree(story: Story, at: datetime, *, life: Life) -> None:
    for place in range(len(life.came)):
        closing.verify(story.secretary, _benefit(story, place), "Stämmer med mätningarna.", at)
