"""Three of the invented projects were handed over long ago: one has been closed since, one is late with the
follow-up of its first year, one has just been followed up for the first time."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime, time, timedelta
from decimal import Decimal
from functools import partial

from app.core.clock import LOCAL_TIME, local_day
from app.core.final_report import Fulfilment
from app.core.follow_up import Coming, Schedule, occasions
from app.core.plan import BudgetLine
from app.core.workflow import State
from app.delivery.costs import service as costs
from app.delivery.costs.values import EntryValues
from app.delivery.funds import service as funds
from app.delivery.plans.queries import current_plan
from app.demo import ending, operating, realising
from app.demo.delivery import agree, ask, check, pay, report
from app.demo.meetings import invented
from app.demo.story import Moment, Story
from app.follow_up import queries, service
from app.follow_up.content import BenefitSaid, Content, GoalSaid, Remaining, Value
from app.follow_up.gathering import ground_of
from app.follow_up.ground import Ground
from app.follow_up.queries import FollowUpOf
from app.follow_up.questions import Ask
from app.projects.queries import project_for

WRITTEN, SENT, APPROVED = 6, 8, 13
"""So many days after the day of a follow-up."""
PLANNED = "Ansvariga är utsedda och första mätningen är gjord."
SPENT = Decimal("0.97")
"""What they cost, as a share of their budget."""


@dataclass(frozen=True)
class Left:
    """When a project was handed over, how many of its follow-ups are approved, and whether it is closed."""

    days_ago: int
    followed_up: int
    closed: bool = False


COURSES = (Left(775, 3, closed=True), Left(405, 1), Left(150, 1))
"""For the projects that are closed or followed up, in the order of their plans."""


@dataclass(frozen=True)
class Seen:
    """What a follow-up tells: cases begun and completed, and done in another way; hours freed."""

    started: int
    completed: int
    otherwise: int
    hours: int
    summary: str
    coming: Coming
    fulfilment: Fulfilment
    old_way_closed_on: date | None = None
    not_working: str = ""
    """What does not work in how the service is run; empty: it works."""


SEEN = (
    Seen(
        640,
        410,
        980,
        40,
        "Tjänsten används, men de flesta gör fortfarande på det gamla sättet. Många avbryter vid "
        "inloggningen. Nyttan syns inte än.",
        Coming.LATER,
        Fulfilment.NOT_YET,
    ),
    Seen(
        3_900,
        3_240,
        1_510,
        310,
        "Två av tre gör nu ärendet i tjänsten. Inloggningen är omgjord, och färre avbryter. Nyttan kommer, "
        "ett halvår senare än kalkylen sade.",
        Coming.LATER,
        Fulfilment.PARTLY,
    ),
    Seen(
        5_200,
        4_730,
        620,
        690,
        "Nästan nio av tio gör ärendet i tjänsten. Det gamla sättet finns kvar för dem som inte kan "
        "logga in. Nyttan är den som utlovades.",
        Coming.AS_PROMISED,
        Fulfilment.FULFILLED,
    ),
)
"""After three months, a year and two years."""


def left(stories: Sequence[Story], today: date) -> Iterator[Moment]:
    """Days are counted back from today."""
    for story, course in zip(invented(stories, State.CLOSED, State.FOLLOW_UP), COURSES, strict=True):
        handed_over_on = today - timedelta(days=course.days_ago)
        for before, happens in _UNTIL_THE_END:
            at = _at(handed_over_on - timedelta(days=before))
            yield at, partial(happens, story, at)
        yield from _afterwards(story, course, handed_over_on)


def _at(day: date) -> datetime:
    return datetime.combine(day, time(10, 20), LOCAL_TIME)


def _afterwards(story: Story, course: Left, handed_over_on: date) -> Iterator[Moment]:
    planned = occasions(handed_over_on, Schedule())
    for number, occasion in enumerate(planned[: course.followed_up], 1):
        for days, happens in ((WRITTEN, write), (SENT, send), (APPROVED, approve)):
            at = _at(occasion.on + timedelta(days=days))
            yield at, partial(happens, story, number, at)
    if course.closed:
        at = _at(planned[-1].on + timedelta(days=APPROVED + 1))
        yield at, partial(realising.take_home, story, at)
        at = _at(planned[-1].on + timedelta(days=APPROVED + 2))
        yield at, partial(close, story, at)


# --- the end of the project ------------------------------------------------------------------------------


def enter(story: Story, at: datetime, share: Decimal = SPENT) -> None:
    """What it cost, on the lines of its budget: this share of them."""
    plan = current_plan(story.project.id)
    if plan is None:
        raise LookupError(f"{story.case.key} has no plan")
    entries = [_spent(line, local_day(at), share) for line in plan.budget]
    costs.enter(story.leader, story.project, entries, at)


def _spent(line: BudgetLine, day: date, share: Decimal) -> EntryValues:
    return EntryValues(
        booked_on=day,
        activity="Utfall enligt ekonomisystemet",
        budget_line_id=line.key,
        amount=(line.total * share).quantize(Decimal(1)),
    )


def _report(story: Story, at: datetime) -> None:
    """The report names who led the project."""
    if project_for(story.leader, story.project.id) is not None:
        ending.report(story, at)


def settle(story: Story, at: datetime) -> None:
    """What was not asked for returns to the frame."""
    funds.give_back_rest(story.cast.controller, story.project, reference="Slutavräkning", now=at)


_UNTIL_THE_END = (
    (150, ask(1, "0.9")), (146, check(1)), (141, pay(1)), (100, report(PLANNED)), (96, agree()),
    (26, operating.describe), (25, operating.ask), (24, enter), (21, operating.accept),
    (20, ending.begin_closing), (12, _report), (9, settle), (8, ending.confirm), (0, ending.approve),
)  # fmt: skip
"""What happens so many days before a project is handed over."""


# --- follow-ups ------------------------------------------------------------------------------------------


def _found(story: Story, number: int) -> FollowUpOf:
    found = queries.follow_up_for(story.manager, story.project.id, number)
    if found is None:
        raise LookupError(f"{story.case.key} has no follow-up {number}")
    return found


def write(story: Story, number: int, at: datetime, seen: Seen | None = None) -> None:
    """The leader writes a follow-up."""
    found = _found(story, number)
    ground = ground_of(found)
    told = seen or SEEN[number - 1]
    whole = _content(service.begun(found, ground), ground, told, found.follow_up.follows_on)
    if number == 1:
        whole = replace(whole, remaining=[_to_do(local_day(at))])
    service.save(story.leader, found, whole, at)


def _to_do(day: date) -> Remaining:
    text = "Gör om inloggningen, så att färre avbryter."
    return Remaining(text, "Förvaltningsledare", day + timedelta(days=180))


def _content(begun: Content, ground: Ground, seen: Seen, until: date) -> Content:
    answers: dict[Ask, Value] = {
        Ask.SUMMARY: seen.summary,
        Ask.IN_USE: "yes",
        Ask.SINCE: begun.day(Ask.SINCE) or ground.handed_over_on,
        Ask.UNTIL: until,
        Ask.STARTED: seen.started,
        Ask.COMPLETED: seen.completed,
        Ask.OTHERWISE: seen.otherwise,
        Ask.USE_SOURCE: "Plattformens statistik och verksamhetssystemet",
        Ask.ASKED: "yes",
        Ask.ASKED_HOW: "Enkät i slutet av tjänsten, och samtal med kontaktcentret.",
        Ask.ASKED_COUNT: seen.completed // 9,
        Ask.ASKED_RESULT: "De som kommer till slutet är nöjda. De andra säger att frågorna är för många.",
        Ask.WORK: "Handläggarna får ärendet fullständigt och behöver sällan fråga efter mer.",
        Ask.HOURS_FREED: Decimal(seen.hours),
        Ask.FREED_FOR: "Kortare kö för de ärenden som kräver ett möte.",
        Ask.UNEXPECTED: "Fler ärenden kommer på kvällar och helger, och fler frågar hur det går.",
        Ask.ANOTHER: "no",
        **_old_way(seen),
        **_run(seen),
    }
    return replace(
        begun,
        answers={**begun.answers, **answers},
        goals={
            goal.key: GoalSaid(seen.fulfilment, comment="Enligt mätningen vid uppföljningen.")
            for goal in ground.goals
        },
        benefits={
            row.key: BenefitSaid(seen.coming, "Andelen som använder tjänsten avgör.")
            for row in ground.benefits
        },
    )


def _old_way(seen: Seen) -> dict[Ask, Value]:
    if seen.old_way_closed_on is not None:
        return {Ask.CHANNEL: "closed", Ask.CHANNEL_CLOSED: seen.old_way_closed_on}
    why = "De som inte kan logga in behöver blanketten. Frågan tas upp vid nästa uppföljning."
    return {Ask.CHANNEL: "remains", Ask.CHANNEL_WHY: why}


def _run(seen: Seen) -> dict[Ask, Value]:
    if seen.not_working:
        return {Ask.WORKS: "partly", Ask.WORKS_WHY: seen.not_working}
    return {Ask.WORKS: "yes"}


def send(story: Story, number: int, at: datetime) -> None:
    """The manager sends it."""
    service.send(story.manager, _found(story, number), local_day(at), at)


def approve(story: Story, number: int, at: datetime) -> None:
    """The secretary approves it."""
    service.approve(story.secretary, _found(story, number), 1, words="", now=at)


def close(story: Story, at: datetime, words: str = "Nyttan är hemtagen.") -> None:
    """The secretary closes the project."""
    service.close(story.secretary, queries.whole_of(story.project), words, at)
