"""Reading saved views: one's own, and those that are everybody's."""

from __future__ import annotations

from collections.abc import Sequence

from sqlalchemy import ColumnElement, func, or_, select
from sqlalchemy.orm import joinedload

from app.accounts.access import Viewer
from app.alphabet import alphabetical
from app.db import db
from app.portfolio.saved.models import SavedView


def views_of(viewer: Viewer) -> Sequence[SavedView]:
    """Everybody's first, then the viewer's own; each by name."""
    query = select(SavedView).where(_known_to(viewer)).options(joinedload(SavedView.saved_by))
    order = (SavedView.owner_id.is_not(None), alphabetical(SavedView.name), SavedView.id)
    return db.session.scalars(query.order_by(*order)).all()


def view_for(viewer: Viewer, view_id: int) -> SavedView | None:
    """One of them. Made for `requires(..., load=…)`."""
    return db.session.scalar(select(SavedView).where(SavedView.id == view_id, _known_to(viewer)))


def is_named(owner_id: int | None, name: str) -> bool:
    """Whether the owner, or everybody, has a view of this name."""
    query = select(SavedView.id).where(_owned_by(owner_id), SavedView.name == name)
    return db.session.scalar(query) is not None


def count_of(owner_id: int | None) -> int:
    """How many views the owner, or everybody, has."""
    query = select(func.count()).select_from(SavedView).where(_owned_by(owner_id))
    return db.session.scalar(query) or 0


def _known_to(viewer: Viewer) -> ColumnElement[bool]:
    return or_(_owned_by(None), _owned_by(viewer.id))


def _owned_by(owner_id: int | None) -> ColumnElement[bool]:
    return SavedView.owner_id.is_(None) if owner_id is None else SavedView.owner_id == owner_id
