"""Rows to take along: as a workbook, as values between semicolons, and as JSON.

Pure. Text stays text in all of them, whatever sign it begins with; numbers stay numbers, days stay days. The
same rows give the same bytes.
"""

from __future__ import annotations

import csv
import io
import json
import re
import zipfile
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from xml.sax.saxutils import escape

Value = str | int | Decimal | date | None
FORMULA_SIGNS = ("=", "+", "-", "@", "\t", "\r")
"""What a text begins with that some program takes for a formula."""


@dataclass(frozen=True, slots=True)
class Sheet:
    """A table: what its columns are called, for people and for machines, and its rows."""

    title: str
    heads: Sequence[str]
    keys: Sequence[str]
    rows: Iterable[Sequence[Value]]


# --- between semicolons ----------------------------------------------------------------------------------


def as_csv(sheet: Sheet) -> bytes:
    """As a Swedish Excel opens it: UTF-8 with its mark, semicolons, decimal commas."""
    written = io.StringIO()
    writer = csv.writer(written, delimiter=";", lineterminator="\r\n")
    writer.writerow([_plain(head) for head in sheet.heads])
    writer.writerows([_plain(value) for value in row] for row in sheet.rows)
    return written.getvalue().encode("utf-8-sig", "replace")


def _plain(value: Value) -> str:
    if isinstance(value, str):
        return f"'{value}" if value.lstrip(" ").startswith(FORMULA_SIGNS) else value
    if isinstance(value, Decimal):
        return f"{value:f}".replace(".", ",")
    return value.isoformat() if isinstance(value, date) else "" if value is None else str(value)


# --- JSON ------------------------------------------------------------------------------------------------


def as_json(sheet: Sheet, about: dict[str, object]) -> bytes:
    """The rows by their keys, after what they are about: amounts as decimal strings, days by ISO 8601."""
    rows = [dict(zip(sheet.keys, map(_told, row), strict=True)) for row in sheet.rows]
    return json.dumps({**about, "rows": rows}, ensure_ascii=False, indent=1).encode("utf-8", "replace")


def _told(value: Value) -> str | int | None:
    if isinstance(value, Decimal):
        return f"{value:f}"
    return value.isoformat() if isinstance(value, date) else value


# --- workbooks -------------------------------------------------------------------------------------------

_EPOCH = date(1899, 12, 30)
_MADE = (1980, 1, 1, 0, 0, 0)
_NOT_IN_XML = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")
_LOOKS_ESCAPED = re.compile(r"_(?=x[0-9A-Fa-f]{4}_)")
_MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
_OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_PACKAGE = "http://schemas.openxmlformats.org/package/2006"
_TYPE = "application/vnd.openxmlformats-officedocument.spreadsheetml"
_HEAD = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
_BOLD, _AMOUNT, _DAY = 1, 2, 3
"""Places of the styles below."""

_PARTS = {
    "[Content_Types].xml": (
        f'<Types xmlns="{_PACKAGE}/content-types"><Default Extension="xml" ContentType="application/xml"/>'
        f'<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
        f'<Override PartName="/xl/workbook.xml" ContentType="{_TYPE}.sheet.main+xml"/>'
        f'<Override PartName="/xl/styles.xml" ContentType="{_TYPE}.styles+xml"/>'
        f'<Override PartName="/xl/worksheets/sheet1.xml" ContentType="{_TYPE}.worksheet+xml"/></Types>'
    ),
    "_rels/.rels": (
        f'<Relationships xmlns="{_PACKAGE}/relationships"><Relationship Id="rId1" '
        f'Type="{_OFFICE}/officeDocument" Target="xl/workbook.xml"/></Relationships>'
    ),
    "xl/_rels/workbook.xml.rels": (
        f'<Relationships xmlns="{_PACKAGE}/relationships">'
        f'<Relationship Id="rId1" Type="{_OFFICE}/worksheet" Target="worksheets/sheet1.xml"/>'
        f'<Relationship Id="rId2" Type="{_OFFICE}/styles" Target="styles.xml"/></Relationships>'
    ),
    "xl/styles.xml": (
        f'<styleSheet xmlns="{_MAIN}"><numFmts count="2"><numFmt numFmtId="164" formatCode="#,##0.00"/>'
        f'<numFmt numFmtId="165" formatCode="yyyy\\-mm\\-dd"/></numFmts>'
        f'<fonts count="2"><font><sz val="11"/><name val="Calibri"/></font>'
        f'<font><b/><sz val="11"/><name val="Calibri"/></font></fonts>'
        f'<fills count="1"><fill><patternFill patternType="none"/></fill></fills>'
        f'<borders count="1"><border/></borders><cellStyleXfs count="1"><xf/></cellStyleXfs>'
        f'<cellXfs count="4"><xf/><xf fontId="1" applyFont="1"/><xf numFmtId="164" applyNumberFormat="1"/>'
        f'<xf numFmtId="165" applyNumberFormat="1"/></cellXfs></styleSheet>'
    ),
}


def as_workbook(sheet: Sheet) -> bytes:
    """An .xlsx with one sheet, whose first row stays in sight."""
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in {**_PARTS, "xl/workbook.xml": _book(sheet.title)}.items():
            archive.writestr(zipfile.ZipInfo(name, _MADE), _HEAD + content, zipfile.ZIP_DEFLATED)
        lines = "".join(_lines(sheet))
        archive.writestr(zipfile.ZipInfo("xl/worksheets/sheet1.xml", _MADE), lines, zipfile.ZIP_DEFLATED)
    return made.getvalue()


def _book(title: str) -> str:
    name = re.sub(r"[\[\]:*?/\\]", " ", title)[:31]
    return (
        f'<workbook xmlns="{_MAIN}" xmlns:r="{_OFFICE}"><sheets>'
        f'<sheet name="{_written(name, quoted=True)}" sheetId="1" r:id="rId1"/></sheets></workbook>'
    )


def _lines(sheet: Sheet) -> Iterator[str]:
    yield (
        f'{_HEAD}<worksheet xmlns="{_MAIN}"><sheetViews><sheetView workbookViewId="0">'
        f'<pane ySplit="1" topLeftCell="A2" activePane="bottomLeft" state="frozen"/></sheetView></sheetViews>'
        f'<sheetFormatPr defaultRowHeight="15" defaultColWidth="16"/><sheetData>'
    )
    yield _line([_text(head, _BOLD) for head in sheet.heads])
    for row in sheet.rows:
        yield _line([_cell(value) for value in row])
    yield "</sheetData></worksheet>"


def _line(cells: Sequence[str]) -> str:
    return f"<row>{''.join(cells)}</row>"


def _cell(value: Value) -> str:
    if value is None:
        return "<c/>"
    if isinstance(value, str):
        return _text(value)
    if isinstance(value, date):
        return f'<c s="{_DAY}"><v>{(value - _EPOCH).days}</v></c>'
    return (
        f'<c s="{_AMOUNT}"><v>{value:f}</v></c>' if isinstance(value, Decimal) else f"<c><v>{value}</v></c>"
    )


def _text(value: str, style: int = 0) -> str:
    return f'<c s="{style}" t="inlineStr"><is><t xml:space="preserve">{_written(value)}</t></is></c>'


def _written(text: str, *, quoted: bool = False) -> str:
    """As XML can hold it: without signs that no XML has, and never taken for an escaped sign."""
    kept = _LOOKS_ESCAPED.sub("_x005F_", _NOT_IN_XML.sub("", text))
    return escape(kept, {'"': "&quot;"} if quoted else {})
