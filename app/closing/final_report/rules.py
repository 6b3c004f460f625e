"""What must hold before a final report is sent: every lack is told, with its section and its field."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from typing import Any

from flask_babel import lazy_gettext as _l

from app.closing.final_report.content import Content, GoalSaid, GroupSaid, MilestoneSaid, Words
from app.closing.final_report.ground import Goal, Ground
from app.closing.final_report.sections import GOALS, GROUPS, Section
from app.core.final_report import Needs, Off, needs_of, to_explain
from app.core.lacks import Lack, in_order


def lacks_in(ground: Ground, content: Content, today: date) -> list[Lack]:
    """Everything that stands against sending the report, in the order of its sections."""
    found = [
        *_texts(ground, content),
        *_goals(ground, content),
        *_time(ground, content, today),
        *_explanations(ground, content),
        *_groups(ground, content),
    ]
    return in_order(found, Section)


_ALWAYS = (
    (Section.SUMMARY, Words.SUMMARY, _l("Sammanfatta projektet: vad det skulle göra och vad det blev.")),
    (Section.SCOPE, Words.DESCRIPTION, _l("Beskriv projektet.")),
    (Section.RECOMMENDATIONS, Words.RECOMMENDATIONS, _l("Skriv vad ni rekommenderar programmet.")),
)
_WHEN_READY = (
    (Section.WAYS, Words.COOPERATION, _l("Beskriv samarbetet och mötena.")),
    (Section.WAYS, Words.QUALITY, _l("Beskriv hur kvaliteten säkrades.")),
    (Section.WAYS, Words.ANCHORING, _l("Beskriv förankring och kommunikation.")),
)
_WHEN_INTERRUPTED = ((Section.SUMMARY, Words.REASONS, _l("Skriv varför projektet avbröts.")),)


def _texts(ground: Ground, content: Content) -> Iterator[Lack]:
    """An interrupted project tells what can be told; one that is ready tells how it worked too."""
    for section, words, text in (*_ALWAYS, *(_WHEN_INTERRUPTED if ground.interrupted else _WHEN_READY)):
        if not content.text(words):
            yield Lack(section, words.value, text)


# --- goals -----------------------------------------------------------------------------------------------


def _goals(ground: Ground, content: Content) -> Iterator[Lack]:
    for section, kind in GOALS.items():
        for goal in ground.goals_of(kind):
            yield from _goal(section, goal, content.goals.get(goal.key, GoalSaid()))


def _goal(section: Section, goal: Goal, said: GoalSaid) -> Iterator[Lack]:
    if said.fulfilment is None:
        yield _of(section, goal, "fulfilment", _l("Ange om ”%(goal)s” är uppfyllt.", goal=_short(goal)))
        return
    needs = needs_of(said.fulfilment)
    if needs is Needs.PROOF and not (said.value or said.comment):
        text = _l("Skriv hur ni ser att ”%(goal)s” är uppfyllt.", goal=_short(goal))
        yield _of(section, goal, "comment", text)
    elif needs is Needs.REASON and not said.comment:
        text = _l("Skriv varför ”%(goal)s” inte är uppfyllt helt.", goal=_short(goal))
        yield _of(section, goal, "comment", text)
    elif needs is Needs.FOLLOW_UP:
        yield from _follow_up(section, goal, said)


def _follow_up(section: Section, goal: Goal, said: GoalSaid) -> Iterator[Lack]:
    name = _short(goal)
    if not said.role:
        yield _of(section, goal, "role", _l("Ange vilken roll som följer upp ”%(goal)s”.", goal=name))
    if said.department_id is None:
        text = _l("Ange vilken förvaltning som följer upp ”%(goal)s”.", goal=name)
        yield _of(section, goal, "department", text)
    if said.by is None:
        yield _of(section, goal, "by", _l("Ange när ”%(goal)s” senast följs upp.", goal=name))


def _of(section: Section, goal: Goal, field: str, text: Any) -> Lack:
    return Lack(section, f"{field}_{goal.key}", text)


def _short(goal: Goal, length: int = 60) -> str:
    return goal.text if len(goal.text) <= length else f"{goal.text[:length].rstrip()} …"


# --- time, money, lessons --------------------------------------------------------------------------------


def _time(ground: Ground, content: Content, today: date) -> Iterator[Lack]:
    if content.ended_on is None:
        yield Lack(Section.TIME, "ended_on", _l("Ange vilken dag projektet slutade."))
    if ground.interrupted:
        return
    for row in ground.milestones({}):
        said = content.milestones.get(row.key, MilestoneSaid())
        if said.reached_on is None and not said.note:
            text = _l("Ange när ”%(name)s” nåddes, eller skriv varför den inte gjorde det.", name=row.name)
            yield Lack(Section.TIME, f"reached_{row.key}", text)
        elif said.reached_on is not None and said.reached_on > today:
            text = _l("”%(name)s” kan inte ha nåtts en dag som inte har varit än.", name=row.name)
            yield Lack(Section.TIME, f"reached_{row.key}", text)


_EXPLAIN = {
    Off.TIME: (Section.TIME, Words.TIME, _l("Förklara varför projektet slutade senare än först planerat.")),
    Off.COST: (
        Section.MONEY,
        Words.COST,
        _l("Förklara varför kostnaden ligger mer än 10 procent från budgeten."),
    ),
    Off.HOURS: (
        Section.MONEY,
        Words.COST,
        _l("Förklara varför en roll arbetade mer än 10 procent över det planerade."),
    ),
}


def _explanations(ground: Ground, content: Content) -> Iterator[Lack]:
    """Of an interrupted project the whole report is the explanation."""
    end = ground.end(content.ended_on) if content.ended_on else None
    if end is None or ground.interrupted:
        return
    for off in to_explain(end, ground.budget, ground.actuals.total, ground.roles):
        section, words, text = _EXPLAIN[off]
        if not content.text(words):
            yield Lack(section, words.value, text)


def _groups(ground: Ground, content: Content) -> Iterator[Lack]:
    if ground.interrupted:
        return
    for section, group in GROUPS.items():
        said = content.groups.get(group, GroupSaid())
        if not said.absent and not any(said.lessons.values()):
            yield Lack(
                section,
                "absent",
                _l("Skriv vad gruppen kom fram till, eller varför den inte har utvärderat."),
            )
