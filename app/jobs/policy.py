"""Who may see a piece of work: who asked for it."""

from __future__ import annotations

from app.accounts.access import Viewer
from app.core.verdict import YES, Verdict
from app.jobs.models import Job


def asked_for_it(_viewer: Viewer, _job: Job) -> Verdict:
    """Nobody else can load it (queries.own)."""
    return YES
