"""The sections of a final report, each with its page: the city's own structure."""

from __future__ import annotations

from collections.abc import Mapping
from enum import StrEnum

from app.closing.final_report.content import Words
from app.closing.final_report.ground import Ground
from app.core.final_report import GoalKind, Group


class Section(StrEnum):
    """A section, by its place in the address."""

    SUMMARY = "sammanfattning"
    SCOPE = "mal-och-avgransningar"
    EFFECTS = "effektmal"
    BENEFITS = "nyttor"
    GOALS = "projektmal"
    TIME = "tid"
    MONEY = "kostnad-och-timmar"
    CHANGES = "andringar-och-restlista"
    WAYS = "arbetssatt"
    STEERING = "styrgruppens-erfarenheter"
    PROJECT = "projektgruppens-erfarenheter"
    REFERENCE = "referensgruppens-erfarenheter"
    RECOMMENDATIONS = "rekommendationer"


TEXTS: Mapping[Section, tuple[Words, ...]] = {
    Section.SUMMARY: (Words.SUMMARY, Words.REASONS),
    Section.SCOPE: (Words.BACKGROUND, Words.DESCRIPTION, Words.SCOPE),
    Section.TIME: (Words.TIME,),
    Section.MONEY: (Words.COST,),
    Section.CHANGES: (Words.CHANGES,),
    Section.WAYS: (Words.ORGANISATION, Words.COOPERATION, Words.METHODS, Words.QUALITY, Words.ANCHORING),
    Section.RECOMMENDATIONS: (Words.RECOMMENDATIONS,),
}
GOALS: Mapping[Section, GoalKind] = {
    Section.EFFECTS: GoalKind.EFFECT,
    Section.BENEFITS: GoalKind.BENEFIT,
    Section.GOALS: GoalKind.PROJECT,
}
GROUPS: Mapping[Section, Group] = {
    Section.STEERING: Group.STEERING,
    Section.PROJECT: Group.PROJECT,
    Section.REFERENCE: Group.REFERENCE,
}


def texts_in(section: Section, ground: Ground) -> tuple[Words, ...]:
    """The texts that the section asks for; why it was terminated, only of a project that was."""
    asked = TEXTS.get(section, ())
    return tuple(row for row in asked if row is not Words.REASONS or ground.interrupted)


def sections_for(ground: Ground) -> list[Section]:
    """The sections of this project's report: none for goals that it never had."""
    kinds = {goal.kind for goal in ground.goals}
    return [row for row in Section if row not in GOALS or GOALS[row] in kinds]
