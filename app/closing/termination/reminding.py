"""Reminding of contracts to give notice of: the project leader before the day and after, in the end also the
managers."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from app.closing.termination.queries import REMINDED_DAYS_BEFORE, contract_name, owed_notices
from app.notifications.models import Kind, Notification
from app.notifications.places import Place, leads_to
from app.reminders.owed import Owed, Tells, reminded
from app.reminders.sources import Due, reminds

TELLS = Tells(Kind.NOTICE_DUE, Kind.NOTICE_LATE)


@reminds("contract_notice")
def due_notices(today: date) -> Iterator[Due]:
    """Every contract of an interrupted project that nobody has given notice of, and that has a last day."""
    owed = (
        Owed(
            contract.id,
            project.id,
            project.title,
            project.leader_id,
            project.lead_department_id,
            contract.notice_by,
            {"contract": contract_name(contract)},
        )
        for contract, project in owed_notices(today, REMINDED_DAYS_BEFORE)
        if contract.notice_by is not None
    )
    return reminded(owed, TELLS, today)


@leads_to(Kind.NOTICE_DUE, Kind.NOTICE_LATE)
def _what_it_leaves(notification: Notification) -> Place:
    return "termination.termination", {"project_id": notification.project_id}
