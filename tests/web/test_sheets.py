"""Rows that are taken along say what they said, whoever opens them."""

from __future__ import annotations

import csv
import io
import json
import zipfile
from datetime import date
from decimal import Decimal
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.accepted.tables.workbook import read
from app.core.sheets import Sheet, as_csv, as_json, as_workbook
from tests.hostile import TEXTS

HEADS, KEYS = ("Projekt", "Beviljat, kr", "Antal", "Beslutat"), ("title", "granted", "count", "on")
ROWS = [
    ("Östra bron", Decimal("-1234567.50"), 3, date(2027, 3, 4)),
    ("", Decimal(0), -1, None),
]


def sheet(*rows: tuple[str | int | Decimal | date | None, ...]) -> Sheet:
    return Sheet("Portfölj", HEADS, KEYS, rows or ROWS)


def test_a_workbook_holds_texts_numbers_and_days(tmp_path: Path) -> None:
    (tmp_path / "rows.xlsx").write_bytes(as_workbook(sheet()))
    table = read(tmp_path / "rows.xlsx")
    assert table.sheet == "Portfölj"
    head, first, second = ([str(cell) for cell in row.cells] for row in table.rows)
    assert head == list(HEADS)
    assert first[:3] == ["Östra bron", "-1234567.50", "3"]
    assert second[1:3] == ["0", "-1"]
    assert (date(1899, 12, 30).toordinal() + int(first[3])) == date(2027, 3, 4).toordinal()


def test_values_between_semicolons_are_as_a_swedish_reader_expects() -> None:
    assert as_csv(sheet()).decode("utf-8-sig").splitlines() == [
        "Projekt;Beviljat, kr;Antal;Beslutat", "Östra bron;-1234567,50;3;2027-03-04", ";0;-1;",
    ]  # fmt: skip


def test_json_says_amounts_exactly_and_what_it_is_about() -> None:
    assert json.loads(as_json(sheet(), {"day": "2027-03-04"})) == {
        "day": "2027-03-04",
        "rows": [
            {"title": "Östra bron", "granted": "-1234567.50", "count": 3, "on": "2027-03-04"},
            {"title": "", "granted": "0", "count": -1, "on": None},
        ],
    }


@pytest.mark.parametrize("text", ["=1+1", "+46", "-2", "@SUM(A1)", "\t=1", " =1", *TEXTS])
def test_no_text_becomes_a_formula(tmp_path: Path, text: str) -> None:
    written = as_workbook(sheet((text, Decimal(1), 1, None)))
    (tmp_path / "rows.xlsx").write_bytes(written)
    row = read(tmp_path / "rows.xlsx").rows[1].cells
    assert str(row[0]).strip() == text.strip()
    found = list(
        csv.reader(io.StringIO(as_csv(sheet((text, None, None, None))).decode("utf-8-sig")), delimiter=";")
    )
    assert found[1][0] in (text, f"'{text}")
    assert not found[1][0].lstrip(" ").startswith(("=", "+", "-", "@", "\t"))


def test_what_looks_like_an_escaped_sign_is_not_taken_for_one() -> None:
    with zipfile.ZipFile(io.BytesIO(as_workbook(sheet(("_x0041_", None, None, None))))) as archive:
        assert (
            '<t xml:space="preserve">_x005F_x0041_</t>' in archive.read("xl/worksheets/sheet1.xml").decode()
        )


@given(st.text(), st.decimals(allow_nan=False, allow_infinity=False, places=2), st.integers())
def test_whatever_is_written_can_be_read(text: str, amount: Decimal, count: int) -> None:
    made = sheet((text, amount, count, date(2027, 1, 1)))
    assert as_workbook(made) == as_workbook(made)
    assert json.loads(as_json(made, {}))["rows"][0]["granted"] == f"{amount:f}"
    row = list(csv.reader(io.StringIO(as_csv(made).decode("utf-8-sig"), newline=""), delimiter=";"))[1]
    assert row[1:3] == [f"{amount:f}".replace(".", ","), str(count)]
