"""What the address of the cost cliff asks for, and its filters."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any

from flask import url_for
from flask_babel import gettext as _

from app.accounts.models import Department
from app.operations.cliff.pages import Wanted, years_from


def asked_for(args: Mapping[str, str], today: date) -> Wanted:
    """The filter in an address. What cannot be understood asks for nothing special."""
    department, year = args.get("forvaltning", ""), args.get("ar", "")
    return Wanted(
        int(department) if department.isdecimal() and len(department) < 10 else None,
        int(year) if year in {str(one) for one in years_from(today)} else None,
    )


def filters(
    wanted: Wanted, year: int, departments: Sequence[Department], today: date
) -> list[dict[str, Any]]:
    """The filters above the chart, with what is chosen."""
    return [
        {
            "name": "forvaltning",
            "label": _("Betalande förvaltning"),
            "value": wanted.department_id or "",
            "options": [("", _("Alla")), *((row.id, row.name) for row in departments)],
        },
        {
            "name": "ar",
            "label": _("Förvaltningar och tjänster år"),
            "value": year,
            "options": [(one, str(one)) for one in years_from(today)],
        },
    ]


def taken_along(wanted: Wanted) -> list[tuple[str, str]]:
    """The formats in which every year of every department can be taken along, each with its address."""
    department = wanted.department_id
    return [
        ("CSV", url_for("operations.cliff_as_csv", forvaltning=department)),
        ("XLSX", url_for("operations.cliff_as_xlsx", forvaltning=department)),
    ]
