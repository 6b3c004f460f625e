"""The register says of many benefits what the page of each says of it."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st
from sqlalchemy import update

from app.core.realisation import Came, Light, in_all
from app.db import db, transaction
from app.programmes.models import Programme
from app.realisation import pages, register
from app.realisation.expecting import Promise, expected_by
from app.realisation.models import Benefit
from app.realisation.register import Wanted
from tests.conftest import Cast
from tests.realisation.measuring_story import TODAY, measured
from tests.running_story import running

EVERYTHING = Wanted()


@pytest.mark.parametrize(
    ("due_on", "measured_until", "fulfilment"),
    [
        (due_on, until, reached)
        for due_on in (None, date(2029, 1, 14), TODAY)
        for until in (None, date(2028, 12, 31))
        for reached in (None, "0", "0.499999", "0.5", "0.899999", "0.9", "2")
    ],
)
def test_a_light_in_the_list_is_the_light_on_the_page(
    cast: Cast, programme: Programme, due_on: date | None, measured_until: date | None, fulfilment: str | None
) -> None:
    project = measured(cast, programme)
    follows = {
        "next_due_on": due_on,
        "measured_until": measured_until,
        "fulfilment": fulfilment and Decimal(fulfilment),
    }
    with transaction():
        db.session.execute(update(Benefit).values(follows).execution_options(synchronize_session=False))
    db.session.expire_all()
    shown = {row.benefit.id: row.light for row in pages.benefits_page(cast.leader, project, TODAY).rows}
    listed = register.Found(cast.secretary, EVERYTHING, TODAY).listed(limit=9, offset=0)
    assert {row.benefit_id: Light(row.light) for row in listed} == shown
    counted = register.Found(cast.secretary, EVERYTHING, TODAY).counts
    assert sum(counted.values()) == len(shown)
    for light in set(shown.values()):
        only = Wanted(lights=frozenset({light}))
        assert register.Found(cast.secretary, only, TODAY).sums.count == counted[light]


def test_the_sums_of_the_register_are_those_of_its_projects(cast: Cast, programme: Programme) -> None:
    projects = [measured(cast, programme), running(cast, programme, title="En annan tjänst")]
    found = [pages.benefits_page(cast.secretary, project, TODAY) for project in projects]
    sums = register.Found(cast.secretary, EVERYTHING, TODAY).sums
    assert sums.count == 4
    assert sums.came == in_all(page.total for page in found)
    assert sums.expected == sum(page.expected for page in found)
    by_department = [
        register.Found(cast.secretary, Wanted(department_id=row.id), TODAY).sums
        for row in (cast.department, cast.other_department)
    ]
    assert sum((row.came for row in by_department), Came()) == sums.came


def test_nobody_sees_benefits_of_cases_that_he_does_not_see(cast: Cast, programme: Programme) -> None:
    measured(cast, programme)
    assert register.Found(cast.other_leader, EVERYTHING, TODAY).sums.count == 0
    assert register.Found(cast.other_leader, EVERYTHING, TODAY).listed(limit=9, offset=0) == []
    assert register.Found(cast.other_leader, EVERYTHING, TODAY).counts == {}


@given(st.dates(date(2027, 1, 1), date(2036, 12, 31)))
def test_what_is_expected_grows_from_nothing_to_what_was_promised(day: date) -> None:
    years = {"2028": "300000", "2029": "900000", **{str(year): "1200000" for year in range(2030, 2034)}}
    promise = Promise(date(2028, 7, 1), None, ("0.5", "1"), Decimal(1_200_000), years)
    expected = expected_by(promise, day)
    assert 0 <= expected <= sum(map(Decimal, years.values()))
    assert expected <= expected_by(promise, date(day.year + 1, day.month, 1))
    assert expected_by(promise, date(2028, 7, 31)) == 0
    assert expected_by(promise, date(2028, 8, 1)) == 50_000
    assert expected_by(promise, date(2029, 1, 1)) == 300_000
    assert expected_by(promise, date(2035, 1, 1)) == sum(map(Decimal, years.values()))
