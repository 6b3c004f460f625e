"""The rows of the register of services to take along: the columns, filters and rights of the page."""

from __future__ import annotations

from collections.abc import Iterator

from flask_babel import gettext as _

from app.accounts.access import Viewer
from app.core.sheets import Sheet, Value
from app.operations import register
from app.operations.register import Asked
from app.operations.words import service_tag


def sheet(viewer: Viewer, asked: Asked) -> Sheet:
    """Every service that is asked for, in the order of the page."""
    columns = {
        "title": _("Tjänst"),
        "standing": _("Läge"),
        "department": _("Ägande förvaltning"),
        "owner_role": _("Ägarens roll"),
        "owner": _("Ägare"),
        "owner_left": _("Ägaren har slutat"),
        "financed_until": _("Finansierad till och med"),
        "contract_ends_on": _("Avtalet går ut"),
        "review_due_on": _("Granskas senast"),
        "cost": _("Kostnad %(year)s, kr", year=asked.year),
    }
    return Sheet(_("Driftansvar"), list(columns.values()), list(columns), _rows(viewer, asked))


def _rows(viewer: Viewer, asked: Asked) -> Iterator[list[Value]]:
    for row in register.page_of(viewer, asked, limit=None):
        yield [
            row.title,
            str(service_tag(row.standing).label),
            row.department,
            row.owner_role,
            row.owner,
            _("ja") if row.owner_left else "",
            row.financed_until,
            row.contract_ends_on,
            row.review_due_on,
            row.cost,
        ]
