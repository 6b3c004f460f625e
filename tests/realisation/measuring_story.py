"""A running project whose first benefit has a plan and is measured."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime
from decimal import Decimal
from typing import Any

from app.accounts.access import Viewer
from app.core.measuring import Period
from app.core.realisation import BenefitEnd, Direction
from app.core.workflow import State
from app.db import transaction
from app.programmes.models import Programme
from app.projects.models import Project
from app.realisation import closing, deciding, queries, service
from app.realisation.models import Measurement
from app.realisation.models_closing import BenefitDecision
from app.realisation.queries import BenefitOf
from app.realisation.values import MeasurementValues, PlanValues
from tests.conftest import Cast
from tests.remembered import remembered
from tests.running_story import PLANNED, running
from tests.story import in_state, reloaded

AFTERWARDS = datetime(2029, 1, 15, 9, 0, tzinfo=UTC)
"""The benefit began on 2028-07-01; its first half year is over."""
TODAY = AFTERWARDS.date()
SECOND_DUE = date(2029, 8, 1)
"""The day after its second half year is to be measured."""
AUTUMN = Period(date(2028, 7, 1), date(2028, 12, 31))


def plan_values(cast: Cast, **changes: Any) -> PlanValues:
    """From 1 000 calls a month to 600; measured twice a year by the department's manager."""
    values = PlanValues(
        department_id=cast.department.id,
        owner_role="Enhetschef, tillstånd",
        owner_id=cast.manager.id,
        indicator="Antal samtal per månad",
        unit="samtal",
        direction=Direction.FALL,
        share=Decimal(1),
        baseline=Decimal(1000),
        baseline_on=date(2027, 1, 31),
        baseline_source="Telefonstatistik januari 2027",
        target=Decimal(600),
        target_on=date(2030, 6, 30),
        how="Växelns statistik, medel per månad.",
        every_months=6,
        measurer_role="Verksamhetsutvecklare",
        measurer_id=cast.manager.id,
    )
    return replace(values, **changes)


def measured_values(**changes: Any) -> MeasurementValues:
    """Half the way was expected of the first half year: 800 calls. It came to 780."""
    values = MeasurementValues(
        period=AUTUMN,
        indicator_value=Decimal(780),
        source="Telefonstatistik 2029-01-10",
        counted={"volume": Decimal(4_600), "minutes_saved": Decimal(25), "share": Decimal("0.44")},
    )
    return replace(values, **changes)


def of(viewer: Viewer, project: Project, place: int = 0) -> BenefitOf:
    """A benefit of the project as the viewer finds it, by its place in the application."""
    found = queries.benefit_for(viewer, project.id, queries.benefits_of(project.id)[place].id)
    assert found is not None
    return found


def plan(cast: Cast, project: Project, place: int = 0, **changes: Any) -> None:
    """Say how a benefit is measured."""
    with transaction():
        service.save_plan(cast.leader, of(cast.leader, project, place), plan_values(cast, **changes), PLANNED)


def measure(cast: Cast, project: Project, now: datetime = AFTERWARDS, **changes: Any) -> Measurement:
    """The manager enters what was measured of the first benefit."""
    with transaction():
        return service.measure(cast.manager, of(cast.manager, project), measured_values(**changes), now)


def corrected(cast: Cast, project: Project) -> None:
    """It is measured, and put right."""
    row = measure(cast, project)
    found = queries.measurement_for(cast.manager, project.id, row.benefit_id, row.id)
    assert found is not None
    with transaction():
        service.correct(cast.manager, found, measured_values(correction="Fel kolumn."), AFTERWARDS)


def propose(
    cast: Cast, project: Project, outcome: BenefitEnd = BenefitEnd.PARTLY, lost: Decimal | None = Decimal(100)
) -> None:
    """The department says how its first benefit ends."""
    with transaction():
        closing.propose(
            cast.manager,
            of(cast.manager, project),
            outcome,
            reason="Halva nyttan.",
            lost=lost,
            now=AFTERWARDS,
        )


def ended(cast: Cast, project: Project) -> None:
    """Something else is expected of it; it ends, and the secretariat agrees."""
    with transaction():
        closing.expect(
            cast.manager, of(cast.manager, project), yearly=Decimal(1), starts_on=TODAY, reason="Senare.",
            now=AFTERWARDS,
        )  # fmt: skip
    propose(cast, project)
    with transaction():
        closing.verify(cast.secretary, of(cast.secretary, project), "Stämmer.", AFTERWARDS)


def all_ended(cast: Cast, project: Project, now: datetime = AFTERWARDS, reason: str = "Kommer inte.") -> None:
    """Nothing of what was promised comes any more: each department says so, the secretariat agrees."""
    managers = {cast.department.id: cast.manager, cast.other_department.id: cast.other_manager}
    for place, benefit in enumerate(queries.benefits_of(project.id)):
        found = of(managers[benefit.department_id], project, place)
        with transaction():
            closing.propose(
                managers[found.owner_department_id], found, BenefitEnd.ABANDONED,
                reason=reason, lost=benefit.yearly, now=now,
            )  # fmt: skip
        with transaction():
            closing.verify(cast.secretary, of(cast.secretary, project, place), reason, now)


@remembered
def with_plan(cast: Cast, programme: Programme, **details: Any) -> Project:
    """The first benefit has a plan."""
    project = running(cast, programme, **details)
    plan(cast, project)
    return reloaded(project)


@remembered
def measured(cast: Cast, programme: Programme, **details: Any) -> Project:
    """Its first half year is measured."""
    project = with_plan(cast, programme, **details)
    measure(cast, project)
    return reloaded(project)


def decide(cast: Cast, project: Project, place: int = 0, **changes: Any) -> BenefitDecision:
    """The secretariat registers a decision: less than was promised, and a year later."""
    said: dict[str, Any] = {
        "yearly": Decimal(200_000),
        "starts_on": date(2029, 7, 1),
        "reason": "Färre ärenden än väntat.",
        "reference": "Dnr 2029/12, § 4",
        "decided_on": TODAY,
        "now": AFTERWARDS,
    }
    with transaction():
        return deciding.decide(cast.secretary, of(cast.secretary, project, place), **{**said, **changes})


def left(cast: Cast, project: Project, state: State = State.HANDED_OVER) -> Project:
    """Its project has ended, however that came about."""
    return in_state(reloaded(project), state)


def decided_between(cast: Cast, project: Project) -> None:
    """A decision on the promise, as if the project had ended for a while."""
    was = State(project.state)
    decide(cast, left(cast, project))
    left(cast, project, was)
