"""Draws a project in time, to stand in a row of a table: what was planned first, and under it what came.

The open bar is the first plan. The bar under it is filled as far as time has gone and open from there on; one
that ends later than first planned ends in a triangle, one that was interrupted in a cross. After it come the
follow-ups, filled when they are sent. Every shape is a path, since a table has many of them.
"""

from collections.abc import Callable, Iterator, Sequence
from datetime import date

from markupsafe import Markup

from app.charts.canvas import TEXT_SIZE, Canvas, text_width
from app.charts.kinds_portfolio import SENT, TimeAxis, TimeKey, TimeRow, TimeSign
from app.charts.places import DayScale
from app.core.follow_up import Standing
from app.core.project_time import Ending

_HEIGHT = 24
_SIDE = 16
"""Room for a mark or a year that stands at an end."""
_PLAN, _BAR = (2, 5), (10, 8)
"""Where the two bars stand, and how high they are."""
_MIDDLE = _BAR[0] + _BAR[1] // 2
_KINDS = {
    TimeSign.PLAN: "chart-plan",
    TimeSign.GONE: "chart-benefit",
    TimeSign.COMING: "chart-point-below",
    TimeSign.DECIDED: "chart-cross",
    TimeSign.LAUNCHED: "chart-point-below",
    TimeSign.LATE: "chart-late",
    TimeSign.INTERRUPTED: "chart-cross",
    TimeSign.FOLLOW_UP: "chart-point-below",
    TimeSign.SENT: "chart-point",
    TimeSign.TODAY: "chart-mark",
}
_KEY_LINE = 22
_KEY_SIGN = 34


def draw_time_axis(axis: TimeAxis, width: int) -> Markup:
    """The years, as many as there is room for."""
    canvas, across = Canvas(width, _HEIGHT), _scale(axis, width)
    _draw_grid(canvas, axis, across, _HEIGHT - 6)
    half = text_width("2026") / 2
    free_from = 0.0
    for day in _years(axis):
        x = min(max(across(day), half), width - half)
        if x - half >= free_from:
            canvas.text("chart-label", x, TEXT_SIZE, str(day.year), "middle")
            free_from = x + half + 6
    return canvas.svg()


def draw_time_row(row: TimeRow, width: int) -> Markup:
    """A project on its axis."""
    canvas, across = Canvas(width, _HEIGHT), _scale(row.axis, width)
    _draw_grid(canvas, row.axis, across, 0)
    for sign, places in _signs(row, across):
        canvas.shape(_KINDS[sign], "".join(places))
    return canvas.svg()


def draw_time_key(key: TimeKey, width: int) -> Markup:
    """The signs with what they mean, in two columns."""
    lines = -(-len(key.signs) // 2)
    canvas = Canvas(width, lines * _KEY_LINE, key.finding)
    places = [(width / 2 * (number // lines), number % lines * _KEY_LINE) for number in range(len(key.signs))]
    for (sign, _name), (x, y) in zip(key.signs, places, strict=True):
        canvas.shape(_KINDS[sign], _sample(sign, x, y))
    for (_sign, name), (x, y) in zip(key.signs, places, strict=True):
        canvas.text("chart-label", x + _KEY_SIGN, y + TEXT_SIZE, name)
    return canvas.svg()


def _sample(sign: TimeSign, x: float, y: float) -> str:
    if sign is TimeSign.PLAN:
        return _box(x + 1, x + 24, y + 7, _PLAN[1])
    if sign in (TimeSign.GONE, TimeSign.COMING):
        return _box(x + 1, x + 24, y + 5, _BAR[1])
    if sign is TimeSign.TODAY:
        return f"M{_n(x + 12)} {_n(y + 2)}v16"
    return _mark(sign, x + 12, y + 10)


def _scale(axis: TimeAxis, width: int) -> DayScale:
    return DayScale(axis.first, axis.last, _SIDE, width - _SIDE)


def _years(axis: TimeAxis) -> list[date]:
    first = axis.first.year + (axis.first > date(axis.first.year, 1, 1))
    return [date(year, 1, 1) for year in range(first, axis.last.year + 1)]


def _draw_grid(canvas: Canvas, axis: TimeAxis, across: DayScale, top: int) -> None:
    canvas.shape("chart-grid", "".join(f"M{_n(across(day))} {top}V{_HEIGHT}" for day in _years(axis)))
    canvas.shape("chart-mark", f"M{_n(across(axis.today))} {top}V{_HEIGHT}")


def _signs(row: TimeRow, across: DayScale) -> Iterator[tuple[TimeSign, Sequence[str]]]:
    """What is drawn, the lowest first; nothing of what is not known."""

    def at(day: date) -> float:
        return across(min(max(day, row.axis.first), row.axis.last))

    yield from _bars(row, at)
    for sign, days in _days(row):
        yield sign, [_mark(sign, at(day), _MIDDLE) for day in days if day]


def _bars(row: TimeRow, at: Callable[[date], float]) -> Iterator[tuple[TimeSign, Sequence[str]]]:
    time, begins, ends = row.time, row.decided_on, row.time.reaches_to
    if time.first:
        begins = time.first.starts_on
        yield TimeSign.PLAN, [_box(at(begins), at(time.first.ends_on), *_PLAN)]
    if begins and ends and ends > begins:
        gone = min(max(time.day, begins), ends)
        if gone < ends:
            yield TimeSign.COMING, [_box(at(gone), at(ends), *_BAR)]
        if begins < gone:
            yield TimeSign.GONE, [_box(at(begins), at(gone), *_BAR)]


def _days(row: TimeRow) -> Iterator[tuple[TimeSign, Sequence[date | None]]]:
    time = row.time
    yield TimeSign.DECIDED, [row.decided_on]
    yield TimeSign.LAUNCHED, [time.launched_on]
    for sign, standings in _FOLLOW_UPS:
        yield sign, [one.on for one in time.follow_ups if one.standing in standings]
    if time.ending is Ending.INTERRUPTED:
        yield TimeSign.INTERRUPTED, [time.reaches_to]
    elif time.is_late:
        yield TimeSign.LATE, [time.reaches_to]


_FOLLOW_UPS = (
    (TimeSign.FOLLOW_UP, frozenset(Standing) - SENT - {Standing.LATE}),
    (TimeSign.SENT, SENT),
    (TimeSign.LATE, frozenset({Standing.LATE})),
)


def _box(left: float, right: float, top: float, height: float) -> str:
    return f"M{_n(left)} {_n(top)}H{_n(max(right, left + 1))}v{_n(height)}H{_n(left)}z"


def _mark(sign: TimeSign, x: float, y: float) -> str:
    match sign:
        case TimeSign.DECIDED:
            return f"M{_n(x)} {_n(y - 7)}v14"
        case TimeSign.LATE:
            return f"M{_n(x)} {_n(y - 6)}l6 11h-12z"
        case TimeSign.INTERRUPTED:
            return f"M{_n(x - 5)} {_n(y - 5)}l10 10m0-10l-10 10"
        case TimeSign.LAUNCHED:
            return f"M{_n(x)} {_n(y - 6)}l6 6l-6 6l-6-6z"
        case _:
            return f"M{_n(x - 4)} {_n(y)}a4 4 0 1 0 8 0a4 4 0 1 0-8 0z"


def _n(value: float) -> str:
    """To a whole unit, a few days in as many years: a table has many of them."""
    return f"{value:.0f}"
