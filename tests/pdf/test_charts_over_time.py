"""Charts of milestones and money over time: what stands where, and that nothing stands on something else."""

from __future__ import annotations

import re
import xml.etree.ElementTree as ET
from dataclasses import replace
from datetime import date, timedelta
from decimal import Decimal
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app import charts
from app.charts.places import DayScale, spread
from app.core.budget_curve import Curve, Point, Told
from app.core.milestone_trend import Standing
from tests.pdf.test_charts import WORDS, shapes

BEGAN = date(2026, 2, 10)
REPORTS = (date(2026, 4, 30), date(2026, 8, 31), date(2026, 12, 31), date(2027, 4, 30))
HOSTILE = '<script>alert("x")</script>'


def day(number: int) -> date:
    return BEGAN + timedelta(days=number)


def slips(name: str = "Tjänsten är öppen", first: int = 400, by: int = 30) -> charts.SlipLine:
    """Expected so many days later in each report."""
    said = [(on, day(first + by * place)) for place, on in enumerate((BEGAN, *REPORTS))]
    note, standing = ("+120 dagar", Standing.LATE) if by else ("som planerat", Standing.EXPECTED)
    return charts.SlipLine(name, note, standing, tuple(said), ((day(300), day(first)),))


def reached(on: int = 150) -> charts.SlipLine:
    said = ((BEGAN, day(on)), (REPORTS[0], day(on)), (day(on), day(on)))
    return charts.SlipLine("Mätningen är gjord", "nådd i tid", Standing.REACHED, said)


def dropped() -> charts.SlipLine:
    said = ((BEGAN, day(350)), (REPORTS[0], day(350)))
    return charts.SlipLine("Appen är klar", "utgår", Standing.DROPPED, said)


def slip(*lines: charts.SlipLine, finding: str = "Sent.", reports: int = 4) -> charts.MilestoneSlipChart:
    return charts.MilestoneSlipChart(
        "Milstolpar", finding, "sv", WORDS, BEGAN, REPORTS[:reports], ((day(300), "Baslinje 2"),), lines
    )


def told(*amounts: tuple[int, int]) -> tuple[Told, ...]:
    return tuple(
        Told(on, "Tertial", Decimal(spent), Decimal(forecast))
        for on, (spent, forecast) in zip(REPORTS, amounts, strict=False)
    )


PLAN = (
    Point(BEGAN, Decimal(0)),
    Point(date(2026, 12, 31), Decimal(1_400_000)),
    Point(date(2027, 12, 31), Decimal(3_000_000)),
)
CURVE = Curve(
    BEGAN, PLAN[-1].on, PLAN, (), Decimal(2_500_000), told((100_000, 3_000_000), (700_000, 3_600_000))
)


def money(curve: Curve = CURVE, finding: str = "Dyrare.") -> charts.BudgetCurveChart:
    return charts.BudgetCurveChart("Pengar", finding, "sv", WORDS, curve)


def cliff(*lines: charts.CostCliffLine, finding: str = "Pengarna tar slut.") -> charts.CostCliffChart:
    """Money for eleven years ends step by step."""
    years = tuple(range(2026, 2037))
    financed = tuple(Decimal(max(9_000_000 - 1_500_000 * place, 0)) for place in range(11))
    unfinanced = tuple(Decimal(1_400_000 * place) for place in range(11))
    return charts.CostCliffChart("Kostnad", finding, "sv", WORDS, years, financed, unfinanced, lines)


PROMISED = charts.CostCliffLine("Utlovad nytta", tuple(Decimal(700_000 * place) for place in range(11)))
SO_FAR = charts.CostCliffLine("Realiserad nytta", (Decimal(20_000_000), *(None for _year in range(10))))


MANY = tuple(slips(f"Milstolpe nummer {number}", 300 + 3 * number, by=number % 3) for number in range(12))
LONG = "Bygglovshandläggarna arbetar i den nya tjänsten för serveringstillstånd i alla stadsdelar " * 2
WITHOUT_SPACES = "Serveringstillståndsansökningshanteringsutbildningsdag" * 2
DRAWN: list[charts.Chart] = [
    slip(slips(), reached(), dropped(), slips("Överlämnad", 600, by=0)),
    replace(slip(replace(slips(), said=slips().said[:2], replanned=()), reports=1), plans=()),
    slip(*MANY),
    slip(slips(LONG), slips(WITHOUT_SPACES, 500), reached()),
    money(),
    money(replace(CURVE, told=())),
    money(replace(CURVE, first=PLAN[:2])),
    money(replace(CURVE, granted=Decimal(0), told=told((0, 0)))),
    cliff(),
    cliff(PROMISED, SO_FAR),
]


@pytest.mark.parametrize("chart", DRAWN)
@pytest.mark.parametrize("width", [charts.NARROW, charts.WIDE])
def test_everything_stands_on_the_sheet_and_nothing_has_a_style_of_its_own(
    chart: charts.Chart, width: int
) -> None:
    svg = charts.svg(chart, width)
    assert not re.search(r"style=|<style|<script|\bid=|on\w+=|href", svg)
    root = ET.fromstring(svg)
    assert root.findtext("{http://www.w3.org/2000/svg}title") == chart.finding
    height = float(root.get("viewBox", "").split()[3])
    for shape in root.iter():
        across = [float(shape.get(name, 0)) for name in ("x", "x1", "x2", "cx")]
        down = [float(shape.get(name, 0)) for name in ("y", "y1", "y2", "cy")]
        for pair in shape.get("points", "").split():
            x, y = map(float, pair.split(","))
            across.append(x)
            down.append(y)
        assert all(0 <= x <= width for x in across)
        assert all(0 <= y <= height for y in down)


@pytest.mark.parametrize("chart", DRAWN)
@pytest.mark.parametrize("width", [charts.NARROW, charts.WIDE])
def test_no_words_stand_on_other_words(chart: charts.Chart, width: int) -> None:
    """Of texts on one line, each ends before the next begins; lines are a text's height apart."""
    boxes = []
    for group in ET.fromstring(charts.svg(chart, width)):
        for text in group.iter("{http://www.w3.org/2000/svg}text"):
            x, y = float(text.get("x", 0)), float(text.get("y", 0))
            wide = len(text.text or "") * 15 * 0.47  # what Source Sans 3 takes of its size, by measure
            left = x - {"middle": wide / 2, "end": wide}.get(group.get("text-anchor", ""), 0)
            boxes.append((left, left + wide, y - 10, y, text.text))
    for place, (left, right, top, bottom, said) in enumerate(boxes):
        for other in boxes[place + 1 :]:
            apart = right <= other[0] or other[1] <= left or bottom <= other[2] or other[3] <= top
            assert apart, (said, other)


@pytest.mark.parametrize(
    ("chart", "most"), [(DRAWN[2], 7_500), (DRAWN[0], 4_500), (DRAWN[4], 3_000), (DRAWN[-1], 4_500)]
)
def test_a_chart_over_time_is_light(chart: charts.Chart, most: int) -> None:
    assert len(charts.svg(chart).encode()) < most


def heights(svg: str, kind: str) -> list[list[float]]:
    return [
        [float(pair.split(",")[1]) for pair in line.get("points", "").split()] for line in shapes(svg, kind)
    ]


def test_a_milestone_that_slips_rises_and_one_that_keeps_its_day_is_level() -> None:
    svg = charts.svg(slip(slips(), slips("Överlämnad", 600, by=0)))
    (late,), (level,) = heights(svg, "chart-line"), heights(svg, "chart-thin")
    assert late == sorted(late, reverse=True)
    assert late[0] > late[-1]
    assert len(set(level)) == 1


def test_what_is_reached_ends_at_the_line_on_which_the_days_are_the_same() -> None:
    svg = charts.svg(slip(reached(), slips()))
    (diagonal,) = shapes(svg, "chart-mark")
    x1, y1, x2, y2 = (float(diagonal.get(name, 0)) for name in ("x1", "y1", "x2", "y2"))
    dot = shapes(svg, "chart-point")[0]
    x, y = float(dot.get("cx", 0)), float(dot.get("cy", 0))
    assert y == pytest.approx(y1 + (y2 - y1) * (x - x1) / (x2 - x1), abs=0.3)


def test_each_standing_has_a_shape_of_its_own_at_the_line_and_at_the_name() -> None:
    svg = charts.svg(slip(slips(), reached(), dropped(), slips("Överlämnad", 600, by=0)))
    assert len(shapes(svg, "chart-late")) == 2  # a triangle
    assert len(shapes(svg, "chart-point")) == 2  # a filled dot
    assert len(shapes(svg, "chart-point-below")) == 2  # a hollow one
    assert len(shapes(svg, "chart-cross")) == 4  # two strokes
    assert len(shapes(svg, "chart-plan")) == 2  # squares: the later plan of two of them


def test_every_number_at_a_line_is_that_of_its_name() -> None:
    svg = charts.svg(slip(*MANY))
    strong = [shape.text or "" for shape in shapes(svg, "chart-label-strong")]
    numbers = sorted(int(text) for text in strong if text.isdigit())
    assert numbers == [number for number in range(1, 13) for _twice in range(2)]
    assert all(f"Milstolpe nummer {number}" in svg for number in range(12))


@pytest.mark.parametrize("width", [charts.NARROW, charts.WIDE])
def test_a_long_name_is_told_in_full_in_as_many_lines_as_it_takes(width: int) -> None:
    labels = [shape.text or "" for shape in shapes(charts.svg(slip(slips(LONG)), width), "chart-label")]
    assert LONG.strip() in " ".join(labels)
    unbroken = shapes(charts.svg(slip(slips(WITHOUT_SPACES)), width), "chart-label")
    assert WITHOUT_SPACES in "".join(shape.text or "" for shape in unbroken)


def test_what_was_reached_before_the_first_plan_stands_at_its_beginning() -> None:
    early = charts.SlipLine("Förarbetet", "nådd", Standing.REACHED, ((day(-30), day(-30)),))
    assert charts.svg(slip(early, slips()))


def test_names_and_findings_are_text() -> None:
    for svg in (
        charts.svg(slip(slips(HOSTILE), finding=HOSTILE)), charts.svg(money(finding=HOSTILE))
    ):  # fmt: skip
        assert "<script" not in svg
        ET.fromstring(svg)


def test_money_is_spent_expected_planned_and_granted_each_with_its_amount() -> None:
    svg = charts.svg(money())
    said = [shape.text for shape in shapes(svg, "chart-label-strong")]
    assert said == ["mnkr", "Beviljat 2,5", "Plan 3,0", "Förbrukat 0,7", "Prognos 3,6"]
    assert "Beviljat" not in charts.svg(money(replace(CURVE, granted=Decimal(0))))
    unreported = charts.svg(money(replace(CURVE, told=())))
    assert "Förbrukat" not in unreported
    assert "Prognos" not in unreported


def test_what_is_expected_continues_from_what_is_spent() -> None:
    svg = charts.svg(money())
    spent, coming = (
        shapes(svg, kind)[0].get("points", "").split() for kind in ("chart-line", "chart-coming")
    )
    assert coming[0] == spent[-1]
    assert len(shapes(svg, "chart-point")) == 2  # one for each report


def test_what_lacks_money_stands_on_what_has_it_and_both_are_in_proportion() -> None:
    svg = charts.svg(cliff())
    financed, unfinanced = shapes(svg, "chart-benefit")[:-1], shapes(svg, "chart-plan")[:-1]
    tall = [float(bar.get("height", 0)) for bar in financed]
    assert len(financed) == 6
    assert len(unfinanced) == 10
    assert tall == sorted(tall, reverse=True)
    assert round(tall[0] / tall[1], 2) == 1.2
    for below, above in zip(financed[1:], unfinanced, strict=False):
        assert above.get("x") == below.get("x")
        assert abs(float(above.get("y", 0)) + float(above.get("height", 0)) - float(below.get("y", 0))) < 0.2


def test_what_is_not_known_yet_has_no_point() -> None:
    beside = shapes(charts.svg(cliff(SO_FAR)), "chart-late")
    assert len(beside) == 1 + 2  # and the two of its sign


def test_charts_of_nothing_are_refused() -> None:
    with pytest.raises(charts.ChartError, match="needs a report"):
        slip(slips(), reports=0)
    with pytest.raises(charts.ChartError, match="needs a report and a milestone"):
        slip()
    with pytest.raises(charts.ChartError, match="no money"):
        money(Curve(BEGAN, day(9), (Point(BEGAN, Decimal(0)), Point(day(9), Decimal(0))), (), Decimal(0), ()))
    with pytest.raises(charts.ChartError, match="Nothing was said"):
        slip(charts.SlipLine("Tyst", "", Standing.EXPECTED, ()))


@given(st.lists(st.floats(0, 300), max_size=14))
def test_labels_keep_their_order_and_their_distance_where_there_is_room(wanted: list[float]) -> None:
    placed = spread(wanted, 16, 20, 300)
    order = sorted(range(len(wanted)), key=lambda place: wanted[place])
    stand = [placed[place] for place in order]
    assert all(after - before >= 15.99 for before, after in pairwise(stand))
    assert all(20 <= level <= 300 for level in stand)


@given(st.dates(date(2000, 1, 1), date(2090, 1, 1)), st.integers(0, 12_000), st.integers(20, 120))
def test_months_along_an_axis_are_within_it_and_no_closer_than_asked(
    first: date, days: int, room: int
) -> None:
    scale = DayScale(first, first + timedelta(days=days), 40, 300)
    months = scale.months(room)
    assert all(scale.first <= month <= scale.last and month.day == 1 for month in months)
    assert len(months) <= max(260 // room, 1)
