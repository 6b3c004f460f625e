"""Who saves views of the portfolio, and who takes them away."""

from __future__ import annotations

from flask_babel import lazy_gettext as _l

from app.accounts.access import Viewer
from app.accounts.models import Role
from app.core.verdict import YES, Verdict, no
from app.portfolio.policy import may_see_portfolio
from app.portfolio.saved.models import SavedView


def may_save_for_all(viewer: Viewer) -> Verdict:
    """The secretariat says what everybody has above the portfolio."""
    if viewer.has(Role.SECRETARIAT):
        return YES
    return no(_l("Bara sekretariatet sparar och tar bort urval för alla."))


def may_remove_view(viewer: Viewer, view: SavedView) -> Verdict:
    """One's own is one's own; what is everybody's is the secretariat's."""
    if not may_see_portfolio(viewer):
        return may_see_portfolio(viewer)
    return may_save_for_all(viewer) if view.owner_id is None else YES
