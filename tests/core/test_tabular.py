"""What cells of a spreadsheet say."""

from __future__ import annotations

from contextlib import suppress
from datetime import date
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.core.tabular import (
    EPOCH_OF_1904,
    Cell,
    UnreadableError,
    WrongCell,
    column_name,
    day_in,
    number_in,
    text_in,
)

D = Decimal


@pytest.mark.parametrize(
    ("cell", "value"),
    [
        ("1 234,50", D("1234.50")),
        ("1\u00a0234,50", D("1234.50")),
        ("1\u202f234\u202f567", D(1234567)),
        ("1234.5", D("1234.5")),
        ("1.234,50", D("1234.50")),
        ("1.234.567,5", D("1234567.5")),
        ("1,234.50", D("1234.50")),
        ("1'234,50", D("1234.50")),
        ("\u2212120,25", D("-120.25")),
        ("\u2013120", D(-120)),
        ("120,25-", D("-120.25")),
        ("+5", D(5)),
        ("500 kr", D(500)),
        ("500 SEK", D(500)),
        ("7,5 tim", D("7.5")),
        (D("3.25"), D("3.25")),
        ("", None),
        ("  ", None),
        (None, None),
    ],
)
def test_numbers_are_read_as_people_and_programs_write_them(cell: Cell, value: D | None) -> None:
    assert number_in(cell) == value


@pytest.mark.parametrize(
    "cell",
    ["tolv", "1,2,3", "1.2.3", "-", "--5", "5--", "-5-", "1e5", "=1+1", "²", "١٢", "kr", "NaN", "Infinity",
     "12 34 kr extra", "9" * 40, date(2027, 1, 1), WrongCell("#REF!")],
)  # fmt: skip
def test_what_is_no_number_is_refused(cell: Cell) -> None:
    with pytest.raises(UnreadableError):
        number_in(cell)


@given(st.decimals(min_value=-(10**9), max_value=10**9, places=2))
def test_a_number_that_we_write_is_read_as_itself(value: D) -> None:
    swedish = f"{value:,.2f}".replace(",", "\u00a0").replace(".", ",").replace("-", "\u2212")
    assert number_in(swedish) == value
    assert number_in(str(value)) == value


@pytest.mark.parametrize(
    ("cell", "day"),
    [
        ("2027-03-31", date(2027, 3, 31)),
        (" 20270331 ", date(2027, 3, 31)),
        ("2027-03-31 00:00:00", date(2027, 3, 31)),
        ("2027-03-31T23:59", date(2027, 3, 31)),
        (D(46477), date(2027, 3, 31)),
        (D("46477.75"), date(2027, 3, 31)),
        (D(20270331), date(2027, 3, 31)),
        (date(2028, 2, 29), date(2028, 2, 29)),
        ("", None),
        (None, None),
    ],
)
def test_days_are_read_as_people_and_programs_write_them(cell: Cell, day: date | None) -> None:
    assert day_in(cell) == day


def test_old_workbooks_count_their_days_from_1904() -> None:
    assert day_in(D(45015), EPOCH_OF_1904) == date(2027, 3, 31)


@pytest.mark.parametrize(
    "cell",
    ["31/3 2027", "2027-02-29", "2027-13-01", "i går", "1899-01-01", "9999-12-31", D(0), D(-5), D(10**9),
     D(20271331), D("1e15"), WrongCell("#N/A"), "２０２７-03-31"],
)  # fmt: skip
def test_what_is_no_day_is_refused(cell: Cell) -> None:
    with pytest.raises(UnreadableError):
        day_in(cell)


@given(st.one_of(st.text(), st.decimals(allow_nan=False, allow_infinity=False), st.dates()))
def test_any_cell_is_read_or_refused_and_nothing_else(cell: Cell) -> None:
    assert "\n" not in text_in(cell)
    for read in (number_in, day_in):
        with suppress(UnreadableError):
            read(cell)


def test_columns_are_called_as_in_a_spreadsheet() -> None:
    assert [column_name(place) for place in (0, 25, 26, 701, 702)] == ["A", "Z", "AA", "ZZ", "AAA"]
