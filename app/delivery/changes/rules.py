"""What must hold before a decision on a request is registered."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from flask_babel import lazy_gettext as _l

from app.core.changes import Wanted
from app.decisions.models import DecisionKind
from app.decisions.rules import Fault, frame_exceeded
from app.delivery.changes.lacking import Lack
from app.programmes.models import DelegationLimit
from app.web.formats import exact

ZERO = Decimal(0)
KINDS = (DecisionKind.APPROVE, DecisionKind.APPROVE_IN_PART, DecisionKind.REJECT)
"""What can be decided on a request."""


@dataclass(frozen=True)
class Draft:
    """A decision as somebody wants to register it; `amounts` for each cost that is asked for."""

    kind: DecisionKind
    decided_on: date
    delegation_id: int
    amounts: tuple[Decimal, ...]
    reasons: str
    reference: str = ""

    @property
    def total(self) -> Decimal:
        """What more is granted."""
        return sum(self.amounts, ZERO)


@dataclass(frozen=True)
class Ground:
    """What a decision is held against."""

    wanted: Wanted
    lacks: Sequence[Lack]
    """What the request lacks as the project stands now."""
    overtaken: bool
    """Whether the plan is another than when the request was sent, in what the request writes anew."""
    available: Decimal
    granted: Decimal
    """All that the project has been granted before, together."""
    delegations: Sequence[DelegationLimit]
    sent_on: date
    today: date


def faults_in(draft: Draft, ground: Ground) -> list[Fault]:
    """Everything that stands against registering the decision."""
    found = [*_when_and_why(draft, ground), *_amounts(draft, ground)]
    if draft.kind is DecisionKind.REJECT:
        return found
    return [*found, *_still_possible(ground), *_limits(draft, ground)]


def _when_and_why(draft: Draft, ground: Ground) -> Iterator[Fault]:
    if not ground.sent_on <= draft.decided_on <= ground.today:
        yield Fault("decided_on", _l("Ange en dag från och med att begäran skickades till och med i dag."))
    if not draft.reasons.strip():
        yield Fault("reasons", _l("Skriv skälen för beslutet."))
    if all(row.id != draft.delegation_id for row in ground.delegations):
        yield Fault("delegation", _l("Delegationen gällde inte den dagen. Välj en som gällde."))


def _amounts(draft: Draft, ground: Ground) -> Iterator[Fault]:
    asked = ground.wanted.costs
    if len(draft.amounts) != len(asked):
        raise ValueError("a decision has an amount for each cost that is asked for")
    for index, (amount, cost) in enumerate(zip(draft.amounts, asked, strict=True)):
        if not ZERO <= amount <= cost.amount:
            text = _l("Ange ett belopp från 0 kr till det som begärs, %(asked)s.", asked=exact(cost.amount))
            yield Fault("amounts", text, index, "amount")
    if draft.kind is DecisionKind.APPROVE_IN_PART and not ZERO < draft.total < ground.wanted.amount:
        yield Fault("kind", _l("Godkänn delvis gäller pengar: mer än 0 kr, men mindre än det som begärs."))
    if draft.kind is DecisionKind.APPROVE and draft.total != ground.wanted.amount:
        yield Fault("kind", _l("Beloppen är inte de som begärs. Välj Godkänn delvis, eller rätta beloppen."))
    if draft.kind is DecisionKind.REJECT and draft.total:
        yield Fault("kind", _l("Belopp anges bara när begäran godkänns."))


def _still_possible(ground: Ground) -> Iterator[Fault]:
    if ground.overtaken:
        yield Fault(
            "kind",
            _l("Planen har ändrats sedan begäran skickades. Fråga projektledaren, som då kan skicka om den."),
        )
    for lack in ground.lacks:
        yield Fault("kind", _l("Det går inte att godkänna: %(why)s", why=lack.text))


def _limits(draft: Draft, ground: Ground) -> Iterator[Fault]:
    if draft.total > ground.available:
        yield Fault("kind", frame_exceeded(ground.available))
    if ground.wanted.of_granted_money:
        yield from _beyond_the_limit(draft, ground)


def _beyond_the_limit(draft: Draft, ground: Ground) -> Iterator[Fault]:
    """Who grants more, or moves what is granted, answers for all of the project's money."""
    together = ground.granted + draft.total
    for delegation in ground.delegations:
        limit = delegation.limit
        if delegation.id == draft.delegation_id and limit is not None and together > limit:
            yield Fault(
                "delegation",
                _l(
                    "%(decider)s får besluta om högst %(limit)s för hela projektet. Tillsammans med det "
                    "som är beviljat blir det %(together)s.",
                    decider=delegation.decider,
                    limit=exact(limit),
                    together=exact(together),
                ),
            )


def who_may_decide(delegations: Sequence[DelegationLimit], together: Decimal) -> list[DelegationLimit]:
    """Those whose limit holds all that the project would be granted."""
    return [row for row in delegations if row.limit is None or together <= row.limit]
