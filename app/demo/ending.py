"""How two of the invented projects end: one is handed over, the other has just sent its final report."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime, time, timedelta
from functools import partial

from app.closing.final_report import queries, service
from app.closing.final_report.beginning import from_the_record
from app.closing.final_report.content import Content, GoalSaid, GroupSaid, MilestoneSaid, Words, place
from app.closing.final_report.gathering import ground_of
from app.closing.final_report.ground import Ground
from app.closing.final_report.queries import FinalReportOf
from app.closing.handover import service as handover
from app.core.clock import LOCAL_TIME, local_day
from app.core.final_report import Area, Fulfilment, GoalKind, Group, Lesson
from app.core.workflow import State
from app.demo.meetings import invented
from app.demo.story import Moment, Story

BEGAN = timedelta(days=26)
"""So long ago the first of them began to end; nothing but its end happens in it afterwards."""
FOLLOWED_UP_AFTER = timedelta(days=365)


@dataclass(frozen=True)
class Told:
    """What a final report tells of how it went."""

    texts: Mapping[Words, str]
    lessons: Mapping[Group, Mapping[str, str]]
    missed: str = ""
    """Why the first of the project's own goals was not reached; empty: it was."""


TEXTS = {
    Words.SUMMARY: "Projektet har gjort det som beslutet gällde, inom den tid och de pengar som var satta.",
    Words.TIME: "Arbetet avslutades när resultatet var godkänt av styrgruppen.",
    Words.COST: "Mindre konsultstöd behövdes än planerat. Det som blev över är återfört till ramen.",
    Words.CHANGES: "Inga ändringar behövdes utöver dem som styrgruppen beslutade inom planen.",
    Words.ORGANISATION: "Samma personer deltog hela tiden, vilket gjorde besluten snabba.",
    Words.COOPERATION: "Projektgruppen möttes varje vecka och styrgruppen var åttonde vecka.",
    Words.METHODS: "Arbetet delades i korta steg, och varje steg prövades av verksamheten.",
    Words.QUALITY: "Verksamhetens specialister granskade varje leverans innan styrgruppen godkände den.",
    Words.ANCHORING: "Medarbetarna fick veta läget varje månad, och användarna deltog i två träffar.",
    Words.RECOMMENDATIONS: "Låt projekten låna jurist och informationssäkerhet från programmet. "
    "Ge mallarna för upphandling redan när beslutet fattas.",
}
LESSONS = {
    Group.STEERING: {
        place(Lesson.SUCCESS, Area.WORK): "Underlagen kom i tid, så att mötena kunde ägnas åt beslut.",
        place(Lesson.CHALLENGE, Area.PLANNING): "Den första planen räknade inte med semestrar.",
    },
    Group.PROJECT: {
        place(Lesson.SUCCESS, Area.STAFFING): "Handläggarna hade avsatt tid och behövde inte välja.",
        place(Lesson.CHALLENGE, Area.WORK): "Statistiken höll lägre kvalitet än väntat.",
        place(Lesson.OTHER, Area.PLANNING): "Pröva med få användare först. Det sparar tid senare.",
    },
    Group.REFERENCE: {
        place(Lesson.SUCCESS, Area.WORK): "Användarnas synpunkter syntes i nästa version.",
        place(Lesson.CHALLENGE, Area.ELSE): "Det var svårt att förklara vad som avgränsats.",
    },
}


def ended(stories: Sequence[Story], today: date) -> Iterator[Moment]:
    """Days are counted back from today."""
    *_running, reported, handed_over = invented(stories, State.RUNNING)
    for story, days, happens in (
        (handed_over, BEGAN.days, begin_closing),
        (handed_over, 18, report),
        (handed_over, 16, confirm),
        (handed_over, 9, approve),
        (reported, 14, begin_closing),
        (reported, 3, report),
    ):
        at = datetime.combine(today - timedelta(days=days), time(15, 10), LOCAL_TIME)
        yield at, partial(happens, story, at)


def ends_by(stories: Sequence[Story], story: Story, day: date, today: date) -> bool:
    """Whether the project has begun to be handed over on this day."""
    return story is invented(stories, State.RUNNING)[-1] and day > today - BEGAN


def begin_closing(story: Story, at: datetime) -> None:
    """The leader begins to end the project."""
    handover.begin_closing(story.leader, story.project, at)


def report(story: Story, at: datetime, told: Told | None = None) -> None:
    """The leader writes and sends the final report."""
    content = _content(story, local_day(at), told or Told(TEXTS, LESSONS))
    service.save(story.leader, _found(story), content, at)
    service.send(story.leader, _found(story), local_day(at), at)


def confirm(story: Story, at: datetime) -> None:
    """The manager confirms that nothing remains."""
    handover.confirm_nothing_left(story.manager, story.project, "Allt är mottaget.", at)


def approve(story: Story, at: datetime) -> None:
    """The secretary approves the report, and the project ends."""
    found = queries.final_report_of(story.project)
    service.approve(story.secretary, found, 1, words="Tack för en tydlig rapport.", now=at)


def _found(story: Story) -> FinalReportOf:
    return queries.final_report_of(story.project)


def _content(story: Story, day: date, told: Told) -> Content:
    ground = ground_of(story.project)
    begun = from_the_record(ground)
    return replace(
        begun,
        texts={**begun.texts, **told.texts},
        ended_on=day,
        goals=_goals(ground, story.project.lead_department_id, day, told.missed),
        milestones={
            row.key: MilestoneSaid(reached_on=row.planned_on)
            if row.planned_on <= day
            else MilestoneSaid(note="Ingår i det som verksamheten tar över.")
            for row in ground.milestones({})
        },
        groups={group: GroupSaid(lessons) for group, lessons in told.lessons.items()},
    )


def _goals(ground: Ground, department_id: int, day: date, missed: str) -> dict[str, GoalSaid]:
    """What the project itself was to make is there, or some of it; what follows of it is not seen yet."""
    later = day + FOLLOWED_UP_AFTER
    made = [goal.key for goal in ground.goals if goal.kind is GoalKind.PROJECT]
    return {
        goal.key: GoalSaid(Fulfilment.PARTLY, comment=missed)
        if missed and goal.key == made[0]
        else GoalSaid(Fulfilment.FULFILLED, comment="Godkänt av styrgruppen.")
        if goal.kind is GoalKind.PROJECT
        else GoalSaid(
            Fulfilment.NOT_YET, role=goal.owner or "Verksamhetschef", department_id=department_id, by=later
        )
        for goal in ground.goals
    }
