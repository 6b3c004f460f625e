"""Lessons: what kinds there are, and how a search weighs the words that it is made of. Pure."""

from __future__ import annotations

from enum import StrEnum
from math import log

LEAST_PART = 4
"""Letters of the shortest word that is looked for inside longer ones: shorter ones stand in too many."""


LEAST_REST = 3
"""Letters of what may be left of a longer word."""


class Kind(StrEnum):
    """What was learned."""

    SUCCESS = "success"
    CHALLENGE = "challenge"
    OTHER = "other"
    RECOMMENDATION = "recommendation"
    """What the project recommends to the programme."""


class Answer(StrEnum):
    """What an application says of a lesson."""

    DONE = "done"
    """It is taken into the plan, in this way."""
    IRRELEVANT = "irrelevant"
    """It does not apply here, for this reason."""


class Match(StrEnum):
    """How a word of a lesson fits a word that is looked for."""

    SAME = "same"
    LONGER = "longer"
    """It begins or ends with what is looked for: "upphandlingsstöd" of "upphandling"."""
    PART = "part"
    """What is looked for begins or ends with it: "upphandling" of "systemupphandling"."""


_TRUST = {Match.SAME: 1.0, Match.LONGER: 0.6, Match.PART: 0.4}


def weight(match: Match, lessons_with_it: int, lessons: int) -> int:
    """What a word adds to a lesson's score: the rarer the word, the more; in thousandths.

    Inverse document frequency as in Robertson and Spärck Jones (1976), never below a thousandth.
    """
    rare = log(1 + (lessons - lessons_with_it + 0.5) / (lessons_with_it + 0.5))
    return max(1, round(1000 * _TRUST[match] * rare))


def parts_of(stem: str) -> list[str]:
    """Every beginning and every end of a word that could be a word of its own."""
    sizes = range(LEAST_PART, len(stem) - LEAST_REST + 1)
    return list(dict.fromkeys([*(stem[:size] for size in sizes), *(stem[-size:] for size in sizes)]))
