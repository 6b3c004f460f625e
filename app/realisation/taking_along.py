"""The rows of the register of benefits to take along: the columns, filters and rights of the page."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from flask_babel import gettext as _

from app.accounts.access import Viewer
from app.benefits.labels import NAMES
from app.core.benefits import BenefitCategory
from app.core.realisation import Light
from app.core.sheets import Sheet, Value
from app.realisation.register import Found, Wanted
from app.realisation.words import realised_tag


def sheet(viewer: Viewer, wanted: Wanted, today: date) -> Sheet:
    """Every benefit that is asked for, in the order of the page."""
    columns = {
        "name": _("Nytta"),
        "case_number": _("Ärende"),
        "project": _("Projekt"),
        "category": _("Kategori"),
        "department": _("Ägande förvaltning"),
        "owner_role": _("Ägarens roll"),
        "light": _("Läge"),
        "promised": _("Utlovat, kr"),
        "realised": _("Realiserat, kr"),
        "measured_until": _("Mätt till och med"),
        "due_on": _("Mäts senast"),
    }
    return Sheet(_("Nyttor"), list(columns.values()), list(columns), _rows(viewer, wanted, today))


def _rows(viewer: Viewer, wanted: Wanted, today: date) -> Iterator[list[Value]]:
    """What is told in words only has no amounts."""
    for row in Found(viewer, wanted, today).listed(limit=None):
        yield [
            row.name,
            row.case_number,
            row.title,
            str(NAMES[BenefitCategory(row.category)]),
            row.department,
            row.owner_role,
            str(realised_tag(Light(row.light), row.outcome).label),
            row.promised,
            row.realised if row.promised is not None else None,
            row.measured_until,
            row.due_on,
        ]
