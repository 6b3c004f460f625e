"""Reports are written by their leader, frozen when sent, answered by the secretariat; late ones are late."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st
from sqlalchemy import select

from app.applications.snapshot import sha256_of
from app.core.reporting import Dimension, Light, ReportState
from app.core.verdict import RefusedError
from app.db import db, transaction
from app.delivery.plans import queries as plans
from app.delivery.reports import queries, service
from app.delivery.reports.content import (
    Content,
    CostSaid,
    HoursSaid,
    LightSaid,
    MilestoneSaid,
    as_json,
    from_json,
)
from app.delivery.reports.models import ReportVersion
from app.delivery.reports.service import InvalidReportError
from app.history.models import HistoryEvent
from app.notifications.models import Notification
from app.programmes.models import Programme
from app.projects.models import Project
from tests.conftest import Cast
from tests.running_story import (
    LIGHTS,
    PERIOD_ENDS,
    REPORTED,
    complete_content,
    period,
    report_on,
    report_sent,
    running,
)

YELLOW = LightSaid(Light.YELLOW, "Upphandlingen drar ut på tiden.")
DAYS = st.none() | st.dates(min_value=date(2020, 1, 1), max_value=date(2040, 1, 1))
MONEY = st.none() | st.integers(min_value=0, max_value=10**12).map(lambda ore: Decimal(ore) / 100)
NUMBERS = st.integers(min_value=1, max_value=10**6)
CONTENTS = st.builds(
    Content,
    lights=st.dictionaries(
        st.sampled_from(Dimension), st.builds(LightSaid, st.none() | st.sampled_from(Light), st.text())
    ),
    milestones=st.dictionaries(NUMBERS, st.builds(MilestoneSaid, DAYS, DAYS)),
    costs=st.dictionaries(NUMBERS, st.builds(CostSaid, MONEY, MONEY)),
    hours=st.dictionaries(NUMBERS, st.builds(HoursSaid, MONEY, MONEY)),
    explanation=st.text(),
    done=st.text(),
    coming=st.text(),
    needs=st.text(),
)


@given(CONTENTS)
def test_what_is_typed_is_the_same_after_it_was_kept(content: Content) -> None:
    assert from_json(as_json(content)) == content


def send(cast: Cast, project: Project, number: int, content: Content) -> None:
    with transaction():
        service.send(cast.leader, report_on(cast.leader, project, number), content, REPORTED)


def newest(project: Project) -> ReportVersion:
    query = select(ReportVersion).where(ReportVersion.project_id == project.id)
    found = db.session.scalars(query.order_by(ReportVersion.id.desc())).first()
    assert found is not None
    return found


def test_a_sent_report_is_frozen_with_the_figures_as_they_were(cast: Cast, programme: Programme) -> None:
    project = report_sent(cast, programme)
    before = newest(project)
    content, print_ = before.content, before.content_sha256
    assert content["totals"]["spent"] == f"{before.spent:f}"
    milestone = plans.milestones_of(project.id)[0]
    with transaction():
        service.give_back(
            cast.secretary,
            report_on(cast.secretary, project, period(cast, programme).id),
            1,
            reason="Ange när tjänsten öppnar.",
            now=REPORTED,
        )
    late = {milestone.id: MilestoneSaid(date(2027, 9, 1))}
    plan = plans.current_plan(project.id)
    assert plan is not None
    lights = LIGHTS | {Dimension.TIME: LightSaid(Light.RED, "Mätningen kom i gång sent.")}
    changed = complete_content(project, milestones=late, lights=lights)
    send(cast, project, period(cast, programme).id, changed)
    db.session.expire_all()
    first, second = queries.versions_of(before.report_id)
    assert (first.content, first.content_sha256) == (content, print_)
    assert sha256_of(first.content) == print_
    assert (second.number, second.time_light, second.days_late) == (2, "red", 93)
    assert plans.milestones_of(project.id)[0].forecast_on == date(2027, 9, 1)


def test_the_next_report_starts_from_the_last(cast: Cast, programme: Programme) -> None:
    project = report_sent(cast, programme)
    with transaction():
        service.add_period(
            cast.secretary,
            programme.id,
            name="Tertial 2 2027",
            starts_on=date(2027, 5, 1),
            ends_on=date(2027, 8, 31),
            due_on=date(2027, 9, 14),
            now=REPORTED,
        )
    second = queries.periods_of(programme.id)[0]
    begun = service.begun(report_on(cast.leader, project, second.id))
    said = complete_content(project)
    assert begun.costs == said.costs
    assert begun.hours == said.hours
    assert begun.lights == said.lights
    assert (begun.done, begun.coming) == ("", "")


def test_a_report_that_lacks_something_is_kept_and_not_sent(cast: Cast, programme: Programme) -> None:
    project = running(cast, programme)
    number = period(cast, programme).id
    with pytest.raises(InvalidReportError) as refused:
        send(cast, project, number, Content(done="Början"))
    assert {"light_time", "coming"} <= refused.value.faults.keys()
    db.session.rollback()
    with transaction():
        service.save(cast.leader, report_on(cast.leader, project, number), Content(done="Början"), REPORTED)
    found = report_on(cast.leader, project, number)
    assert found.state is ReportState.DRAFT
    assert service.begun(found).done == "Början"
    assert found.newest is None


@pytest.mark.parametrize(
    ("changes", "field"),
    [
        ({"lights": dict.fromkeys(Dimension, LightSaid(Light.YELLOW))}, "reason_quality"),
        ({"lights": {}}, "light_scope"),
        ({"done": ""}, "done"),
        ({"coming": ""}, "coming"),
    ],
)
def test_each_lack_is_told_beside_its_field(
    cast: Cast, programme: Programme, changes: dict[str, object], field: str
) -> None:
    project = running(cast, programme)
    with pytest.raises(InvalidReportError) as refused:
        send(cast, project, period(cast, programme).id, complete_content(project, **changes))
    assert field in refused.value.faults


def test_cost_that_is_off_is_explained_and_its_light_is_too(cast: Cast, programme: Programme) -> None:
    project = running(cast, programme)
    number = period(cast, programme).id
    content = complete_content(project)
    dear = {
        key: replace(said, forecast=said.forecast * 2) for key, said in content.costs.items() if said.forecast
    }
    with pytest.raises(InvalidReportError) as refused:
        send(cast, project, number, replace(content, costs=dear))
    assert refused.value.faults.keys() == {"explanation", "reason_cost"}
    db.session.rollback()
    cheap = {key: replace(said, forecast=Decimal(0)) for key, said in content.costs.items()}
    with pytest.raises(InvalidReportError) as refused:
        send(cast, project, number, replace(content, costs=cheap))
    assert any(name.startswith("cost_") for name in refused.value.faults)  # less than is spent already


def test_a_milestone_whose_day_has_passed_is_answered_for(cast: Cast, programme: Programme) -> None:
    project = running(cast, programme)
    passed = plans.milestones_of(project.id)[0]
    said = {passed.id: MilestoneSaid(forecast_on=PERIOD_ENDS)}
    with pytest.raises(InvalidReportError) as refused:
        send(cast, project, period(cast, programme).id, complete_content(project, milestones=said))
    assert f"forecast_{passed.id}" in refused.value.faults


def test_only_the_leader_writes_and_only_the_secretariat_answers(cast: Cast, programme: Programme) -> None:
    project = running(cast, programme)
    number = period(cast, programme).id
    for somebody in (cast.manager, cast.secretary, cast.auditor, cast.controller):
        with pytest.raises(RefusedError):
            service.save(somebody, report_on(somebody, project, number), Content(), REPORTED)
    send(cast, project, number, complete_content(project))
    for somebody in (cast.leader, cast.manager, cast.auditor, cast.council):
        with pytest.raises(RefusedError):
            service.approve(somebody, report_on(somebody, project, number), 1, REPORTED)
    with pytest.raises(RefusedError):
        service.save(cast.leader, report_on(cast.leader, project, number), Content(), REPORTED)


def test_a_report_is_read_then_approved_for_good(cast: Cast, programme: Programme) -> None:
    project = report_sent(cast, programme)
    number = period(cast, programme).id
    with transaction():
        service.read(cast.secretary, report_on(cast.secretary, project, number), 1, REPORTED)
    with transaction():
        service.approve(cast.secretary, report_on(cast.secretary, project, number), 1, REPORTED)
    found = report_on(cast.secretary, project, number)
    assert found.state is ReportState.APPROVED
    assert [row.kind for row in found.remarks] == ["read_report", "approve_report"]
    for act in (service.read, service.approve):
        with pytest.raises(RefusedError):
            act(cast.secretary, found, 1, REPORTED)


def test_an_answer_to_an_older_version_is_refused(cast: Cast, programme: Programme) -> None:
    project = report_sent(cast, programme)
    with pytest.raises(RefusedError, match="på nytt"):
        service.approve(
            cast.secretary, report_on(cast.secretary, project, period(cast, programme).id), 2, REPORTED
        )


def test_those_whom_it_concerns_are_told(cast: Cast, programme: Programme) -> None:
    project = report_sent(cast, programme)
    number = period(cast, programme).id
    with transaction():
        service.comment(cast.secretary, report_on(cast.secretary, project, number), "Bra.", REPORTED)
        service.comment(cast.leader, report_on(cast.leader, project, number), "Tack.", REPORTED)
    told = db.session.execute(
        select(Notification.kind, Notification.person_id).where(Notification.kind.like("report%"))
    ).all()
    assert sorted(tuple(row) for row in told) == [
        ("report_commented", cast.leader.id),
        ("report_commented", cast.secretary.id),
        ("report_sent", cast.secretary.id),
    ]


def test_everything_is_in_the_history(cast: Cast, programme: Programme) -> None:
    project = report_sent(cast, programme)
    verbs = set(db.session.scalars(select(HistoryEvent.verb).where(HistoryEvent.project_id == project.id)))
    assert {"begin_report", "freeze_report", "send_report"} <= verbs


def test_a_project_that_began_after_the_period_does_not_report_on_it(
    cast: Cast, programme: Programme
) -> None:
    project = running(cast, programme)
    with transaction():
        early = service.add_period(
            cast.secretary,
            programme.id,
            name="Helår 2026",
            starts_on=date(2026, 9, 1),
            ends_on=date(2026, 12, 31),
            due_on=date(2027, 1, 18),
            now=REPORTED,
        )
    assert queries.report_for(cast.leader, project.id, early.id) is None
    assert queries.waiting_for(cast.leader, date(2027, 3, 1), limit=9) == []


def test_it_waits_for_the_leader_when_its_day_comes_near_and_then_for_the_secretariat(
    cast: Cast, programme: Programme
) -> None:
    project = running(cast, programme)
    due = period(cast, programme).due_on
    assert queries.waiting_for(cast.leader, due - timedelta(days=15), limit=9) == []
    (mine,) = queries.waiting_for(cast.leader, due - timedelta(days=14), limit=9)
    assert (mine.project_id, mine.late(due), mine.late(due + timedelta(days=1))) == (project.id, False, True)
    send(cast, project, period(cast, programme).id, complete_content(project))
    assert queries.waiting_for(cast.leader, due, limit=9) == []
    assert [row.project_id for row in queries.waiting_for(cast.secretary, due, limit=9)] == [project.id]
    assert queries.waiting_for(cast.manager, due, limit=9) == []


def test_yellow_needs_a_reason_and_gets_it(cast: Cast, programme: Programme) -> None:
    project = running(cast, programme)
    send(
        cast,
        project,
        period(cast, programme).id,
        complete_content(project, lights=dict.fromkeys(Dimension, YELLOW)),
    )
    assert newest(project).content["lights"]["time"]["reason"] == YELLOW.reason
