"""What the pages of budget effects show, gathered for the templates."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal

from app.accounts.access import Viewer
from app.budget_effects import policy, queries
from app.budget_effects.models import EffectEntry
from app.budget_effects.queries import EffectOf
from app.core.budget_effects import Pool, Sums, by_group, in_all, most_to_take
from app.core.verdict import Verdict
from app.realisation.queries import BenefitOf

ASKED: Sequence[tuple[str, Callable[[Viewer, EffectOf], Verdict]]] = (
    ("answer", policy.may_answer),
    ("verify", policy.may_verify),
    ("take", policy.may_take),
    ("enter", policy.may_enter),
    ("take_back", policy.may_take_back),
    ("withdraw", policy.may_withdraw),
)
"""The steps that somebody may take with an effect, by the names of their pages; answers first."""
FORWARD = frozenset({"answer", "verify", "take", "enter"})
"""Those that bring it further: the first of them is what there is to do."""


@dataclass(frozen=True)
class Next:
    """What the viewer can do next: a page's name, and the effect; None: of the benefit itself."""

    step: str
    of: EffectOf | None


@dataclass(frozen=True)
class OfBenefit:
    """The budget effects of a benefit."""

    rows: Sequence[EffectOf]
    pool: Pool
    next: Next | None
    may_promise: bool

    @property
    def years(self) -> Sequence[tuple[int, Sums]]:
        """Year by year."""
        return list(by_group((row.effect.year, row.sums) for row in self.rows).items())

    @property
    def total(self) -> Sums:
        """All years."""
        return in_all(row.sums for row in self.rows)

    @property
    def early(self) -> bool:
        """Something came into the budget before anything was measured."""
        return any(row.balance.early for row in self.rows)


def of_benefit(viewer: Viewer, found: BenefitOf) -> OfBenefit:
    """Gather the section of the benefit's page."""
    rows = queries.effects_of(found)
    may_promise = bool(policy.may_promise(viewer, found))
    forward = (Next(step, row) for row in rows for step in steps(viewer, row) if step in FORWARD)
    begin = Next("promise", None) if may_promise and not rows else None
    return OfBenefit(rows, queries.pool_of(found.benefit), next(forward, begin), may_promise)


def steps(viewer: Viewer, of: EffectOf) -> Iterator[str]:
    """What the viewer may do with the effect, what brings it further first."""
    return (name for name, asked in ASKED if asked(viewer, of))


@dataclass(frozen=True)
class EffectPage:
    """Everything about an effect."""

    of: EffectOf
    entries: Sequence[EffectEntry]
    pool: Pool
    steps: Sequence[str]

    @property
    def primary(self) -> str | None:
        """The one thing to do next."""
        return next((step for step in self.steps if step in FORWARD), None)

    @property
    def waits_for(self) -> str:
        """Whose turn it is, as a name that the template has words for."""
        if self.of.standing.ready:
            return "measured" if self.pool.left > 0 else "measuring"
        return self.of.balance.state

    @property
    def most(self) -> Decimal:
        """As much as can be taken home now."""
        return most_to_take(self.of.standing, self.pool)


def effect_page(viewer: Viewer, of: EffectOf) -> EffectPage:
    """Gather the page."""
    return EffectPage(
        of,
        queries.entries_of(of.effect.id),
        queries.pool_of(of.found.benefit),
        list(steps(viewer, of)),
    )
