"""What a release keeps from now on, kept of what was there before it: done after migrating, as often as one
likes."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime

from app.core.clock import local_day
from app.db import transaction
from app.history.service import System
from app.knowledge import service as knowledge
from app.knowledge.counting import count_outcomes
from app.realisation.catching_up import catch_up as take_up_benefits


def catch_up(now: datetime) -> Iterator[str]:
    """Take up the benefits of older projects, and the lessons of older reports; what was done, in words."""
    benefits = take_up_benefits(System(), now)
    if benefits:
        yield f"{benefits} benefits of older projects were taken up in the register."
    with transaction():
        reports = knowledge.catch_up()
        count_outcomes(local_day(now))
    if reports:
        yield f"The lessons of {reports} older reports were kept."
