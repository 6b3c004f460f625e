"""Who may read notifications: everybody their own."""

from __future__ import annotations

from app.accounts.access import Viewer
from app.core.verdict import YES, Verdict
from app.notifications.models import Notification


def may_read_own(_viewer: Viewer, _notification: Notification | None = None) -> Verdict:
    """Whoever is signed in has an inbox; another's notification cannot be loaded."""
    return YES
