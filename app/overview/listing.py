"""The list of cases as a page: what its address asks for, its filters and its columns."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from typing import Any

from flask import current_app, url_for
from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from markupsafe import Markup, escape

from app.accounts.queries import department_names
from app.core.workflow import BEFORE_SUBMISSION, State
from app.overview.queries import OPEN, SORTS, QueueFilter, QueueRow
from app.programmes.queries import round_names
from app.projects.models import ProjectKind
from app.web.formats import number
from app.web.language import Language, current_language
from app.web.pages import same_page
from app.web.tags import TAGS

ALL = "all"
LISTED = [state for state in State if state not in BEFORE_SUBMISSION]
NOTHING = QueueFilter(state=OPEN)
"""Whoever asks for nothing gets what is not yet decided."""

KINDS: dict[str, Any] = {
    ProjectKind.PRE_STUDY.value: _l("Förstudie"),
    ProjectKind.IMPLEMENTATION.value: _l("Genomförande"),
}

COLUMNS: list[dict[str, Any]] = [
    {"key": "case", "label": _l("Diarienummer"), "sortable": True, "whole": True},
    {"key": "title", "label": _l("Projekt"), "sortable": True},
    {"key": "department", "label": _l("Förvaltning"), "sortable": True},
    {"key": "state", "label": _l("Status"), "sortable": True},
    {
        "key": "amount",
        "label": _l("Sökt belopp"),
        "phone": _l("Sökt, kr"),
        "unit": _l("kr"),
        "numeric": True,
        "sortable": True,
    },
    {"key": "age", "label": _l("Ålder"), "unit": _l("dagar"), "numeric": True, "sortable": True},
    {"key": "due", "label": _l("Åtgärd senast"), "phone": _l("Senast"), "sortable": True, "whole": True},
    {"key": "handler", "label": _l("Handläggare")},
]

LIGHT = 29_500
"""Bytes that the page may weigh: somebody on a train reads it too."""


@dataclass(frozen=True, slots=True)
class Room:
    """How many bytes a row has for what people call things."""

    title: int
    name: int

    def takes(self, row: QueueRow) -> int:
        """How many bytes the row has at the most in this room."""
        names = sum(min(weight(name), self.name) for name in (row.department, row.round, row.handler) if name)
        return _AROUND_NAMES + min(weight(row.title), self.title) + names

    def shorten(self, row: QueueRow) -> QueueRow:
        """The row with the beginnings of its names; its page has them in full."""
        return row._replace(
            title=beginning(row.title, self.title),
            department=beginning(row.department, self.name),
            round=row.round and beginning(row.round, self.name),
            handler=row.handler and beginning(row.handler, self.name),
        )


IN_FULL = Room(10_000, 10_000)
ROOMS = (IN_FULL, Room(120, 60), Room(90, 30), Room(60, 20), Room(32, 12))
"""Names in full, unless the page is too heavy then."""
REST = 8_500
"""Bytes of the page around its rows, the usual names in its filters included."""
_AROUND_NAMES = 330
"""Bytes of a row besides its names, as good as always."""


@lru_cache(maxsize=20_000)
def beginning(text: str, room: int) -> str:
    """The text, or as much of it as weighs no more than this in a page, with an ellipsis."""
    kept = text
    while len(escape(kept).encode()) > room:
        kept = kept.removesuffix("…")[:-1].rstrip() + "…"
    return kept


@lru_cache(maxsize=20_000)
def weight(text: str) -> int:
    """The bytes of a text in a page."""
    return len(escape(text).encode())


def asked_for(args: Mapping[str, str]) -> QueueFilter:
    """The filter in an address. What cannot be understood asks for nothing special."""
    sort = args.get("sort", "-age")
    key = sort.removeprefix("-")
    return QueueFilter(
        search=args.get("q", "").strip()[:100],
        state=_state(args.get("lage", OPEN)),
        department_id=_number(args.get("forvaltning", "")),
        round_id=_number(args.get("omgang", "")),
        kind=_one_of(args.get("slag", ""), list(KINDS)),
        handler=_one_of(args.get("handlaggare", ""), ["mine", "nobody"]),
        late=args.get("sena") == "1",
        sort=key if key in SORTS else "age",
        descending=sort.startswith("-"),
    )


def _state(text: str) -> str:
    return "" if text == ALL else _one_of(text, [state.value for state in LISTED]) or OPEN


def _one_of(text: str, known: list[str]) -> str:
    return text if text in known else ""


def _number(text: str) -> int | None:
    return int(text) if text.isdecimal() and len(text) < 10 else None


@dataclass(frozen=True, slots=True)
class Names:
    """What the filters offer: read once, in whatever room they are shown."""

    departments: Mapping[int, str]
    rounds: Mapping[int, str]


def names() -> Names:
    """The names as they are now."""
    return Names(department_names(), round_names())


def filters(wanted: QueueFilter, offered: Names, room: Room) -> list[dict[str, Any]]:
    """The filters above the list, with what is chosen."""
    everything = [("", _("Alla"))]
    return [
        {"name": "q", "label": _("Sök på titel eller diarienummer"), "value": wanted.search},
        {
            "name": "lage",
            "label": _("Status"),
            "value": wanted.state or ALL,
            "options": _states(current_language()),
        },
        {
            "name": "forvaltning",
            "label": _("Förvaltning"),
            "value": wanted.department_id or "",
            "options": everything + _shortened(offered.departments, room),
        },
        {
            "name": "omgang",
            "label": _("Omgång"),
            "value": wanted.round_id or "",
            "options": everything + _shortened(offered.rounds, room),
        },
        {
            "name": "slag",
            "label": _("Slag"),
            "value": wanted.kind,
            "options": everything + list(KINDS.items()),
        },
        {
            "name": "handlaggare",
            "label": _("Handläggare"),
            "value": wanted.handler,
            "options": [*everything, ("mine", _("Jag")), ("nobody", _("Ingen"))],
        },
        {
            "name": "sena",
            "label": _("Försening"),
            "value": "1" if wanted.late else "",
            "options": [*everything, ("1", _("Bara sena"))],
        },
    ]


@lru_cache
def _states(_language: Language) -> list[tuple[str, str]]:
    return [
        (OPEN, _("Inte avgjorda")),
        (ALL, _("Alla")),
        *((state.value, str(TAGS[state].label)) for state in LISTED),
    ]


def _shortened(names: Mapping[int, str], room: Room) -> list[tuple[int, str]]:
    return [
        (number, name if room is IN_FULL else beginning(name, room.title)) for number, name in names.items()
    ]


def rooms_for(rows: Sequence[QueueRow]) -> Sequence[Room]:
    """The rooms in which the rows should leave place for the rest of the page, the largest first.

    Told from their names, so that the page need not be made to be weighed.
    """
    for place, room in enumerate(ROOMS):
        if sum(room.takes(row) for row in rows) <= LIGHT - REST:
            return ROOMS[place:]
    return ROOMS[-1:]


def listed(rows: Iterable[QueueRow], today: date, room: Room) -> list[Markup]:
    """The rows of the list. Whoever looks, the same case looks the same as long as nothing in it changes."""
    language = current_language()
    in_room = rows if room is IN_FULL else map(room.shorten, rows)
    return [_listed(row, today, language) for row in in_room]


@lru_cache(maxsize=5_000)
def _listed(row: QueueRow, today: date, language: Language) -> Markup:
    """A row as HTML: it follows from nothing but what is given, so it need not be made twice."""
    made: Markup = _macros("overview/_case.html").case_row(
        row,
        href=url_for("overview.project", project_id=row.id),
        amount=number(row.applied_amount, language=language),
        age=number(row.age_days(today), language=language),
        late=row.late(today),
        labels=_phone_labels(language),
    )
    return made


def _macros(name: str) -> Any:
    return current_app.jinja_env.get_template(name).module


@lru_cache
def _phone_labels(_language: Language) -> dict[str, str]:
    """What each cell is called on a phone."""
    label = _macros("components/table.html").phone_label
    return {column["key"]: label(column) for column in COLUMNS}


class Sort:
    """How the list is sorted, and the address that sorts it by another column."""

    def __init__(self, wanted: QueueFilter) -> None:
        self.key, self.descending = wanted.sort, wanted.descending

    def url(self, key: str) -> str:
        """The same list by this column; by the same column again: the other way."""
        descending = key == self.key and not self.descending
        return same_page({"sort": f"-{key}" if descending else key, "page": ""})
