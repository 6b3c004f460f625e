"""Rows of a form that are added and removed by its buttons (templates/components/rows.html)."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from wtforms import FieldList

from app.web.forms import Form


def rows_changed(form: Form, sent: Mapping[str, str]) -> bool:
    """Do what a button for rows asked for: `add=<list>`, `remove=<list>-<number>`, `remove=<list>` for all.

    True when there was such a button: the form is then shown again, with everything that was typed.
    """
    lists = [field for field in form if isinstance(field, FieldList)]
    for rows in lists:
        if sent.get("add") == rows.name and _has_room(rows):
            rows.append_entry()
        elif sent.get("remove") == rows.name:
            rows.entries.clear()
        else:
            rows.entries[:] = [entry for entry in rows.entries if entry.name != sent.get("remove")]
    return "add" in sent or "remove" in sent


def _has_room(rows: FieldList[Any]) -> bool:
    return rows.max_entries is None or len(rows.entries) < rows.max_entries
