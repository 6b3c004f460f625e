"""What waits for a worker, and for how long: for whoever watches the product."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime

from prometheus_client import CollectorRegistry, Gauge, generate_latest
from sqlalchemy.exc import SQLAlchemyError

from app.db import db
from app.jobs import queries as jobs
from app.mail import queries as mail

WAITING: dict[str, Callable[[datetime], datetime | None]] = {
    "mail": mail.waiting_since,
    "job": jobs.waiting_since,
}
"""Since when the oldest has waited; None when nothing does."""


def as_text(now: datetime) -> bytes:
    """The age of what has waited longest, in Prometheus's form. Nothing at all when the database is away."""
    registry = CollectorRegistry()
    told = "Age of what has waited longest for a worker"
    oldest = Gauge("hemtag_oldest_waiting_seconds", told, ("kind",), registry=registry)
    needing = Gauge("hemtag_mails_needing_a_person", "Mails that failed or are in doubt", registry=registry)
    try:
        for kind, since in WAITING.items():
            begun = since(now)
            oldest.labels(kind).set((now - begun).total_seconds() if begun is not None else 0)
        needing.set(mail.need_a_person())
    except SQLAlchemyError:
        db.session.rollback()
        return b""
    return generate_latest(registry)
