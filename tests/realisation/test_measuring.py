"""What a project promised becomes the register's, is planned, and is measured."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta
from decimal import Decimal

import pytest
from sqlalchemy import text
from sqlalchemy.exc import DatabaseError

from app.benefits.snapshot import inputs_from_json
from app.benefits.tables import benefit_lines
from app.core.measuring import Period
from app.core.realisation import Came, Direction, Light
from app.core.verdict import RefusedError
from app.db import db, transaction
from app.delivery.plans import queries as plans
from app.programmes.models import Programme
from app.realisation import pages, queries, service
from app.realisation.service import (
    ClaimedError,
    MeasuredError,
    NotOverError,
    OtherUnitError,
    OutsideTheCaseError,
    SettledError,
    UnexplainedError,
    WrongWayError,
)
from tests import changing_story
from tests.conftest import Cast
from tests.realisation.measuring_story import (
    AFTERWARDS,
    AUTUMN,
    TODAY,
    measure,
    measured,
    measured_values,
    of,
    plan,
    plan_values,
    with_plan,
)
from tests.running_story import PLANNED, running

SECOND = Period(date(2029, 1, 1), date(2029, 6, 30))
MUCH_LATER = AFTERWARDS + timedelta(days=300)


def test_what_the_established_plan_promises_is_what_the_decided_calculation_says(
    cast: Cast, programme: Programme
) -> None:
    project = running(cast, programme)
    decided = inputs_from_json(plans.granting_decision(project.id).version.content["calculation"])
    told = {row.entry.values.description: row.total for row in benefit_lines(decided).rows}
    kept = {row.name: row.promised_total for row in queries.benefits_of(project.id)}
    assert kept == {"Sökande slipper vänta": None, **told}
    first = queries.benefits_of(project.id)[0]
    assert first.yearly == Decimal(9200) * 25 / 60 * Decimal("0.8") * 450
    assert sum(map(Decimal, first.promised.values())) == first.promised_total


def test_a_benefit_that_nobody_has_planned_is_red_and_worth_nothing(cast: Cast, programme: Programme) -> None:
    page = pages.benefits_page(cast.leader, running(cast, programme), TODAY)
    assert [row.light for row in page.rows] == [Light.UNPLANNED, Light.UNPLANNED]
    assert page.total.realised == 0
    assert page.total.short == page.total.promised > 0
    assert page.expected > 0


def test_a_measurement_is_worth_what_was_counted_by_the_formula_of_the_calculation(
    cast: Cast, programme: Programme
) -> None:
    project = measured(cast, programme)
    row = pages.benefits_page(cast.leader, project, TODAY).rows[0]
    worth = Decimal(379_500)  # 4 600 × 25 / 60 × 0,44 × 450
    assert row.benefit.realised == worth
    assert row.came.realised == worth
    assert row.came.promised == row.came.realised + row.came.short
    assert row.light is Light.ON_ITS_WAY
    assert row.benefit.fulfilment == Decimal("1.1")
    assert row.upcoming == SECOND
    assert row.benefit.next_due_on == date(2029, 7, 31)


def test_a_month_is_measured_once(cast: Cast, programme: Programme) -> None:
    project = measured(cast, programme)
    with pytest.raises(MeasuredError):
        measure(cast, project, period=Period(date(2028, 12, 1), date(2028, 12, 31)))
    with pytest.raises(NotOverError):
        measure(cast, project, period=SECOND)


def test_the_database_refuses_two_measurements_of_a_month(cast: Cast, programme: Programme) -> None:
    project = measured(cast, programme)
    row = queries.standing_measurements(of(cast.leader, project).benefit.id)[0]
    copied = text(
        "insert into measurement (project_id, benefit_id, begins_on, ends_on, indicator_value, source,"
        " explanation, correction, measured_by_id, measured_at)"
        " select project_id, benefit_id, '2028-12-01', '2028-12-31', 1, 'x', '', '', measured_by_id,"
        " measured_at from measurement where id = :id"
    )
    with pytest.raises(DatabaseError, match="measured already"), transaction():
        db.session.execute(copied, {"id": row.id})


def test_what_falls_short_is_kept_only_with_its_reason(cast: Cast, programme: Programme) -> None:
    project = with_plan(cast, programme)
    with pytest.raises(UnexplainedError):
        measure(cast, project, indicator_value=Decimal(900))
    measure(cast, project, indicator_value=Decimal(900), explanation="Tjänsten öppnade i november.")
    row = pages.benefits_page(cast.leader, project, TODAY).rows[0]
    assert row.benefit.fulfilment == Decimal("0.5")
    assert row.light is Light.BEHIND


def test_a_benefit_that_was_not_measured_in_time_is_red_however_well_it_went(
    cast: Cast, programme: Programme
) -> None:
    project = measured(cast, programme)
    light = [
        pages.benefits_page(cast.leader, project, day).rows[0].light
        for day in (date(2029, 7, 31), date(2029, 8, 1))
    ]
    assert light == [Light.ON_ITS_WAY, Light.UNMEASURED]


def test_a_mistake_is_put_right_by_another_that_says_why(cast: Cast, programme: Programme) -> None:
    project = measured(cast, programme)
    found = of(cast.manager, project)
    (wrong,) = queries.standing_measurements(found.benefit.id)
    counted = dict(measured_values().counted) | {"volume": Decimal(2300)}
    again = queries.measurement_for(cast.manager, project.id, found.benefit.id, wrong.id)
    assert again is not None
    with pytest.raises(RefusedError):
        service.correct(cast.manager, again, measured_values(counted=counted), MUCH_LATER)
    with transaction():
        service.correct(
            cast.manager, again, measured_values(counted=counted, correction="Fel kolumn."), MUCH_LATER
        )
    (right,) = queries.standing_measurements(found.benefit.id)
    assert right.replaces_id == wrong.id
    assert len(queries.all_measurements(found.benefit.id)) == 2
    assert of(cast.manager, project).benefit.realised * 2 == wrong.value
    assert queries.measurement_for(cast.manager, project.id, found.benefit.id, wrong.id) is None


def test_what_a_measurement_is_held_against_stays_where_it_was(cast: Cast, programme: Programme) -> None:
    project = measured(cast, programme)
    for moved in (
        {"target": Decimal(780)},
        {"baseline": Decimal(1500)},
        {"share": Decimal("0.5")},
        {"indicator": "Något annat"},
    ):
        with pytest.raises(SettledError):
            plan(cast, project, **moved)
    plan(cast, project, owner_role="Avdelningschef", every_months=12)
    assert of(cast.leader, project).benefit.next_due_on == date(2030, 1, 31)


def test_two_projects_claim_at_most_the_whole_of_an_indicator(cast: Cast, programme: Programme) -> None:
    first, second = with_plan(cast, programme), running(cast, programme, title="En annan tjänst")
    with pytest.raises(ClaimedError) as refused:
        plan(cast, second, share=Decimal("0.3"))
    assert refused.value.left == 0
    plan(cast, first, share=Decimal("0.7"))
    plan(cast, second, share=Decimal("0.3"))
    with pytest.raises(ClaimedError) as refused:
        plan(cast, second, share=Decimal("0.300001"))
    assert refused.value.left == Decimal("0.3")
    indicator = of(cast.leader, first).plan
    assert indicator is not None
    assert queries.left_of(indicator.indicator_id) == 0
    assert [claim.share for claim in queries.other_claims(indicator)] == [Decimal("0.3")]
    plan(cast, second, indicator="Antal brev")
    assert queries.left_of(indicator.indicator_id) == Decimal("0.3")


def test_the_database_refuses_that_more_than_all_is_claimed(cast: Cast, programme: Programme) -> None:
    with_plan(cast, programme)
    with pytest.raises(DatabaseError, match="at_most_all"), transaction():
        db.session.execute(text("update indicator_balance set claimed = claimed + 1"))


def test_a_share_of_an_indicator_is_the_same_share_of_what_came(cast: Cast, programme: Programme) -> None:
    project = with_plan(cast, programme)
    plan(cast, project, share=Decimal("0.25"))
    row = measure(cast, project)
    assert row.value is not None
    assert of(cast.leader, project).benefit.realised == row.value / 4


def test_a_plan_that_cannot_be_is_refused(cast: Cast, programme: Programme) -> None:
    project = with_plan(cast, programme)
    for error, changes in (
        (WrongWayError, {"target": Decimal(1100)}),
        (OtherUnitError, {"unit": "brev"}),
        (OtherUnitError, {"direction": Direction.RISE, "target": Decimal(1200)}),
        (OutsideTheCaseError, {"measurer_id": cast.nobody.id}),
        (OutsideTheCaseError, {"owner_id": cast.decider.id}),
    ):
        with pytest.raises(error):
            plan(cast, project, **changes)


def test_the_managers_of_the_department_that_owns_a_benefit_measure_it(
    cast: Cast, programme: Programme
) -> None:
    project = running(cast, programme)
    with pytest.raises(RefusedError):
        service.measure(cast.other_manager, of(cast.other_manager, project), measured_values(), AFTERWARDS)
    plan(cast, project, department_id=cast.other_department.id, measurer_id=cast.other_manager.id)
    found = of(cast.other_manager, project)
    with transaction():
        service.measure(cast.other_manager, found, measured_values(), AFTERWARDS)


def test_only_those_who_answer_for_a_benefit_plan_and_measure_it(cast: Cast, programme: Programme) -> None:
    project = with_plan(cast, programme)
    for viewer in (cast.secretary, cast.controller, cast.auditor):
        found = of(viewer, project)
        with pytest.raises(RefusedError):
            service.save_plan(viewer, found, plan_values(cast), PLANNED)
        with pytest.raises(RefusedError):
            service.measure(viewer, found, measured_values(), AFTERWARDS)
    unplanned = of(cast.manager, project, place=1)
    with pytest.raises(RefusedError, match="nyttoplanen"):
        service.measure(cast.manager, unplanned, replace(measured_values(), counted={}), AFTERWARDS)


def test_a_benefit_in_words_is_measured_without_kronor(cast: Cast, programme: Programme) -> None:
    project = running(cast, programme)
    plan(
        cast, project, place=1, indicator="Nöjd-kund-index", unit="index", direction=Direction.RISE,
        baseline=Decimal(61), target=Decimal(70),
    )  # fmt: skip
    with transaction():
        row = service.measure(
            cast.manager,
            of(cast.manager, project, place=1),
            measured_values(indicator_value=Decimal("70.5"), counted={}),
            AFTERWARDS,
        )
    assert row.value is None
    page = pages.benefits_page(cast.leader, project, TODAY)
    assert page.rows[1].came == Came()
    assert page.rows[1].light is Light.ON_ITS_WAY


def test_a_decided_change_of_the_plan_changes_the_promise(cast: Cast, programme: Programme) -> None:
    project = with_plan(cast, programme)
    before = of(cast.leader, project).benefit
    total, yearly = before.promised_total, before.yearly
    assert total is not None
    scope = changing_story.other_scope(project, Decimal(300_000), days=184)
    changing_story.decided(cast, changing_story.asked(cast, project, scope=scope))
    benefit = of(cast.leader, project).benefit
    assert benefit.starts_on == date(2029, 1, 1)
    assert (yearly, benefit.yearly) == (Decimal(1_380_000), Decimal(300_000))
    assert benefit.promised_total is not None
    assert benefit.promised_total < total / 2
    assert benefit.next_due_on == date(2029, 7, 31)
    assert benefit.method == "saved_time"
    row = measure(cast, project)
    assert row.volume == 4600
    assert AUTUMN.begins_on < benefit.starts_on
