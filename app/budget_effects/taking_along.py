"""The rows of the register of budget effects to take along: the columns, filters and rights of the page."""

from __future__ import annotations

from collections.abc import Iterator

from flask_babel import gettext as _

from app.accounts.access import Viewer
from app.budget_effects import register
from app.budget_effects.register import Wanted
from app.budget_effects.words import effect_tag, form_word
from app.core.budget_effects import Form
from app.core.sheets import Sheet, Value


def sheet(viewer: Viewer, wanted: Wanted) -> Sheet:
    """Every effect that is asked for, in the order of the page. What stays as capacity takes nothing home."""
    columns = {
        "benefit": _("Nytta"),
        "project": _("Projekt"),
        "item": _("Budgetpost"),
        "department": _("Förvaltning"),
        "cost_centre": _("Kostnadsställe"),
        "year": _("Budgetår"),
        "form": _("Form"),
        "state": _("Läge"),
        "early": _("Tidigt uttag"),
        "amount": _("Belopp, kr"),
        "taken": _("Hemtaget, kr"),
    }
    return Sheet(_("Budgeteffekter"), list(columns.values()), list(columns), _rows(viewer, wanted))


def _rows(viewer: Viewer, wanted: Wanted) -> Iterator[list[Value]]:
    for row in register.listed(viewer, wanted, limit=None):
        yield [
            row.benefit,
            row.title,
            row.item,
            row.department,
            row.cost_centre,
            row.year,
            str(form_word(row.form)),
            str(effect_tag(row.state, row.form).label),
            _("Ja") if row.early else _("Nej"),
            row.amount,
            row.taken if Form(row.form) is not Form.CAPACITY else None,
        ]
