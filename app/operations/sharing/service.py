"""What can be done with how a year is shared: propose a key, let it follow the cost, withdraw, answer."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from decimal import Decimal

from flask_babel import lazy_gettext as _l

from app.accounts.access import Viewer
from app.accounts.queries import department_names
from app.applications.snapshot import sha256_of
from app.core.clock import local_day
from app.core.sharing import FEWEST, Cost, Reason, ShareState, bill
from app.core.verdict import RefusedError, require
from app.db import db
from app.history.service import record
from app.operations.costing import counts_with_cost
from app.operations.models_sharing import ServiceShare, ServiceShareAnswer, ServiceSharing
from app.operations.queries import ServiceOf
from app.operations.sharing import policy, queries, told
from app.operations.sharing.frozen import document_of
from app.operations.sharing.queries import ShareOf, SharingOf
from app.operations.sharing.values import KeyValues

DAYS_TO_ANSWER = 30
NO_COST = _l("Skriv först vad tjänsten kostar det året.")
TOO_FEW = _l("Ange minst två förvaltningar. Den som är ensam delar inte med någon.")
NOTHING_MEASURED = _l("Ange ett mått som är större än noll för varje förvaltning.")
NOT_YET = _l("Ange en dag som har varit. Nyckeln bygger på det som är uppmätt.")
SAY_WHY = _l("Skriv varför.")


def propose(actor: Viewer, found: SharingOf, values: KeyValues, now: datetime) -> ServiceSharing:
    """Say by which key the departments share what the year costs. Every department answers anew; a key that
    says what the last one said changes nothing."""
    require(policy.may_propose(actor, found))
    _require_sharable(found, values, local_day(now))
    standing = found.standing
    if standing is not None and standing.why is not Reason.WITHDRAWN and _key_of(standing) == values:
        return standing
    version = _Version(Reason.KEY, values, actor.id, actor.name)
    return _add(actor, found, version, found.cost, now)


def _require_sharable(found: SharingOf, values: KeyValues, today: date) -> None:
    names = department_names()
    refusals = (
        (not found.cost.amount, NO_COST),
        (len(values.quantities) < FEWEST, TOO_FEW),
        (any(quantity <= 0 for quantity in values.quantities.values()), NOTHING_MEASURED),
        (any(number not in names for number in values.quantities), _l("Välj en förvaltning som finns.")),
        (values.measured_on > today, NOT_YET),
    )
    for refused, why in refusals:
        if refused:
            raise RefusedError(why)


@counts_with_cost
def follow_cost(actor: Viewer, of: ServiceOf, now: datetime) -> None:
    """Whatever is shared follows what the service costs: the same key, another bill, to be accepted anew."""
    costs = queries.costs_of(of)
    for year, standing in queries.standing_of(of.service.id).items():
        cost = costs.get(year, Cost(standing.of_cost, Decimal(0)))
        if standing.why is Reason.WITHDRAWN or cost.amount == standing.cost:
            continue
        version = _Version(Reason.COST, _key_of(standing), standing.proposed_by_id, standing.proposed_by.name)
        _add(actor, queries.year_of(of, year), version, cost, now)


def withdraw(actor: Viewer, found: SharingOf, words: str, now: datetime) -> ServiceSharing:
    """Say that the year is not shared, and why. Its bills stand no more."""
    require(policy.may_withdraw(actor, found))
    if not words.strip():
        raise RefusedError(SAY_WHY)
    standing = found.standing
    if standing is None:
        raise LookupError("policy.may_withdraw asks for one")
    key = _key_of(standing, words=words, quantities={})
    version = _Version(Reason.WITHDRAWN, key, standing.proposed_by_id, standing.proposed_by.name)
    return _add(actor, found, version, Cost(standing.of_cost, standing.cost), now)


def _key_of(
    sharing: ServiceSharing, words: str | None = None, quantities: Mapping[int, Decimal] | None = None
) -> KeyValues:
    measured = {row.department_id: row.quantity for row in sharing.shares}
    return KeyValues(
        basis=sharing.basis,
        unit=sharing.unit,
        measured_on=sharing.measured_on,
        source=sharing.source,
        quantities=measured if quantities is None else quantities,
        words=sharing.words if words is None else words,
    )


@dataclass(frozen=True, slots=True)
class _Version:
    """What another version says, and whose key it is."""

    reason: Reason
    key: KeyValues
    proposer_id: int
    proposer: str


def _add(actor: Viewer, found: SharingOf, version: _Version, cost: Cost, now: datetime) -> ServiceSharing:
    """The only function that writes a version: with its shares, its document and its place in the history."""
    key, service = version.key, found.of.service
    sharing = ServiceSharing(
        service_id=service.id,
        year=found.year,
        number=len(found.versions) + 1,
        reason=version.reason.value,
        basis=key.basis,
        unit=key.unit,
        measured_on=key.measured_on,
        source=key.source,
        words=key.words,
        cost_kind=cost.kind.value,
        cost=cost.amount,
        answer_by=local_day(now) + timedelta(days=DAYS_TO_ANSWER),
        proposed_by_id=version.proposer_id,
        made_at=now,
    )
    parts = bill(cost.amount, key.quantities) if key.quantities else []
    sharing.content = document_of(sharing, found.of, parts, department_names(), version.proposer)
    sharing.content_sha256 = sha256_of(sharing.content)
    sharing.shares = [
        ServiceShare(
            department_id=part.department_id, quantity=part.quantity, amount=part.amount, kronor=part.kronor
        )
        for part in parts
    ]
    db.session.add(sharing)
    told_of = {"project_id": service.project_id, "note": f"{service.title}, {found.year}"}
    record(actor, _VERBS[version.reason], sharing, **told_of, now=now)  # type: ignore[arg-type] # a number and a text
    for share in sharing.shares:
        record(actor, "keep_service_share", share, project_id=service.project_id, now=now)
    told.asked(sharing, found.of, now)
    return sharing


_VERBS = {
    Reason.KEY: "propose_sharing",
    Reason.COST: "recount_sharing",
    Reason.WITHDRAWN: "withdraw_sharing",
}


def answer(actor: Viewer, found: ShareOf, given: ShareState, words: str, now: datetime) -> ServiceShareAnswer:
    """Accept the share for one's department, or decline it and say why. What was accepted stays accepted."""
    require(policy.may_answer_share(actor, found))
    if given is ShareState.DECLINED and not words.strip():
        raise RefusedError(SAY_WHY)
    if given is queries.share_state(found.share):
        raise RefusedError(_l("Förvaltningen har redan svarat det. Ladda om sidan."))
    said = ServiceShareAnswer(
        share_id=found.share.id,
        answer=given.value,
        words=words,
        version_sha256=found.sharing.content_sha256,
        answered_by_id=actor.id,
        answered_at=now,
    )
    db.session.add(said)
    service = found.found.of.service
    verb = "accept_service_share" if given is ShareState.ACCEPTED else "decline_service_share"
    note = f"{service.title}, {found.found.year}: {found.share.department.name}"
    record(actor, verb, said, project_id=service.project_id, note=note, now=now)
    if given is ShareState.DECLINED:
        told.declined(found, words, now)
    return said
