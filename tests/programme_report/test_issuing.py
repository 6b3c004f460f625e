"""A report is written, issued as it stands, and never changed: its figures are those of its day."""

from __future__ import annotations

import json
from datetime import date, timedelta
from decimal import Decimal
from typing import Any

import pytest
from sqlalchemy import select

from app.accounts.access import Viewer
from app.applications.snapshot import sha256_of
from app.core.lacks import IncompleteError
from app.core.programme_report import ReportKind
from app.core.verdict import RefusedError
from app.db import db, transaction
from app.history.service import record
from app.portfolio import queries as portfolio
from app.portfolio.asked import Lit, Wanted
from app.portfolio.moment import moment_of
from app.programme_report import service
from app.programme_report.content import Content
from app.programme_report.queries import listed, report_for, version_for
from app.programmes.ledger import change_frame
from app.programmes.models import Programme
from app.projects.models import Project
from tests.conftest import Cast
from tests.programme_report.report_story import (
    AS_AT,
    ISSUED,
    TODAY,
    begun,
    found,
    issue,
    issued,
    revised,
    written,
)

LATER = ISSUED + timedelta(days=40)


def content(viewer: Viewer, report_id: int, number: int = 1) -> Any:
    """What a version says."""
    version = version_for(viewer, report_id, number)
    assert version is not None
    return version.version.content


def test_its_figures_are_those_of_the_councils_portfolio_on_its_day(cast: Cast, programme: Programme) -> None:
    said = content(cast.council, issued(cast, programme))
    wanted, moment = Wanted(programme_id=programme.id, on=AS_AT), moment_of(AS_AT, TODAY)
    totals = portfolio.totals(cast.council, wanted, moment)
    whole, frame = totals.whole, portfolio.frame(wanted, moment)
    money, benefits, running = said["money"], said["benefits"], said["running"]
    assert [Decimal(money[name]) for name in ("frame", "available", "granted", "paid", "left")] == [
        frame.frame, frame.available, whole.granted, whole.paid, whole.left,
    ]  # fmt: skip
    for name in ("promised", "yearly", "forecast", "realised", "taken_home"):
        assert Decimal(benefits[name]) == getattr(whole, name), name
    assert whole.realised > 0
    assert {row["state"]: row["count"] for row in said["pipeline"]["states"]} == {
        state.value: sums.count for state, sums in totals.by_state.items()
    }
    assert running["lights"] == {
        lit.value: totals.by_light[lit].count if lit in totals.by_light else 0 for lit in Lit
    }
    assert running["late"]["report"] == whole.late_reports
    assert len(said["projects"]) == whole.count == 4


def test_its_groups_come_to_its_sums(cast: Cast, programme: Programme) -> None:
    benefits = content(cast.council, issued(cast, programme))["benefits"]
    for groups in ("by_department", "by_year", "by_category"):
        for name in ("promised", "realised"):
            summed = sum(Decimal(row[name]) for row in benefits[groups])
            assert summed == Decimal(benefits[name]), (groups, name)


def test_it_tells_of_no_case_that_the_council_has_not_been_sent(cast: Cast, programme: Programme) -> None:
    said = json.dumps(content(cast.secretary, issued(cast, programme)), ensure_ascii=False)
    assert "Markupplåtelse" in said
    assert "Felanmälan" not in said, "it is registered, and no more"
    assert "Ett utkast" not in said


def test_what_is_issued_stays_byte_for_byte_whatever_happens_later(cast: Cast, programme: Programme) -> None:
    report_id = issued(cast, programme)
    version = found(cast.secretary, report_id).newest
    assert version is not None
    before, print_before = json.dumps(version.content), version.content_sha256
    assert sha256_of(version.content) == print_before
    with transaction():
        for project in db.session.scalars(select(Project)):
            project.title = f"Omdöpt {project.id}"
            record(cast.leader, "change_details", project, now=LATER)
        change_frame(cast.administrator, programme, Decimal(5), reference="KF", booked_on=TODAY, now=LATER)
    db.session.expire_all()
    newest = found(cast.secretary, report_id).newest
    assert newest is not None
    assert (json.dumps(newest.content), newest.content_sha256) == (before, print_before)


def test_what_became_known_after_its_day_stands_in_a_later_version_only(
    cast: Cast, programme: Programme
) -> None:
    report_id = begun(cast, programme)
    with transaction():
        change_frame(cast.administrator, programme, Decimal(5), reference="KF", booked_on=AS_AT, now=ISSUED)
    issue(cast, report_id)
    revised(cast, programme, report_id, TODAY, LATER)
    frames = [content(cast.council, report_id, number)["money"]["frame"] for number in (1, 2)]
    assert frames == ["100000000", "100000005"]


def test_a_later_version_says_why_and_the_earlier_one_stays(cast: Cast, programme: Programme) -> None:
    report_id = issued(cast, programme)
    first = json.dumps(content(cast.council, report_id))
    with pytest.raises(RefusedError):
        service.revise(cast.secretary, found(cast.secretary, report_id), reason="  ", now=LATER)
    revised(cast, programme, report_id, date(2029, 2, 28), LATER, headline="Nyttan kommer.")
    both = found(cast.council, report_id).versions
    assert [row.number for row in both] == [1, 2]
    assert both[1].reason == both[1].content["reason"] == "En rapport kom sent."
    assert json.dumps(both[0].content) == first
    assert both[1].content["said"]["texts"]["headline"] == "Nyttan kommer."
    assert both[1].content["said"]["texts"]["well"] == both[0].content["said"]["texts"]["well"]
    assert both[1].content["as_at"] == "2029-02-28"


def test_nothing_is_issued_that_lacks_its_summary_or_a_goal(cast: Cast, programme: Programme) -> None:
    report_id = begun(cast, programme)
    with transaction():
        service.save(cast.secretary, found(cast.secretary, report_id), Content(), ISSUED)
    with pytest.raises(IncompleteError) as refused:
        issue(cast, report_id)
    db.session.rollback()
    assert [lack.field.partition("_")[0] for lack in refused.value.lacks] == [
        "headline", "well", "worries", "decide", "standing", "standing",
    ]  # fmt: skip


def test_figures_of_a_day_that_is_not_over_are_not_frozen(cast: Cast, programme: Programme) -> None:
    report_id = begun(cast, programme)
    with transaction():
        service.choose_day(cast.secretary, found(cast.secretary, report_id), TODAY, ISSUED)
    with pytest.raises(IncompleteError):
        issue(cast, report_id)
    db.session.rollback()
    with pytest.raises(RefusedError):
        service.choose_day(cast.secretary, found(cast.secretary, report_id), date(2028, 12, 30), ISSUED)


def test_a_report_is_begun_once_and_when_its_time_is_over(cast: Cast, programme: Programme) -> None:
    report_id = begun(cast, programme)
    with pytest.raises(service.ReportExistsError) as refused:
        service.begin(cast.secretary, programme, ReportKind.YEAR, 2028, today=TODAY, now=ISSUED)
    assert refused.value.report_id == report_id
    for kind, year in ((ReportKind.FIRST, 2029), (ReportKind.YEAR, 2025), (ReportKind.YEAR, 2030)):
        with pytest.raises(RefusedError):
            service.begin(cast.secretary, programme, kind, year, today=TODAY, now=ISSUED)


def test_the_next_report_asks_for_the_same_measures(cast: Cast, programme: Programme) -> None:
    issued(cast, programme)
    with transaction():
        final = service.begin(cast.secretary, programme, ReportKind.FINAL, 1, today=TODAY, now=ISSUED)
    said = service.begun(found(cast.secretary, final.id))
    assert {(goal.measure, goal.standing) for goal in said.goals.values()} == {("Nöjda invånare", None)}
    assert (final.year, final.as_at) == (2029, TODAY - timedelta(days=1))


def test_only_the_secretariat_knows_of_what_is_not_issued(cast: Cast, programme: Programme) -> None:
    report_id = begun(cast, programme)
    for reader in (cast.council, cast.auditor, cast.decider):
        assert report_for(reader, report_id) is None
        assert listed(reader) == []
    with pytest.raises(RefusedError):
        service.save(cast.council, found(cast.secretary, report_id), written(programme), ISSUED)
    issue(cast, report_id)
    for reader in (cast.council, cast.auditor, cast.decider):
        assert [row.number for row in listed(reader)] == [1]
