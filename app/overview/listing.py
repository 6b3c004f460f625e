"""The list of cases as a page: what its address asks for, its filters and its columns."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date
from functools import lru_cache
from typing import Any

from flask import current_app, url_for
from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from markupsafe import Markup

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


def filters(wanted: QueueFilter) -> list[dict[str, Any]]:
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
            "options": everything + list(department_names().items()),
        },
        {
            "name": "omgang",
            "label": _("Omgång"),
            "value": wanted.round_id or "",
            "options": everything + list(round_names().items()),
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


def listed(rows: Iterable[QueueRow], today: date) -> list[Markup]:
    """The rows of the list. Whoever looks, the same case looks the same as long as nothing in it changes."""
    language = current_language()
    return [_listed(row, today, language) for row in rows]


@lru_cache(maxsize=5_000)
def _listed(row: QueueRow, today: date, language: Language) -> Markup:
    """A row as HTML: it follows from nothing but what is given, so it need not be made twice."""
    page = current_app.jinja_env.get_template("overview/_case.html")
    shown = page.render(
        case=row,
        href=url_for("overview.project", project_id=row.id),
        amount=number(row.applied_amount, language=language),
        age=number(row.age_days(today), language=language),
        late=row.late(today),
        columns={column["key"]: column for column in COLUMNS},
    )
    return Markup(shown)  # noqa: S704 - made by a template, which escapes


class Sort:
    """How the list is sorted, and the address that sorts it by another column."""

    def __init__(self, wanted: QueueFilter) -> None:
        self.key, self.descending = wanted.sort, wanted.descending

    def url(self, key: str) -> str:
        """The same list by this column; by the same column again: the other way."""
        descending = key == self.key and not self.descending
        return same_page({"sort": f"-{key}" if descending else key, "page": ""})
