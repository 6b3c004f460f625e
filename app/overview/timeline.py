"""The history of a project, told in words."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import datetime
from itertools import groupby
from typing import Any

from flask_babel import lazy_gettext as _l

from app.core.workflow import Action
from app.history.models import HistoryEvent
from app.web.formats import moment

VERBS: dict[str, Any] = {
    "start_project": _l("startade projektet"),
    "change_project": _l("ändrade projektets uppgifter"),
    "add_department": _l("lade till en medverkande förvaltning"),
    "remove_department": _l("tog bort en medverkande förvaltning"),
    "remark": _l("gjorde en anmärkning"),
    "claim": _l("tog över handläggningen"),
    Action.ASK_FOR_SIGNATURE: _l("skickade ansökan för underskrift"),
    Action.RECALL: _l("tog tillbaka ansökan från underskrift"),
    Action.SEND_BACK: _l("skickade tillbaka ansökan utan underskrift"),
    Action.SIGN: _l("skrev under ansökan"),
    Action.REGISTER: _l("registrerade ansökan"),
    Action.RETURN_FOR_COMPLETION: _l("begärde komplettering"),
    Action.RESUBMIT: _l("skickade in den kompletterade ansökan"),
    Action.ACCEPT_AS_COMPLETE: _l("godkände ansökan som fullständig"),
    Action.REFER_TO_COUNCIL: _l("sände ärendet till Lilla utvecklingsrådet"),
    Action.RECORD_OPINION: _l("registrerade rådets yttrande"),
    Action.APPROVE: _l("registrerade att ansökan beviljats"),
    Action.POSTPONE: _l("registrerade att beslutet skjutits upp"),
    Action.REJECT: _l("registrerade att ansökan avslagits"),
    Action.RESUME: _l("tog upp ärendet igen"),
    Action.WITHDRAW: _l("återtog ansökan"),
}

MINOR = frozenset({"post_grant"})
"""Verbs that belong to a larger act, which the timeline tells instead."""

ACTS = frozenset(Action)


@dataclass(frozen=True)
class Entry:
    """One act in the timeline, as the macro shows it."""

    time: datetime
    time_text: str
    who: str
    what: Any
    detail: str | None = None
    changes: list[dict[str, str]] = field(default_factory=list)


def told(events: Iterable[HistoryEvent]) -> list[Entry]:
    """The events as acts: what one person did to one record in one moment is one act."""
    entries = []
    for _key, group in groupby(events, key=lambda event: (event.at, event.actor_name, event.verb)):
        rows = list(group)
        first = rows[0]
        if first.verb in VERBS:
            entries.append(
                Entry(first.at, moment(first.at), first.actor_name, VERBS[first.verb], detail=first.note)
            )
    return entries
