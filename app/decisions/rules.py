"""What must hold before a decision is registered: every breach is told, each beside its own field."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any

from flask_babel import lazy_gettext as _l

from app.applications.operating import LACKING
from app.core.operation import Lack
from app.decisions.models import DecisionKind
from app.programmes.models import DelegationLimit
from app.web.formats import exact

ZERO = Decimal(0)
GRANTING = frozenset({DecisionKind.APPROVE, DecisionKind.APPROVE_IN_PART})
"""The kinds of decision that grant money."""


@dataclass(frozen=True)
class Amount:
    """What one department gets in one year, kronor."""

    department_id: int
    year: int
    amount: Decimal


@dataclass(frozen=True)
class Draft:
    """A decision as somebody wants to register it."""

    kind: DecisionKind
    decided_on: date
    delegation_id: int
    amounts: tuple[Amount, ...]
    conditions: tuple[tuple[str, date | None], ...]
    reasons: str
    reference: str = ""

    @property
    def total(self) -> Decimal:
        """The sum of the amounts."""
        return sum((row.amount for row in self.amounts), ZERO)


@dataclass(frozen=True)
class Ground:
    """What a draft is held against."""

    applied: Decimal
    """What the newest version asks of the programme."""
    available: Decimal
    """What is left of the frame."""
    delegations: Sequence[DelegationLimit]
    """Those that are valid on the day of the decision."""
    departments: frozenset[int]
    today: date
    operation_lacks: tuple[Lack, ...] = ()
    """What the newest version does not say of how its service is to be owned, run and paid for."""


@dataclass(frozen=True)
class Fault:
    """Something that must be put right, at the field that it concerns; `row` from 0 in a table."""

    field: str
    text: Any
    row: int | None = None
    column: str | None = None


class InvalidError(ValueError):
    """It cannot be registered like this."""

    def __init__(self, faults: Sequence[Fault]) -> None:
        super().__init__("; ".join(str(fault.text) for fault in faults))
        self.faults = tuple(faults)


def faults_in(draft: Draft, ground: Ground) -> list[Fault]:
    """Everything that stands against registering the draft; nothing when it may be registered."""
    return [
        *_operation(draft, ground),
        *_when_and_why(draft, ground),
        *_rows(draft, ground),
        *_total(draft, ground),
    ]


def _operation(draft: Draft, ground: Ground) -> Iterator[Fault]:
    """No money for what nobody is to own, or nobody pays for when the project has ended."""
    if draft.kind in GRANTING:
        for lack in ground.operation_lacks:
            yield Fault("kind", _l("Driftsplanen saknar det här: %(what)s.", what=LACKING[lack]))


def _when_and_why(draft: Draft, ground: Ground) -> Iterator[Fault]:
    if draft.decided_on > ground.today:
        yield Fault("decided_on", _l("Beslutet kan inte vara fattat i framtiden. Ange beslutets dag."))
    if not draft.reasons.strip():
        yield Fault("reasons", _l("Skriv skälen för beslutet."))
    if all(row.id != draft.delegation_id for row in ground.delegations):
        yield Fault("delegation", _l("Delegationen gällde inte den dagen. Välj en som gällde."))


def _rows(draft: Draft, ground: Ground) -> Iterator[Fault]:
    seen: Counter[tuple[int, int]] = Counter()
    for index, row in enumerate(draft.amounts):
        seen[row.department_id, row.year] += 1
        if row.amount <= ZERO:
            yield Fault("amounts", _l("Ange ett belopp över 0 kr, eller ta bort raden."), index, "amount")
        if row.department_id not in ground.departments:
            yield Fault("amounts", _l("Välj en förvaltning som finns."), index, "department")
        if seen[row.department_id, row.year] > 1:
            yield Fault(
                "amounts", _l("Förvaltningen har redan ett belopp det året. Slå ihop raderna."), index, "year"
            )


def _total(draft: Draft, ground: Ground) -> Iterator[Fault]:
    found = amount_fault(draft.kind, draft.total, ground.applied)
    if found is not None:
        yield Fault("amounts", found)
    if draft.kind not in GRANTING:
        return
    if draft.total > ground.available:
        yield Fault("amounts", frame_exceeded(ground.available))
    for delegation in ground.delegations:
        limit = delegation.limit
        if delegation.id == draft.delegation_id and limit is not None and draft.total > limit:
            yield Fault(
                "delegation",
                _l(
                    "%(decider)s får besluta om högst %(limit)s. "
                    "Välj en beslutsfattare som får besluta om %(total)s.",
                    decider=delegation.decider,
                    limit=exact(limit),
                    total=exact(draft.total),
                ),
            )


def frame_exceeded(available: Decimal) -> Any:
    """What to say when the frame does not hold the amount."""
    return _l("Ramen räcker inte: %(available)s återstår.", available=exact(available))


def amount_fault(kind: DecisionKind, total: Decimal, applied: Decimal) -> Any:
    """What is wrong with the amount for this kind of decision, or None."""
    if kind not in GRANTING:
        if total != ZERO:
            return _l("Belopp anges bara när ansökan beviljas. Ta bort beloppen.")
        return None
    if total <= ZERO:
        return _l("Ange vad som beviljas, per förvaltning och år.")
    if kind is DecisionKind.APPROVE and total != applied:
        return _l(
            "Summan är %(total)s men %(applied)s är sökt. Välj Bevilja delvis, eller rätta beloppen.",
            total=exact(total),
            applied=exact(applied),
        )
    if kind is DecisionKind.APPROVE_IN_PART and total >= applied:
        return _l(
            "Det som beviljas delvis är mindre än det sökta beloppet, %(applied)s. Summan är %(total)s.",
            total=exact(total),
            applied=exact(applied),
        )
    return None
