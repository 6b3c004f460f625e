"""What must hold before a follow-up is sent: every lack is told, with its section and its field."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from datetime import date
from typing import Any

from flask_babel import lazy_gettext as _l

from app.closing.handover.gate import shortened
from app.core.final_report import Fulfilment, Needs, needs_of
from app.core.follow_up import TO_EXPLAIN, Another, Asked, Channel, InUse, UseFault, Works
from app.core.lacks import Lack, in_order
from app.follow_up.content import BenefitSaid, Content, GoalSaid
from app.follow_up.ground import Ground
from app.follow_up.questions import BY_ASK, Ask, Section
from app.web.formats import iso_date


def lacks_in(ground: Ground, content: Content, follows_on: date, today: date) -> list[Lack]:
    """Everything that stands against sending the follow-up, in the order of its sections."""
    found = [
        *_day(follows_on, today),
        *(lack for rule in _RULES for lack in rule(content, today)),
        *_goals(ground, content),
        *_benefits(ground, content),
        *_another(ground, content, today),
    ]
    return in_order(found, Section)


def _day(follows_on: date, today: date) -> Iterator[Lack]:
    if today < follows_on:
        text = _l("Uppföljningen kan skickas från och med %(day)s.", day=follows_on.isoformat())
        yield Lack(Section.SUMMARY, Ask.SUMMARY.value, text)


def _missing(content: Content, *asked: tuple[Ask, Any]) -> Iterator[Lack]:
    """Each of these that has no answer."""
    for ask, text in asked:
        if content.answers.get(ask) in (None, ""):
            yield _of(ask, text)


def _of(ask: Ask, text: Any) -> Lack:
    return Lack(BY_ASK[ask].section, ask.value, text)


def _summary(content: Content, _today: date) -> Iterator[Lack]:
    yield from _missing(content, (Ask.SUMMARY, _l("Sammanfatta hur det har gått.")))


# --- use and users ---------------------------------------------------------------------------------------

_FAULTS: Mapping[UseFault, tuple[Ask, Any]] = {
    UseFault.MORE_COMPLETED: (
        Ask.COMPLETED,
        _l("Fler kan inte ha fullföljts än som har påbörjats. Rätta siffrorna."),
    ),
    UseFault.BACKWARDS: (Ask.UNTIL, _l("Tiden som siffrorna gäller slutar innan den börjar.")),
    UseFault.NOT_YET: (Ask.UNTIL, _l("Tiden som siffrorna gäller har inte gått än.")),
}


def _use(content: Content, today: date) -> Iterator[Lack]:
    in_use = content.text(Ask.IN_USE)
    yield from _missing(content, (Ask.IN_USE, _l("Ange om tjänsten används.")))
    if in_use == InUse.NO:
        yield from _missing(content, (Ask.NOT_USED, _l("Skriv varför tjänsten inte används.")))
    if in_use == InUse.YES:
        yield from _missing(
            content,
            (Ask.SINCE, _l("Ange från vilken dag siffrorna gäller.")),
            (Ask.UNTIL, _l("Ange till vilken dag siffrorna gäller.")),
            (Ask.STARTED, _l("Ange hur många ärenden som har påbörjats i tjänsten.")),
            (Ask.COMPLETED, _l("Ange hur många ärenden som har fullföljts i tjänsten.")),
            (Ask.OTHERWISE, _l("Ange hur många ärenden som har gjorts på annat sätt.")),
            (Ask.USE_SOURCE, _l("Ange var siffrorna kommer ifrån.")),
        )
    for fault in content.use.faults(today):
        yield _of(*_FAULTS[fault])


def _users(content: Content, _today: date) -> Iterator[Lack]:
    yield from _missing(content, (Ask.ASKED, _l("Ange om användarna är tillfrågade.")))
    if content.text(Ask.ASKED) == Asked.YES:
        yield from _missing(
            content,
            (Ask.ASKED_HOW, _l("Skriv hur användarna är tillfrågade.")),
            (Ask.ASKED_COUNT, _l("Ange hur många som har svarat.")),
            (Ask.ASKED_RESULT, _l("Skriv vad användarna tycker.")),
        )
    if content.text(Ask.ASKED) == Asked.NO:
        yield from _missing(content, (Ask.NOT_ASKED, _l("Skriv varför användarna inte är tillfrågade.")))


# --- work, the old way, operation ------------------------------------------------------------------------


def _work(content: Content, _today: date) -> Iterator[Lack]:
    yield from _missing(
        content,
        (Ask.WORK, _l("Skriv hur arbetssättet har ändrats, eller att det inte har det.")),
        (Ask.HOURS_FREED, _l("Ange hur många timmar som har frigjorts på ett år. Skriv 0 om det är inga.")),
        (Ask.UNEXPECTED, _l("Skriv vilka oväntade effekter ni har sett, eller att ni inte har sett några.")),
    )
    if content.number(Ask.HOURS_FREED):
        yield from _missing(content, (Ask.FREED_FOR, _l("Skriv vad den frigjorda tiden används till.")))


def _channel(content: Content, today: date) -> Iterator[Lack]:
    became = content.text(Ask.CHANNEL)
    yield from _missing(content, (Ask.CHANNEL, _l("Ange vad som blev av det gamla sättet.")))
    closed_on = content.day(Ask.CHANNEL_CLOSED)
    if became == Channel.CLOSED:
        yield from _missing(content, (Ask.CHANNEL_CLOSED, _l("Ange när det gamla sättet stängdes.")))
        if closed_on is not None and closed_on > today:
            text = _l("Det gamla sättet kan inte ha stängts en dag som inte har varit än.")
            yield _of(Ask.CHANNEL_CLOSED, text)
    if became == Channel.REMAINS:
        yield from _missing(content, (Ask.CHANNEL_WHY, _l("Skriv varför det gamla sättet finns kvar.")))


def _operation(content: Content, _today: date) -> Iterator[Lack]:
    yield from _missing(
        content,
        (Ask.WORKS, _l("Ange om driftansvaret fungerar.")),
        (Ask.OWNER, _l("Ange vilken roll som äger tjänsten.")),
        (Ask.OWNER_DEPARTMENT, _l("Ange vilken förvaltning som äger tjänsten.")),
        (Ask.YEARLY_COST, _l("Ange vad tjänsten kostar på ett år.")),
        (Ask.PAYER, _l("Ange vem som betalar.")),
    )
    if content.text(Ask.WORKS) in (Works.PARTLY, Works.NO):
        yield from _missing(content, (Ask.WORKS_WHY, _l("Skriv vad som inte fungerar.")))


_RULES: tuple[Callable[[Content, date], Iterator[Lack]], ...] = (
    _summary, _use, _users, _work, _channel, _operation,
)  # fmt: skip


# --- goals and benefits ----------------------------------------------------------------------------------


def _goals(ground: Ground, content: Content) -> Iterator[Lack]:
    for goal in ground.goals:
        said, name = content.goals.get(goal.key, GoalSaid()), shortened(goal.text)
        if said.fulfilment is None:
            text = _l("Ange om ”%(goal)s” är uppfyllt.", goal=name)
            yield Lack(Section.GOALS, f"fulfilment_{goal.key}", text)
        elif needs_of(said.fulfilment) is Needs.PROOF and not (said.value or said.comment):
            text = _l("Skriv hur ni ser att ”%(goal)s” är uppfyllt.", goal=name)
            yield Lack(Section.GOALS, f"comment_{goal.key}", text)
        elif said.fulfilment is not Fulfilment.FULFILLED and not said.comment:
            text = _l("Skriv varför ”%(goal)s” inte är uppfyllt helt.", goal=name)
            yield Lack(Section.GOALS, f"comment_{goal.key}", text)


def _benefits(ground: Ground, content: Content) -> Iterator[Lack]:
    for row in ground.benefits:
        said, name = content.benefits.get(row.key, BenefitSaid()), shortened(row.text)
        if said.coming is None:
            text = _l("Ange hur det går med ”%(benefit)s”.", benefit=name)
            yield Lack(Section.BENEFITS, f"coming_{row.key}", text)
        elif not said.comment:
            text = (
                _l("Skriv varför ”%(benefit)s” inte blir som utlovat.", benefit=name)
                if said.coming in TO_EXPLAIN
                else _l("Skriv vad ni ser av ”%(benefit)s”.", benefit=name)
            )
            yield Lack(Section.BENEFITS, f"seen_{row.key}", text)


# --- what remains ----------------------------------------------------------------------------------------


def _another(ground: Ground, content: Content, today: date) -> Iterator[Lack]:
    yield from _remaining(content, today)
    yield from _missing(content, (Ask.ANOTHER, _l("Ange om det behövs en uppföljning till.")))
    if content.text(Ask.ANOTHER) != Another.YES:
        return
    yield from _missing(
        content,
        (Ask.ANOTHER_ON, _l("Ange vilken dag det ska följas upp igen.")),
        (Ask.ANOTHER_WHY, _l("Skriv varför det behövs en uppföljning till.")),
    )
    day = content.day(Ask.ANOTHER_ON)
    if day is not None and day <= today:
        yield _of(Ask.ANOTHER_ON, _l("Den nya uppföljningen ska vara en dag som inte har varit än."))
    elif day in ground.planned:
        text = _l("Det är redan planerat en uppföljning %(day)s.", day=iso_date(day))
        yield _of(Ask.ANOTHER_ON, text)


def _remaining(content: Content, today: date) -> Iterator[Lack]:
    for place, row in enumerate(content.remaining):
        if row.is_empty:
            continue
        field = f"remaining-{place}"
        if not row.text:
            yield Lack(Section.REST, f"{field}-text", _l("Skriv vad som återstår."))
        if not row.owner:
            yield Lack(Section.REST, f"{field}-owner", _l("Ange vilken roll som gör det som återstår."))
        if row.due_on is None:
            yield Lack(Section.REST, f"{field}-due_on", _l("Ange när det som återstår ska vara klart."))
        elif row.due_on < today:
            text = _l("Det som återstår ska vara klart en dag som inte har varit än.")
            yield Lack(Section.REST, f"{field}-due_on", text)
