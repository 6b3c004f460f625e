"""What the portfolio says of cases is what the pages say to which it leads, to the krona."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal

import pytest

from app.core.benefits import BenefitCategory
from app.core.follow_up import Standing as FollowStanding
from app.core.realisation import Light as Standing
from app.core.reporting import Light
from app.core.workflow import State
from app.delivery.funds.queries import accounts_of, sums_of
from app.delivery.reports import overview as reports
from app.follow_up import waiting as follow_ups
from app.operations import register as services
from app.overview import queries as cases
from app.portfolio import queries
from app.portfolio.asked import SORTS, Late, Lit, Wanted
from app.portfolio.moment import moment_of
from app.portfolio.pages import portfolio_page
from app.portfolio.rows import Row, Sums
from app.programmes.models import Programme
from app.programmes.queries import frame_balance
from app.realisation import register
from tests.conftest import Cast
from tests.portfolio.city_story import city
from tests.realisation.measuring_story import SECOND_DUE, TODAY

NOW = moment_of(None, TODAY)
EVERYTHING = Wanted()


def whole(cast: Cast, wanted: Wanted = EVERYTHING) -> Sums:
    """What the secretariat's portfolio comes to."""
    return queries.totals(cast.secretary, wanted, NOW).whole


def listed(cast: Cast, wanted: Wanted = EVERYTHING) -> list[Row]:
    """All of its rows."""
    return queries.rows(cast.secretary, wanted, NOW, limit=None)


def test_cases_and_what_they_ask_for_are_those_of_the_list_of_cases(cast: Cast, programme: Programme) -> None:
    city(cast, programme)
    totals = queries.totals(cast.secretary, EVERYTHING, NOW)
    for state in State:
        wanted = cases.QueueFilter(state=state.value)
        found = cases.queue(cast.secretary, wanted, today=TODAY, limit=1, offset=0)[1]
        sums = totals.by_state.get(state, Sums())
        assert (sums.count, sums.applied) == (found.count, found.amount)
    assert totals.whole.count == 5
    late = cases.queue(cast.secretary, cases.QueueFilter(late=True), today=TODAY, limit=1, offset=0)[1]
    assert whole(cast, Wanted(late=Late.CASE)).count == totals.whole.late_cases == late.count > 0


def test_money_is_that_of_each_project_and_of_the_frame(cast: Cast, programme: Programme) -> None:
    city(cast, programme)
    for row in listed(cast):
        sums = sums_of(accounts_of(row.id))
        assert (row.granted, row.paid, row.left) == (sums.granted, sums.used, sums.remaining)
    balance = frame_balance(programme.id)
    assert balance is not None
    frame = queries.frame(EVERYTHING, NOW)
    assert (frame.frame, frame.available) == (balance.frame, balance.available)
    assert whole(cast).granted == balance.granted > 0


def test_benefits_are_those_of_the_register(cast: Cast, programme: Programme) -> None:
    city(cast, programme)
    for wanted, asked in [
        (EVERYTHING, register.Wanted()),
        *((Wanted(category=one), register.Wanted(category=one)) for one in BenefitCategory),
    ]:
        sums, found = whole(cast, wanted), register.Found(cast.secretary, asked, TODAY).sums
        assert (sums.benefits, sums.promised, sums.realised) == (
            found.count, found.came.promised, found.came.realised,
        )  # fmt: skip
    assert whole(cast).realised > 0
    later = moment_of(None, SECOND_DUE)
    unmeasured = queries.totals(cast.secretary, EVERYTHING, later).whole.unmeasured
    counts = register.Found(cast.secretary, register.Wanted(), SECOND_DUE).counts
    assert unmeasured == counts[Standing.UNMEASURED] > 0


def test_lights_and_late_reports_are_those_of_the_reports(cast: Cast, programme: Programme) -> None:
    city(cast, programme)
    page = reports.overview_page(cast.secretary, reports.Asked(None, "", 1), TODAY)
    totals = queries.totals(cast.secretary, EVERYTHING, NOW)
    assert totals.whole.late_reports == page.totals.counts[reports.Where.LATE] == 1
    reported = [row for row in page.rows if row.sent]
    worst = [max(Light(light) for light in row.lights if light) for row in reported]
    assert worst == [Light.YELLOW]
    lights = {lit: sums.count for lit, sums in totals.by_light.items()}
    assert lights == {Lit.YELLOW: 1, Lit.NONE: 1}
    late = follow_ups.counts(cast.secretary, follow_ups.Wanted(), TODAY)[FollowStanding.LATE]
    assert totals.whole.late_follow_ups == late


@pytest.mark.parametrize("sort", SORTS)
def test_rows_add_up_to_the_sums_in_whatever_order(cast: Cast, programme: Programme, sort: str) -> None:
    city(cast, programme)
    for descending in (False, True):
        wanted = Wanted(sort=sort, descending=descending)
        found = listed(cast, wanted)
        assert sum((row.promised for row in found), Decimal(0)) == whole(cast).promised
        assert sum(row.late for row in found) == (
            whole(cast).late_cases + whole(cast).late_reports + whole(cast).late_follow_ups
        )
        pages = [
            row
            for offset in range(0, 5, 2)
            for row in queries.rows(cast.secretary, wanted, NOW, limit=2, offset=offset)
        ]
        assert pages == found
        if sort in ("applied", "granted", "promised", "late"):
            values = [getattr(row, sort) for row in found]
            assert values == sorted(values, reverse=descending)


def test_each_way_to_divide_the_portfolio_adds_up_to_all_of_it(cast: Cast, programme: Programme) -> None:
    city(cast, programme)
    departments = [
        replace(EVERYTHING, department_id=row.id) for row in (cast.department, cast.other_department)
    ]
    years = [replace(EVERYTHING, year=year) for year in (2026, 2027, 2028)]
    states = [replace(EVERYTHING, state=state) for state in State]
    assert sum((whole(cast, one) for one in departments), Sums()) == whole(cast)
    assert sum((whole(cast, one) for one in states), Sums()) == whole(cast)
    assert sum((whole(cast, one).granted for one in years), Decimal(0)) == whole(cast).granted
    assert whole(cast, Wanted(programme_id=programme.id)) == whole(cast)
    assert whole(cast, Wanted(programme_id=programme.id + 1)) == Sums()
    for lit in Lit:
        assert [row.light for row in listed(cast, Wanted(light=lit))] == [
            row.light for row in listed(cast) if row.light == lit
        ]


def test_nobody_sees_sums_of_cases_that_he_does_not_see(cast: Cast, programme: Programme) -> None:
    measured, *_rest = city(cast, programme)
    assert queries.totals(cast.other_leader, EVERYTHING, NOW).whole == Sums()
    read = queries.rows(cast.council, EVERYTHING, NOW, limit=None)
    assert {row.title for row in read} == {
        measured.title, "Bygglov på nätet", "Ansökan om förskola", "Markupplåtelse",
    }  # fmt: skip
    assert queries.totals(cast.council, EVERYTHING, NOW).whole.count == 4


def test_the_page_says_what_services_are_to_cost(cast: Cast, programme: Programme) -> None:
    city(cast, programme)
    operation = portfolio_page(cast.secretary, EVERYTHING, 1, TODAY).operation
    asked = services.Asked(None, None, TODAY.year + 1, 0, "", TODAY)
    assert operation is not None
    assert (operation.services, operation.cost) == services.counts(cast.secretary, asked)[:2]
