"""The register as its page shows it: what the address asks for, tabs with counts, filters."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import date
from typing import Any

from flask import url_for
from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l

from app.accounts.models import Department
from app.operations.register import Asked, Fault
from app.web.pages import same_page

YEARS_AHEAD = 10
MONTHS = (3, 6, 12, 24)

FAULTS: Mapping[Fault, Any] = {
    Fault.NO_OWNER: _l("Utan ägare"),
    Fault.OWNER_LEFT: _l("Ägaren har slutat"),
    Fault.NOT_ACCEPTED: _l("Ingen har tagit emot"),
    Fault.UNFINANCED: _l("Utan pengar %(year)s"),
    Fault.CONTRACT: _l("Avtal går ut"),
    Fault.REVIEW_LATE: _l("Granskning sen"),
    Fault.OVER_PLAN: _l("Dyrare än planerat"),
    Fault.SHARES_OPEN: _l("Andelar inte godkända"),
}


def asked_for(args: Mapping[str, str], today: date) -> Asked:
    """The filter in an address. What cannot be understood asks for nothing special."""
    fault, year, months = args.get("brist", ""), args.get("ar", ""), args.get("manader", "")
    department = args.get("forvaltning", "")
    return Asked(
        fault=Fault(fault) if fault in set(Fault) else None,
        department_id=int(department) if department.isdecimal() and len(department) < 10 else None,
        year=int(year) if year in {str(one) for one in _years(today)} else today.year + 1,
        months=int(months) if months in {str(one) for one in MONTHS} else MONTHS[1],
        search=args.get("q", "").strip()[:100],
        today=today,
        decommissioned=args.get("avvecklade") == "1",
    )


def _years(today: date) -> range:
    return range(today.year, today.year + YEARS_AHEAD + 1)


def is_filtered(asked: Asked, today: date) -> bool:
    """Whether something else is asked for than the whole register, whatever its faults."""
    return replace(asked, fault=None) != asked_for({}, today)


def tabs(asked: Asked, count: int, numbers: Mapping[Fault, int]) -> list[dict[str, Any]]:
    """Everything, and each kind of fault that there is, with how many there are."""
    everything: tuple[str, Fault | None] = (_("Alla (%(count)s)", count=count), None)
    some = [
        (f"{_fault(fault, asked)} ({number})", fault)
        for fault, number in numbers.items()
        if number or asked.fault is fault
    ]
    return [
        {
            "label": label,
            "href": same_page({"brist": fault.value if fault else "", "page": ""}),
            "current": fault is asked.fault,
        }
        for label, fault in [everything, *some]
    ]


def _fault(fault: Fault, asked: Asked) -> str:
    return str(FAULTS[fault]) % {"year": asked.year}


def filters(asked: Asked, departments: Sequence[Department]) -> list[dict[str, Any]]:
    """The filters above the list, with what is chosen."""
    return [
        {"name": "q", "label": _("Sök på tjänstens namn"), "value": asked.search},
        {
            "name": "forvaltning",
            "label": _("Ägande förvaltning"),
            "value": asked.department_id or "",
            "options": [("", _("Alla")), *((row.id, row.name) for row in departments)],
        },
        {
            "name": "ar",
            "label": _("Pengar och kostnad för år"),
            "value": asked.year,
            "options": [(year, str(year)) for year in _years(asked.today)],
        },
        {
            "name": "manader",
            "label": _("Avtal som går ut inom"),
            "value": asked.months,
            "options": [(months, _("%(months)s månader", months=months)) for months in MONTHS],
        },
        {
            "name": "avvecklade",
            "label": _("Avvecklade"),
            "value": "1" if asked.decommissioned else "",
            "options": [("", _("Visas inte")), ("1", _("Bara avvecklade"))],
        },
    ]


def taken_along(args: Mapping[str, str]) -> list[tuple[str, str]]:
    """The formats in which the rows can be taken along, each with its address: the same filter."""
    asked = {
        key: args[key] for key in ("brist", "ar", "manader", "forvaltning", "q", "avvecklade") if key in args
    }
    return [(kind.upper(), url_for(f"operations.as_{kind}", **asked)) for kind in ("csv", "xlsx")]  # type: ignore[arg-type] # texts, all of them


def rows_shown(asked: Asked, count: int, numbers: Mapping[Fault, int]) -> int:
    """How many rows the list has."""
    return numbers[asked.fault] if asked.fault else count
