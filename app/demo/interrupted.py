"""Projects that are interrupted: the chatbot case to its end, and one that never began.

Days that the source does not give are set for the demonstration.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from datetime import date, datetime, time, timedelta
from decimal import Decimal
from functools import partial

from app.accounts.queries import departments
from app.closing.final_report import service as reports
from app.closing.final_report.beginning import from_the_record
from app.closing.final_report.content import GroupSaid, Words, place
from app.closing.final_report.gathering import ground_of
from app.closing.final_report.queries import final_report_of
from app.closing.handover import service as handover
from app.closing.termination import service
from app.closing.termination.values import ReusableValues
from app.core.changes import Cost, Termination, Wanted
from app.core.clock import LOCAL_TIME
from app.core.costs import CostKind
from app.core.final_report import Area, Group, Lesson
from app.core.workflow import State
from app.db import db
from app.decisions.models import DecisionKind
from app.delivery.changes import queries as asked
from app.delivery.changes import service as changes
from app.delivery.changes.queries import ChangeOf
from app.delivery.changes.rules import Draft
from app.delivery.costs import service as costs
from app.delivery.costs.values import EntryValues
from app.delivery.plans import queries, rows
from app.delivery.plans import service as plans
from app.delivery.plans.values import MeetingValues
from app.demo import running
from app.demo.meetings import invented
from app.demo.story import Moment, Story
from app.programmes.queries import delegations_on

PREPARATION_BEGAN, PROJECT_ENDS = date(2021, 8, 1), date(2022, 12, 31)
MEETINGS = (date(2022, 2, 21), date(2022, 3, 8))
BOOKED_ON = date(2022, 3, 31)
WORKED = (
    ("Projektledare", 161, 753),
    ("Upphandlingsstöd", 11, 860),
    ("Informationsklassning", 6, 753),
    ("Förmöte projektdeltagare", 4, 729),
    ("Styrgruppsmöten", 13, None),
)
"""What was done, hours, and kronor an hour where the source gives a rate."""
BOUGHT = (("Timvikarier, upplärning och introduktion", 87_200), ("Rekryteringskostnad", 10_000))
MORE = Decimal(745_500)
END = Termination(
    "Styrgruppen",
    MEETINGS[-1],
    "Stadens multisajt kunde inte uppdateras i tid, och den nya kontaktcenterplattformen behöver samma "
    "personer under året.",
)


def interrupted(stories: Sequence[Story]) -> Iterator[Moment]:
    """What happened after the grant, in the order of its time."""
    story = next(story for story in stories if story.case.key == "chatbot")
    for day, happens in (
        (date(2021, 8, 16), _plan),
        (date(2022, 2, 23), _ask_for_more),
        (MEETINGS[-1], _meet),
        (date(2022, 3, 10), _ask_to_end),
        (date(2022, 3, 21), _end),
        (date(2022, 4, 4), _account),
        (date(2022, 4, 12), _return),
        (date(2022, 4, 26), _report),
        (date(2022, 5, 3), _confirm),
        (date(2022, 5, 17), _approve),
    ):
        at = datetime.combine(day, time(10, 20), LOCAL_TIME)
        yield at, partial(happens, story, at)


def _plan(story: Story, at: datetime) -> None:
    running.plan(story.leader, story.project, at)
    plans.save_milestones(
        story.leader,
        story.project,
        starts_on=PREPARATION_BEGAN,
        ends_on=PROJECT_ENDS,
        milestones=[rows.milestone_values(row) for row in queries.milestones_of(story.project.id)],
        now=at,
    )
    _keep_meetings(story, at, held=False)
    plans.establish(story.leader, story.project, at)


def _keep_meetings(story: Story, at: datetime, *, held: bool) -> None:
    members = [rows.member_values(row) for row in queries.members_of(story.project.id)]
    meetings = [MeetingValues(planned_on=day, held_on=day if held else None) for day in MEETINGS]
    plans.save_steering(story.leader, story.project, members=members, meetings=meetings, now=at)


def _meet(story: Story, at: datetime) -> None:
    _keep_meetings(story, at, held=True)


# --- requests --------------------------------------------------------------------------------------------


def _request(story: Story, wanted: Wanted, at: datetime) -> None:
    number = changes.begin(story.leader, story.project, at).number
    changes.write(story.leader, _found(story, number), wanted, at)
    changes.send(story.leader, _found(story, number), at)


def _found(story: Story, number: int) -> ChangeOf:
    db.session.expire_all()
    found = asked.change_for(story.leader, story.project.id, number)
    if found is None:
        raise LookupError(f"{story.case.key} has no request {number}")
    return found


def _ask_for_more(story: Story, at: datetime) -> None:
    lead = next(row for row in departments() if row.id == story.project.lead_department_id)
    cost = Cost("Personal i kontaktcenter", CostKind.INTERNAL_HOURS, lead.id, lead.name, 2022, MORE)
    _request(story, Wanted("Medlen täcker inte den personal som piloten behöver.", costs=(cost,)), at)


def _ask_to_end(story: Story, at: datetime) -> None:
    _request(
        story, Wanted("Styrgruppen har beslutat att projektet inte ska genomföras.", termination=END), at
    )


def _end(story: Story, at: datetime) -> None:
    _decide_to_end(story, 2, "Förutsättningarna för piloten saknas.", "Beslut mars 2022", at)


def _decide_to_end(story: Story, number: int, reasons: str, reference: str, at: datetime) -> None:
    bases = delegations_on(story.project.programme_id, at.date())
    basis = next(row for row in bases if row.decider == "Programdirektören")
    draft = Draft(DecisionKind.APPROVE, at.date(), basis.id, (), reasons, reference)
    changes.decide(story.secretary, _found(story, number), draft, at)


# --- what it leaves --------------------------------------------------------------------------------------


def _account(story: Story, at: datetime) -> None:
    _book(story, at)
    leader, project = story.leader, story.project
    service.save_account(
        leader,
        project,
        delivered="Avtalet är förberett, informationen är klassad, och utbildningen är planerad. Chatboten "
        "kom aldrig i drift.",
        spent="",
        now=at,
    )
    learnt = ReusableValues(
        result="Utredning av avrop, informationssäkerhet och drift för en chatbot",
        useful_to="Nästa pilot som utgår från stadens multisajt",
        place="Programmets diarium",
    )
    service.save_reusable(leader, project, [learnt], none=False, now=at)
    service.save_contracts(leader, project, [], none=True, now=at)
    service.write_off_rest(leader, project, reason="Chatboten införs inte, så nyttan kommer inte.", now=at)


def _book(story: Story, at: datetime) -> None:
    """All of it was paid by the department itself; nothing by the grant."""
    worked = [
        EntryValues(
            booked_on=BOOKED_ON,
            activity=activity,
            role=activity if rate else "Styrgrupp",
            hours=Decimal(hours),
            rate=None if rate is None else Decimal(rate),
        )
        for activity, hours, rate in WORKED
    ]
    bought = [
        EntryValues(booked_on=BOOKED_ON, activity=activity, amount=Decimal(amount))
        for activity, amount in BOUGHT
    ]
    costs.enter(story.leader, story.project, [*worked, *bought], at)


def _return(story: Story, at: datetime) -> None:
    service.return_rest(story.cast.controller, story.project, reference="Beslut mars 2022", now=at)


# --- the final report ------------------------------------------------------------------------------------

TEXTS = {
    Words.SUMMARY: "En chatbot skulle prövas i kontaktcenter. Piloten förbereddes men kom inte i gång, för "
    "att den var beroende av två andra införanden. Inga beviljade pengar användes.",
    Words.RECOMMENDATIONS: "Säkra att det som ett projekt är beroende av är klart innan pengar beviljas.",
}
LESSONS = {
    Group.STEERING: {
        place(Lesson.CHALLENGE, Area.PLANNING): "Två andra införanden behövde samma personer samtidigt.",
        place(Lesson.SUCCESS, Area.WORK): "Beslutet att avbryta togs innan något avtal var tecknat.",
    },
    Group.PROJECT: {
        place(Lesson.SUCCESS, Area.WORK): "Klassningen av informationen är gjord och kan användas igen.",
        place(Lesson.CHALLENGE, Area.STAFFING): "Den som skulle träna chatboten behövde först läras upp.",
    },
}


def _report(story: Story, at: datetime) -> None:
    begun = from_the_record(ground_of(story.project))
    groups = {group: GroupSaid(lessons) for group, lessons in LESSONS.items()}
    content = replace(begun, texts={**begun.texts, **TEXTS}, groups=groups)
    reports.save(story.leader, final_report_of(story.project), content, at)
    reports.send(story.leader, final_report_of(story.project), at.date(), at)


def _confirm(story: Story, at: datetime) -> None:
    handover.confirm_nothing_left(story.manager, story.project, "Inget återstår av piloten.", at)


def _approve(story: Story, at: datetime) -> None:
    words = "Lärdomarna tas med till nästa pilot."
    reports.approve(story.secretary, final_report_of(story.project), 1, words=words, now=at)


# --- one that never began --------------------------------------------------------------------------------


def overtaken(stories: Sequence[Story], today: date) -> Iterator[Moment]:
    """A project that had its money is interrupted before it has begun; it has not accounted for it yet."""
    story = invented(stories, State.APPROVED)[0]
    for days, happens in ((6, _ask_to_stop), (2, _stop)):
        at = datetime.combine(today - timedelta(days=days), time(11, 20), LOCAL_TIME)
        yield at, partial(happens, story, at)


def _ask_to_stop(story: Story, at: datetime) -> None:
    why = "En gemensam tjänst för landets kommuner gör samma sak till en lägre kostnad."
    end = Termination("Styrgruppen", at.date(), why)
    _request(story, Wanted("Styrgruppen har beslutat att projektet inte ska börja.", termination=end), at)


def _stop(story: Story, at: datetime) -> None:
    _decide_to_end(story, 1, "Samma tjänst ska inte betalas två gånger.", "", at)
