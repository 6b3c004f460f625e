"""One copy of a case: its rows, with who and what stands for whom and what."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from sqlalchemy import Date, DateTime, Table

from app.accounts.access import Viewer
from app.applications.snapshot import sha256_of
from app.db import UTCDateTime
from app.demo.cast import Cast

_IN_THE_DOCUMENT = ("costs", "benefits")


@dataclass(frozen=True)
class Layout:
    """What is to be changed in the rows of a table."""

    table: Table
    moments: tuple[str, ...]
    keys: tuple[tuple[str, str], ...]
    """Columns that refer to rows of other tables, and those tables."""

    @classmethod
    def of(cls, table: Table) -> Layout:
        """Read it from the model."""
        timed = (Date, DateTime, UTCDateTime)
        return cls(
            table,
            tuple(column.name for column in table.columns if isinstance(column.type, timed)),
            tuple(
                (column.name, key.column.table.name)
                for column in table.columns
                for key in column.foreign_keys
            ),
        )


class Copied:
    """One copy: who and what stands for whom and what."""

    def __init__(self, cast: Cast, old_lead: str, lead: str, later: timedelta) -> None:
        self.ids: dict[str, dict[int, int]] = defaultdict(dict)
        self.title, self.round, self.lead, self.later = "", "", lead, later
        self.leader = cast.leaders[lead]
        self.people: dict[int, Viewer] = {
            cast.leaders[old_lead].id: cast.leaders[lead],
            cast.managers[old_lead].id: cast.managers[lead],
        }
        old, new = cast.departments[old_lead], cast.departments[lead]
        self.departments = {old: new, new: old}
        names = {id_: name for name, id_ in cast.departments.items()}
        self.names = {id_: names[self.departments.get(id_, id_)] for id_ in names}

    def row(self, layout: Layout, row: Mapping[str, Any]) -> dict[str, Any]:
        """The copy of a row."""
        fresh = dict(row)
        if layout.table.name != "history_event":
            fresh["id"] = self.ids[layout.table.name][row["id"]]
        else:
            fresh["record_id"] = self.ids[row["record_type"]].get(row["record_id"], row["record_id"])
            if row["actor_id"] in self.people:
                fresh["actor_name"] = self.people[row["actor_id"]].name
        for name in layout.moments:
            if row[name] is not None:
                fresh[name] = row[name] + self.later
        for name, parent in layout.keys:
            fresh[name] = self._key(parent, row[name])
        return fresh

    def _key(self, parent: str, key: Any) -> Any:
        if parent == "department":
            return self.departments.get(key, key)
        if parent == "person":
            return self.people[key].id if key in self.people else key
        return self.ids[parent].get(key, key) if parent in self.ids else key

    def document(self, version: dict[str, Any]) -> None:
        """Let the fixed document say what the copy's rows say, and give it its fingerprint."""
        content = version["content"]
        calculation = content["calculation"]
        lines = {kind: [self._line(line) for line in calculation[kind]] for kind in _IN_THE_DOCUMENT}
        day = date.fromisoformat(content["calculated_on"]) + self.later
        version["content"] = {
            **content,
            "title": self.title,
            "lead_department": self.lead,
            "leader": self.leader.name,
            "round": self.round,
            "calculated_on": day.isoformat(),
            "calculation": {**calculation, **lines},
        }
        version["content_sha256"] = sha256_of(version["content"])

    def report(self, version: dict[str, Any]) -> None:
        """Let the frozen report name the copy and its people, and give it its fingerprint."""
        named = {"title": self.title, "lead_department": self.lead, "leader": self.leader.name}
        version["content"] = version["content"] | named
        version["content_sha256"] = sha256_of(version["content"])

    def _line(self, line: Mapping[str, Any]) -> dict[str, Any]:
        kind, _, key = line["key"].partition("-")
        known = self.ids[f"{kind}_line"]
        old = line["department_id"]
        return {
            **line,
            "key": f"{kind}-{known.get(int(key), int(key))}",
            "department_id": self.departments.get(old, old),
            "department": self.names.get(old, line["department"]),
        }
