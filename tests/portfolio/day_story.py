"""A case from its first day to the end of a benefit, told day by day."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from decimal import Decimal

from app.core.realisation import BenefitEnd
from app.core.risks import Outcome
from app.db import transaction
from app.decisions import service as decisions
from app.decisions.models import OpinionKind
from app.delivery.funds import service as funds
from app.delivery.reports import service as reports
from app.delivery.risks import queries as risks
from app.delivery.risks import service as keeping
from app.delivery.risks.values import RiskValues
from app.programmes.ledger import change_frame
from app.programmes.models import Programme
from app.projects.models import Project
from app.realisation import closing, service
from app.realisation import queries as benefits
from app.reviews import service as reviews
from tests.conftest import TODAY, Cast
from tests.delivery.granted import claim, payer, requisition
from tests.realisation.measuring_story import AFTERWARDS, measured_values, of, plan_values
from tests.review_story import LATER, answer_all, decide, taken_in
from tests.running_story import PLANNED, REPORTED, report_and_read, report_on, run
from tests.running_story import period as period_of
from tests.story import reloaded, submitted

RISK = RiskValues(
    text="Leverantören hinner inte.", probability=4, consequence=4, action="Vite.", owner="Beställare"
)


def at(day: date) -> datetime:
    """An hour of that day at which people work."""
    return datetime(day.year, day.month, day.day, 9, 0, tzinfo=UTC)


def story(cast: Cast, programme: Programme) -> Iterator[date]:
    """What happens, day by day; each day when it is over."""
    project = taken_in(cast, programme)
    yield TODAY
    yield TODAY + timedelta(days=1)
    answer_all(cast, project)
    with transaction():
        reviews.accept_as_complete(cast.secretary, project, LATER)
        reviews.refer_to_council(cast.secretary, project, LATER)
    yield LATER.date()
    decided = LATER + timedelta(days=2)
    with transaction():
        decisions.record_opinion(
            cast.secretary,
            project,
            meeting_on=decided.date(),
            kind=OpinionKind.APPROVE,
            text="Rådet tillstyrker.",
            separate_statements=0,
            now=decided,
        )
    decide(cast.secretary, project, decided_on=decided.date(), now=decided)
    yield decided.date()
    run(cast, project)
    yield PLANNED.date()
    period_of(cast, programme)
    yield REPORTED.date() - timedelta(days=1)
    report_and_read(cast, programme, project)
    yield REPORTED.date()
    project = reloaded(project)
    yield from _at_work(cast, programme, project)
    yield from _benefits(cast, project)


def _at_work(cast: Cast, programme: Programme, project: Project) -> Iterator[date]:
    number = period_of(cast, programme).id
    with transaction():
        reports.give_back(
            cast.secretary,
            report_on(cast.secretary, project, number),
            1,
            reason="Fel år.",
            now=at(date(2027, 5, 20)),
        )
        keeping.add_risk(cast.leader, project, RISK, at(date(2027, 5, 20)))
    yield date(2027, 5, 20)
    submitted(cast, programme, title="Felanmälan", now=at(date(2027, 6, 1)))
    with transaction():
        change_frame(
            cast.administrator,
            programme,
            Decimal(5_000_000),
            reference="KF § 9",
            booked_on=date(2027, 6, 1),
            now=at(date(2027, 6, 1)),
        )
    yield date(2027, 6, 1)
    with transaction():
        row = funds.send(cast.leader, project, claim(cast), files=(), now=at(date(2027, 6, 10)))
        sent = row.number
    yield date(2027, 6, 10)
    yield from _paid(cast, project, sent)
    risk = risks.risk_for(cast.leader, project.id, risks.top_open(project.id)[0].risk_id)
    assert risk is not None
    with transaction():
        keeping.change_risk(cast.leader, risk, replace(RISK, probability=2), at(date(2027, 8, 1)))
    yield date(2027, 8, 1)
    with transaction():
        keeping.close_risk(cast.leader, risk, Outcome.HANDLED, note="", now=at(date(2027, 9, 1)))
    yield date(2027, 9, 1)


def _paid(cast: Cast, project: Project, number: int) -> Iterator[date]:
    found = requisition(cast.secretary, project, number)
    with transaction():
        funds.approve(cast.secretary, found, found.latest.number, at(date(2027, 6, 12)))
    yield date(2027, 6, 12)
    who = payer()
    found = requisition(who, project, number)
    day = date(2027, 6, 20)
    with transaction():
        funds.pay(who, found, found.latest.number, paid_on=day, reference="V-1", now=at(day))
    yield day


def _benefits(cast: Cast, project: Project) -> Iterator[date]:
    with transaction():
        service.save_plan(
            cast.leader,
            of(cast.leader, project),
            plan_values(cast, share=Decimal("0.333")),
            at(date(2027, 9, 2)),
        )
    yield date(2027, 9, 2)
    day = date(2028, 5, 1)
    with transaction():
        closing.expect(
            cast.leader, of(cast.leader, project), yearly=Decimal("700000.50"), starts_on=date(2029, 1, 1),
            reason="Senare.", now=at(day),
        )  # fmt: skip
    yield day
    with transaction():
        row = service.measure(cast.manager, of(cast.manager, project), measured_values(), AFTERWARDS)
        number = row.id
    yield AFTERWARDS.date()
    found = benefits.measurement_for(cast.manager, project.id, of(cast.manager, project).benefit.id, number)
    assert found is not None
    values = measured_values(
        correction="Fel kolumn.",
        counted={"volume": Decimal(3_001), "minutes_saved": Decimal(25), "share": Decimal("0.44")},
    )
    with transaction():
        service.correct(cast.manager, found, values, at(date(2029, 2, 1)))
    yield date(2029, 2, 1)
    with transaction():
        closing.propose(
            cast.manager,
            of(cast.manager, project),
            BenefitEnd.PARTLY,
            reason="Halva.",
            lost=Decimal(100_000),
            now=at(date(2029, 3, 1)),
        )
    yield date(2029, 3, 1)
    with transaction():
        closing.verify(cast.secretary, of(cast.secretary, project), "Ja.", at(date(2029, 3, 9)))
    yield date(2029, 3, 9)
