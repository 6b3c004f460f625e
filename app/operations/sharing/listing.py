"""The bills as their page shows them: what the address asks for, and its filters."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any

from flask import url_for
from flask_babel import gettext as _

from app.accounts.models import Department
from app.core.sharing import ShareState
from app.operations.sharing.queries import YEARS
from app.operations.sharing.register import Wanted
from app.operations.sharing.words import SHARE_STATES
from app.web.addresses import record_number


def asked_for(args: Mapping[str, str], today: date) -> Wanted:
    """The filter in an address. What cannot be understood asks for nothing special."""
    state, year = args.get("lage", ""), record_number(args.get("ar", ""))
    return Wanted(
        year if year is not None and year in YEARS else today.year,
        record_number(args.get("forvaltning", "")),
        ShareState(state) if state in set(ShareState) else None,
    )


def filters(
    wanted: Wanted, years: Sequence[int], departments: Sequence[Department], today: date
) -> list[dict[str, Any]]:
    """The filters above the list, with what is chosen."""
    everything = [("", _("Alla"))]
    offered = sorted({*years, wanted.year, today.year}, reverse=True)
    return [
        {
            "name": "ar",
            "label": _("År"),
            "value": wanted.year,
            "options": [(year, str(year)) for year in offered],
        },
        {
            "name": "forvaltning",
            "label": _("Förvaltning"),
            "value": wanted.department_id or "",
            "options": [*everything, *((row.id, row.name) for row in departments)],
        },
        {
            "name": "lage",
            "label": _("Svar"),
            "value": wanted.state.value if wanted.state else "",
            "options": [*everything, *((state.value, tag.label) for state, tag in SHARE_STATES.items())],
        },
    ]


def taken_along(args: Mapping[str, str]) -> list[tuple[str, str]]:
    """The formats in which the rows can be taken along, each with its address: the same filter."""
    asked = {key: args[key] for key in ("ar", "forvaltning", "lage") if key in args}
    return [(kind.upper(), url_for(f"operations.bills_as_{kind}", **asked)) for kind in ("csv", "xlsx")]  # type: ignore[arg-type] # texts, all of them
