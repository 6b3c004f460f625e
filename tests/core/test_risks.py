"""A score is a product, its levels have no gaps, and every risk stands in one place of the matrix."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.core.risks import REPORTED_FROM, SCALE, Level, level_of, matrix, score_of

steps = st.integers(min(SCALE), max(SCALE))
ORDER = [Level.LOW, Level.MEDIUM, Level.HIGH]


@given(steps, steps)
def test_a_score_is_the_product_and_the_same_both_ways(one: int, other: int) -> None:
    assert score_of(one, other) == score_of(other, one) == one * other


@given(steps, steps, steps)
def test_what_is_more_probable_is_never_of_a_lower_level(one: int, other: int, consequence: int) -> None:
    lower, higher = (level_of(score_of(step, consequence)) for step in sorted((one, other)))
    assert ORDER.index(lower) <= ORDER.index(higher)


@given(steps, steps)
def test_high_is_what_is_reported(one: int, other: int) -> None:
    score = score_of(one, other)
    assert (level_of(score) is Level.HIGH) == (score >= REPORTED_FROM)


@pytest.mark.parametrize("pair", [(0, 3), (3, 0), (6, 1), (1, 6), (-1, -1)])
def test_what_is_not_on_the_scale_has_no_score(pair: tuple[int, int]) -> None:
    with pytest.raises(ValueError, match="1 to 5"):
        score_of(*pair)


@given(st.lists(st.tuples(steps, steps)))
def test_every_risk_stands_in_one_place_of_the_matrix(places: list[tuple[int, int]]) -> None:
    squares = [square for row in matrix(places) for square in row]
    assert len({(square.probability, square.consequence) for square in squares}) == 25
    for square in squares:
        assert square.count == places.count((square.probability, square.consequence))


def test_the_gravest_corner_is_up_to_the_right() -> None:
    rows = matrix([])
    assert rows[0][-1].level is Level.HIGH
    assert rows[-1][0].level is Level.LOW
    assert [row[0].probability for row in rows] == [5, 4, 3, 2, 1]
    assert [square.consequence for square in rows[0]] == [1, 2, 3, 4, 5]
