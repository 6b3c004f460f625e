"""Answers with rows to take along, in the format that the address names."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from flask import Response

from app.core.sheets import Sheet, as_csv, as_json, as_workbook

_WORKBOOK = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
_MADE: Mapping[str, tuple[str, Callable[[Sheet, dict[str, Any]], bytes]]] = {
    "csv": ("text/csv; charset=utf-8", lambda sheet, _about: as_csv(sheet)),
    "xlsx": (_WORKBOOK, lambda sheet, _about: as_workbook(sheet)),
    "json": ("application/json", as_json),
}
FORMATS = tuple(_MADE)


def rows_response(sheet: Sheet, about: dict[str, Any], kind: str, filename: str) -> Response:
    """The rows as a file; `about` is what JSON says of them first."""
    mimetype, make = _MADE[kind]
    answer = Response(make(sheet, about), content_type=mimetype)
    answer.headers.set("Content-Disposition", "attachment", filename=f"{filename}.{kind}")
    return answer
