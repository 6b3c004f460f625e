"""The portfolio as at an earlier day is what it was that day: a story is told day by day, and asked again."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from decimal import Decimal

from app.accounts.access import Viewer
from app.core.benefits import BenefitCategory
from app.core.realisation import BenefitEnd
from app.core.risks import Outcome
from app.core.workflow import State
from app.db import transaction
from app.decisions import service as decisions
from app.decisions.models import OpinionKind
from app.delivery.funds import service as funds
from app.delivery.reports import service as reports
from app.delivery.risks import queries as risks
from app.delivery.risks import service as keeping
from app.delivery.risks.values import RiskValues
from app.portfolio import queries
from app.portfolio.asked import Late, Lit, Wanted
from app.portfolio.moment import Moment, moment_of
from app.portfolio.queries import Frame, Row, Sums
from app.programmes.ledger import change_frame
from app.programmes.models import Programme
from app.projects.models import Project
from app.realisation import closing, service
from app.realisation import queries as benefits
from app.reviews import service as reviews
from tests.conftest import NOW, TODAY, Cast
from tests.delivery.granted import claim, payer, requisition
from tests.follow_up.follow_story import approve, follow_up_written, send
from tests.follow_up.follow_story import follow_up as follow_up_of
from tests.realisation.measuring_story import AFTERWARDS, measured_values, of, plan_values
from tests.review_story import LATER, answer_all, decide, returned, taken_in
from tests.running_story import PLANNED, REPORTED, report_and_read, report_on, run
from tests.running_story import period as period_of
from tests.story import reloaded, submitted

LAST = date(2030, 1, 1)
"""The day on which all earlier ones are asked for again."""
RISK = RiskValues(
    text="Leverantören hinner inte.", probability=4, consequence=4, action="Vite.", owner="Beställare"
)
FILTERS = (
    Wanted(),
    Wanted(state="granted", sort="risk", descending=True),
    Wanted(state=State.RUNNING, sort="paid"),
    Wanted(light=Lit.YELLOW),
    Wanted(light=Lit.NONE, sort="department"),
    Wanted(late=Late.REPORT),
    Wanted(late=Late.CASE, sort="late"),
    Wanted(late=Late.FOLLOW_UP),
    Wanted(year=2027, sort="realised", descending=True),
    Wanted(category=BenefitCategory.REDISTRIBUTION, sort="forecast"),
)

Said = tuple[dict[State, Sums], dict[Lit, Sums], list[Row], Frame]


def said(viewer: Viewer, wanted: Wanted, moment: Moment) -> Said:
    """What the page says, but for what only today is known of."""
    totals = queries.totals(viewer, wanted, moment)
    rows = queries.rows(viewer, wanted, moment, limit=20)
    return (
        {state: replace(sums, unmeasured=0) for state, sums in totals.by_state.items()},
        {lit: replace(sums, unmeasured=0) for lit, sums in totals.by_light.items()},
        [row._replace(unmeasured=None) for row in rows],
        queries.frame(wanted, moment),
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


def test_every_day_says_afterwards_what_it_said_then(cast: Cast, programme: Programme) -> None:
    asked = [(cast.secretary, wanted) for wanted in FILTERS]
    asked += [(reader, Wanted()) for reader in (cast.council, cast.manager, cast.auditor)]
    told: dict[date, list[Said]] = {}
    for day in story(cast, programme):
        told[day] = [said(reader, wanted, moment_of(None, day)) for reader, wanted in asked]
    for day, then in told.items():
        earlier = moment_of(day, LAST)
        for (reader, wanted), before in zip(asked, then, strict=True):
            assert said(reader, wanted, earlier) == before, (day, reader.name, wanted)
    assert len({repr(then[0]) for then in told.values()}) > len(told) // 2, "the days differ"


def test_a_follow_up_was_late_until_it_was_sent(cast: Cast, programme: Programme) -> None:
    project = follow_up_written(cast, programme)
    due = follow_up_of(cast.secretary, project).follow_up.due_on
    days = [due - timedelta(days=1), due, due + timedelta(days=1)]
    wanted = Wanted(late=Late.FOLLOW_UP)
    then = [said(cast.secretary, wanted, moment_of(None, day)) for day in days]
    assert [len(rows) for _states, _lights, rows, _frame in then] == [0, 0, 1]
    sent = due + timedelta(days=2)
    send(cast, project, now=at(sent))
    approve(cast, project, now=at(sent + timedelta(days=3)))
    assert [said(cast.secretary, wanted, moment_of(day, LAST)) for day in days] == then
    assert said(cast.secretary, wanted, moment_of(sent, LAST))[2] == []


def test_a_completion_changes_what_was_asked_for_from_its_day_on(cast: Cast, programme: Programme) -> None:
    project = taken_in(cast, programme)
    then = said(cast.secretary, Wanted(), moment_of(None, TODAY))
    returned(cast, project)
    assert said(cast.secretary, Wanted(), moment_of(TODAY, LAST)) == then
    assert said(cast.secretary, Wanted(), moment_of(LATER.date(), LAST))[0].keys() == {State.RETURNED}


def test_before_the_first_case_there_was_nothing(cast: Cast, programme: Programme) -> None:
    taken_in(cast, programme)
    earlier = moment_of((NOW - timedelta(days=1)).date(), LAST)
    assert queries.totals(cast.auditor, Wanted(), earlier).whole == Sums()
    assert moment_of(LAST, LAST) == moment_of(None, LAST), "today is not an earlier day"
