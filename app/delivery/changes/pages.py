"""What the pages of a request show, gathered for the templates."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from decimal import Decimal
from typing import Any

from flask import url_for
from flask_babel import gettext as _

from app.accounts.access import Viewer
from app.core.changes import ASKED_IN, ChangeState
from app.core.workflow import State
from app.delivery.changes import policy, queries, rules, waiting
from app.delivery.changes.lacking import Lack
from app.delivery.changes.queries import ADDRESSES, ChangeOf
from app.delivery.changes.wanted import from_json
from app.delivery.changes.words import FALLEN, PARTS, STATES, parts_text
from app.programmes.models import DelegationLimit
from app.web.tags import Tag

NAMED = {part: address for address, part in ADDRESSES.items()}


def tasks(found: ChangeOf, lacks: list[Lack]) -> list[dict[str, Any]]:
    """The parts that can be asked for now, or are asked for already, as a list of tasks."""
    wanted = found.wanted
    place: dict[str, Any] = {"project_id": found.project.id, "number": found.request.number}
    rows = [
        _task(_("Varför projektet behöver ändras"), url_for("changes.reason", **place), bool(wanted.reason))
    ]
    offered = ASKED_IN.get(State(found.project.state), frozenset()) | wanted.parts
    for part, title in PARTS.items():
        if part in offered:
            wrong = any(lack.part is part for lack in lacks)
            href = url_for("changes.part", name=NAMED[part], **place)
            rows.append(_task(title, href, part in wanted.parts, wrong=wrong))
    return rows


def _task(title: Any, href: str, written: bool, *, wrong: bool = False) -> dict[str, Any]:
    tag = Tag(_("Med i begäran"), "good", "check") if written else Tag(_("Inte med"), "neutral", "dash")
    if wrong:
        tag = Tag(_("Något saknas"), "waiting", "triangle")
    return {"title": title, "href": href, "tag": tag, "hint": None}


LISTED = (ChangeState.SENT, ChangeState.QUESTIONED, ChangeState.WITHDRAWN)


def standing_asked_for(text: str) -> str:
    """How the requests stand that the list is filtered by; "": still to be decided."""
    return text if text in {*LISTED, ChangeState.DECIDED, waiting.FALLEN} else ""


def filters(standing: str) -> list[dict[str, Any]]:
    """The filter above the list of all requests, with what is chosen."""
    options = [
        ("", _("Inte avgjorda")),
        *((row.value, STATES[row].label) for row in LISTED),
        (ChangeState.DECIDED.value, _("Avgjorda")),
        (waiting.FALLEN, FALLEN.label),
    ]
    return [{"name": "lage", "label": _("Status"), "value": standing, "options": options}]


def listed(found: ChangeOf) -> dict[str, Any]:
    """What a row of the list says of a request, as it was last sent."""
    wanted = found.wanted_as_sent
    return {
        "found": found,
        "parts": parts_text(wanted.parts),
        "amount": sum((cost.amount for cost in wanted.costs), Decimal(0)),
    }


def parts_of(wanted: Mapping[str, Any]) -> str:
    """What a request asks for as it stands, in one line. `wanted`: as it is kept."""
    return parts_text(from_json(wanted).parts)


def of_decision(viewer: Viewer, found: ChangeOf, limits: Sequence[DelegationLimit]) -> dict[str, Any]:
    """What the page of the decision says of the money: what is left, what else it was for, who may decide."""
    wanted, project = found.wanted_as_sent, found.project
    together = queries.granted_in_all(project.id) + wanted.amount
    deciders = [row.decider for row in rules.who_may_decide(limits, together)]
    return {
        "costs": wanted.costs,
        "available": queries.left_of_frame(project.programme_id),
        "displaced": queries.displaced(viewer, project, wanted.amount),
        "together": together if wanted.of_granted_money else None,
        "deciders": ", ".join(deciders),
    }


def allowed(viewer: Viewer, found: ChangeOf) -> dict[str, bool]:
    """What the viewer may do with the request now."""
    return {
        name: bool(rule(viewer, found))
        for name, rule in (
            ("write", policy.may_write),
            ("send", policy.may_send),
            ("answer", policy.may_answer),
            ("withdraw", policy.may_withdraw),
            ("ask", policy.may_ask),
            ("decide", policy.may_decide),
        )
    }
