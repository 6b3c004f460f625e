"""What is done with a service year by year: it is reviewed, and what it has cost is entered."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, datetime
from decimal import Decimal

from flask_babel import lazy_gettext as _l

from app.accounts.access import Viewer
from app.applications.snapshot import sha256_of
from app.core.calendar import months_later
from app.core.clock import local_day
from app.core.operation import YearlyKind, next_review
from app.core.verdict import RefusedError, require
from app.db import db
from app.history.service import record
from app.operations import policy, queries
from app.operations.costing import cost_has_changed
from app.operations.frozen import document_of
from app.operations.models import OperatedService, ServiceCarried, ServiceReview
from app.operations.queries import ServiceOf
from app.operations.values import ReviewValues

EARLIEST_MONTHS = 2
"""So long before its day a review may be done."""


def can_be_reviewed(service: OperatedService, today: date) -> bool:
    """Its day has come, or comes soon."""
    due_on = service.review_due_on
    return due_on is not None and today >= months_later(due_on, -EARLIEST_MONTHS)


def review(actor: Viewer, found: ServiceOf, values: ReviewValues, now: datetime) -> ServiceReview:
    """Say whether the service is still right, and how it is used. The next review is due on the following
    anniversary of its acceptance: whoever is late does not move the day."""
    require(policy.may_review(actor, found))
    service, today = found.service, local_day(now)
    if service.accepted_on is None or service.review_due_on is None or not can_be_reviewed(service, today):
        raise RefusedError(_l("Det är för tidigt. Granskningen görs tidigast två månader före sin dag."))
    if values.something_wrong and not values.words.strip():
        raise RefusedError(_l("Skriv vad som inte stämmer, och vad ni gör åt det."))
    content = document_of(service)
    said = ServiceReview(
        service_id=service.id,
        due_on=service.review_due_on,
        holders_right=values.holders_right,
        cost_right=values.cost_right,
        contract_right=values.contract_right,
        class_right=values.class_right,
        use=values.use,
        words=values.words,
        content=content,
        content_sha256=sha256_of(content),
        reviewed_by_id=actor.id,
        reviewed_at=now,
    )
    db.session.add(said)
    record(actor, "keep_service_review", said, project_id=service.project_id, now=now)
    service.review_due_on = next_review(service.accepted_on, service.review_due_on, today)
    record(actor, "review_service", service, note=service.title, now=now)
    return said


def enter_cost(
    actor: Viewer,
    found: ServiceOf,
    year: int,
    amounts: Mapping[YearlyKind, Decimal],
    *,
    source: str,
    now: datetime,
) -> None:
    """Enter what the service has cost in a year, as it stands in the books; what was entered is put right."""
    require(policy.may_enter_cost(actor, found))
    if year > local_day(now).year:
        raise RefusedError(_l("Året har inte börjat än."))
    entered = {row.kind: row for row in queries.carried_of(found.service.id) if row.year == year}
    for kind in YearlyKind:
        amount, row = amounts.get(kind, Decimal(0)), entered.get(kind.value)
        if row is None and not amount:
            continue
        if row is None:
            row = ServiceCarried(service_id=found.service.id, year=year, kind=kind.value)
            db.session.add(row)
        row.amount, row.source = amount, source
        if db.session.is_modified(row):
            record(
                actor,
                "enter_service_cost",
                row,
                project_id=found.service.project_id,
                note=f"{found.service.title}, {year}",
                now=now,
            )
    cost_has_changed(actor, found, now)
