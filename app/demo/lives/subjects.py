"""What the lives are about: matters that departments have, and the applications that are written of them."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal
from random import Random
from typing import Any

from app.demo.case import Words, words
from app.demo.cast import OFFICES
from app.demo.invention import in_words

CLASSES = ("221", "222", "232", "122", "321")
RESIDENTS = "Invånares tid"
NEIGHBOUR = 0.25
"""How often another department takes part."""


@dataclass(frozen=True, slots=True)
class Subject:
    """A kind of matter that a department has."""

    thing: str
    people: str
    staff: str
    """The category that the work is counted by."""
    volume: int
    minutes: int
    lead: str
    where: str = ""
    """What tells it from the same matter elsewhere."""

    def told(self, text: str, **more: object) -> str:
        """The sentence with what it is about in it."""
        return text.format(
            thing=self.thing,
            Thing=capital(self.thing),
            people=self.people,
            People=capital(self.people),
            volume=in_words(Decimal(self.volume)),
            Volume=in_words(Decimal(self.volume)),
            minutes=self.minutes,
            staff=max(self.volume * self.minutes // 90_000, 3),
            **more,
        )


def capital(text: str) -> str:
    """With a capital letter first, and the rest as it is."""
    return text[:1].upper() + text[1:]


def subjects(chance: Random) -> list[Subject]:
    """All of them, each once, in an order of chance."""
    found = list(_all())
    chance.shuffle(found)
    return found


def _all() -> Iterator[Subject]:
    told = words("subjects")
    for lead, rows in told["own"].items():
        yield from (_subject(row, lead) for row in rows)
    for lead, place in told["places"].items():
        yield from (_subject(row, lead, f" i {place}") for row in told["district"])
    for lead in (name for names in OFFICES.values() for name in names):
        where = told["places"].get(lead)
        yield from (_subject(row, lead, f" i {where}" if where else f" vid {lead}") for row in told["all"])


def _subject(row: Sequence[Any], lead: str, where: str = "") -> Subject:
    thing, people, staff, volume, minutes = row
    return Subject(thing, people, staff, volume, minutes, lead, where)


# --- an application --------------------------------------------------------------------------------------


class _Writing:
    """Drawing sentences about a subject."""

    def __init__(self, subject: Subject, chance: Random) -> None:
        self.subject, self.chance, self._told = subject, chance, words("life")

    def one(self, name: str) -> str:
        return self.subject.told(self.chance.choice(self._told[name]))

    def rows(self, name: str) -> list[Any]:
        return list(self.chance.choice(self._told[name]))

    def title(self, kind: str) -> str:
        pattern = self.chance.choice(words("subjects")["titles"][kind])
        return self.subject.told(pattern) + self.subject.where

    def others(self) -> list[str]:
        if self.chance.random() >= NEIGHBOUR:
            return []
        names = [name for names in OFFICES.values() for name in names if name != self.subject.lead]
        return [self.chance.choice(names)]

    def both(self) -> dict[str, Any]:
        """What every application says."""
        told = ("in_short", "need_today", "affected", "evidence", "if_nothing", "included", "excluded")
        return {
            "lead": self.subject.lead,
            "with": self.others(),
            "risk": [self.subject.told(text) for text in self.rows("risk")],
            **{name: self.one(name) for name in told},
        }


def study_of(subject: Subject, chance: Random) -> Words:
    """A pre-study of it."""
    writing = _Writing(subject, chance)
    return writing.both() | {
        "title": writing.title("pre_study"),
        "cost": 1000 * chance.randint(220, 640),
        "study": writing.one("study"),
        "question": writing.one("question"),
    }


def service_of(subject: Subject, chance: Random) -> Words:
    """A service for it. What is promised each year is what makes the cost look small."""
    writing = _Writing(subject, chance)
    owner = chance.choice(words("life")["owners"])
    benefits = list(_benefits(writing, owner))
    told = ("related", "solution", "new_ways", "alternatives", "dependencies", "personal", "children")
    return writing.both() | {
        "title": writing.title("implementation"),
        "cost": 10_000 * round(chance.triangular(60, 620, 150)),
        "classes": chance.choice(CLASSES),
        "steps": [
            [name, subject.staff, str(subject.volume), str(max(round(subject.minutes * float(part)), 1)), out]
            for name, out, part in words("life")["steps"]
        ],
        "effects": [
            ["Kortare väntan", "Mediantid till besked", "dagar", "21", str(chance.choice((5, 7, 10))), owner],
            [f"Fler gör ärendet digitalt: {subject.thing}", "Andel digitala ärenden", "%", "30", "85", owner],
        ],
        "delivers": [
            ["Tjänsten är öppen för alla", "Andel enheter som använder den", "%", "100"],
            ["Medarbetarna är utbildade", "Andel utbildade", "%", "95"],
        ],
        "benefits": benefits,
        "equality": writing.one("equality"),
        **{name: writing.one(name) for name in told},
    }


def _benefits(writing: _Writing, owner: str) -> Iterator[list[Any]]:
    """Two or three, as hopeful as applicants are; the first is the greatest."""
    chance, subject = writing.chance, writing.subject
    makers = [_saved_time, _unit_price, _fixed, _residents]
    first = chance.choices(makers, weights=(5, 2, 4, 2))[0]
    others = [make for make in makers if make is not first]
    chosen = [first, *chance.sample(others, 1)]
    for place, make in enumerate(chosen):
        what, category, beneficiary, method, figures, how, indicator = make(writing, place == 0)
        ramp = chance.choice((["0.6", "1"], ["0.5", "0.9", "1"], ["0.8", "1"]))
        shown = f"{indicator}: {subject.thing}{subject.where}"
        yield [what, category, beneficiary, method, figures, how, owner, shown, ramp]
    if chance.random() < 0.3:
        what, how, indicator = writing.rows("described")
        shown = f"{indicator}: {subject.thing}{subject.where}"
        yield [what, "quality", "staff", "described", {}, how, owner, shown, []]


def _saved_time(writing: _Writing, great: bool) -> tuple[Any, ...]:
    what, how, indicator = writing.rows("saved_time")
    subject, part = writing.subject, writing.chance.uniform(0.4, 0.6) if great else 0.15
    figures = {
        "volume": str(subject.volume),
        "minutes_saved": str(max(round(subject.minutes * part), 1)),
        "share": writing.chance.choice(("0.7", "0.8", "0.85")),
        "rate": subject.staff,
    }
    return subject.told(what), "redistribution", "staff", "saved_time", figures, how, indicator


def _unit_price(writing: _Writing, great: bool) -> tuple[Any, ...]:
    what, how, indicator, price = writing.rows("unit_price")
    quantity = round(writing.subject.volume * (1.6 if great else 0.5))
    figures = {"quantity": str(quantity), "unit_price": price}
    return what, "financial", "department", "unit_price", figures, how, indicator


def _fixed(writing: _Writing, great: bool) -> tuple[Any, ...]:
    what, how, indicator = writing.rows("fixed")
    amount = 10_000 * writing.chance.randint(*((35, 110) if great else (6, 22)))
    return what, "financial", "department", "fixed", {"fixed_amount": str(amount)}, how, indicator


def _residents(writing: _Writing, great: bool) -> tuple[Any, ...]:
    what, how, indicator = writing.rows("residents")
    subject = writing.subject
    figures = {
        "volume": str(subject.volume * (2 if great else 1)),
        "minutes_saved": str(writing.chance.choice((12, 20, 25))),
        "share": "0.8",
        "rate": RESIDENTS,
    }
    return subject.told(what), "quality", "residents", "saved_time", figures, how, indicator
