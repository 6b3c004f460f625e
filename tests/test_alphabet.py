"""Swedish order and Swedish search, the same on both databases."""

from __future__ import annotations

import random

import pytest
from hypothesis import given
from hypothesis import strategies as st
from sqlalchemy import literal, select, text

from app.accounts.models import Department
from app.accounts.queries import departments
from app.accounts.service import create_department
from app.alphabet import alphabetical, holds
from app.core.alphabet import KEYED, KEYS, key
from app.db import db, transaction
from app.engine import reading
from app.history.service import System
from tests.conftest import NOW, Cast

IN_ORDER = [
    "1:a avdelningen", "Arkiv", "avfall", "Ekonomi", "Idé och form", "Idrott", "Måltid", "Mässa", "Möte",
    "Über", "yta", "yxa", "Z", "Ånga", "åska", "Äldre", "ärende", "Æro", "Öland", "Øresund", "överförmyndare",
]  # fmt: skip


def test_the_key_puts_texts_in_swedish_order() -> None:
    shuffled = IN_ORDER.copy()
    random.Random(4).shuffle(shuffled)
    assert sorted(shuffled, key=key) == IN_ORDER


@pytest.mark.usefixtures("app")
def test_the_database_puts_names_in_the_same_order() -> None:
    shuffled = IN_ORDER.copy()
    random.Random(5).shuffle(shuffled)
    with transaction():
        for name in shuffled:
            create_department(System(), name, NOW)
    assert [row.name for row in departments()] == IN_ORDER
    falling = select(Department.name).order_by(alphabetical(Department.name).desc())
    assert list(db.session.scalars(falling)) == IN_ORDER[::-1]


@pytest.mark.parametrize(
    ("wanted", "said", "found"),
    [
        ("ÅTERBRUK", "Digitalt återbruk", True),
        ("återbruk", "ÅTERBRUK", True),
        ("aterbruk", "Återbruk", False),
        ("ö", "o", False),
        ("ä", "å", False),
        ("ide", "Idébank", True),
        ("100 %", "100 % digitalt", True),
        ("100 %", "100 procent digitalt", False),
        ("a_b", "axb", False),
        ("å", "{", False),
    ],
)
@pytest.mark.usefixtures("app")
def test_a_search_finds_small_and_large_letters_and_never_another_letter(
    wanted: str, said: str, found: bool
) -> None:
    assert bool(db.session.scalar(select(holds(alphabetical(literal(said)), wanted)))) is found


@pytest.mark.usefixtures("app")
def test_every_letter_has_the_same_key_in_the_database() -> None:
    letters = KEYED + KEYS + "0 -_%'\\\"€日🙂"
    with reading():
        assert db.session.scalar(select(alphabetical(literal(letters)))) == key(letters)
        assert db.session.scalar(select(alphabetical(literal(None)))) is None


@given(st.text())
def test_a_key_has_no_letter_that_has_another_key(word: str) -> None:
    assert key(key(word)).lower() == key(key(word)) or not word.isascii()


def test_no_table_or_index_rests_on_it(cast: Cast) -> None:
    if db.engine.dialect.name == "sqlite":
        said = db.session.scalars(text("select coalesce(sql, '') from sqlite_master")).all()
        assert not [sql for sql in said if "alphabet" in sql]
