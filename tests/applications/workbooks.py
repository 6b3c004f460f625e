"""Workbooks as other programs write them, made by hand so that a test can get any detail wrong."""

from __future__ import annotations

import zipfile
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from io import BytesIO
from xml.sax.saxutils import escape

from app.core.tabular import EPOCH, column_name

MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
PACKAGE = "http://schemas.openxmlformats.org/package/2006"
HIDDEN = ' state="hidden"'
TYPE = "application/vnd.openxmlformats-officedocument.spreadsheetml"


@dataclass(frozen=True)
class Formula:
    """A formula with the value that was saved beside it; None: nobody has worked it out."""

    text: str
    value: str | None = None


Value = str | int | float | Decimal | date | Formula | None


def cell(place: str, value: Value) -> str:
    """One cell, as its program writes it."""
    if value is None:
        return ""
    if isinstance(value, Formula):
        saved = "" if value.value is None else f"<v>{escape(value.value)}</v>"
        return f'<c r="{place}"><f>{escape(value.text)}</f>{saved}</c>'
    if isinstance(value, str):
        return f'<c r="{place}" t="inlineStr"><is><t xml:space="preserve">{escape(value)}</t></is></c>'
    number = (value - EPOCH).days if isinstance(value, date) else value
    return f'<c r="{place}"><v>{number}</v></c>'


def sheet(rows: Iterable[Sequence[Value]]) -> str:
    """A sheet of these rows, the first of them row 1; an empty one is left out."""
    lines = (
        f'<row r="{number}">'
        + "".join(cell(f"{column_name(place)}{number}", value) for place, value in enumerate(row))
        + "</row>"
        for number, row in enumerate(rows, start=1)
        if any(value is not None for value in row)
    )
    return f'<worksheet xmlns="{MAIN}"><sheetData>{"".join(lines)}</sheetData></worksheet>'


def book(
    sheets: Mapping[str, str],
    *,
    texts: str = "",
    hidden: Sequence[str] = (),
    date1904: bool = False,
    more: Mapping[str, str] | None = None,
) -> bytes:
    """The whole file: these sheets by their names, and the texts that they share."""
    names = list(sheets)
    listed = "".join(
        f'<sheet name="{escape(name)}" sheetId="{number}" r:id="rId{number}"'
        f"{HIDDEN if name in hidden else ''}/>"
        for number, name in enumerate(names, start=1)
    )
    related = "".join(
        f'<Relationship Id="rId{number}" Type="{OFFICE}/worksheet" Target="worksheets/sheet{number}.xml"/>'
        for number in range(1, len(names) + 1)
    )
    shared = f'<Relationship Id="rIdT" Type="{OFFICE}/sharedStrings" Target="/xl/sharedStrings.xml"/>'
    parts = {
        "[Content_Types].xml": f'<Types xmlns="{PACKAGE}/content-types">'
        f'<Override PartName="/xl/workbook.xml" ContentType="{TYPE}.sheet.main+xml"/></Types>',
        "_rels/.rels": f'<Relationships xmlns="{PACKAGE}/relationships"><Relationship Id="rId1"'
        f' Type="{OFFICE}/officeDocument" Target="xl/workbook.xml"/></Relationships>',
        "xl/workbook.xml": f'<workbook xmlns="{MAIN}" xmlns:r="{OFFICE}">'
        f'<workbookPr date1904="{int(date1904)}"/><sheets>{listed}</sheets></workbook>',
        "xl/_rels/workbook.xml.rels": f'<Relationships xmlns="{PACKAGE}/relationships">'
        f"{related}{shared if texts else ''}</Relationships>",
    }
    parts |= {f"xl/worksheets/sheet{number}.xml": sheets[name] for number, name in enumerate(names, start=1)}
    if texts:
        parts["xl/sharedStrings.xml"] = f'<sst xmlns="{MAIN}">{texts}</sst>'
    made = BytesIO()
    with zipfile.ZipFile(made, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in (parts | dict(more or {})).items():
            archive.writestr(name, content)
    return made.getvalue()


def one_sheet(rows: Iterable[Sequence[Value]]) -> bytes:
    """A workbook of one sheet."""
    return book({"Blad1": sheet(rows)})
