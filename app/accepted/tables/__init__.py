"""Reading tables out of files that other programs have written: workbooks, and separated values.

Only what was let in by `app.accepted` is read, and of that never more than was meant: bytes, rows, columns.
"""

from __future__ import annotations

from pathlib import Path

from app.accepted.tables import separated, workbook
from app.core.tabular import Table


def read_table(path: Path, media_type: str, sheet: str = "") -> Table:
    """The file's table; of a workbook the named sheet, or the first. Raises TableError."""
    if media_type == "text/csv":
        return separated.read(path.read_bytes())
    return workbook.read(path, sheet)
