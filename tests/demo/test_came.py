"""The first lives, once they are entered: they stand where they shall, and what came of them is found."""

from __future__ import annotations

from datetime import timedelta
from decimal import Decimal

import pytest
from flask import Flask
from sqlalchemy import select, true

from app.core.realisation import BenefitStanding, effect_on
from app.core.workflow import State
from app.db import db
from app.delivery.reports.models import ReportPeriod, StatusReport
from app.demo.lives.life import Came, Life, lives
from app.knowledge.outcomes import cases
from app.operations.models import OperatedService
from app.projects.models import Project
from app.realisation.models import Benefit, Measurement
from app.realisation.queries import benefits_of, ramp_of, standing_measurements
from tests.demo.conftest import DAY, FEW

NEAR = Decimal("0.02")
"""Each measurement counts whole cases, and each whole kronor."""


@pytest.fixture
def told() -> list[Life]:
    return lives(FEW, DAY)


def project_of(life: Life) -> Project:
    query = select(Project).where(Project.title == life.invention.service["title"])
    return db.session.scalars(query).one()


def test_each_stands_where_it_shall(city: Flask, told: list[Life]) -> None:
    assert [State(project_of(life).state) for life in told] == [life.state for life in told]


def came_by(benefit: Benefit, came: Came) -> Decimal:
    """Kronor, by what the life says: what was promised for each month that is measured, late and lower."""
    assert benefit.yearly is not None
    assert benefit.starts_on is not None
    months = Decimal(0)
    for row in standing_measurements(benefit.id):
        month = row.begins_on
        while month < row.ends_on:
            back = benefit.starts_on.month + came.months_late - 1
            begins = benefit.starts_on.replace(year=benefit.starts_on.year + back // 12, month=back % 12 + 1)
            months += effect_on(begins, ramp_of(benefit), month)
            month = (month + timedelta(days=32)).replace(day=1)
    return benefit.yearly * months * came.level / 12


def test_what_came_is_the_share_that_the_life_says(city: Flask, told: list[Life]) -> None:
    seen = 0
    for life in told:
        for benefit, came in zip(benefits_of(project_of(life).id), life.came, strict=False):
            if benefit.yearly is not None and benefit.measured_until is not None:
                expected = came_by(benefit, came)
                assert abs(benefit.realised - expected) <= max(expected * NEAR, Decimal(200))
                seen += benefit.realised > 0
    assert seen >= 3


def test_the_programme_learns_what_came_and_how_late(city: Flask, told: list[Life]) -> None:
    found = {case.key: case for case in cases(true(), DAY)}
    compared = 0
    for life in told:
        project = project_of(life)
        if project.id not in found:
            continue
        case = found[project.id]
        rows = [row for row in benefits_of(project.id) if row.yearly is not None]
        assert case.realised == sum((row.realised for row in rows), Decimal(0))
        late = [
            Decimal(came.months_late)
            for benefit, came in zip(benefits_of(project.id), life.came, strict=True)
            if benefit.yearly is not None and benefit.realised > 0
        ]
        if late:
            assert case.months_late == sum(late, Decimal(0)) / len(late)
            assert case.share < 1
            compared += 1
    assert compared >= 2


def test_a_closed_life_has_no_benefit_that_goes_on(city: Flask, told: list[Life]) -> None:
    closed = next(life for life in told if life.state is State.CLOSED)
    rows = benefits_of(project_of(closed).id)
    assert {row.standing for row in rows} == {BenefitStanding.CLOSED}


def test_nothing_is_measured_before_its_period_is_over(city: Flask) -> None:
    rows = db.session.scalars(select(Measurement)).all()
    assert rows
    assert all(row.ends_on < row.measured_at.date() for row in rows)


def test_what_has_been_launched_is_run_by_somebody(city: Flask, told: list[Life]) -> None:
    launched = [life for life in told if life.state in (State.CLOSED, State.FOLLOW_UP, State.HANDED_OVER)]
    query = select(OperatedService.project_id, OperatedService.standing)
    standing = dict(db.session.execute(query).all())
    assert {standing[project_of(life).id] for life in launched} == {"accepted"}


def test_the_periods_begin_with_the_first_life_and_each_is_reported_on_once(
    city: Flask, told: list[Life]
) -> None:
    first = min(life.invention.submitted_on for life in told)
    starts = db.session.scalars(select(ReportPeriod.starts_on)).all()
    assert min(starts).year == first.year
    closed = project_of(next(life for life in told if life.state is State.CLOSED))
    reports = db.session.scalars(select(StatusReport).where(StatusReport.project_id == closed.id)).all()
    assert len(reports) >= 1
    assert {row.state for row in reports} == {"approved"}
