"""What the pages of money show besides the records themselves."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from flask_babel import gettext as _

from app.accounts.access import Viewer
from app.core.requisitions import RequisitionState
from app.delivery.funds import policy
from app.delivery.funds.queries import RequisitionOf
from app.delivery.funds.words import STATES


@dataclass(frozen=True)
class Allowed:
    """What the viewer may do with a requisition now."""

    send_again: bool
    withdraw: bool
    approve: bool
    send_back: bool
    pay: bool
    repay: bool


def allowed(viewer: Viewer, found: RequisitionOf) -> Allowed:
    """As the policies say."""
    return Allowed(
        bool(policy.may_send_again(viewer, found)),
        bool(policy.may_withdraw(viewer, found)),
        bool(policy.may_approve(viewer, found)),
        bool(policy.may_send_back(viewer, found)),
        bool(policy.may_pay(viewer, found)),
        bool(policy.may_repay(viewer, found)),
    )


def said_last(found: RequisitionOf) -> dict[str, Any]:
    """The last version as the data of its form."""
    latest = found.latest
    return {
        "account": f"{latest.department_id}-{latest.year}",
        "amount": latest.amount,
        "covers": latest.covers,
        "kept": [file.id for file in latest.files],
    }


def state_asked_for(text: str) -> RequisitionState | None:
    """The state in an address; None for those that wait for somebody."""
    return RequisitionState(text) if text in set(RequisitionState) else None


def filters(state: RequisitionState | None) -> list[dict[str, Any]]:
    """The filters above the list, with what is chosen."""
    options = [("", _("Väntar på någon")), *((row.value, tag.label) for row, tag in STATES.items())]
    return [{"name": "lage", "label": _("Status"), "value": state or "", "options": options}]
