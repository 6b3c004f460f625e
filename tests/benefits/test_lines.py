"""Adding, changing and removing the lines of a calculation."""

from __future__ import annotations

import json
from collections.abc import Sequence
from datetime import date
from decimal import Decimal

import pytest
from sqlalchemy import select

from app.benefits import queries, results, service
from app.benefits.inputs import GapReason
from app.benefits.models import BenefitLine, CostAmount, CostLine
from app.benefits.values import BenefitMethod
from app.core.costs import Treatment
from app.core.errors import InputError
from app.core.verdict import RefusedError
from app.core.workflow import Action, State
from app.db import db, transaction
from app.history.models import HistoryEvent
from app.programmes import queries as programmes
from app.programmes import service as programme_service
from app.projects import service as projects
from app.projects.models import Project
from tests.benefits.conftest import BenefitMaker, CostMaker
from tests.conftest import NOW, TODAY, Cast


def history(record_type: str) -> Sequence[HistoryEvent]:
    query = select(HistoryEvent).where(HistoryEvent.record_type == record_type)
    return db.session.scalars(query.order_by(HistoryEvent.id)).all()


def test_a_cost_line_keeps_its_years_and_tells_the_history(project: Project, cost: CostLine) -> None:
    stored = queries.cost_line(project.id, cost.id)
    assert stored is not None
    assert [(row.year, row.amount) for row in stored.amounts] == [
        (2027, Decimal(1_000_000)),
        (2028, Decimal(500_000)),
    ]
    [event] = history("cost_line")
    assert (event.verb, event.project_id) == ("add_cost_line", project.id)
    assert json.loads(event.to_value or "")["amounts.2027"] == "1000000"


def test_changing_a_cost_tells_only_what_changed_year_by_year(
    cast: Cast, project: Project, cost: CostLine, cost_values: CostMaker
) -> None:
    changed = cost_values(amounts={2027: Decimal("1000000.00"), 2029: Decimal(7)})
    with transaction():
        service.change_cost_line(cast.leader, project, cost, changed, NOW)
    told = [(event.field, event.from_value, event.to_value) for event in history("cost_line")[1:]]
    assert told == [("amounts.2028", "500000", None), ("amounts.2029", None, "7")]
    assert [row.year for row in db.session.scalars(select(CostAmount).order_by(CostAmount.year))] == [
        2027,
        2029,
    ]


def test_saving_a_line_unchanged_writes_no_history(
    cast: Cast,
    project: Project,
    cost: CostLine,
    benefit: BenefitLine,
    cost_values: CostMaker,
    benefit_values: BenefitMaker,
) -> None:
    before = len(history("cost_line")) + len(history("benefit_line"))
    with transaction():
        service.change_cost_line(cast.leader, project, cost, cost_values(), NOW)
        service.change_benefit_line(cast.leader, project, benefit, benefit_values(), NOW)
    assert len(history("cost_line")) + len(history("benefit_line")) == before


def test_a_removed_cost_is_gone_with_its_years_but_the_history_keeps_what_it_said(
    cast: Cast, project: Project, cost: CostLine
) -> None:
    with transaction():
        service.remove_cost_line(cast.leader, project, cost, NOW)
    assert queries.lines_of(project.id).costs == []
    assert db.session.scalars(select(CostAmount)).all() == []
    assert "Upphandling av e-tjänst" in (history("cost_line")[-1].from_value or "")


def test_a_benefit_line_comes_back_as_it_was_said(
    project: Project, benefit: BenefitLine, benefit_values: BenefitMaker
) -> None:
    stored = queries.benefit_line(project.id, benefit.id)
    assert stored is not None
    assert queries.benefit_values(stored) == benefit_values()


def test_changing_and_removing_a_benefit_is_in_the_history(
    cast: Cast, project: Project, benefit: BenefitLine, benefit_values: BenefitMaker
) -> None:
    with transaction():
        changed = benefit_values(minutes_saved=Decimal(15), ramp=(Decimal("0.25"),))
        service.change_benefit_line(cast.leader, project, benefit, changed, NOW)
    told = [(event.field, event.from_value, event.to_value) for event in history("benefit_line")[1:]]
    assert told == [("minutes_saved", "20", "15"), ("ramp", "0.5, 1", "0.25")]
    with transaction():
        service.remove_benefit_line(cast.leader, project, benefit, NOW)
    assert history("benefit_line")[-1].verb == "remove_benefit_line"
    assert queries.lines_of(project.id).benefits == []


def test_lines_stand_in_the_order_in_which_they_were_added(
    cast: Cast, project: Project, cost: CostLine, cost_values: CostMaker
) -> None:
    with transaction():
        service.add_cost_line(cast.leader, project, cost_values(description="Drift"), NOW)
    assert [line.description for line in queries.lines_of(project.id).costs] == [
        "Upphandling av e-tjänst",
        "Drift",
    ]


def test_only_the_leader_changes_lines(cast: Cast, project: Project, cost_values: CostMaker) -> None:
    for other in (cast.other_leader, cast.manager, cast.secretary, cast.administrator):
        with pytest.raises(RefusedError, match="projektledaren"):
            service.add_cost_line(other, project, cost_values(), NOW)


def test_nothing_changes_while_the_manager_reads(
    cast: Cast, project: Project, cost: CostLine, benefit: BenefitLine, benefit_values: BenefitMaker
) -> None:
    with transaction():
        projects.move(cast.leader, project, Action.ASK_FOR_SIGNATURE, NOW)
    assert project.state == State.AWAITING_SIGNATURE
    with pytest.raises(RefusedError, match="inte längre ett utkast"):
        service.remove_cost_line(cast.leader, project, cost, NOW)
    with pytest.raises(RefusedError, match="inte längre ett utkast"):
        service.change_benefit_line(cast.leader, project, benefit, benefit_values(), NOW)


def test_an_incomplete_line_is_kept_left_out_and_told_about(
    cast: Cast, project: Project, cost: CostLine, cost_values: CostMaker, benefit_values: BenefitMaker
) -> None:
    with transaction():
        invested = cost_values(description="Plattform", treatment=Treatment.INVESTED, amounts={})
        service.add_cost_line(cast.leader, project, invested, NOW)
        service.add_benefit_line(cast.leader, project, benefit_values(volume=None, starts_on=None), NOW)
    inputs = queries.inputs_for(project, TODAY)
    assert [(gap.description, gap.field) for gap in inputs.gaps] == [
        ("Plattform", "amounts"),
        ("Plattform", "depreciation_years"),
        ("Kortare handläggning", "volume"),
        ("Kortare handläggning", "starts_on"),
    ]
    assert inputs.calculation.totals.cost == 1_500_000
    assert inputs.calculation.totals.benefit == 0


def test_a_benefit_in_the_prices_of_another_year_is_left_out_and_told_about(
    cast: Cast, project: Project, benefit_values: BenefitMaker
) -> None:
    with transaction():
        service.add_benefit_line(cast.leader, project, benefit_values(price_year=2020), NOW)
    [gap] = queries.inputs_for(project, TODAY).gaps
    assert (gap.field, gap.reason) == ("price_year", GapReason.OTHER_PRICE_YEAR)


def publish_index(cast: Cast, project: Project, valid_from: date, **values: str) -> None:
    programme = programmes.programme(project.programme_id)
    assert programme is not None
    with transaction():
        programme_service.set_price_index(
            cast.administrator,
            programme,
            valid_from=valid_from,
            name="Prisindex, 2020 = 100",
            values={int(year[1:]): Decimal(value) for year, value in values.items()},
            reference="Budget 2027",
            now=NOW,
        )


def test_a_benefit_in_the_prices_of_another_year_is_carried_by_the_price_index(
    cast: Cast, project: Project, benefit_values: BenefitMaker
) -> None:
    in_old_prices = benefit_values(
        price_year=2020, method=BenefitMethod.FIXED, fixed_amount=Decimal(100_000), ramp=()
    )
    with transaction():
        service.add_benefit_line(cast.leader, project, in_old_prices, NOW)
    publish_index(cast, project, date(2026, 6, 1), y2020="100", y2027="125.5")
    inputs = queries.inputs_for(project, TODAY)
    assert inputs.gaps == ()
    assert inputs.converted_from == (2020,)
    assert inputs.calculation.rows[0].benefit == 125_500
    assert inputs.calculation.schedules[0].rows[0].steps[1].label == "price_year_conversion"
    assert ("Prisindex", "Prisindex, 2020 = 100 (2020: 100; 2027: 125,5)") in results.assumptions(
        inputs, "sv"
    )


def test_an_index_that_lacks_the_year_leaves_the_benefit_out(
    cast: Cast, project: Project, benefit_values: BenefitMaker
) -> None:
    with transaction():
        service.add_benefit_line(cast.leader, project, benefit_values(price_year=2020), NOW)
    publish_index(cast, project, date(2026, 6, 1), y2021="100", y2027="125.5")
    [gap] = queries.inputs_for(project, TODAY).gaps
    assert gap.reason is GapReason.OTHER_PRICE_YEAR


def test_an_index_that_makes_an_amount_too_large_to_count_with_leaves_it_out(
    cast: Cast, project: Project, benefit_values: BenefitMaker
) -> None:
    huge = benefit_values(price_year=2020, method=BenefitMethod.FIXED, fixed_amount=Decimal(999_999_999))
    with transaction():
        service.add_benefit_line(cast.leader, project, huge, NOW)
    publish_index(cast, project, date(2026, 6, 1), y2020="0.0001", y2027="1000000")
    inputs = queries.inputs_for(project, TODAY)
    assert [gap.reason for gap in inputs.gaps] == [GapReason.IMPOSSIBLE]
    assert inputs.calculation.totals.benefit == 0


@pytest.mark.parametrize(
    "wrong",
    [
        {"share": Decimal("1.01")},
        {"minutes_saved": Decimal(-1)},
        {"ends_on": date(2027, 12, 31)},
        {"ramp": (Decimal(2),)},
        {"method": BenefitMethod.UNIT_PRICE, "quantity": Decimal(10**9), "unit_price": Decimal(10**9)},
    ],
)
def test_a_benefit_that_nobody_can_count_with_is_refused(
    cast: Cast, project: Project, benefit_values: BenefitMaker, wrong: dict[str, object]
) -> None:
    with pytest.raises(InputError):
        service.add_benefit_line(cast.leader, project, benefit_values(**wrong), NOW)


def test_a_negative_cost_is_refused(cast: Cast, project: Project, cost_values: CostMaker) -> None:
    with pytest.raises(InputError):
        service.add_cost_line(cast.leader, project, cost_values(amounts={2027: Decimal(-1)}), NOW)


def test_without_settings_the_calculation_says_whom_to_ask(cast: Cast, project: Project) -> None:
    with pytest.raises(RefusedError, match="administratören"):
        queries.calculation_for(project, date(2025, 12, 31))


def test_a_submitted_calculation_follows_the_settings_of_the_day_it_came_in(
    cast: Cast, project: Project, cost: CostLine
) -> None:
    much_later = date(2029, 1, 1)
    assert queries.calculation_day(project, much_later) == much_later
    with transaction():
        projects.move(cast.leader, project, Action.ASK_FOR_SIGNATURE, NOW)
        projects.move(cast.manager, project, Action.SIGN, NOW)
    assert queries.calculation_day(project, much_later) == TODAY
