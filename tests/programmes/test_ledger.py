"""The frame and its ledger: it only adds, it adds up, and it never goes below zero."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from html import unescape

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy import text
from sqlalchemy.exc import IntegrityError

from app.accounts.queries import department_names
from app.core.verdict import RefusedError
from app.db import db, transaction
from app.history.queries import timeline_of
from app.programmes import queries, service
from app.programmes.documents import LedgerDocument, ledger_document
from app.programmes.models import FrameBalance, LedgerEntry, Programme
from app.projects.models import Project
from tests.conftest import NOW, TODAY, Browser, Cast
from tests.databases import address_of, past_the_guards

FRAME = Decimal(100_000_000)


def balance(programme: Programme) -> FrameBalance:
    found = queries.frame_balance(programme.id)
    assert found is not None
    return found


def grant(cast: Cast, project: Project, amount: Decimal, year: int = 2027, **other: int) -> LedgerEntry:
    return service.post_grant(
        cast.secretary,
        programme_id=project.programme_id,
        project_id=project.id,
        department_id=other.get("department_id", cast.department.id),
        year=year,
        amount=amount,
        booked_on=TODAY,
        reference="Beslut 2027-03-01",
        now=NOW,
    )


def change_frame(cast: Cast, programme: Programme, amount: Decimal) -> LedgerEntry:
    return service.change_frame(
        cast.administrator, programme, amount, reference="KF 2027-03-01 § 1", booked_on=TODAY, now=NOW
    )


def document(programme: Programme) -> LedgerDocument:
    return ledger_document(queries.ledger(programme.id), department_names())


def test_the_balance_of_a_new_programme_is_its_frame(programme: Programme) -> None:
    row = balance(programme)
    assert (row.frame, row.granted, row.available) == (FRAME, Decimal(0), FRAME)
    (entry,) = queries.ledger(programme.id)
    assert (entry.kind, entry.amount, entry.booked_on) == ("frame", FRAME, date(2026, 1, 1))


def test_a_grant_takes_of_what_is_left(cast: Cast, programme: Programme, project: Project) -> None:
    grant(cast, project, Decimal("1250000.50"))
    row = balance(programme)
    assert (row.granted, row.available) == (Decimal("1250000.50"), FRAME - Decimal("1250000.50"))


def test_a_grant_is_told_on_the_timeline_of_the_project(cast: Cast, project: Project) -> None:
    grant(cast, project, Decimal(1))
    assert timeline_of(project.id)[0].verb == "post_grant"


def test_the_last_krona_can_be_granted_and_not_one_ore_more(
    cast: Cast, programme: Programme, project: Project
) -> None:
    grant(cast, project, FRAME)
    with pytest.raises(service.FrameExceededError) as refused:
        grant(cast, project, Decimal("0.01"))
    assert refused.value.available == 0
    assert balance(programme).available == 0
    assert len(queries.ledger(programme.id)) == 2


@pytest.mark.parametrize("amount", ["0", "-1"])
def test_a_grant_is_more_than_nothing(amount: str, cast: Cast, project: Project) -> None:
    with pytest.raises(ValueError, match="more than nothing"):
        grant(cast, project, Decimal(amount))


def test_the_frame_is_raised_and_lowered_but_not_below_what_is_granted(
    cast: Cast, programme: Programme, project: Project
) -> None:
    grant(cast, project, Decimal(40_000_000))
    change_frame(cast, programme, Decimal(5_000_000))
    change_frame(cast, programme, Decimal(-65_000_000))
    assert balance(programme).available == 0
    with pytest.raises(service.FrameExceededError):
        change_frame(cast, programme, Decimal("-0.01"))
    with pytest.raises(ValueError, match="changed by an amount"):
        change_frame(cast, programme, Decimal(0))


def test_only_the_administrator_changes_the_frame_and_only_the_secretariat_grants(
    cast: Cast, programme: Programme, project: Project
) -> None:
    with pytest.raises(RefusedError):
        service.change_frame(cast.secretary, programme, FRAME, reference="", booked_on=TODAY, now=NOW)
    with pytest.raises(RefusedError):
        service.post_grant(
            cast.leader, programme_id=programme.id, project_id=project.id,
            department_id=cast.department.id, year=2027, amount=FRAME, booked_on=TODAY,
            reference="", now=NOW,
        )  # fmt: skip


Step = tuple[str, Decimal]
any_amount = st.decimals(min_value=Decimal("0.01"), max_value=FRAME, places=2)
quarters = st.integers(min_value=1, max_value=4).map(lambda number: FRAME / 4 * number)
steps = st.lists(
    # Whole quarters of the frame, so that many stories come to its very end and beyond.
    st.tuples(st.sampled_from(["grant", "grant", "raise", "lower"]), quarters | any_amount),
    min_size=2,
    max_size=10,
)


@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(story=steps)
def test_after_any_story_the_balance_is_the_frame_less_the_grants(
    story: list[Step], cast: Cast, programme: Programme, project: Project
) -> None:
    frame, granted = FRAME, Decimal(0)

    def take(verb: str, amount: Decimal) -> LedgerEntry:
        if verb == "grant":
            return grant(cast, project, amount, year=2027 + len(story) % 3)
        return change_frame(cast, programme, amount if verb == "raise" else -amount)

    for verb, amount in story:
        if verb != "raise" and amount > frame - granted:
            with pytest.raises(service.FrameExceededError):
                take(verb, amount)
        else:
            take(verb, amount)
            frame += {"grant": Decimal(0), "raise": amount, "lower": -amount}[verb]
            granted += amount if verb == "grant" else 0
    row, whole = balance(programme), document(programme)
    assert (row.frame, row.granted, row.available) == (frame, granted, frame - granted)
    assert (whole.frame, whole.granted, whole.available) == (frame, granted, frame - granted)
    assert all(line.available >= 0 for line in whole.lines)
    assert sum((whole.granted_in(year) for year in whole.years), Decimal(0)) == granted
    assert sum((row.total for row in whole.departments), Decimal(0)) == granted
    db.session.rollback()


@pytest.mark.parametrize(
    ("change", "name"),
    [
        ("available = -1, granted = frame + 1", "never_below_zero"),
        ("available = available + 1", "adds_up"),
        ("granted = granted + 1", "adds_up"),
    ],
)
def test_the_database_holds_the_balance_by_plain_sql_too(
    change: str, name: str, programme: Programme
) -> None:
    with pytest.raises(IntegrityError, match=name):
        db.session.execute(text(f"update frame_balance set {change}"))
    db.session.rollback()


@pytest.mark.parametrize(
    ("kind", "project_id", "name"), [("loan", 1, "kind_known"), ("grant", None, "grant_complete")]
)
def test_the_database_refuses_a_line_that_makes_no_sense(
    kind: str, project_id: int | None, name: str, cast: Cast, programme: Programme, project: Project
) -> None:
    line = text(
        "insert into ledger_entry (programme_id, kind, amount, booked_on, project_id, department_id, year, "
        "reference, created_at) values (1, :kind, 100, '2027-01-01', :project, 1, 2027, '', '2027-01-01')"
    )
    with pytest.raises(IntegrityError, match=name):
        db.session.execute(line, {"kind": kind, "project": project_id})
    db.session.rollback()


def test_of_two_who_grant_the_last_krona_at_once_one_is_refused(
    cast: Cast, programme: Programme, project: Project
) -> None:
    """The second reads a balance that says there is enough; the first has taken it meanwhile."""
    stale = balance(programme).available
    db.session.rollback()
    with past_the_guards(address_of(db.engine)) as other:
        other.exec_driver_sql("update frame_balance set granted = granted + 9999999999, available = 1")
    with pytest.raises(service.FrameExceededError) as refused:
        grant(cast, project, stale)
    assert refused.value.available == Decimal("0.01")
    db.session.rollback()


def test_the_page_shows_sums_that_add_up_and_no_title_of_a_project(
    browser: Browser, cast: Cast, programme: Programme, project: Project
) -> None:
    with transaction():
        grant(cast, project, Decimal(3_000_000), 2027)
        grant(cast, project, Decimal(2_000_000), 2028)
        grant(cast, project, Decimal(1_500_000), 2028, department_id=cast.other_department.id)
    whole = document(programme)
    assert [(row.department, row.total) for row in whole.departments] == [
        ("Kulturförvaltningen", Decimal(1_500_000)),
        ("Miljöförvaltningen", Decimal(5_000_000)),
    ]
    assert [line.available for line in whole.lines][-1] == Decimal(93_500_000)
    page = unescape(browser.sign_in(cast.council).get("/program/rambok").text).replace("\xa0", " ")
    assert "93 500 000 kr" in page
    assert "3 500 000" in page
    assert "Beslut 2027-03-01" in page
    assert "Hemligt arbetsnamn" not in page


def test_the_ledger_is_read_by_those_who_work_with_the_whole_programme(
    browser: Browser, cast: Cast, programme: Programme
) -> None:
    allowed = {"secretary", "auditor", "council", "decider"}
    everybody = [*allowed, "administrator", "leader", "manager", "controller", "nobody"]
    for who in everybody:
        answer = browser.sign_in(getattr(cast, who)).get("/program/rambok")
        assert answer.status_code == (200 if who in allowed else 403), who
        assert ("/program/rambok" in browser.get("/program").text) == (who in allowed), who
