"""Swedish words as they are kept and looked for."""

from __future__ import annotations

import pytest

from app.knowledge.stems import LONGEST, STOP_WORDS, stems_of

ONE_DATABASE_IS_ENOUGH = "no database is asked"


@pytest.mark.parametrize(
    ("one", "other"),
    [("upphandlingar", "Upphandling"), ("handläggarna", "handläggare"), ("tjänsten", "tjänster")],
)
def test_the_forms_of_a_word_have_one_stem(one: str, other: str) -> None:
    assert stems_of(one) == stems_of(other)


def test_letters_of_the_swedish_alphabet_are_letters_of_their_own() -> None:
    assert stems_of("mål") != stems_of("mal")


def test_words_that_every_text_has_are_left_out_and_each_word_is_kept_once() -> None:
    assert stems_of("Det är en plan och planen är det") == stems_of("plan")
    assert not [word for word in STOP_WORDS if stems_of(word)]


@pytest.mark.parametrize("text", ["", "  ", "!?", "x", "🙂", "\x00"])
def test_what_has_no_word_has_no_stem(text: str) -> None:
    assert stems_of(text) == []


def test_an_endless_word_is_cut() -> None:
    assert [len(stem) for stem in stems_of("a" * 5000)] == [LONGEST]
