"""Charts of many projects: what stands where, that lights differ in shape, and that text stays text."""

from __future__ import annotations

import re
import xml.etree.ElementTree as ET
from datetime import date, timedelta
from decimal import Decimal
from itertools import combinations, pairwise
from math import hypot, isclose, pi
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app import charts
from app.charts.places import apart, uncovered
from app.core.follow_up import Standing
from app.core.project_time import FollowedUp, Period, ProjectTime
from app.core.reporting import Light

ONE_DATABASE_IS_ENOUGH = "Charts know of no records."

HOSTILE = '<script>alert("x")</script>'
SVG = "{http://www.w3.org/2000/svg}"
LIGHTS = ((Light.RED, "Rött"), (Light.YELLOW, "Gult"), (None, "Inget läge"), (Light.GREEN, "Grönt"))
DAY = date(2027, 6, 1)
AXIS = charts.TimeAxis(date(2026, 1, 1), date(2028, 12, 31), DAY)


def bubble(number: int = 1, **more: Any) -> charts.Bubble:
    said = {
        "number": number, "name": f"{number}. Bygglov", "href": f"/projekt/{number}", "column": number % 5,
        "up": Decimal("0.4"), "size": Decimal(1_000_000), "light": None,
    }  # fmt: skip
    return charts.Bubble(**{**said, **more})


def bubbles(*many: charts.Bubble) -> charts.BubbleChart:
    columns = ("inte sagt", "i tid", "1–30", "31–90", "över 90")
    return charts.BubbleChart(
        "Tre av dem.", "sv", "Dagar", columns, "Per krona", tuple(many), LIGHTS, Decimal("0.1")
    )


def circles(drawing: str) -> dict[str, tuple[float, float, float]]:
    """The bubbles, by where they lead."""
    links = ET.fromstring(drawing).iter(f"{SVG}a")
    return {
        link.attrib["href"]: (
            float(circle.attrib["cx"]),
            float(circle.attrib["cy"]),
            float(circle.attrib["r"]),
        )
        for link in links
        for circle in link.iter(f"{SVG}circle")
    }


def test_the_area_of_a_bubble_is_its_money() -> None:
    found = circles(charts.of_many(bubbles(bubble(1), bubble(2, size=Decimal(250_000)))))
    large, small = (pi * found[f"/projekt/{number}"][2] ** 2 for number in (1, 2))
    assert isclose(large / small, 4, rel_tol=0.02)


def test_more_in_return_stands_higher_and_nothing_on_the_line_of_nought() -> None:
    amounts = ("0", "0.05", "0.1", "0.9", "3")
    many = [bubble(number, up=Decimal(text)) for number, text in enumerate(amounts)]
    drawing = charts.of_many(bubbles(*many))
    heights = [circles(drawing)[f"/projekt/{number}"][1] for number in range(5)]
    assert heights == sorted(heights, reverse=True)
    nought = re.search(r'class="chart-axis"[^>]*><line [^>]*y1="([\d.]+)"', drawing)
    weak = re.search(r'class="chart-mark"[^>]*><line [^>]*y1="([\d.]+)"', drawing)
    assert nought
    assert weak
    assert isclose(heights[0], float(nought[1]), abs_tol=1)
    assert isclose(heights[2], float(weak[1]), abs_tol=1)


def test_lights_differ_in_more_than_colour() -> None:
    looks = set()
    for light, _name in LIGHTS:
        drawing = charts.of_many(bubbles(bubble(light=light)))
        group = re.search(r"<g ([^>]*)><a ", drawing)
        assert group
        attributes = dict(re.findall(r'([\w-]+)="([^"]*)"', group[1]))
        is_open = attributes.get("fill") == "none"
        looks.add((is_open, attributes.get("stroke-width"), "--paper" in attributes.get("stroke", "")))
    assert len(looks) == len(LIGHTS)


@pytest.mark.parametrize("highest", ["0", "0.3", "4", "60", "9999999"])
def test_marks_stand_apart_and_hold_every_amount(highest: str) -> None:
    drawing = charts.of_many(bubbles(bubble(1, up=Decimal(0)), bubble(2, up=Decimal(highest))))
    labels = [float(y) for y in re.findall(r'<text x="[\d.]+" y="([\d.]+)">[\d\s,]+</text>', drawing)]
    marks = sorted(y for y in set(labels) if y < 340)
    assert all(other - one >= 12 for one, other in pairwise(marks))
    assert min(y - r for _x, y, r in circles(drawing).values()) >= 0


@given(st.lists(st.tuples(st.floats(0, 300), st.floats(3, 20)), max_size=12))
def test_bubbles_stay_in_their_column(many: list[tuple[float, float]]) -> None:
    asides = apart(many, 65)
    assert all(
        abs(aside) <= max(65 / 2 - radius, 0) + 1e-9 for aside, (_y, radius) in zip(asides, many, strict=True)
    )
    assert asides == apart(many, 65)


def test_bubbles_that_have_room_do_not_lie_on_each_other() -> None:
    many = [(100.0, 12.0), (104.0, 12.0), (130.0, 8.0)]
    asides = apart(many, 65)
    for one, other in combinations(range(3), 2):
        distance = hypot(asides[one] - asides[other], many[one][0] - many[other][0])
        assert distance >= many[one][1] + many[other][1]


@given(st.lists(st.tuples(st.floats(30, 340), st.floats(3, 17)), max_size=30))
def test_no_bubble_lies_on_the_middle_of_another(many: list[tuple[float, float]]) -> None:
    asides = apart(many, 62)
    heights = uncovered(many, asides, 30, 340)
    assert all(30 <= height <= 340 for height in heights)
    for one, other in combinations(range(len(many)), 2):
        distance = hypot(asides[one] - asides[other], heights[one] - heights[other])
        assert distance > max(many[one][1], many[other][1])


def test_a_small_bubble_has_its_number_beside_it() -> None:
    drawing = charts.of_many(bubbles(bubble(1), bubble(2, size=Decimal(1_000))))
    x, _y, radius = circles(drawing)["/projekt/2"]
    told = re.search(r'pointer-events="none"><text x="([\d.]+)" y="[\d.]+">2</text>', drawing)
    assert told
    assert float(told[1]) >= x + radius


def test_hostile_text_stays_text_in_names_and_addresses() -> None:
    drawing = charts.of_many(bubbles(bubble(name=HOSTILE, href='/projekt/1?a="><script>')))
    assert "<script" not in drawing
    assert ET.fromstring(drawing).find(f".//{SVG}a/{SVG}title").text == HOSTILE  # type: ignore[union-attr] # it is there


def test_a_drawing_with_links_is_no_picture() -> None:
    assert 'role="group"' in charts.of_many(bubbles(bubble()))
    assert 'role="img"' in charts.of_many(charts.TimeKey("Tecken.", ((charts.TimeSign.LATE, "sent"),)))


@pytest.mark.parametrize("wrong", [{"column": 5}, {"size": Decimal(0)}, {"up": Decimal(-1)}])
def test_what_cannot_be_drawn_is_refused(wrong: dict[str, Any]) -> None:
    with pytest.raises(charts.ChartError):
        bubbles(bubble(**wrong))
    with pytest.raises(charts.ChartError):
        bubbles()


# --- projects in time ------------------------------------------------------------------------------------


def row(**more: Any) -> str:
    plan = Period(date(2026, 7, 1), date(2027, 3, 31))
    time = ProjectTime(**{"day": DAY, "first": plan, "newest": plan, **more})
    return charts.in_row(charts.TimeRow(AXIS, time, date(2026, 5, 1)))


def kinds(drawing: str) -> list[str]:
    """What is drawn on the axis, in its order."""
    found = []
    for shape in ET.fromstring(drawing):
        kind = shape.attrib["class"].removeprefix("chart-")
        found += [kind] * (len(shape) or 1)
    return [kind for kind in found if kind not in ("grid", "mark")]


def test_what_is_late_ends_in_a_triangle_and_what_is_interrupted_in_a_cross() -> None:
    in_time = row(is_over=True, ended_on=date(2027, 3, 1))
    assert kinds(in_time) == ["plan", "benefit", "cross"], "the plan, what has gone, and the decision"
    assert kinds(row(is_over=True, ended_on=date(2027, 5, 1)))[-1] == "late"
    cut = row(is_over=True, is_interrupted=True, ended_on=date(2027, 5, 1))
    assert kinds(cut).count("cross") == 2
    assert "late" not in kinds(cut)


def test_what_is_to_come_is_open() -> None:
    later = Period(date(2026, 7, 1), date(2028, 3, 31))
    assert kinds(row(newest=later)) == ["plan", "point-below", "benefit", "cross", "late"]
    assert kinds(charts.in_row(charts.TimeRow(AXIS, ProjectTime(day=DAY), None))) == []


def test_follow_ups_differ_by_how_they_stand() -> None:
    def followed_up(standing: Standing) -> list[str]:
        one = FollowedUp(date(2027, 5, 20), 3, standing)
        return kinds(row(is_over=True, ended_on=date(2027, 3, 1), follow_ups=(one,)))[3:]

    assert followed_up(Standing.APPROVED) == followed_up(Standing.SENT) == ["point"]
    assert followed_up(Standing.COMING) == ["point-below"]
    assert followed_up(Standing.LATE) == ["late"]


@given(st.integers(-9000, 9000), st.integers(0, 9000))
def test_whatever_day_it_is_it_stands_on_the_sheet(begins: int, lasts: int) -> None:
    first = DAY + timedelta(days=begins)
    plan = Period(first, first + timedelta(days=lasts))
    drawing = row(first=plan, newest=plan, launched_on=first, is_over=True, ended_on=plan.ends_on)
    assert len(drawing) < 1_000
    places = [float(x) for x in re.findall(r"M([\d.-]+) ", drawing)]
    assert all(0 <= x <= 360 for x in places)


def test_a_row_says_nothing_and_has_no_colour_of_its_own() -> None:
    drawing = row()
    assert 'aria-hidden="true"' in drawing
    assert "<title" not in drawing
    assert not re.search(r"#[0-9a-f]{6}", drawing), "the stylesheet has them"


@pytest.mark.parametrize("years", [1, 4, 20])
def test_years_do_not_stand_on_each_other(years: int) -> None:
    axis = charts.TimeAxis(date(2020, 1, 1), date(2020 + years - 1, 12, 31), date(2020, 6, 1))
    places = [float(x) for x in re.findall(r'<text[^>]* x="([\d.]+)"', charts.in_row(axis))]
    assert places
    assert all(other - one >= 30 for one, other in pairwise(places))
