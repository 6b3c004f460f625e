"""A kept calculation is the calculation that was kept."""

from __future__ import annotations

import json
from datetime import date
from decimal import Decimal

from hypothesis import given
from hypothesis import strategies as st

from app.benefits import queries, snapshot
from app.benefits.inputs import Inputs
from app.benefits.models import BenefitLine, CostLine
from app.benefits.values import (
    BenefitEntry,
    BenefitMethod,
    BenefitValues,
    CostEntry,
    CostValues,
    Entry,
    Settings,
)
from app.core.benefits import Beneficiary, BenefitCategory
from app.core.costs import CostKind, Financier, Treatment
from app.projects.models import Project
from tests.conftest import TODAY

money = st.decimals(min_value=0, max_value=10**9, places=2)
shares = st.decimals(min_value=0, max_value=1, places=6)
rates = st.decimals(min_value=0, max_value=Decimal("0.2"), places=6)
years = st.integers(2020, 2040)
days = st.dates(date(2020, 1, 1), date(2040, 12, 31))
departments = st.sampled_from(["Kulturförvaltningen", "Miljöförvaltningen"])


def maybe(values: st.SearchStrategy[Decimal]) -> st.SearchStrategy[Decimal | None]:
    return st.none() | values


settings = st.builds(
    Settings,
    valid_from=days,
    discount_rate=rates,
    internal_rate=rates,
    price_year=years,
    horizon_years=st.integers(1, 15),
    reference=st.text(max_size=20),
    price_index=st.dictionaries(years, st.decimals(min_value="0.0001", max_value=10**6, places=4)),
    price_index_name=st.text(max_size=20),
)
costs = st.builds(
    CostValues,
    description=st.text(max_size=20),
    kind=st.sampled_from(CostKind),
    department_id=st.integers(1, 9),
    financier=st.sampled_from(Financier),
    amounts=st.dictionaries(years, money, max_size=4),
    treatment=st.sampled_from(Treatment),
    depreciation_years=st.none() | st.integers(1, 10),
    source=st.text(max_size=20),
)
benefits = st.builds(
    BenefitValues,
    description=st.text(max_size=20),
    category=st.sampled_from(BenefitCategory),
    beneficiary=st.sampled_from(Beneficiary),
    department_id=st.integers(1, 9),
    method=st.sampled_from(BenefitMethod),
    fixed_amount=maybe(money),
    volume=maybe(money),
    minutes_saved=maybe(shares),
    share=maybe(shares),
    hourly_rate=maybe(shares),
    quantity=maybe(shares),
    unit_price=maybe(money),
    starts_on=st.none() | days,
    ends_on=st.none() | days,
    ramp=st.lists(shares, max_size=5).map(tuple),
    price_year=st.none() | years,
    source=st.text(max_size=20),
)


@st.composite
def entries(draw: st.DrawFn) -> tuple[tuple[CostEntry, ...], tuple[BenefitEntry, ...]]:
    some_costs = draw(st.lists(costs, max_size=4))
    some_benefits = draw(st.lists(benefits, max_size=4))
    return (
        tuple(Entry(f"cost-{n}", draw(departments), values) for n, values in enumerate(some_costs)),
        tuple(Entry(f"benefit-{n}", draw(departments), values) for n, values in enumerate(some_benefits)),
    )


@given(settings, entries())
def test_inputs_survive_json_and_lead_to_the_same_calculation(
    kept: Settings, lines: tuple[tuple[CostEntry, ...], tuple[BenefitEntry, ...]]
) -> None:
    inputs = Inputs(kept, *lines)
    content = json.loads(json.dumps(snapshot.inputs_as_json(inputs)))
    again = snapshot.inputs_from_json(content)
    assert again == inputs
    assert again.calculation == inputs.calculation


def test_a_calculation_kept_before_there_were_price_indexes_is_read(
    project: Project, cost: CostLine, benefit: BenefitLine
) -> None:
    content = json.loads(json.dumps(snapshot.lines_as_json(project, TODAY)))
    del content["settings"]["price_index"], content["settings"]["price_index_name"]
    assert snapshot.calculation_from_json(content) == queries.calculation_for(project, TODAY)


def test_a_kept_project_gives_the_figures_that_its_page_gives(
    project: Project, cost: CostLine, benefit: BenefitLine
) -> None:
    content = json.loads(json.dumps(snapshot.lines_as_json(project, TODAY)))
    assert snapshot.calculation_from_json(content) == queries.calculation_for(project, TODAY)
    assert content["costs"][0]["amounts"] == {"2027": "1000000.00", "2028": "500000.00"}
