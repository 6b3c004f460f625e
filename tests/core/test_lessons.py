"""What a search for lessons weighs, and where in long words it looks."""

from __future__ import annotations

from app.core.lessons import LEAST_PART, Match, parts_of, weight


def test_a_rare_word_says_more_than_a_common_one_and_the_word_itself_more_than_a_longer_one() -> None:
    assert weight(Match.SAME, 2, 1000) > weight(Match.SAME, 200, 1000) > 0
    assert weight(Match.SAME, 2, 1000) > weight(Match.LONGER, 2, 1000) > weight(Match.PART, 2, 1000)


def test_a_word_that_stands_everywhere_still_says_something() -> None:
    assert weight(Match.PART, 1000, 1000) >= 1


def test_the_parts_of_a_compound_are_its_beginnings_and_its_ends() -> None:
    parts = parts_of("tidplan")
    assert {"tidp", "plan"} <= set(parts)
    assert all(LEAST_PART <= len(part) < len("tidplan") for part in parts)
    assert parts_of("plan") == []
