"""What comes of the benefits of a project that closes: one is tried early, one waits, one is forgotten."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date, datetime, time, timedelta
from decimal import Decimal
from functools import partial

from app.accounts.access import Viewer
from app.core.clock import LOCAL_TIME
from app.core.measuring import Month, Period
from app.core.realisation import BenefitEnd, Direction
from app.core.workflow import State
from app.demo import taking_home
from app.demo.meetings import invented
from app.demo.story import Moment, Story
from app.realisation import closing, queries, service
from app.realisation.queries import BenefitOf
from app.realisation.values import MeasurementValues, PlanValues

PLANNED = timedelta(days=24)
PILOT = (Decimal("0.97"), Decimal("0.93"), Decimal("0.94"))
"""What part of its baseline the indicator had in each of the months of a pilot, the last one last month."""
MEASURED = timedelta(days=4)


def realised(stories: Sequence[Story], today: date) -> Iterator[Moment]:
    """Days are counted back from today."""
    story = invented(stories, State.RUNNING)[-2]
    at = datetime.combine(today - PLANNED, time(14, 5), LOCAL_TIME)
    yield at, partial(_plan, story, at)
    at = datetime.combine(today - MEASURED, time(10, 45), LOCAL_TIME)
    yield at, partial(_measure, story, at)


def _plan(story: Story, at: datetime) -> None:
    for place, (indicator, unit, baseline, target) in enumerate(INDICATORS):
        values = PlanValues(
            department_id=story.project.lead_department_id,
            owner_role="Enhetschef, företagsservice",
            owner_id=story.manager.id,
            indicator=indicator,
            unit=unit,
            direction=Direction.FALL,
            share=Decimal(1),
            baseline=Decimal(baseline),
            baseline_on=Month.of(at.date()).later(-6).last,
            baseline_source="Verksamhetssystemets ärendestatistik, medel över sex månader.",
            target=Decimal(target),
            target_on=Month.of(at.date()).later(36).last,
            how="Ärendestatistiken tas ut den första arbetsdagen varje månad. Medel över perioden.",
            every_months=3,
            measurer_role="Verksamhetsutvecklare",
            measurer_id=story.manager.id,
        )
        service.save_plan(story.leader, _benefit(story, place), values, at)


def _measure(story: Story, at: datetime) -> None:
    """A pilot's months, each by itself: what came before the benefit was to begin."""
    found = _benefit(story, 0)
    for back, part in zip(range(len(PILOT), 0, -1), PILOT, strict=True):
        month = Month.of(at.date()).later(-back)
        volume = Decimal(found.benefit.counted["volume"]) / 12
        values = MeasurementValues(
            period=Period(month.first, month.last),
            indicator_value=(Decimal(INDICATORS[0][2]) * part).quantize(Decimal(1)),
            source=f"Ärendestatistik {month.first.isoformat()[:7]}, pilot vid två enheter.",
            counted={
                "volume": volume.quantize(Decimal(1)),
                "minutes_saved": Decimal(found.benefit.counted["minutes_saved"]),
                "share": 1 - part,
            },
        )
        service.measure(story.manager, found, values, at)


CAME = (Decimal("0.35"), Decimal("0.8"), Decimal("0.95"))
"""What part of what was promised came in the first, the second, and every later calendar year."""


def take_home(story: Story, at: datetime) -> None:
    """The benefits of a project that is to be closed are measured year by year, and end."""
    for place, benefit in enumerate(queries.benefits_of(story.project.id)):
        manager = story.cast.managers[benefit.department.name]
        _see(story, place, at)
        for number, period in enumerate(_years(benefit.starts_on, at.date())):
            _count(manager, _benefit(story, place), period, CAME[min(number, len(CAME) - 1)], at)
        taking_home.taken_home(story, place, at)
        came = _benefit(story, place).benefit.measured_until is not None
        outcome = BenefitEnd.REALISED if came else BenefitEnd.ABANDONED
        reason = (
            "Nyttan kom ett år senare än utlovat och syns i budgeten." if came else "Tjänsten gav den inte."
        )
        lost = None if came else benefit.yearly
        closing.propose(manager, _benefit(story, place), outcome, reason=reason, lost=lost, now=at)
        closing.verify(story.secretary, _benefit(story, place), "Stämmer med mätningarna.", at)


def _see(story: Story, place: int, at: datetime) -> None:
    benefit = _benefit(story, place).benefit
    values = PlanValues(
        department_id=benefit.department_id,
        owner_role="Enhetschef",
        owner_id=None,
        indicator=f"Mått på: {benefit.name.lower()}",
        unit="procent av utgångsläget",
        direction=Direction.FALL,
        share=Decimal(1),
        baseline=Decimal(100),
        baseline_on=Month.of(benefit.starts_on or at.date()).later(-1).last,
        baseline_source="Verksamhetssystemet, medel över året före.",
        target=Decimal(50),
        target_on=Month.of(benefit.starts_on or at.date()).later(24).last,
        how="Tas ut ur verksamhetssystemet i januari.",
        every_months=12,
        measurer_role="Verksamhetsutvecklare",
        measurer_id=None,
    )
    service.save_plan(story.cast.managers[benefit.department.name], _benefit(story, place), values, at)


def _years(starts_on: date | None, today: date) -> Iterator[Period]:
    """The calendar years, or what is left of the first, that are over."""
    month = Month.of(starts_on) if starts_on else Month.of(today)
    while (period := Period.of(month, 12)).ends_on < today:
        yield period
        month = Month.of(period.ends_on).later(1)


def _count(manager: Viewer, found: BenefitOf, period: Period, part: Decimal, at: datetime) -> None:
    """As much of the calculation's volume as came, for as many months as the period has."""
    planned = {name: Decimal(amount) for name, amount in found.benefit.counted.items()}
    scaled = next((name for name in ("volume", "quantity", "amount") if name in planned), None)
    if scaled is not None:
        planned[scaled] = (planned[scaled] * part * len(period.months) / 12).quantize(Decimal(1))
    values = MeasurementValues(
        period=period,
        indicator_value=100 - 50 * part,
        source=f"Verksamhetssystemet, uttag för {period.year}.",
        counted=planned,
        explanation="Färre än väntat gick över till tjänsten det första året." if part < CAME[-1] else "",
    )
    service.measure(manager, found, values, at)


def _benefit(story: Story, place: int) -> BenefitOf:
    benefit = queries.benefits_of(story.project.id)[place]
    return BenefitOf(story.project, benefit, queries.plan_of(benefit.id))


INDICATORS = (
    ("Återkommande frågor i samma ärende", "frågor per månad", 1_850, 1_100),
    ("Företagets tid för ett ärende", "minuter", 95, 50),
)
"""Of its first two benefits: what is counted, in what, from what and to what."""
