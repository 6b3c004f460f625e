"""What the tests of decisions ask and do again and again."""

from __future__ import annotations

from collections.abc import Callable
from decimal import Decimal
from typing import Any

import pytest
from sqlalchemy import select

from app.accounts.access import Viewer
from app.db import db, transaction
from app.decisions import service
from app.decisions.models import Opinion, OpinionKind
from app.decisions.rules import InvalidError
from app.programmes.models import EntryKind, LedgerEntry, Programme
from app.programmes.queries import frame_balance
from app.projects.models import Project
from tests.review_story import (
    LATER,
)

APPLIED = Decimal(1_500_000)


def available(programme: Programme) -> Decimal:
    balance = frame_balance(programme.id)
    assert balance is not None
    return balance.available


def grants(project: Project) -> list[LedgerEntry]:
    query = select(LedgerEntry).where(
        LedgerEntry.project_id == project.id, LedgerEntry.kind == EntryKind.GRANT.value
    )
    return list(db.session.scalars(query.order_by(LedgerEntry.id)))


def refusals(act: Callable[[], object]) -> dict[str, str]:
    """What is told beside each field when the act is refused."""
    with pytest.raises(InvalidError) as refused:
        act()
    return {fault.field: str(fault.text).replace("\u00a0", " ") for fault in refused.value.faults}


def opine(actor: Viewer, project: Project, **details: Any) -> Opinion:
    given: dict[str, Any] = {
        "meeting_on": LATER.date(),
        "kind": OpinionKind.APPROVE_IN_PART,
        "text": "Rådet tillstyrker med ett lägre belopp.",
        "separate_statements": 2,
        "now": LATER,
    }
    with transaction():
        return service.record_opinion(actor, project, **(given | details))
