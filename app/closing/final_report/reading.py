"""A final report as it was sent, in the city's structure: the same sections on the page and on paper."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from decimal import Decimal
from typing import Any

from flask_babel import gettext as _

from app.closing.final_report import words
from app.closing.final_report.content import Words, place
from app.closing.final_report.reading_tables import (
    activities,
    changes,
    costs,
    goals,
    granted,
    hours,
    milestones,
    plans,
    promised,
    rest,
)
from app.core.final_report import Area, Fulfilment, GoalKind, Group, Lesson
from app.pdf.blocks import Block, Column, Fact, Facts, KeyFigure, KeyFigures, Paragraphs, Section, Table

Said = Mapping[str, Any]
"""A report's document: see `app.closing.final_report.document`."""


def key_figures(said: Said) -> KeyFigures:
    """Time, money, hours and goals at a glance."""
    totals = said["totals"]
    return KeyFigures(
        (
            _end(said),
            KeyFigure(
                _("Kostnad, kronor"),
                words.kept_amount(totals["spent"]),
                _("av %(amount)s i budget", amount=words.kept_amount(totals["budget"])),
            ),
            _worked(said),
            _fulfilled(said),
        )
    )


def _end(said: Said) -> KeyFigure:
    """How late a project came; of one that was interrupted the day, since it did not come early."""
    end = said["end"]
    first = _("slutet var först planerat till %(day)s", day=end["first_on"]) if end["first_on"] else ""
    if said["interrupted"]:
        return KeyFigure(_("Avbröts"), end["ended_on"] or "–", first)
    return KeyFigure(_("Slutet"), words.delay_text(end["delay"]), first)


def _worked(said: Said) -> KeyFigure:
    """All hours: those of a role as they were judged, where somebody has judged them, else as booked."""
    outside = Decimal(said["totals"]["hours_outside_plan"])
    low = sum((Decimal(row["worked_low"]) for row in said["hours"]), outside)
    high = sum((Decimal(row["worked_high"]) for row in said["hours"]), outside)
    booked = low == high == Decimal(said["totals"]["hours"])
    note = _("som är bokförda") if booked else _("bokförda, eller bedömda för en roll")
    return KeyFigure(_("Arbetade timmar"), words.kept_range(low, high), note)


def _fulfilled(said: Said) -> KeyFigure:
    """How many goals were reached; of a project that was interrupted perhaps none can be measured."""
    answers = Counter(goal["fulfilment"] for rows in said["goals"].values() for goal in rows)
    count = answers.total()
    if count and answers[Fulfilment.INTERRUPTED] == count:
        return KeyFigure(_("Uppfyllda mål"), "–", _("%(count)s mål och nyttor kan inte mätas", count=count))
    note = _("av %(count)s mål och nyttor", count=count)
    return KeyFigure(_("Uppfyllda mål"), str(answers[Fulfilment.FULFILLED]), note)


def sections_of(said: Said, *drawn: Section) -> tuple[Section, ...]:
    """The whole report; what is drawn of it stands at the end of its results."""
    return (
        Section(_("Sammanfattning"), tuple(_summary(said))),
        Section(_("Mål och avgränsningar"), (), tuple(_aims(said))),
        Section(_("Resultat"), (), (*_results(said), *drawn)),
        Section(_("Arbetssätt"), (), tuple(_ways(said))),
        Section(_("Erfarenheter"), (), tuple(_experience(said))),
        Section(_("Rekommendationer till programmet"), tuple(_texts(said, Words.RECOMMENDATIONS))),
    )


def _texts(said: Said, *asked: Words) -> Iterator[Block]:
    for one in asked:
        if text := said["texts"][one.value]:
            yield Paragraphs.of(text)


def _told(said: Said, one: Words, *blocks: Block) -> Iterator[Section]:
    """A part with the text's own heading; nothing where there is nothing to tell."""
    found = (*_texts(said, one), *blocks)
    if found:
        yield Section(str(words.TEXTS[one]), found)


def _summary(said: Said) -> Iterator[Block]:
    yield from _texts(said, Words.SUMMARY)
    if ended := said["termination"]:
        yield Facts(
            (
                Fact(_("Projektet avbröts"), ended["on"]),
                Fact(_("Beslutat av"), ended["by"] or "–"),
                Fact(_("Skäl"), said["texts"][Words.REASONS.value] or "–"),
            )
        )
    elif said["interrupted"]:
        yield from _texts(said, Words.REASONS)


def _aims(said: Said) -> Iterator[Section]:
    yield from _told(said, Words.BACKGROUND)
    for kind in GoalKind:
        if rows := said["goals"][kind.value]:
            yield Section(str(words.GOALS[kind]), (promised(kind, rows),))
    yield from _told(said, Words.DESCRIPTION)
    yield from _told(said, Words.SCOPE)


def _results(said: Said) -> Iterator[Section]:
    tables = tuple(goals(kind, said["goals"][kind.value]) for kind in GoalKind if said["goals"][kind.value])
    yield Section(_("Måluppfyllelse"), tables)
    yield Section(_("Ändringar"), (changes(said), *_texts(said, Words.CHANGES)))
    yield Section(_("Restlista"), (rest(said),))
    yield Section(_("Tid"), tuple(_time(said)))
    yield Section(_("Kostnad"), (costs(said), granted(said), *_texts(said, Words.COST)))
    yield Section(_("Timmar"), tuple(table for table in (hours(said), activities(said)) if table))


def _time(said: Said) -> Iterator[Block]:
    end = said["end"]
    if end["first_on"]:
        ended = _("Projektet avbröts") if said["interrupted"] else _("Projektet slutade")
        yield Facts(
            (
                Fact(_("Slutet, först planerat"), end["first_on"]),
                Fact(_("Slutet, planerat nu"), end["planned_on"]),
                Fact(ended, end["ended_on"]),
                Fact(_("Mot den första planen"), words.delay_text(end["delay"])),
            )
        )
    if said["milestones"]:
        yield milestones(said)
    if len(said["plans"]) > 1:
        yield plans(said)
    yield from _texts(said, Words.TIME)


def _ways(said: Said) -> Iterator[Section]:
    found = said["organisation"]
    members = [
        (row["role"], row["department"], _("Ordförande") if row.get("chairs") else _("Styrgrupp"))
        for row in found["steering"]
    ]
    members += [(row["role"], row["department"], _("Arbetade i projektet")) for row in found["working"]]
    members += [("–", name, _("Medverkande förvaltning")) for name in found["taking_part"]]
    blocks: list[Block] = []
    if members:
        columns = (
            Column(_("Roll"), share=38), Column(_("Förvaltning"), share=36), Column(_("Del"), share=26),
        )  # fmt: skip
        blocks.append(Table(_("Organisation per roll"), columns, tuple(members)))
    held = _(
        "%(held)s av %(planned)s planerade möten har hållits.",
        held=found["meetings_held"],
        planned=found["meetings_planned"],
    )
    if found["meetings_planned"]:
        blocks.append(Paragraphs((_("Styrgruppen: %(held)s", held=held),)))
    yield from _told(said, Words.ORGANISATION, *blocks)
    for one in (Words.COOPERATION, Words.METHODS, Words.QUALITY, Words.ANCHORING):
        yield from _told(said, one)


def _experience(said: Said) -> Iterator[Section]:
    for lesson, heading in words.LESSONS.items():
        rows = _lessons(said, lesson)
        if rows:
            columns = (
                Column(_("Grupp"), share=20), Column(_("Område"), share=16),
                Column(_("Det gruppen kom fram till"), share=64),
            )  # fmt: skip
            yield Section(str(heading), (Table("", columns, rows),))
    absent = [
        f"{words.GROUPS[group]}: {said['groups'][group.value]['absent']}"
        for group in Group
        if said["groups"][group.value]["absent"]
    ]
    if absent:
        yield Section(_("Grupper som inte har utvärderat"), (Paragraphs(tuple(absent)),))


def _lessons(said: Said, lesson: Lesson) -> tuple[tuple[str, ...], ...]:
    return tuple(
        (str(words.GROUPS[group]), str(words.AREAS[area]), text)
        for group in Group
        for area in Area
        if (text := said["groups"][group.value]["lessons"].get(place(lesson, area)))
    )


def facts(said: Said) -> Sequence[Fact]:
    """What stands at the head of the report."""
    return (
        Fact(_("Projektledare"), said["leader"]),
        Fact(_("Ansvarig förvaltning"), said["lead_department"]),
        Fact(_("Beviljat, kronor"), words.kept_amount(said["totals"]["granted"])),
        Fact(_("Utbetalt, kronor"), words.kept_amount(said["totals"]["paid"])),
        Fact(_("Återfört till ramen, kronor"), words.kept_amount(said["totals"]["returned"])),
    )
