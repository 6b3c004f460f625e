"""Saving a view of the portfolio, and taking it away."""

from __future__ import annotations

from datetime import datetime

from flask_babel import lazy_gettext as _l

from app.accounts.access import Viewer
from app.core.verdict import RefusedError, require
from app.db import db
from app.history.service import record, remove
from app.portfolio.policy import may_see_portfolio
from app.portfolio.saved import policy, queries
from app.portfolio.saved.models import SavedView

MOST = 15
"""So many views one person has, and so many are everybody's: they stand above the portfolio."""


class NamedError(ValueError):
    """There is a view of that name already."""


def save_view(actor: Viewer, name: str, asked: str, *, for_all: bool, now: datetime) -> SavedView:
    """Keep what the portfolio's address asks for under a name. Raises NamedError."""
    require(may_see_portfolio(actor))
    if for_all:
        require(policy.may_save_for_all(actor))
    owner_id = None if for_all else actor.id
    if queries.is_named(owner_id, name):
        raise NamedError
    if queries.count_of(owner_id) >= MOST:
        raise RefusedError(_l("Fler urval ryms inte. Ta bort ett som inte används."))
    view = SavedView(owner_id=owner_id, name=name, asked=asked, saved_by_id=actor.id, saved_at=now)
    db.session.add(view)
    record(actor, "save_view", view, now=now)
    return view


def remove_view(actor: Viewer, view: SavedView, now: datetime) -> None:
    """Take it away. The cases are not touched by that."""
    require(policy.may_remove_view(actor, view))
    remove(actor, "remove_view", view, now=now)
