"""What the pages of a project's benefits show, gathered for the templates."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from app.accounts.access import Viewer
from app.core.measuring import Month, Period
from app.core.realisation import BenefitStanding, Came, Light, Standing, came_by_year, in_all, light
from app.projects.models import Project
from app.realisation import policy, queries
from app.realisation.expecting import expected_by, promise_of
from app.realisation.models import Benefit, BenefitPlan, Measurement
from app.realisation.models_closing import BenefitDecision, BenefitForecast
from app.realisation.queries import BenefitOf, Claim, End, MeasurementOf
from app.realisation.standing import realised_by_year, upcoming_period

ZERO = Decimal(0)


@dataclass(frozen=True)
class Row:
    """A benefit among others."""

    benefit: Benefit
    plan: BenefitPlan | None
    latest: Measurement | None
    light: Light
    came: Came
    """Over all years that were promised or measured."""
    expected: Decimal
    """Whole kronor that should have come by the end of last month."""
    upcoming: Period | None
    may_plan: bool
    may_measure: bool

    @property
    def ended(self) -> Came | None:
        """The same of a benefit that is closed: nothing more of it is awaited."""
        return self.came if self.benefit.standing == BenefitStanding.CLOSED else None


@dataclass(frozen=True)
class BenefitsPage:
    """All benefits of a project."""

    rows: Sequence[Row]

    @property
    def total(self) -> Came:
        """Those with a price together."""
        return in_all(row.came for row in self.rows)

    @property
    def ended(self) -> Came | None:
        """Those of them that are closed; None while none is."""
        ended = [row.ended for row in self.rows if row.ended is not None]
        return in_all(ended) if ended else None

    @property
    def expected(self) -> Decimal:
        """The same by now."""
        return sum((row.expected for row in self.rows), ZERO)


def benefits_page(viewer: Viewer, project: Project, today: date) -> BenefitsPage:
    """Gather the page."""
    plans, measured = queries.plans_of(project.id), queries.measured_of(project.id)
    return BenefitsPage(
        [
            _row(viewer, BenefitOf(project, row, plans.get(row.id)), measured.get(row.id, []), today)
            for row in queries.benefits_of(project.id)
        ]
    )


def _row(viewer: Viewer, found: BenefitOf, measured: list[Measurement], today: date) -> Row:
    benefit, plan = found.benefit, found.plan
    return Row(
        benefit,
        plan,
        measured[-1] if measured else None,
        light_of(benefit, plan, today),
        in_all(years_of(benefit, plan, measured).values()),
        expected_by(promise_of(benefit), today),
        upcoming_period(benefit, plan, measured),
        bool(policy.may_plan_benefit(viewer, found)),
        bool(policy.may_measure(viewer, found)),
    )


def light_of(benefit: Benefit, plan: BenefitPlan | None, today: date) -> Light:
    """How the benefit stands today."""
    return light(
        Standing(
            closed=benefit.standing == BenefitStanding.CLOSED,
            planned=plan is not None,
            measured=benefit.measured_until is not None,
            due_on=benefit.next_due_on,
            fulfilment=benefit.fulfilment,
        ),
        today,
    )


def years_of(benefit: Benefit, plan: BenefitPlan | None, measured: list[Measurement]) -> dict[int, Came]:
    """What was promised and what came, year by year, in whole kronor."""
    promised = {int(year): Decimal(amount) for year, amount in benefit.promised.items()}
    return came_by_year(promised, realised_by_year(plan, measured))


# --- one of them -----------------------------------------------------------------------------------------


@dataclass(frozen=True)
class Told:
    """A measurement, and what it says."""

    measurement: Measurement
    achievement: Decimal | None
    """Of the way from baseline to target."""
    fulfilment: Decimal | None
    """Of what was expected by then."""
    is_replaced: bool
    may_correct: bool


@dataclass(frozen=True)
class BenefitPage:
    """Everything about a benefit."""

    row: Row
    told: Sequence[Told]
    """The newest period first; what is replaced after what replaces it."""
    years: Sequence[tuple[int, Came]]
    claims: Sequence[Claim]
    """Other benefits that claim the same indicator."""
    ends: Sequence[End]
    """How it was said to end, the newest first."""
    forecasts: Sequence[BenefitForecast]
    decisions: Sequence[BenefitDecision]
    """On what is promised, since the project ended, the newest first."""
    may_propose_end: bool
    may_judge_end: bool
    may_expect: bool
    may_decide_promise: bool

    @property
    def standing(self) -> list[Told]:
        """Those that no other replaces, the earliest period first."""
        return [row for row in reversed(self.told) if not row.is_replaced]


def benefit_page(viewer: Viewer, found: BenefitOf, today: date) -> BenefitPage:
    """Gather the page."""
    everything = queries.all_measurements(found.benefit.id)
    measured = queries.standing(everything)
    stands = {row.id for row in measured}
    told = [_told(viewer, found, row, row.id in stands) for row in everything]
    return BenefitPage(
        _row(viewer, found, measured, today),
        sorted(told, key=lambda row: (row.measurement.begins_on, row.measurement.id), reverse=True),
        sorted(years_of(found.benefit, found.plan, measured).items()),
        queries.other_claims(found.plan) if found.plan else [],
        queries.ends_of(found.benefit.id),
        queries.forecasts_of(found.benefit.id),
        queries.decisions_of(found.benefit.id),
        bool(policy.may_propose_end(viewer, found)),
        bool(policy.may_judge_end(viewer, found)),
        bool(policy.may_expect(viewer, found)),
        bool(policy.may_decide_promise(viewer, found)),
    )


def _told(viewer: Viewer, found: BenefitOf, row: Measurement, stands: bool) -> Told:
    plan = found.plan
    return Told(
        row,
        queries.reached_by(plan, row.indicator_value).share if plan else None,
        queries.fulfilled(found.benefit, plan, row.indicator_value, row.ends_on) if plan else None,
        not stands,
        stands and bool(policy.may_correct(viewer, MeasurementOf(found, row))),
    )


def proposed_period(found: BenefitOf, today: date) -> Period | None:
    """The period that a new measurement is about unless somebody says otherwise: the next one, as far as its
    months are over."""
    measured = queries.standing_measurements(found.benefit.id)
    upcoming = upcoming_period(found.benefit, found.plan, measured)
    if upcoming is None or upcoming.begins_on >= Month.of(today).first:
        return None
    over = [month for month in upcoming.months if month < Month.of(today)]
    return Period(over[0].first, over[-1].last)
