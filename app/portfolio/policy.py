"""Who reads the portfolio."""

from __future__ import annotations

from flask_babel import lazy_gettext as _l

from app.accounts.access import Viewer
from app.core.verdict import YES, Verdict, no
from app.realisation.policy import FOLLOWS


def may_see_portfolio(viewer: Viewer) -> Verdict:
    """The portfolio is for those who follow several projects; it holds only what each may see."""
    if viewer.has_any(*FOLLOWS):
        return YES
    return no(_l("Portföljen är till för dem som följer flera projekt."))
