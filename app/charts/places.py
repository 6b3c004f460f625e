"""Where things stand on the sheet: days along an axis, and labels that do not stand on each other."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from itertools import combinations
from math import hypot, sqrt

MONTH_STEPS = (1, 2, 3, 6, 12, 24, 60, 120, 600)


@dataclass(frozen=True)
class DayScale:
    """Days between two ends of an axis."""

    first: date
    last: date
    start: float
    """Where the first day stands."""
    end: float

    def __call__(self, day: date) -> float:
        """Where the day stands; all of them at the start where there is but one."""
        whole = (self.last - self.first).days or 1
        return self.start + (self.end - self.start) * (day - self.first).days / whole

    def months(self, room: float) -> list[date]:
        """First days of months, as close as `room` for each allows."""
        most = max(int(abs(self.end - self.start) / room), 1)
        return next(
            found
            for step in MONTH_STEPS
            if len(found := _months(self.first, self.last, step)) <= most or step == MONTH_STEPS[-1]
        )


def _months(first: date, last: date, step: int) -> list[date]:
    start = first.year * 12 + first.month - (1 if first.day == 1 else 0)
    end = last.year * 12 + last.month - 1
    return [date(month // 12, month % 12 + 1, 1) for month in range(start, end + 1) if month % step == 0]


def month_label(day: date) -> str:
    """The same in every language."""
    return day.isoformat()[:7]


def spread(wanted: Sequence[float], gap: float, low: float, high: float) -> list[float]:
    """Where labels stand that want to stand here: at least `gap` apart, in the same order, and between low
    and high as long as there is room for all."""
    order = sorted(range(len(wanted)), key=lambda place: wanted[place])
    placed: list[float] = []
    for place in order:
        placed.append(max(wanted[place], low, placed[-1] + gap if placed else low))
    limit = high
    for index in reversed(range(len(placed))):
        placed[index] = max(min(placed[index], limit), low + gap * index)
        limit = placed[index] - gap
    found = dict(zip(order, placed, strict=True))
    return [found[place] for place in range(len(wanted))]


_PUSHES = 60


def apart(circles: Sequence[tuple[float, float]], room: float) -> list[float]:
    """How far aside of the middle circles stand, of which each has its height and its radius. Those that lie
    on each other push each other aside, as long as there is room."""
    asides = [0.0] * len(circles)
    for _push in range(_PUSHES):
        for one, other in combinations(range(len(circles)), 2):
            lacking = _lacking(circles[one], circles[other]) - abs(asides[other] - asides[one])
            if lacking > 0:
                side = lacking / 2 if asides[other] >= asides[one] else -lacking / 2
                asides[one], asides[other] = asides[one] - side, asides[other] + side
        for place, (_height, radius) in enumerate(circles):
            most = max(room / 2 - radius, 0)
            asides[place] = max(min(asides[place], most), -most)
    return asides


def _lacking(one: tuple[float, float], other: tuple[float, float]) -> float:
    """How far two circles must stand from each other sideways; nought where they do not meet."""
    reach = one[1] + other[1] + 1
    return sqrt(max(reach**2 - (one[0] - other[0]) ** 2, 0))


_STEP = 2


def uncovered(
    circles: Sequence[tuple[float, float]], asides: Sequence[float], low: float, high: float
) -> list[float]:
    """The heights at which no circle lies on another's middle: their own, or the nearest that is free."""
    placed: list[tuple[float, float, float]] = []
    for (height, radius), aside in zip(circles, asides, strict=True):
        ways = (height + side * step for step in range(0, int(high - low), _STEP) for side in (1, -1))
        free = (
            way
            for way in ways
            if low <= way <= high and all(_is_clear(aside, way, radius, other) for other in placed)
        )
        placed.append((aside, next(free, height), radius))
    return [height for _aside, height, _radius in placed]


def _is_clear(x: float, y: float, radius: float, other: tuple[float, float, float]) -> bool:
    return hypot(x - other[0], y - other[1]) >= max(radius, other[2]) + 1
