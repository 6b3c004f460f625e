"""What the page of a project's costs shows, gathered for the template."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from flask_babel import gettext as _

from app.core.costs import Financier
from app.core.plan import Plan
from app.core.spending import (
    Actuals,
    EffortOutcome,
    LineOutcome,
    Overrun,
    effort_outcomes,
    line_outcomes,
)
from app.delivery.costs import queries
from app.delivery.costs.models import CostEntry, CostReadIn
from app.delivery.plans.queries import current_plan
from app.projects.models import Project
from app.web.formats import percent
from app.web.language import current_language
from app.web.pages import Page, page_number

ENTRIES_ON_A_PAGE = 25


@dataclass(frozen=True)
class Outcome:
    """A plan and what became of it, in kronor."""

    planned: Decimal
    actual: Decimal

    @property
    def left(self) -> Decimal:
        """Below zero when it has cost more than planned."""
        return self.planned - self.actual


@dataclass(frozen=True)
class CostPage:
    """Everything on the page."""

    plan: Plan
    actuals: Actuals
    lines: Sequence[LineOutcome]
    efforts: Sequence[EffortOutcome]
    entries: Sequence[CostEntry]
    page: Page
    read_ins: Sequence[CostReadIn]

    @property
    def total(self) -> Outcome:
        """The whole project."""
        return Outcome(self.plan.budget_of(), self.actuals.total)

    @property
    def years(self) -> list[int]:
        """The years of the plan, and those in which something was booked."""
        return sorted({*self.plan.years, *self.actuals.by_year})

    def outcome(self, *, year: int | None = None, financier: Financier | None = None) -> Outcome:
        """Of a year, of a financier, or of both."""
        planned = self.plan.budget_of(financier) if year is None else self.plan.budget_in(year, financier)
        return Outcome(planned, self.actuals.amount(year=year, financier=financier))


def cost_page(project: Project, today: date) -> CostPage:
    """Gather the page."""
    plan = current_plan(project.id)
    if plan is None:
        raise LookupError("what is booked has a plan")
    actuals = queries.actuals_of(project.id, today)
    size = ENTRIES_ON_A_PAGE
    number = page_number()
    entries, count = queries.entries_of(project.id, limit=size, offset=(number - 1) * size)
    return CostPage(
        plan,
        actuals,
        line_outcomes(plan, actuals),
        effort_outcomes(plan, actuals),
        entries,
        Page(number, count, size),
        queries.read_ins_of(project.id),
    )


def against_plan(row: EffortOutcome) -> str:
    """How the work stands against the plan, in words."""
    if not row.entered and row.assessed is None:
        return "–"
    over = row.overrun
    told = [_over(over)] if over else []
    if row.share_over is not None:
        points = percent(row.share_over, language=current_language()).removesuffix("%").strip()
        told.append(_("%(points)s procentenheter över", points=points))
    return ", ".join(told) or _("Inom planen")


def _over(over: Overrun) -> str:
    language = current_language()
    least = percent(over.least, 0, language)
    if over.most is None:
        return _("minst %(least)s över", least=least)
    most = percent(over.most, 0, language)
    if least == most:
        return _("%(least)s över", least=least)
    return _("%(least)s till %(most)s över", least=least, most=most)
