"""What must hold before a request is sent, and before a decision on it is registered."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any

from flask_babel import lazy_gettext as _l

from app.core.changes import ASKED_IN, Part, Wanted
from app.core.plan import Plan
from app.core.workflow import State
from app.decisions.models import DecisionKind
from app.decisions.rules import Fault, frame_exceeded
from app.programmes.models import DelegationLimit
from app.web.formats import exact

ZERO = Decimal(0)
KINDS = (DecisionKind.APPROVE, DecisionKind.APPROVE_IN_PART, DecisionKind.REJECT)
"""What can be decided on a request."""


@dataclass(frozen=True)
class Lack:
    """Something that the request lacks; `part` None: the request as a whole."""

    part: Part | None
    text: Any


class IncompleteError(ValueError):
    """The request cannot be sent like this."""

    def __init__(self, lacks: Sequence[Lack]) -> None:
        super().__init__("; ".join(str(lack.text) for lack in lacks))
        self.lacks = tuple(lacks)


@dataclass(frozen=True)
class Standing:
    """The project as it stands: what a request is held against."""

    state: State
    plan: Plan | None
    reached: Mapping[int, str]
    """Milestones that are reached."""
    leaders: frozenset[int]
    """Who may become project leader."""


def lacks_in(wanted: Wanted, standing: Standing) -> list[Lack]:
    """Everything that the request lacks; nothing when it may be sent."""
    return [*_whole(wanted, standing), *_time(wanted, standing), *_people(wanted, standing)]


def _whole(wanted: Wanted, standing: Standing) -> Iterator[Lack]:
    if not wanted.parts:
        yield Lack(None, _l("Välj minst en sak som ska ändras."))
    if not wanted.reason.strip():
        yield Lack(None, _l("Skriv varför projektet behöver ändras."))
    for part in sorted(wanted.parts - ASKED_IN.get(standing.state, frozenset())):
        yield Lack(part, _l("Det går inte att begära som projektet står nu. Ta bort delen."))
    if Part.TERMINATION in wanted.parts and wanted.parts - {Part.TERMINATION, Part.LEADER}:
        yield Lack(
            Part.TERMINATION,
            _l("Ett projekt som ska avbrytas ändras inte i övrigt. Ta bort de andra delarna."),
        )


def _time(wanted: Wanted, standing: Standing) -> Iterator[Lack]:
    time, plan = wanted.time, standing.plan
    if time is None or plan is None:
        return
    if time.ends_on < plan.starts_on:
        yield Lack(Part.TIME, _l("Projektet kan inte sluta före sin start. Ändra slutdagen."))
    if not is_changed(wanted, plan):
        yield Lack(Part.TIME, _l("Tiden är densamma som i planen. Ändra något, eller ta bort delen."))
    if not time.milestones:
        yield Lack(Part.TIME, _l("Behåll minst en milstolpe."))
    for row in time.milestones:
        if row.planned_on < plan.starts_on:
            yield Lack(
                Part.TIME,
                _l("Milstolpen ”%(name)s” ligger före projektets start. Ändra datumet.", name=row.name),
            )
    yield from _reached(wanted, plan, standing.reached)


def _reached(wanted: Wanted, plan: Plan, reached: Mapping[int, str]) -> Iterator[Lack]:
    kept = {row.key: row for row in wanted.time.milestones} if wanted.time else {}
    for row in plan.milestones:
        if row.key in reached and kept.get(row.key) != row:
            yield Lack(
                Part.TIME, _l("Milstolpen ”%(name)s” är redan nådd. Låt den vara som den är.", name=row.name)
            )


def is_changed(wanted: Wanted, plan: Plan) -> bool:
    """Whether the time that is asked for is another than the plan's."""
    time = wanted.time
    return time is not None and (time.ends_on, list(time.milestones)) != (plan.ends_on, list(plan.milestones))


def _people(wanted: Wanted, standing: Standing) -> Iterator[Lack]:
    if wanted.leader_id is not None and wanted.leader_id not in standing.leaders:
        yield Lack(Part.LEADER, _l("Välj någon annan som är projektledare i den ansvariga förvaltningen."))


# --- deciding --------------------------------------------------------------------------------------------


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
    """Whether the plan's time is another than when the request was sent."""
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
            _l(
                "Planens tid har ändrats sedan begäran skickades. Fråga projektledaren, "
                "som då kan skicka om den."
            ),
        )
    for lack in ground.lacks:
        yield Fault("kind", _l("Det går inte att godkänna: %(why)s", why=lack.text))


def _limits(draft: Draft, ground: Ground) -> Iterator[Fault]:
    if draft.total > ground.available:
        yield Fault("kind", frame_exceeded(ground.available))
    together = ground.granted + draft.total
    for delegation in ground.delegations:
        limit = delegation.limit
        if delegation.id == draft.delegation_id and draft.total and limit is not None and together > limit:
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
