"""The bills of a year to take along: the columns, filters and rights of the page, and the öre beside."""

from __future__ import annotations

from collections.abc import Iterator

from flask_babel import gettext as _

from app.accounts.access import Viewer
from app.core.sheets import Sheet, Value
from app.operations.sharing import register
from app.operations.sharing.register import Wanted
from app.operations.sharing.words import share_tag, shared_cost


def sheet(viewer: Viewer, wanted: Wanted) -> Sheet:
    """Every bill that is asked for, in the order of the page."""
    columns = {
        "department": _("Förvaltning"),
        "service": _("Tjänst"),
        "year": _("År"),
        "basis": _("Fördelas efter"),
        "quantity": _("Mått"),
        "unit": _("Enhet"),
        "cost": _("Kostnad"),
        "kronor": _("Andel, kr"),
        "amount": _("Andel med ören, kr"),
        "state": _("Svar"),
    }
    return Sheet(_("Andelar i delade tjänster"), list(columns.values()), list(columns), _rows(viewer, wanted))


def _rows(viewer: Viewer, wanted: Wanted) -> Iterator[list[Value]]:
    for row in register.bills(viewer, wanted, limit=None):
        yield [
            row.department,
            row.title,
            row.year,
            row.basis,
            row.quantity,
            row.unit,
            str(shared_cost(row.cost_kind)),
            int(row.kronor),
            row.amount,
            str(share_tag(row.state).label),
        ]
