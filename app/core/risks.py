"""How a risk is weighed: probability by consequence, and where it stands among the others."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum

SCALE = range(1, 6)
"""Both probability and consequence: 1 is very small, 5 very great."""
REPORTED_FROM = 10
"""Risks with this score or more are told of in every status report."""
WATCHED_FROM = 5


class Level(StrEnum):
    """What a score means."""

    LOW = "low"
    MEDIUM = "medium"
    HIGH = "high"


class Outcome(StrEnum):
    """What became of a risk."""

    HAPPENED = "happened"
    """It is an issue now."""
    DID_NOT_HAPPEN = "did_not_happen"
    """The time for it is over."""
    HANDLED = "handled"
    """What was done is enough, so that it cannot happen or does no harm."""


def score_of(probability: int, consequence: int) -> int:
    """The product. Raises ValueError for what is not on the scale."""
    if probability not in SCALE or consequence not in SCALE:
        raise ValueError(f"{probability} and {consequence}: the scale is 1 to 5")
    return probability * consequence


def level_of(score: int) -> Level:
    """Low, medium, or so high that it is reported."""
    if score >= REPORTED_FROM:
        return Level.HIGH
    return Level.MEDIUM if score >= WATCHED_FROM else Level.LOW


@dataclass(frozen=True, slots=True)
class Square:
    """A place in the matrix, and how many risks stand there."""

    probability: int
    consequence: int
    count: int

    @property
    def level(self) -> Level:
        """What a risk is that stands here."""
        return level_of(score_of(self.probability, self.consequence))


def matrix(places: Iterable[tuple[int, int]]) -> list[list[Square]]:
    """Pairs of probability and consequence, counted: the most probable in the first row, the gravest last."""
    counts = Counter(places)
    return [
        [Square(probability, consequence, counts[probability, consequence]) for consequence in SCALE]
        for probability in reversed(SCALE)
    ]
