"""A project whose calculation can be written, and ready-made values for its lines."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from decimal import Decimal

import pytest

from app.benefits import queries, service
from app.benefits.models import BenefitLine, CostLine
from app.benefits.values import BenefitMethod, BenefitValues, CostValues
from app.core.benefits import Beneficiary, BenefitCategory
from app.core.costs import CostKind, Financier, Treatment
from app.db import transaction
from app.programmes import service as programmes
from app.programmes.models import Programme
from app.projects import service as projects
from app.projects.models import Project, ProjectKind
from tests.conftest import NOW, Cast


@pytest.fixture
def settled(cast: Cast, programme: Programme) -> Programme:
    """The programme with the settings of June 2026, whose figures the tests below are counted with."""
    with transaction():
        programmes.set_calculation(
            cast.administrator,
            programme,
            valid_from=date(2026, 6, 1),
            discount_rate=Decimal("0.035"),
            internal_rate=Decimal("0.015"),
            price_year=2027,
            payroll_overhead=Decimal("0.42"),
            horizon_years=8,
            reference="Budget 2027",
            now=NOW,
        )
        programmes.set_hourly_rate(
            cast.administrator,
            programme,
            "Handläggare",
            Decimal(729),
            date(2026, 6, 1),
            now=NOW,
        )
    return programme


@pytest.fixture
def project(cast: Cast, settled: Programme) -> Project:
    """A draft of the leader's."""
    with transaction():
        return projects.start(
            cast.leader,
            programme_id=settled.id,
            round_id=None,
            title="E-tjänst för serveringstillstånd",
            kind=ProjectKind.IMPLEMENTATION,
            department_id=cast.department.id,
            now=NOW,
        )


CostMaker = Callable[..., CostValues]
BenefitMaker = Callable[..., BenefitValues]


@pytest.fixture
def cost_values(cast: Cast) -> CostMaker:
    """Values of a cost line, changed by keyword."""

    def make(**changes: object) -> CostValues:
        values: dict[str, object] = {
            "description": "Upphandling av e-tjänst",
            "kind": CostKind.ONE_OFF,
            "department_id": cast.department.id,
            "financier": Financier.PROGRAMME,
            "amounts": {2027: Decimal(1_000_000), 2028: Decimal(500_000)},
            "source": "Offert 2027-02-01",
        }
        return CostValues(**(values | changes))  # type: ignore[arg-type] # a test names its own fields

    return make


@pytest.fixture
def benefit_values(cast: Cast) -> BenefitMaker:
    """Values of a benefit line, changed by keyword."""

    def make(**changes: object) -> BenefitValues:
        values: dict[str, object] = {
            "description": "Kortare handläggning",
            "category": BenefitCategory.REDISTRIBUTION,
            "beneficiary": Beneficiary.STAFF,
            "department_id": cast.department.id,
            "method": BenefitMethod.SAVED_TIME,
            "volume": Decimal(6000),
            "minutes_saved": Decimal(20),
            "share": Decimal("0.8"),
            "hourly_rate": Decimal(729),
            "starts_on": date(2028, 1, 1),
            "ramp": (Decimal("0.5"), Decimal(1)),
        }
        return BenefitValues(**(values | changes))  # type: ignore[arg-type] # a test names its own fields

    return make


@pytest.fixture
def cost(cast: Cast, project: Project, cost_values: CostMaker) -> CostLine:
    """A cost of the project: 1,5 million kronor in two years."""
    with transaction():
        line_id = service.add_cost_line(cast.leader, project, cost_values(), NOW).id
    line = queries.cost_line(project.id, line_id)
    assert line is not None
    return line


@pytest.fixture
def benefit(cast: Cast, project: Project, benefit_values: BenefitMaker) -> BenefitLine:
    """A benefit of the project: 1 166 400 kronor a year at full effect."""
    with transaction():
        line_id = service.add_benefit_line(cast.leader, project, benefit_values(), NOW).id
    line = queries.benefit_line(project.id, line_id)
    assert line is not None
    return line


@pytest.fixture
def investment(cast: Cast, project: Project, cost_values: CostMaker) -> None:
    """The automation platform of 2019, a published investment decision: five costs, one investment."""
    lines = {
        "Förstudie": 250_000,
        "Upphandling": 50_000,
        "Etablering av plattform": 1_150_000,
        "Anpassning av befintlig lösning": 500_000,
        "Reserv": 350_000,
    }
    with transaction():
        for description, amount in lines.items():
            values = cost_values(
                description=description,
                amounts={2027: Decimal(amount)},
                treatment=Treatment.INVESTED,
                depreciation_years=5,
            )
            service.add_cost_line(cast.leader, project, values, NOW)


@pytest.fixture
def page(project: Project) -> str:
    """The address of the calculation."""
    return f"/projekt/{project.id}/kalkyl"
