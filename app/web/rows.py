"""Rows of a form that are added and removed by its buttons (templates/components/rows.html)."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from wtforms import FieldList

from app.web.forms import Form


class Rows(FieldList):  # type: ignore[type-arg] # at run time it takes no argument
    """A list of rows. What somebody sends under a name that no page has made is no row."""

    def _extract_indices(self, prefix: str, formdata: Iterable[str]) -> Iterator[int]:
        # The library's own takes `²` and numbers of a thousand digits for places, and fails on them.
        for name in formdata:
            if name.startswith(f"{prefix}-"):
                place = name[len(prefix) + 1 :].partition("-")[0]
                if place.isascii() and place.isdecimal() and len(place) < 10:
                    yield int(place)


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
