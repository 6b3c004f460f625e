"""What projects of the demonstration have asked to change."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace
from datetime import date, datetime, time, timedelta
from decimal import Decimal
from functools import partial

from app.core.changes import Cost, Move, Pause, Promise, Scope, Time, Wanted
from app.core.clock import LOCAL_TIME, local_day
from app.core.costs import CostKind, Financier
from app.core.plan import Effort, Milestone
from app.core.workflow import State
from app.decisions.models import DecisionKind
from app.delivery.changes import queries, service
from app.delivery.changes.queries import ChangeOf
from app.delivery.changes.rules import Draft
from app.delivery.plans import queries as plans
from app.demo.meetings import invented
from app.demo.story import Moment, Story
from app.programmes.queries import delegations_on

Happening = Callable[[Story, datetime], None]
LONGER = timedelta(days=92)


def changed(stories: Sequence[Story], today: date) -> Iterator[Moment]:
    """One project asks twice, another rests; days are counted back from today."""
    for state, course in COURSES:
        story = invented(stories, state)[0]
        for days, happening in course:
            at = datetime.combine(today - timedelta(days=days), time(15, 10), LOCAL_TIME)
            yield at, partial(happening, story, at)


def _request(story: Story, *, secretary: bool = False) -> ChangeOf:
    """The newest one."""
    viewer = story.secretary if secretary else story.leader
    newest = queries.next_number(story.project.id) - 1
    found = queries.change_for(viewer, story.project.id, newest)
    if found is None:
        raise LookupError(f"{story.case.key} has not asked for a change")
    return found


def ask(wanted: Callable[[Story, date], Wanted]) -> Happening:
    """The leader asks for a change."""

    def happens(story: Story, at: datetime) -> None:
        service.begin(story.leader, story.project, at)
        service.write(story.leader, _request(story), wanted(story, local_day(at)), at)
        service.send(story.leader, _request(story), at)

    return happens


def _question(text: str) -> Happening:
    def happens(story: Story, at: datetime) -> None:
        service.ask(story.secretary, _request(story, secretary=True), text, at)

    return happens


def _answer(text: str) -> Happening:
    def happens(story: Story, at: datetime) -> None:
        service.answer(story.leader, _request(story), text, at)

    return happens


def approve(reasons: str) -> Happening:
    """The secretary registers that it is granted as it was asked for."""

    def happens(story: Story, at: datetime) -> None:
        found, day = _request(story, secretary=True), local_day(at)
        limits = delegations_on(story.project.programme_id, day)
        basis = next((row for row in limits if row.limit is None), limits[-1])
        amounts = tuple(cost.amount for cost in found.wanted_as_sent.costs)
        draft = Draft(DecisionKind.APPROVE, day, basis.id, amounts, reasons)
        service.decide(story.secretary, found, draft, at)

    return happens


def _more(story: Story, description: str, amount: int, year: int) -> Cost:
    department = story.project.lead_department
    return Cost(description, CostKind.ONE_OFF, department.id, department.name, year, Decimal(amount))


def _longer_and_dearer(story: Story, day: date) -> Wanted:
    plan = plans.current_plan(story.project.id)
    if plan is None:
        raise LookupError("a running project has a plan")
    return Wanted(
        "Upphandlingen överklagades och fick göras om. Utan mer tid hinner tjänsten inte provas före "
        "starten.",
        time=Time(plan.ends_on + LONGER, tuple(_later(row, day) for row in plan.milestones)),
        costs=(_more(story, "Förlängt avtal med leverantören", 180_000, day.year + 1),),
    )


def _later(row: Milestone, day: date) -> Milestone:
    """What is still to come is moved."""
    return replace(row, planned_on=row.planned_on + LONGER) if row.planned_on > day else row


def _dearer(story: Story, day: date) -> Wanted:
    return Wanted(
        "Integrationen mot verksamhetssystemet kräver en ny version som inte ingick i kalkylen.",
        costs=(_more(story, "Ny version av verksamhetssystemet", 240_000, day.year + 1),),
    )


def _moved(story: Story, _day: date) -> Wanted:
    """Half of what is left of the programme's money on the first line that has any before the last year."""
    project, plan = story.project, plans.current_plan(story.project.id)
    years = queries.years_of(project.programme_id)
    sources = queries.room_of(project).sources(plan.budget if plan else ())
    source = next(
        row
        for row in sources
        if row.room and row.line.financier is Financier.PROGRAMME and row.year + 1 in years
    )
    line, place = source.line, (source.department_id, source.line.department)
    amount = (source.room / 2).quantize(Decimal(1))
    return Wanted(
        "Leveransen är försenad. Kostnaden kommer året efter det som planen säger.",
        moves=(
            Move(
                line.key, line.description, line.financier, *place, source.year,
                *place, source.year + 1, amount,
            ),
        ),
    )  # fmt: skip


def _narrower(story: Story, _day: date) -> Wanted:
    """Fewer use the service than was thought, and later; a reference group comes to."""
    plan = plans.current_plan(story.project.id)
    decided = queries.decided_calculation(story.project.id).full_years
    if plan is None:
        raise LookupError("a running project has a plan")
    department = story.project.lead_department.name
    first = next(row for row in plan.benefits if f"benefit-{row.key}" in decided)
    yearly = (decided[f"benefit-{first.key}"] * Decimal("0.8")).quantize(Decimal(1))
    starts_on = (first.starts_on or plan.ends_on) + LONGER
    promise = Promise(
        first.key, first.description, starts_on, yearly, "Fyra av fem av dem som först var tänkta."
    )
    return Wanted(
        "Två av de grupper som tjänsten var tänkt för har fått en egen lösning i verksamhetssystemet.",
        scope=Scope("Tjänsten öppnas inte för de två grupper som har fått en egen lösning.", (promise,)),
        effort=(*plan.effort, Effort(0, "Referensgrupp", department, Decimal(80), Decimal(120), None)),
    )


def _rest(_story: Story, day: date) -> Wanted:
    why = "Förvaltningen byter verksamhetssystem. Förstudien kan inte prova något förrän det är gjort."
    return Wanted(why, pause=Pause(day + timedelta(days=7), day + timedelta(days=97), why))


COURSES: tuple[tuple[State, tuple[tuple[int, Happening], ...]], ...] = (
    (
        State.RUNNING,
        (
            (160, ask(_longer_and_dearer)),
            (145, approve("Nyttan står kvar och kostnaden för att börja om vore större.")),
            (13, ask(_dearer)),
            (11, _question("Kan kostnaden delas med de andra förvaltningar som har systemet?")),
            (9, _answer("Nej, de har redan den nya versionen.")),
            (6, ask(_moved)),
            (3, approve("Summan är densamma, och inget av den är förbrukat.")),
            (1, ask(_narrower)),
        ),
    ),
    (
        State.PAUSED,
        (
            (12, ask(_rest)),
            (5, approve("Projektet väntar hellre än att göra samma sak två gånger.")),
        ),
    ),
)
"""For the first project that stands there."""
