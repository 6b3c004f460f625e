"""From a table to entries: what can be read is read as it stands, what cannot is named, row by row."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.core.costs import Financier
from app.core.spending import priced
from app.core.tabular import Cell, Table, TableRow, WrongCell
from app.delivery.costs.columns import Meaning, headings_of, proposed
from app.delivery.costs.reading import AGAIN, MOST_FAULTS, TOTAL, ZERO, Ground, Reading, read_entries
from app.delivery.plans.models import BudgetLine, EffortLine

ONE_DATABASE_IS_ENOUGH = "no database is asked"
D = Decimal
HEADINGS = ("Datum", "Text", "Budgetrad", "Roll", "Timmar", "Timpris", "Belopp")
DAY = date(2027, 3, 1)
BUDGET = {
    1: BudgetLine(id=1, description="Utveckling", financier="programme"),
    2: BudgetLine(id=2, description="Egna timmar", financier="own_budget"),
    3: BudgetLine(id=3, description="Samma", financier="own_budget"),
    4: BudgetLine(id=4, description="samma", financier="own_budget"),
}
EFFORT = {5: EffortLine(id=5, role="Styrgrupp")}
GROUND = Ground(BUDGET, EFFORT, None, Financier.OWN_BUDGET, date(2027, 3, 31))


def table(*rows: Sequence[Cell], above: int = 0) -> Table:
    """Headings, and these rows beneath them."""
    listed = [HEADINGS, *rows]
    return Table("", (), [TableRow(number + above, tuple(row)) for number, row in enumerate(listed, start=1)])


def read(*rows: Sequence[Cell], ground: Ground = GROUND) -> Reading:
    given = table(*rows)
    return read_entries(given, proposed(given), ground)


def test_a_row_is_read_as_it_stands() -> None:
    found = read(["2027-03-01", " Möte  ett ", "utveckling ", "STYRGRUPP", "2,5", "800", "2 000,00"])
    (row,) = found.rows
    assert (row.row_number, row.booked_on, row.activity) == (2, DAY, "Möte ett")
    assert (row.budget_line_id, row.financier) == (1, "programme")
    assert (row.effort_line_id, row.role) == (5, "STYRGRUPP")
    assert (row.hours, row.rate, row.amount) == (D("2.5"), D(800), D(2000))
    assert not found.fault_count


def test_rows_that_name_no_line_are_booked_where_it_was_said() -> None:
    bare: list[Cell] = [DAY, "Resa", None, "Gäst", None, None, D(-5)]
    (outside,) = read(bare).rows
    assert (outside.budget_line_id, outside.financier, outside.effort_line_id) == (None, "own_budget", None)
    (on_line,) = read(bare, ground=Ground(BUDGET, EFFORT, 1, Financier.OWN_BUDGET, DAY)).rows
    assert (on_line.budget_line_id, on_line.financier) == (1, "programme")


@pytest.mark.parametrize(
    ("row", "column", "words"),
    [
        ([None, "x", None, None, None, None, "5"], "Datum (A)", "saknas"),
        (["i går", "x", None, None, None, None, "5"], "Datum (A)", "inget datum"),
        (["2027-04-01", "x", None, None, None, None, "5"], "Datum (A)", "inte varit än"),
        (["2027-03-01", " ", None, None, None, None, "5"], "Text (B)", "saknas"),
        (["2027-03-01", "x" * 201, None, None, None, None, "5"], "Text (B)", "längre än 200"),
        (["2027-03-01", WrongCell("#REF!"), None, None, None, None, "5"], "Text (B)", "#REF!"),
        (["2027-03-01", "x", "Okänd", None, None, None, "5"], "Budgetrad (C)", "ingen rad som heter så"),
        (["2027-03-01", "x", "Samma", None, None, None, "5"], "Budgetrad (C)", "flera rader"),
        (["2027-03-01", "x", None, None, "två", None, "5"], "Timmar (E)", "inget tal"),
        (["2027-03-01", "x", None, None, D("0.33333"), None, "5"], "Timmar (E)", "fler än 4 decimaler"),
        (["2027-03-01", "x", None, None, D(2), D(-1), None], "Timpris (F)", "under noll"),
        (["2027-03-01", "x", None, None, None, D(100), "5"], "Timpris (F)", "inga timmar"),
        (["2027-03-01", "x", None, None, D(2), D(100), "201"], "Belopp (G)", "blir 200"),
        (["2027-03-01", "x", None, None, None, None, "1,005"], "Belopp (G)", "fler än 2 decimaler"),
        (["2027-03-01", "x", None, None, None, None, D(10**12)], "Belopp (G)", "orimligt stort"),
        (["2027-03-01", "x", None, None, None, None, WrongCell("#N/A")], "Belopp (G)", "#N/A"),
        (["2027-03-01", "x", None, None, None, None, None], "Belopp (G)", "varken timmar eller belopp"),
        (["2027-03-01", "x", None, None, None, None, "=1+1"], "Belopp (G)", "inget tal"),
    ],
)
@pytest.mark.usefixtures("app")
def test_a_row_that_cannot_be_read_is_named_with_its_column(
    row: Sequence[Cell], column: str, words: str
) -> None:
    found = read(["2027-03-01", "Rätt", None, None, None, None, "5"], row)
    (fault,) = found.faults
    assert (fault.row_number, fault.column) == (3, column)
    assert words in str(fault.text)
    assert len(found.rows) == 1


def test_totals_repeated_headings_and_nothing_are_no_entries() -> None:
    found = read(
        ["2027-03-01", "x", None, None, None, None, "5"],
        HEADINGS,
        ["Summa:", None, None, None, None, None, "5"],
        [None, "Totalt mars", None, None, None, None, "5"],
        ["2027-03-01", "Noll", None, None, None, None, "0,00"],
        [None, None, None, None, None, None, None, "utanför kolumnerna"],
        ["2027-03-02", "Summa av allt arbete", None, None, None, None, "7"],
    )
    assert [row.amount for row in found.rows] == [5, 7]
    assert found.passed_over == [(3, AGAIN), (4, TOTAL), (5, TOTAL), (6, ZERO), (7, ZERO)]
    assert not found.fault_count


def test_what_is_read_like_a_formula_stays_a_text() -> None:
    (row,) = read(["2027-03-01", '=cmd|" /C calc"!A0', None, "@SUM(A1)", None, None, "5"]).rows
    assert (row.activity, row.role) == ('=cmd|" /C calc"!A0', "@SUM(A1)")


def test_only_the_first_faults_are_told_but_all_are_counted() -> None:
    wrong = [["i går", "x", None, None, None, None, "5"]] * (MOST_FAULTS + 5)
    found = read(*wrong)
    assert (len(found.faults), found.fault_count) == (MOST_FAULTS, MOST_FAULTS + 5)


def test_the_headings_are_found_below_a_title_and_merged_cells() -> None:
    above = [TableRow(1, ("Huvudbok 2027",)), TableRow(2, (None, "Sammanslagen rubrik"))]
    given = table(["2027-03-01", "x", None, None, None, None, "5"], above=3)
    whole = Table("", (), [*above, *given.rows])
    found = proposed(whole)
    assert found.header_row == 4
    assert found.places[Meaning.AMOUNT] == 6
    assert len(read_entries(whole, found, GROUND).rows) == 1


def test_headings_are_known_with_and_without_their_rings_and_dots() -> None:
    names = ("Bokf\u00f6ringsdatum:", "BENA\u0308MNING", "\u00c0-pris", "Antal timmar")
    found = proposed(Table("", (), [TableRow(1, names)]))
    assert found.places == {Meaning.DAY: 0, Meaning.ACTIVITY: 1, Meaning.RATE: 2, Meaning.HOURS: 3}


def test_headings_that_are_alike_or_missing_have_their_letters() -> None:
    given = Table("", (), [TableRow(1, ("Belopp", None, "Belopp")), TableRow(2, ("1", "2", "3", "4"))])
    assert headings_of(given, 1).labels == ["Belopp (A)", "B", "Belopp (C)", "D"]


AMOUNTS = st.decimals(min_value=-(10**8), max_value=10**8, places=2).filter(bool)
HOURS = st.decimals(min_value=D("0.0001"), max_value=1000, places=4)
RATES = st.decimals(min_value=0, max_value=2000, places=2)


@given(st.lists(st.one_of(st.tuples(AMOUNTS), st.tuples(HOURS, RATES)), min_size=1, max_size=20))
def test_the_sums_are_those_of_the_file(entries: list[tuple[Decimal, ...]]) -> None:
    rows: list[Sequence[Cell]] = []
    total = D(0)
    for entry in entries:
        if len(entry) == 1:
            rows.append([DAY, "x", None, None, None, None, str(entry[0]).replace(".", ",")])
            total += entry[0]
        else:
            rows.append([DAY, "x", None, None, entry[0], entry[1], None])
            total += priced(*entry)
    found = read(*rows)
    assert found.amount == total
    assert not found.fault_count
    assert len(found.rows) == len(rows)
