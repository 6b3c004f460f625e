"""The portfolio as a page: what its address asks for, its filters and its order."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import replace
from datetime import date
from typing import Any

from flask_babel import gettext as _

from app.accounts.queries import department_names
from app.benefits.labels import NAMES
from app.core.benefits import BenefitCategory
from app.core.workflow import BEFORE_SUBMISSION, State
from app.portfolio.asked import GRANTED, OPEN, SORTS, Late, Lit, Wanted
from app.portfolio.words import LATE_THINGS, LIT
from app.programmes.queries import programmes, round_names
from app.web.addresses import record_number
from app.web.formats import day_in, iso_date
from app.web.pages import same_page
from app.web.tags import TAGS

ROWS = 12
"""Projects on a page."""
LISTED = [state for state in State if state not in BEFORE_SUBMISSION]
FALLING = frozenset(
    {"applied", "granted", "paid", "left", "promised", "forecast", "realised", "risk", "late"}
)
"""Orders that begin with the most, unless the address says otherwise."""
NOTHING = Wanted()


def asked_for(args: Mapping[str, str]) -> Wanted:
    """The filter in an address. What cannot be understood asks for nothing special."""
    sort = args.get("sort", NOTHING.sort)
    key = sort.removeprefix("-")
    known = key in SORTS
    return Wanted(
        department_id=record_number(args.get("forvaltning", "")),
        programme_id=record_number(args.get("program", "")),
        round_id=record_number(args.get("omgang", "")),
        year=_year(args.get("beslutsar", "")),
        state=_one_of(args.get("lage", ""), [OPEN, GRANTED, *LISTED]),
        light=_one_of(args.get("ljus", ""), Lit),
        category=_one_of(args.get("kategori", ""), BenefitCategory),
        late=_one_of(args.get("sent", ""), Late),
        sort=key if known else NOTHING.sort,
        descending=known and sort.startswith("-"),
        on=day_in(args.get("per", "")),
    )


def address_of(wanted: Wanted) -> dict[str, str]:
    """The filter and the order as an address has them: only what differs from the whole of it."""
    order = ("-" if wanted.descending else "") + wanted.sort
    said = {
        "forvaltning": wanted.department_id,
        "program": wanted.programme_id,
        "omgang": wanted.round_id,
        "beslutsar": wanted.year,
        "lage": wanted.state,
        "ljus": wanted.light,
        "kategori": wanted.category,
        "sent": wanted.late,
        "per": wanted.on and wanted.on.isoformat(),
        "sort": "" if order == NOTHING.sort else order,
    }
    return {name: str(value) for name, value in said.items() if value}


def is_filtered(wanted: Wanted) -> bool:
    """Whether anything else is asked for than the whole of it, as it is."""
    return replace(wanted, sort=NOTHING.sort, descending=NOTHING.descending) != NOTHING


def _one_of(text: str, known: Iterable[str]) -> str:
    return text if text in [str(one) for one in known] else ""


def _year(text: str) -> int | None:
    return int(text) if text.isascii() and text.isdecimal() and len(text) == 4 else None


def filters(args: Mapping[str, str], wanted: Wanted, today: date) -> list[dict[str, Any]]:
    """The filters above the list, with what is chosen."""
    known = programmes()
    everything = [("", _("Alla"))]
    first = min((one.starts_on.year for one in known), default=today.year)
    years = [(year, str(year)) for year in range(today.year, first - 1, -1)]
    choices: list[tuple[str, str, object, list[tuple[Any, Any]]]] = [
        ("lage", _("Status"), wanted.state, _states()),
        ("ljus", _("Läge"), wanted.light, [(lit.value, tag.label) for lit, tag in LIT.items()]),
        ("forvaltning", _("Förvaltning"), wanted.department_id, list(department_names().items())),
        ("program", _("Program"), wanted.programme_id, [(one.id, one.name) for one in known]),
        ("omgang", _("Omgång"), wanted.round_id, list(round_names().items())),
        ("beslutsar", _("Beslutat år"), wanted.year, years),
        (
            "kategori",
            _("Nyttor av kategori"),
            wanted.category,
            [(one.value, NAMES[one]) for one in BenefitCategory],
        ),
        ("sent", _("Sent"), wanted.late, [(one.value, label) for one, label in LATE_THINGS.items()]),
    ]
    return [
        {
            "name": "per",
            "label": _("Som det såg ut dagen, till exempel %(day)s", day=iso_date(date(today.year, 1, 1))),
            "value": args.get("per", ""),
        },
        *(
            {"name": name, "label": label, "value": value or "", "options": everything + options}
            for name, label, value, options in choices
        ),
    ]


def _states() -> list[tuple[str, Any]]:
    return [
        (OPEN, _("Inte avgjorda")),
        (GRANTED, _("Beviljade")),
        *((state.value, TAGS[state].label) for state in LISTED),
    ]


class Order:
    """How the list is ordered, and the address that orders it by another column."""

    def __init__(self, wanted: Wanted) -> None:
        self.key, self.descending = wanted.sort, wanted.descending

    @property
    def text(self) -> str:
        """As the address has it."""
        return ("-" if self.descending else "") + self.key

    def url(self, key: str) -> str:
        """The same list by this column; by the same column again: the other way."""
        falling = not self.descending if key == self.key else key in FALLING
        return same_page({"sort": f"-{key}" if falling else key, "page": ""})
