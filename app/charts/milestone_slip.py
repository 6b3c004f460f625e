"""Draws when milestones are expected, from report to report.

The day of the report runs to the right, the day that is expected upwards. A milestone that keeps its day is a
level line, one that slips rises. The dashed line is where both days are the same: what is reached ends there.
Every line has a number at its end, and under the chart its name and how it stands: the numbers find room
however many there are.
"""

from datetime import date
from itertools import accumulate

from markupsafe import Markup

from app.charts.canvas import TEXT_SIZE, Canvas, text_width, wrapped
from app.charts.kinds import MilestoneSlipChart, SlipLine
from app.charts.places import DayScale, month_label, spread
from app.core.milestone_trend import Standing

_HEADING = 22
_PLOT_HEIGHT = 216
_FOOT = 30
_LINE = 16
"""Between two numbers at the right, and two lines of a name."""
_ROW = 22
"""Between two names under the chart."""
_NAMES_FROM = 42
_RIGHT = 38
_GAP = 6
_LINES: dict[Standing, str] = {
    Standing.LATE: "chart-line",
    Standing.EXPECTED: "chart-thin",
    Standing.REACHED: "chart-thin",
    Standing.DROPPED: "chart-thin",
    Standing.MISSED: "chart-thin",
}


def draw_milestone_slip(chart: MilestoneSlipChart, width: int) -> Markup:
    """The lines over the reports, then the names with how each stands."""
    plot = max(_PLOT_HEIGHT, _LINE * len(chart.lines))
    bottom = _HEADING + plot
    names = [_name_lines(line, width) for line in chart.lines]
    canvas = Canvas(width, bottom + _FOOT + sum(map(_height, names)), chart.finding)
    left = text_width("2026-01") + _GAP
    said = [day for line in chart.lines for _on, day in (*line.said, *line.replanned)]
    last = max((*chart.reports, *(day for day, _name in chart.plans)))
    across = DayScale(chart.starts_on, last, left + _GAP, width - _RIGHT)
    up = DayScale(min(chart.starts_on, *said), max(last, *said), bottom, _HEADING)

    _draw_axes(canvas, chart, across, up)
    for line in _by_standing(chart.lines):
        points = [_at(across, up, place) for place in line.said]
        canvas.path(_LINES[line.standing], points if len(points) > 1 else points * 2)
    for line in chart.lines:
        for on, day in line.replanned:
            canvas.bar("chart-plan", across(on) - 3, up(day) - 3, 6, 6)
    _draw_ends(canvas, chart, across, up)
    _draw_names(canvas, chart, names, bottom + _FOOT)
    return canvas.svg()


def _draw_axes(canvas: Canvas, chart: MilestoneSlipChart, across: DayScale, up: DayScale) -> None:
    for mark in up.months(34):
        canvas.line("chart-grid", across.start - _GAP, up(mark), across.end, up(mark))
    for day in chart.reports:
        canvas.line("chart-grid", across(day), up.end, across(day), up.start)
    canvas.line("chart-axis", across.start - _GAP, up.start, across.end, up.start)
    for mark in up.months(34):
        canvas.text("chart-label", across.start - 2 * _GAP, up(mark) + 5, month_label(mark), "end")
    canvas.text("chart-label-strong", 0, TEXT_SIZE, chart.words.expected)
    canvas.text("chart-label-strong", 0, up.start + TEXT_SIZE + 3, chart.words.report)
    _label_days(canvas, chart, across, up.start + TEXT_SIZE + 3)
    for day, _name in chart.plans:
        canvas.line("chart-before", across(day), up.end, across(day), up.start)
    _label_plans(canvas, chart, across)
    canvas.line(
        "chart-mark", across(chart.starts_on), up(chart.starts_on), across(across.last), up(across.last)
    )


def _label_days(canvas: Canvas, chart: MilestoneSlipChart, across: DayScale, y: float) -> None:
    days = [(across(day), month_label(day)) for day in chart.reports]
    _label(canvas, days, text_width(chart.words.report) + 2 * _GAP, y)


def _label_plans(canvas: Canvas, chart: MilestoneSlipChart, across: DayScale) -> None:
    plans = [(across(day), name) for day, name in chart.plans]
    _label(canvas, plans, text_width(chart.words.expected) + 2 * _GAP, TEXT_SIZE)


def _label(canvas: Canvas, places: list[tuple[float, str]], free_from: float, y: float) -> None:
    """As many of the texts as there is room for, the last first."""
    free_to = float(canvas.width)
    for wanted, text in reversed(places):
        half = text_width(text) / 2
        x = min(wanted, canvas.width - half)
        if free_from <= x - half and x + half <= free_to:
            canvas.text("chart-label", x, y, text, "middle")
            free_to = x - half - _GAP


def _at(across: DayScale, up: DayScale, said: tuple[date, date]) -> tuple[float, float]:
    """Where a saying stands; what was reached before the first plan stands at its day."""
    on, day = said
    return across(min(max(on, across.first), across.last)), up(day)


def _draw_ends(canvas: Canvas, chart: MilestoneSlipChart, across: DayScale, up: DayScale) -> None:
    """The mark of each line, and its number at the right, with a thread between them where they are apart."""
    ends = [_at(across, up, line.said[-1]) for line in chart.lines]
    levels = spread([y for _x, y in ends], _LINE, _HEADING + 2, up.start)
    for (x, y), level in zip(ends, levels, strict=True):
        canvas.path("chart-thread", [(x, y), (across.end + 4, y), (across.end + 12, level)])
    _draw_marks(canvas, chart.lines, ends)
    for number, level in enumerate(levels, start=1):
        canvas.text("chart-label-strong", canvas.width, level + 5, str(number), "end")


def _by_standing(lines: tuple[SlipLine, ...]) -> list[SlipLine]:
    """Those that look alike after each other, so that they share a group; what is late on top."""
    order = [Standing.DROPPED, Standing.MISSED, Standing.REACHED, Standing.EXPECTED, Standing.LATE]
    return sorted(lines, key=lambda line: order.index(line.standing))


def _draw_marks(canvas: Canvas, lines: tuple[SlipLine, ...], places: list[tuple[float, float]]) -> None:
    for standing in Standing:
        for line, (x, y) in zip(lines, places, strict=True):
            if line.standing is standing:
                _mark(canvas, standing, x, y)


def _mark(canvas: Canvas, standing: Standing, x: float, y: float) -> None:
    match standing:
        case Standing.REACHED:
            canvas.dot("chart-point", x, y, 4)
        case Standing.LATE:
            canvas.corners("chart-late", [(x - 5, y + 4), (x + 5, y + 4), (x, y - 5)])
        case Standing.EXPECTED:
            canvas.dot("chart-point-below", x, y, 3.5)
        case Standing.DROPPED | Standing.MISSED:
            canvas.line("chart-cross", x - 4, y - 4, x + 4, y + 4)
            canvas.line("chart-cross", x - 4, y + 4, x + 4, y - 4)


def _name_lines(line: SlipLine, width: int) -> list[str]:
    """The name in as many lines as it takes, beside the note of how it stands."""
    return wrapped(line.name, width - _NAMES_FROM - text_width(line.note) - 2 * _GAP)


def _height(name: list[str]) -> int:
    return _ROW + _LINE * (len(name) - 1)


def _draw_names(canvas: Canvas, chart: MilestoneSlipChart, names: list[list[str]], top: float) -> None:
    heights = accumulate(map(_height, names[:-1]), initial=0)
    rows = [top + height + TEXT_SIZE for height in heights]
    _draw_marks(canvas, chart.lines, [(6, y - 5) for y in rows])
    for number, y in enumerate(rows, start=1):
        canvas.text("chart-label-strong", _NAMES_FROM - 8, y, str(number), "end")
    for name, y in zip(names, rows, strict=True):
        for place, words in enumerate(name):
            canvas.text("chart-label", _NAMES_FROM, y + _LINE * place, words)
    for line, y in zip(chart.lines, rows, strict=True):
        canvas.text("chart-label", canvas.width, y, line.note, "end")
