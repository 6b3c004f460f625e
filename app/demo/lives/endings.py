"""How a life ends: handed over, interrupted, or resting for a while."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import date, datetime, timedelta
from functools import partial

from app.closing.final_report import service as final_reports
from app.closing.final_report.beginning import from_the_record
from app.closing.final_report.content import GroupSaid, Words, place
from app.closing.final_report.gathering import ground_of
from app.closing.final_report.queries import final_report_of
from app.closing.handover import service as handover
from app.closing.termination import service as terminations
from app.closing.termination.values import ReusableValues
from app.core.changes import Pause, Termination, Wanted
from app.core.clock import local_day
from app.core.final_report import Area, Group, Lesson
from app.delivery.funds import queries as accounts
from app.demo import changing, ending, following, operating
from app.demo.case import words
from app.demo.ending import Told
from app.demo.lives import services
from app.demo.lives.days import Course
from app.demo.lives.life import Life
from app.demo.story import Moment, Story

CLOSING = timedelta(days=20)
"""So long before it is handed over a project begins to end."""
AREAS = (Area.WORK, Area.STAFFING, Area.PLANNING)


def handed_over(life: Life, course: Course) -> Iterator[Moment]:
    """The department accepts the service, the report is written and approved, what is left returns."""
    on, days = life.ends_on, timedelta(days=1)
    if life.is_service:
        yield from course.on(on - 27 * days, partial(services.describe, life=life))
        yield from course.on(on - 26 * days, operating.ask, hour=10)
        yield from course.on(on - 22 * days, operating.accept, hour=11)
    yield from course.on(on - 25 * days, partial(following.enter, share=life.dearer), hour=12)
    yield from course.on(on - CLOSING, ending.begin_closing, hour=13)
    yield from course.on(on - 13 * days, partial(ending.report, told=told_of(life)), hour=9)
    yield from course.on(on - 9 * days, _settle, hour=10)
    yield from course.on(on - 8 * days, ending.confirm, hour=11)
    yield from course.on(on, ending.approve, hour=13)


def _settle(story: Story, at: datetime) -> None:
    """What is left returns to the frame, if anything is."""
    if _has_money(story):
        following.settle(story, at)


def _has_money(story: Story) -> bool:
    return any(row.sums.remaining for row in accounts.accounts_of(story.project.id))


def told_of(life: Life) -> Told:
    """What its final report tells."""
    late, dear = life.days_late > 0, life.dearer > 1
    texts = {
        **ending.TEXTS,
        Words.SUMMARY: life.says("summaries" if life.is_service else "study_summaries"),
        Words.TIME: life.says("late") if late else ending.TEXTS[Words.TIME],
        Words.COST: life.says("dearer") if dear else ending.TEXTS[Words.COST],
        Words.CHANGES: "Projektet fick mer tid under vägen." if life.asks_for_time else "Inga.",
        Words.RECOMMENDATIONS: life.says("recommendations"),
    }
    return Told(texts, lessons_of(life), missed=life.says("short") if life.days_late > 90 else "")


def lessons_of(life: Life) -> dict[Group, dict[str, str]]:
    """Of each group; which, and about what, differs from life to life."""
    areas = AREAS[life.plan.age % 3 :] + AREAS
    success, challenge = life.some("success", 2), life.some("challenge", 3)
    found = {
        Group.STEERING: {
            place(Lesson.SUCCESS, areas[0]): success[0],
            place(Lesson.CHALLENGE, areas[1]): challenge[0],
        },
        Group.PROJECT: {
            place(Lesson.SUCCESS, areas[1]): success[1],
            place(Lesson.CHALLENGE, areas[0]): challenge[1],
            place(Lesson.OTHER, Area.ELSE): life.says("other"),
        },
    }
    return found | {Group.REFERENCE: {place(Lesson.CHALLENGE, areas[2]): challenge[2]}}


# --- interrupted -----------------------------------------------------------------------------------------


def interrupt(life: Life, course: Course) -> Iterator[Moment]:
    """Its steering group ends it; it accounts for what there is, and the rest of its money returns."""
    on, days = life.ends_on, timedelta(days=1)
    yield from course.on(on - 9 * days, changing.ask(partial(_wanted, life)))
    yield from course.on(on, changing.approve("Skälen är tillräckliga."), hour=10)
    yield from course.on(on + 14 * days, partial(_account, life=life))
    yield from course.on(on + 21 * days, _return, hour=10)
    yield from course.on(on + 35 * days, partial(_report, life=life))
    yield from course.on(on + 42 * days, _confirm, hour=10)
    yield from course.on(on + 49 * days, ending.approve, hour=11)


def _wanted(life: Life, _story: Story, day: date) -> Wanted:
    end = Termination("Styrgruppen", day, life.says("interrupted"))
    return Wanted("Styrgruppen har beslutat att projektet inte ska fortsätta.", termination=end)


def _account(story: Story, at: datetime, *, life: Life) -> None:
    leader, project = story.leader, story.project
    result, useful_to, where = words("life")["reusable"]
    terminations.save_account(leader, project, delivered=words("life")["delivered"], spent="", now=at)
    learnt = ReusableValues(result=life.subject.told(result), useful_to=useful_to, place=where)
    terminations.save_reusable(leader, project, [learnt], none=False, now=at)
    terminations.save_contracts(leader, project, [], none=True, now=at)
    if life.came:
        terminations.write_off_rest(leader, project, reason="Tjänsten införs inte.", now=at)


def _return(story: Story, at: datetime) -> None:
    if _has_money(story):
        terminations.return_rest(story.cast.controller, story.project, reference="Slutavräkning", now=at)


def _report(story: Story, at: datetime, *, life: Life) -> None:
    begun = from_the_record(ground_of(story.project))
    texts = {Words.SUMMARY: words("life")["delivered"], Words.RECOMMENDATIONS: life.says("recommendations")}
    groups = {group: GroupSaid(told) for group, told in lessons_of(life).items()}
    content = replace(begun, texts={**begun.texts, **texts}, groups=groups)
    final_reports.save(story.leader, final_report_of(story.project), content, at)
    final_reports.send(story.leader, final_report_of(story.project), local_day(at), at)


def _confirm(story: Story, at: datetime) -> None:
    handover.confirm_nothing_left(story.manager, story.project, "Inget återstår.", at)


# --- a rest ----------------------------------------------------------------------------------------------


def rests(course: Course) -> Iterator[Moment]:
    """It asks to rest, and does."""
    yield from course.on(course.today - timedelta(days=24), changing.ask(_rest), hour=13)
    reasons = "Projektet väntar hellre än att göra samma sak två gånger."
    yield from course.on(course.today - timedelta(days=10), changing.approve(reasons), hour=13)


def _rest(_story: Story, day: date) -> Wanted:
    why = "Verksamheten omorganiseras, och den som ska ta emot tjänsten är inte utsedd."
    return Wanted(why, pause=Pause(day + timedelta(days=14), day + timedelta(days=140), why))
