"""How the leaders of the running projects follow their risks, those of the application and others."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from datetime import date, datetime, time, timedelta
from functools import partial

from app.core.clock import LOCAL_TIME, local_day
from app.core.risks import Outcome
from app.core.workflow import State
from app.delivery.risks import queries, service
from app.delivery.risks.models import Risk
from app.delivery.risks.queries import IssueOf, RiskOf
from app.delivery.risks.values import IssueValues, RiskValues
from app.demo.meetings import invented
from app.demo.story import Moment, Story

Happening = Callable[[Story, datetime], None]


def followed(stories: Sequence[Story], today: date) -> Iterator[Moment]:
    """Each of the running projects has its own course; days are counted back from today."""
    for story, course in zip(invented(stories, State.RUNNING), COURSES, strict=True):
        for days, happening in course:
            at = datetime.combine(today - timedelta(days=days), time(13, 20), LOCAL_TIME)
            yield at, partial(happening, story, at)


def _risk(
    text: str, probability: int, consequence: int, action: str, *, owner: str, within: int
) -> Happening:
    def happens(story: Story, at: datetime) -> None:
        values = RiskValues(
            text=text,
            probability=probability,
            consequence=consequence,
            action=action,
            owner=owner,
            due_on=local_day(at) + timedelta(days=within),
        )
        service.add_risk(story.leader, story.project, values, at)

    return happens


def _issue(text: str, consequence: int, action: str, *, owner: str, within: int) -> Happening:
    def happens(story: Story, at: datetime) -> None:
        due_on = local_day(at) + timedelta(days=within)
        values = IssueValues(text=text, consequence=consequence, action=action, owner=owner, due_on=due_on)
        service.add_issue(story.leader, story.project, values, at)

    return happens


def _weigh(probability: int, consequence: int, *, within: int) -> Happening:
    """The gravest open risk is weighed anew, and its action gets a day."""

    def happens(story: Story, at: datetime) -> None:
        row = _gravest(story)
        values = RiskValues(
            text=row.text,
            probability=probability,
            consequence=consequence,
            action=row.action,
            owner=row.owner,
            due_on=local_day(at) + timedelta(days=within),
        )
        service.change_risk(story.leader, RiskOf(story.project, row), values, at)

    return happens


def _close(text: str, outcome: Outcome, note: str) -> Happening:
    def happens(story: Story, at: datetime) -> None:
        row = next(row for row in queries.risks_of(story.project.id) if row.text == text)
        found = RiskOf(story.project, row)
        service.close_risk(story.leader, found, outcome, note=note, now=at)

    return happens


def _comes_true(action: str, *, within: int) -> Happening:
    def happens(story: Story, at: datetime) -> None:
        row = _gravest(story)
        due_on = local_day(at) + timedelta(days=within)
        values = IssueValues(
            text=row.text, consequence=row.consequence, action=action, owner=row.owner, due_on=due_on
        )
        service.happened(story.leader, RiskOf(story.project, row), values, at)

    return happens


def _gravest(story: Story) -> Risk:
    return next(row for row in queries.risks_of(story.project.id) if row.is_open)


def _solve(solution: str) -> Happening:
    def happens(story: Story, at: datetime) -> None:
        issue = next(row for row in queries.issues_of(story.project.id) if row.is_open)
        service.close_issue(story.leader, IssueOf(story.project, issue), solution=solution, now=at)

    return happens


LICENCES = "Upphandlingen av licenser överklagas."
INTERVIEWS = "Intervjuerna med verksamheten hinns inte med."
COURSES: tuple[tuple[tuple[int, Happening], ...], ...] = (
    (
        (70, _risk("Verksamhetssystemets leverantör har inte tid för integrationen före sommaren.", 4, 4,
                   "Boka leverantörens tid i avtalet och ha manuell inläsning redo.",
                   owner="Systemförvaltaren", within=60)),
        (40, _risk("Testgruppen blir för liten för att säga något om tillgängligheten.", 2, 3,
                   "Fråga intresseorganisationerna om fler som testar.", owner="Projektledaren", within=70)),
        (30, _weigh(3, 5, within=18)),
        (12, _issue("En nyckelperson i verksamheten har slutat.", 3,
                    "Enhetschefen utser en ersättare och går igenom kraven med henne eller honom.",
                    owner="Enhetschefen", within=21)),
    ),
    (
        (120, _risk(LICENCES, 3, 5,
                    "Använd det gemensamma ramavtalet.", owner="Upphandlaren", within=40)),
        (75, _close(LICENCES, Outcome.HANDLED, "Ramavtalet räckte. Upphandlingen behövdes inte.")),
        (50, _comes_true("Styrgruppen prioriterar om mellan uppdragen på nästa möte.", within=20)),
        (28, _solve("Styrgruppen flyttade en utvecklare från ett annat uppdrag.")),
        (6, _weigh(4, 3, within=30)),
    ),
    (
        (150, _risk(INTERVIEWS, 3, 3,
                    "Gruppintervjuer i stället för enskilda.", owner="Projektledaren", within=30)),
        (100, _close(INTERVIEWS, Outcome.DID_NOT_HAPPEN, "Verksamheten avsatte tid i god tid.")),
    ),
)  # fmt: skip
"""For the running projects, in the order of their plans."""
