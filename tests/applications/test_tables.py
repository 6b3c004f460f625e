"""Files that other programs have written are read as they stand, and never further than was meant."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from pathlib import Path

import pytest

from app.accepted.tables import bounds, elements, read_table, separated, workbook
from app.accepted.tables.bounds import TableError
from app.core.tabular import EPOCH_OF_1904, Table, WrongCell, day_in
from tests.applications.workbooks import MAIN, Formula, Value, book, one_sheet, sheet

ONE_DATABASE_IS_ENOUGH = "no database is asked"
XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


def read(tmp_path: Path, content: bytes, chosen: str = "") -> Table:
    file = tmp_path / "fil.xlsx"
    file.write_bytes(content)
    return read_table(file, XLSX, chosen)


def cells(table: Table) -> list[list[object]]:
    return [list(row.cells) for row in table.rows]


def test_a_workbook_is_read_as_it_stands(tmp_path: Path) -> None:
    rows: list[list[Value]] = [
        ["Datum", "Text", None, "Belopp"],
        [],
        [date(2027, 3, 31), "  Två  ord ", None, Decimal("1234.50")],
        ["2027-04-01", "=HYPERLINK(1)", "", Formula("SUM(A1:A2)", "99.5")],
    ]
    table = read(tmp_path, one_sheet(rows))
    assert [row.number for row in table.rows] == [1, 3, 4]
    assert cells(table)[1] == [Decimal(46477), "  Två  ord ", None, Decimal("1234.5")]
    assert cells(table)[2] == ["2027-04-01", "=HYPERLINK(1)", None, Decimal("99.5")]


def test_numbers_have_the_digits_that_the_program_counts_with(tmp_path: Path) -> None:
    rows: list[list[Value]] = [[0.1 + 0.2, 121233.00000000001, "x"], [Decimal("1E-30"), Decimal("1E5"), 1]]
    table = read(tmp_path, one_sheet(rows))
    assert cells(table) == [
        [Decimal("0.3"), Decimal(121233), "x"],
        [Decimal(0), Decimal(100_000), Decimal(1)],
    ]


def test_faults_in_cells_are_kept_as_faults(tmp_path: Path) -> None:
    raw = (
        f'<worksheet xmlns="{MAIN}"><sheetData><row r="1"><c r="A1" t="e"><v>#REF!</v></c>'
        '<c r="B1"><f>NOW()</f></c><c r="C1" t="b"><v>1</v></c><c r="D1" t="str"><f>A1</f><v>text</v></c>'
        '<c r="E1"><v>1E999</v></c><c r="F1" t="d"><v>2027-03-31</v></c></row></sheetData></worksheet>'
    )
    (row,) = read(tmp_path, book({"Blad1": raw})).rows
    assert row.cells == (
        WrongCell("#REF!"), WrongCell(workbook.FORMULA), "1", "text", WrongCell("1E999"), "2027-03-31",
    )  # fmt: skip


def test_texts_that_cells_share_are_put_together_of_their_parts(tmp_path: Path) -> None:
    texts = (
        "<si><t>Hel</t></si><si><r><t>Del</t></r><r><rPr><b/></rPr><t>ad</t></r>"
        "<rPh sb='0' eb='1'><t>läst</t></rPh></si>"
    )
    raw = row_of('<row><c t="s"><v>0</v></c><c t="s"><v>1</v></c></row>')
    assert cells(read(tmp_path, book({"Blad1": raw}, texts=texts))) == [["Hel", "Delad"]]


def test_a_sheet_is_chosen_by_name_and_hidden_ones_are_not_offered(tmp_path: Path) -> None:
    content = book(
        {"Dold": sheet([["a"]]), "Ett": sheet([["b"]]), "Två & tre": sheet([["c"]])},
        hidden=["Dold"],
        date1904=True,
    )
    table = read(tmp_path, content)
    assert (table.sheet, list(table.sheets), cells(table)) == ("Ett", ["Ett", "Två & tre"], [["b"]])
    assert table.epoch == EPOCH_OF_1904
    assert cells(read(tmp_path, content, "Två & tre")) == [["c"]]
    with pytest.raises(TableError):
        read(tmp_path, content, "Dold")


def test_a_namespace_with_another_name_is_the_same(tmp_path: Path) -> None:
    raw = (
        f'<x:worksheet xmlns:x="{MAIN}"><x:sheetData><x:row r="2"><x:c r="B2" t="inlineStr"><x:is><x:t>'
        "här</x:t></x:is></x:c></x:row></x:sheetData></x:worksheet>"
    )
    (row,) = read(tmp_path, book({"Blad1": raw})).rows
    assert (row.number, row.cells) == (2, (None, "här"))


def row_of(inner: str, outer: str = "") -> str:
    return f'{outer}<worksheet xmlns="{MAIN}"><sheetData>{inner}</sheetData></worksheet>'


BAD_SHEETS = {
    "no XML": "<worksheet",
    "a document type": row_of("<row/>", '<!DOCTYPE x [<!ENTITY a "b">]>'),
    "a text that is not there": row_of('<row><c t="s"><v>7</v></c></row>'),
    "a text below zero": row_of('<row><c t="s"><v>-1</v></c></row>'),
    "a cell nowhere": row_of('<row><c r="4"><v>7</v></c></row>'),
    "a cell too far away": row_of('<row><c r="AAAA1"><v>7</v></c></row>'),
    "a row that is no number": row_of('<row r="²"><c><v>7</v></c></row>'),
    "a number that is none": row_of("<row><c><v>sju</v></c></row>"),
    "the same row twice": row_of('<row r="3"><c><v>7</v></c></row><row r="3"><c><v>7</v></c></row>'),
    "rows backwards": row_of('<row r="3"><c><v>7</v></c></row><row r="2"><c><v>7</v></c></row>'),
    "nothing": row_of(""),
}


@pytest.mark.parametrize("name", BAD_SHEETS)
def test_a_sheet_that_is_none_is_refused_in_words(tmp_path: Path, name: str) -> None:
    with pytest.raises(TableError) as refused:
        read(tmp_path, book({"Blad1": BAD_SHEETS[name]}))
    assert refused.value.reason in (bounds.BROKEN, bounds.NO_ROWS)


@pytest.mark.parametrize("content", [b"", b"PK\x03\x04", b"not a zip", book({})])
def test_a_file_that_is_no_workbook_is_refused_in_words(tmp_path: Path, content: bytes) -> None:
    with pytest.raises(TableError):
        read(tmp_path, content)


def test_a_workbook_whose_parts_are_gone_is_refused(tmp_path: Path) -> None:
    content = book({"Blad1": sheet([["a"]])}, more={"xl/_rels/workbook.xml.rels": "<Relationships/>"})
    with pytest.raises(TableError):
        read(tmp_path, content)


def test_more_rows_than_are_read_are_refused(tmp_path: Path) -> None:
    rows = [[number] for number in range(100_000)]
    with pytest.raises(TableError) as refused:
        read(tmp_path, one_sheet(rows))
    assert refused.value.reason is bounds.TOO_MANY_ROWS


def test_what_unpacks_too_far_is_refused(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(elements, "LARGEST_PART", 100_000)
    monkeypatch.setattr(workbook, "LARGEST_PART", 100_000)
    content = book({"Blad1": sheet([["a" * 200_000]])})
    assert len(content) < 5_000
    with pytest.raises(TableError) as refused:
        read(tmp_path, content)
    assert refused.value.reason is bounds.TOO_LARGE


def test_texts_without_end_are_refused(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(workbook, "MOST_TEXTS", 1_000)
    with pytest.raises(TableError) as refused:
        read(tmp_path, book({"Blad1": sheet([["a"]])}, texts="<si/>" * 1_001))
    assert refused.value.reason is bounds.TOO_LARGE


def test_cells_far_to_the_right_are_not_read(tmp_path: Path) -> None:
    raw = row_of('<row r="1"><c r="A1"><v>1</v></c><c r="XFD1"><v>2</v></c></row>')
    assert cells(read(tmp_path, book({"Blad1": raw}))) == [[Decimal(1)]]


# --- separated values ------------------------------------------------------------------------------------

TEXT = 'Datum;Text;Belopp\r\n2027-03-31;Kaffe åäö;1 234,50\r\n\r\n2027-04-01;"Två; rader\r\noch en";5\r\n'


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "cp1252"])
def test_separated_values_are_read_in_every_encoding_that_programs_write(encoding: str) -> None:
    table = separated.read(TEXT.encode(encoding))
    assert [row.number for row in table.rows] == [1, 2, 4]
    assert cells(table)[1] == ["2027-03-31", "Kaffe åäö", "1 234,50"]
    assert cells(table)[2] == ["2027-04-01", "Två; rader\r\noch en", "5"]


@pytest.mark.parametrize(
    "text",
    ["a;b\n1,5;2,5\n", "a\tb\n1,5\t2,5\n", 'a,b\n"1,5","2,5"\n', "sep=|\na|b\n1,5|2,5\n"],
)
def test_what_stands_between_the_values_is_found(text: str) -> None:
    assert cells(separated.read(text.encode())) == [["a", "b"], ["1,5", "2,5"]]


@pytest.mark.parametrize(
    ("content", "reason"),
    [
        (b"\x81\x8d\x8f", bounds.ENCODING),
        (b"\xff\xfea", bounds.ENCODING),
        (b"", bounds.NO_ROWS),
        (b"\n;;;\n", bounds.NO_ROWS),
        (b'"a;b\n', bounds.BROKEN),
        (b'a;"b"c\n', bounds.BROKEN),
        (b"a;" + b"x" * 200_000, bounds.BROKEN),
        (b"a;b\n" * 60_000, bounds.TOO_MANY_ROWS),
    ],
)
def test_values_that_cannot_be_read_are_refused_in_words(content: bytes, reason: object) -> None:
    with pytest.raises(TableError) as refused:
        separated.read(content)
    assert refused.value.reason is reason


def test_a_day_of_an_old_workbook_is_the_same_day(tmp_path: Path) -> None:
    raw = row_of("<row><c><v>45015</v></c></row>")
    table = read(tmp_path, book({"Blad1": raw}, date1904=True))
    assert day_in(table.rows[0].at(0), table.epoch) == date(2027, 3, 31)
