"""The history of a project, told in words."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from itertools import groupby
from typing import Any

from flask_babel import lazy_gettext as _l

from app.applications.declaration import TableSpec
from app.applications.sections import spec_at, title_of
from app.core.workflow import Action
from app.history.models import HistoryEvent
from app.web.formats import moment

ACTS: dict[str, Any] = {
    "start_project": _l("startade projektet"),
    "add_department": _l("lade till en medverkande förvaltning"),
    "remove_department": _l("tog bort en medverkande förvaltning"),
    "remark": _l("gjorde en anmärkning"),
    "claim": _l("tog över handläggningen"),
    "answer_question": _l("svarade på en fråga"),
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
"""What everybody who sees the project may read."""

WRITING: dict[str, Any] = {
    "change_project": _l("ändrade projektets uppgifter"),
    "save_section": _l("skrev i ett avsnitt"),
    "add_cost_line": _l("lade till en kostnad"),
    "change_cost_line": _l("ändrade en kostnad"),
    "remove_cost_line": _l("tog bort en kostnad"),
    "add_benefit_line": _l("lade till en nytta"),
    "change_benefit_line": _l("ändrade en nytta"),
    "remove_benefit_line": _l("tog bort en nytta"),
    "add_attachment": _l("lade till en bilaga"),
    "remove_attachment": _l("tog bort en bilaga"),
}
"""What only those read who see the application while it is being written."""

TOLD_ELSEWHERE = frozenset(
    {
        "answer_checklist",  # the secretariat's own notes
        "ask",  # the question stands beside its section
        "request_completion",  # told by the return itself
        "submit_version",  # told by the signature or the resubmission
        "post_grant",  # told by the decision
        "write_opinion",  # told by the opinion's registration
        "decide",  # told by approve, postpone and reject
        "create_pack",
        "put_on_agenda",  # the agenda is not the applicant's until the meeting
    }
)
"""Verbs that belong to a larger act, which the timeline tells instead."""

FIELDS: dict[str, Any] = {
    "title": _l("Titel"),
    "kind": _l("Slag"),
    "description": _l("Benämning"),
    "amounts": _l("Belopp per år"),
    "treatment": _l("Driftkostnad eller investering"),
    "depreciation_years": _l("Avskrivningstid"),
    "financier": _l("Finansiär"),
    "source": _l("Källa"),
    "category": _l("Kategori"),
    "beneficiary": _l("För vem"),
    "method": _l("Beräkningssätt"),
    "fixed_amount": _l("Belopp per år"),
    "volume": _l("Volym"),
    "minutes_saved": _l("Sparade minuter"),
    "share": _l("Andel som använder tjänsten"),
    "hourly_rate": _l("Timkostnad"),
    "quantity": _l("Antal"),
    "unit_price": _l("Pris per styck"),
    "starts_on": _l("Startdatum"),
    "ends_on": _l("Slutdatum"),
    "ramp": _l("Upptrappning"),
    "price_year": _l("Prisår"),
    "taken_home_how": _l("Hemtagning"),
    "owner_role": _l("Ansvarig roll"),
    "indicator": _l("Indikator"),
}

LONGEST = 200
"""Characters of a value that the timeline shows; the versions hold the whole texts."""


@dataclass(frozen=True)
class Entry:
    """One act in the timeline, as the macro shows it."""

    time: datetime
    time_text: str
    who: str
    what: Any
    detail: Any = None
    changes: list[dict[str, Any]] = field(default_factory=list)


def told(events: Iterable[HistoryEvent], *, with_writing: bool) -> list[Entry]:
    """The events as acts: what one person did to one record in one moment is one act.

    `with_writing` also tells what was written in the application, field by field.
    """
    verbs = ACTS | WRITING if with_writing else ACTS
    same_act = groupby(events, key=lambda event: (event.at, event.actor_name, event.verb, event.record_id))
    return [
        _entry(rows, verbs) for rows in map(list, (group for _, group in same_act)) if rows[0].verb in verbs
    ]


def _entry(rows: Sequence[HistoryEvent], verbs: dict[str, Any]) -> Entry:
    first = rows[0]
    in_section = first.verb == "save_section" and first.note
    detail = title_of(first.note) if in_section and first.note else first.note
    changes = [change for row in reversed(rows) if (change := _change(row)) is not None]
    return Entry(first.at, moment(first.at), first.actor_name, verbs[first.verb], detail, changes)


def _change(event: HistoryEvent) -> dict[str, Any] | None:
    if event.field is None or event.verb not in WRITING:
        return None
    in_section = event.record_type == "application_section"
    label = _question(event.field) if in_section else FIELDS.get(event.field)
    if label is None:
        return None
    return {"field": label, "from": _short(event.from_value), "to": _short(event.to_value)}


def _question(path: str) -> Any:
    """The question behind `section.field` or `section.table.row.column`; None when it is no longer asked."""
    section, name, *cell = path.split(".")
    spec = spec_at(f"{section}.{name}")
    if isinstance(spec, TableSpec):
        return next((column.label for column in spec.columns if cell[1:] == [column.key]), spec.title)
    return spec.label if spec else None


def _short(value: str | None) -> str:
    text = value or ""
    return text if len(text) <= LONGEST else text[:LONGEST].rstrip() + " …"
