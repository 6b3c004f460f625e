"""The chart door: exact, small, accessible and safe under the page's strict CSP."""

import re
import xml.etree.ElementTree as ET
from decimal import Decimal

import pytest

from app import charts

WORDS = charts.words(lambda text: text)
YEARS = (2026, 2027, 2028, 2029)


def amounts(*thousands: int) -> tuple[Decimal, ...]:
    return tuple(Decimal(number) * 1000 for number in thousands)


def cost_benefit(
    language: charts.Language = "sv", finding: str = "Nyttan är störst."
) -> charts.CostBenefitChart:
    return charts.CostBenefitChart(
        "Per år", finding, language, WORDS, YEARS, amounts(3450, 1200, 700, 0), amounts(0, 650, 2400, 3600)
    )


def cumulative(break_even: int | None = 2029) -> charts.CumulativeChart:
    net = amounts(-3450, -550, 1700, 3600)
    return charts.CumulativeChart("Netto", "Betalt 2029.", "sv", WORDS, YEARS, net, break_even)


def pay_gain(*departments: str) -> charts.PayGainChart:
    count = len(departments)
    return charts.PayGainChart(
        "Vem", "Två betalar.", "sv", WORDS, departments, amounts(*[900] * count), amounts(*[1200] * count)
    )


ALL = [cost_benefit(), cumulative(), pay_gain("Trafikkontoret", "Kulturförvaltningen")]


def shapes(svg: str, kind: str) -> list[ET.Element]:
    """What is drawn in this way, in the order of drawing."""
    return [shape for group in ET.fromstring(svg) if group.get("class") == kind for shape in group]


def bars(svg: str, kind: str) -> list[tuple[float, float]]:
    return [(float(shape.get("y", 0)), float(shape.get("height", 0))) for shape in shapes(svg, kind)]


@pytest.mark.parametrize("chart", ALL)
def test_a_chart_carries_no_inline_style_script_id_or_fixed_size(chart: charts.Chart) -> None:
    svg = charts.svg(chart)
    assert not re.search(r"style=|<style|<script|\bid=|on\w+=|href", svg)
    root = ET.fromstring(svg)
    assert root.get("width") is None
    assert root.get("viewBox", "").startswith("0 0 360 ")


@pytest.mark.parametrize("chart", ALL)
def test_the_text_alternative_is_the_finding(chart: charts.Chart) -> None:
    root = ET.fromstring(charts.svg(chart))
    assert root.get("role") == "img"
    assert root.findtext("{http://www.w3.org/2000/svg}title") == chart.finding


@pytest.mark.parametrize("chart", ALL)
def test_a_chart_weighs_less_than_three_kilobytes(chart: charts.Chart) -> None:
    assert len(charts.svg(chart).encode()) < 3_000


@pytest.mark.parametrize("chart", ALL)
@pytest.mark.parametrize("width", [charts.NARROW, charts.WIDE])
def test_nothing_is_drawn_outside_the_sheet(chart: charts.Chart, width: int) -> None:
    root = ET.fromstring(charts.svg(chart, width))
    height = float(root.get("viewBox", "").split()[3])
    for shape in root.iter():
        for name, limit in (
            ("x", width),
            ("x1", width),
            ("x2", width),
            ("cx", width),
            ("y", height),
            ("cy", height),
        ):
            assert 0 <= float(shape.get(name, 0)) <= limit


def test_equal_charts_give_equal_bytes_and_are_drawn_once() -> None:
    charts.svg.cache_clear()
    assert charts.svg(cost_benefit()) is charts.svg(cost_benefit())
    assert charts.svg.cache_info().misses == 1


def test_bars_are_in_proportion_benefit_above_and_cost_below_one_zero_line() -> None:
    svg = charts.svg(cost_benefit())
    (top, first), (_, second), (_, third) = bars(svg, "chart-benefit")
    costs = bars(svg, "chart-cost")
    assert first / third == pytest.approx(650 / 3600, rel=0.02)
    assert second / third == pytest.approx(2400 / 3600, rel=0.02)
    assert all(y == pytest.approx(top + first, abs=0.2) for y, _height in costs)
    assert costs[0][1] / third == pytest.approx(3450 / 3600, rel=0.02)


def test_swedish_and_english_write_numbers_their_own_way() -> None:
    assert ">3,5<" in charts.svg(cost_benefit("sv"))
    assert ">3.5<" in charts.svg(cost_benefit("en"))


def test_break_even_is_marked_with_its_year_and_only_when_there_is_one() -> None:
    assert "Brytår 2029" in charts.svg(cumulative())
    assert "Brytår" not in charts.svg(cumulative(None))


def test_the_line_is_hollow_below_zero_and_filled_above() -> None:
    svg = charts.svg(cumulative(None))
    assert len(shapes(svg, "chart-point-below")) == 3
    assert len(shapes(svg, "chart-point")) == 1


def test_each_department_is_named_with_what_it_pays_and_gains() -> None:
    svg = charts.svg(pay_gain("Trafikkontoret", "Kulturförvaltningen"))
    assert "Trafikkontoret" in svg
    assert "Betalar, mnkr" in svg
    assert "Får nytta, mnkr" in svg


def test_small_amounts_are_labelled_in_thousands() -> None:
    chart = charts.CostBenefitChart("t", "f", "sv", WORDS, (2026,), amounts(45), amounts(120))
    assert "Nytta, tkr" in charts.svg(chart)
    assert ">120<" in charts.svg(chart)


def test_a_chart_of_nothing_is_still_a_chart() -> None:
    chart = charts.CostBenefitChart("t", "f", "sv", WORDS, (2026,), amounts(0), amounts(0))
    assert "<rect" not in charts.svg(chart)
    assert charts.svg(charts.CumulativeChart("t", "f", "sv", WORDS, (2026,), amounts(0), None))


def test_hostile_text_stays_text() -> None:
    svg = charts.svg(pay_gain('<script>alert("x")</script>'))
    assert "<script" not in svg
    assert "<b>" not in charts.svg(cost_benefit(finding="<b>fet</b>"))


def test_figures_that_do_not_fit_are_refused_with_the_reason() -> None:
    with pytest.raises(charts.ChartError, match="costs has 1 values, expected 2"):
        charts.CostBenefitChart("t", "f", "sv", WORDS, (2026, 2027), amounts(1), amounts(1, 2))
    with pytest.raises(charts.ChartError, match="benefits contains a negative amount"):
        charts.CostBenefitChart("t", "f", "sv", WORDS, (2026,), amounts(1), amounts(-1))
    with pytest.raises(charts.ChartError, match="break_even_year 2031"):
        cumulative(2031)
    with pytest.raises(charts.ChartError, match="at least one row"):
        pay_gain()
