"""What became of promises: what is not measured is nought, and nobody counts what he or she does not see."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta
from decimal import Decimal

import pytest
from sqlalchemy import select, update

from app.accounts.access import Viewer
from app.core.calibration import ASSUMED, Case
from app.core.conditions import Became, became
from app.core.realisation import BenefitEnd
from app.db import db, transaction
from app.decisions.models import Decision
from app.knowledge.conditions import conditions_by_year
from app.knowledge.outcomes import _groups, cases, outcomes_of, size_of
from app.programmes.models import Programme
from app.projects.queries import visible_to
from app.realisation import closing, register
from app.realisation.expecting import expected_by, promise_of
from app.realisation.models import Benefit
from app.realisation.queries import benefits_of
from app.realisation.register import Wanted
from tests.conftest import Browser, Cast
from tests.delivery.granted import DUE, approved, granted, reported
from tests.realisation.conftest import Afterwards
from tests.realisation.measuring_story import AFTERWARDS, measured, of
from tests.running_story import running

LATER = date(2029, 2, 1)
ONE_DAY = timedelta(days=1)


@pytest.fixture(autouse=True)
def _afterwards(_clock: None, monkeypatch: pytest.MonkeyPatch) -> None:
    """These tests happen when the first benefits have come."""
    monkeypatch.setattr("app.accounts.session.datetime", Afterwards)


def seen_by(viewer: Viewer) -> list[Case]:
    """What became of the projects that somebody sees."""
    return cases(visible_to(viewer), LATER)


def test_promised_and_realised_are_those_of_the_register_and_nobody_has_measured_is_nought(
    cast: Cast, programme: Programme
) -> None:
    measured(cast, programme)
    running(cast, programme, title="En annan tjänst")
    found = seen_by(cast.auditor)
    sums = register.Found(cast.auditor, Wanted(), LATER).sums
    assert len(found) == 2
    assert sum(case.promised for case in found) == sums.expected
    assert sum(case.realised for case in found) == sums.came.realised
    assert min(case.realised for case in found) == Decimal(0)


def test_projects_are_grouped_by_how_sure_most_of_their_kronor_were(cast: Cast, programme: Programme) -> None:
    measured(cast, programme)
    (only,) = seen_by(cast.auditor)
    assert only.traits["evidence"] == "measured"
    with transaction():
        older = {"evidence": None}
        db.session.execute(update(Benefit).values(older).execution_options(synchronize_session=False))
    (only,) = seen_by(cast.auditor)
    assert only.traits["evidence"] == "not_stated", "its application is from before it was asked"
    kinds = ("not_stated", "assumption", "measured", "comparable")
    several = [replace(only, key=key, traits={"evidence": kind}) for key, kind in enumerate(kinds)]
    groups = dict(_groups(several, "evidence", ASSUMED))
    assert list(groups) == ["measured", "comparable", "assumption", "not_stated"], "the surest first"


def test_a_project_whose_benefits_are_still_to_come_is_no_case(cast: Cast, programme: Programme) -> None:
    measured(cast, programme)
    assert cases(visible_to(cast.auditor), date(2028, 6, 30)) == []


def test_nobody_counts_a_project_that_he_or_she_does_not_see(cast: Cast, programme: Programme) -> None:
    measured(cast, programme)
    assert seen_by(replace(cast.auditor, roles=frozenset())) == []


def test_the_answer_leans_on_what_is_assumed_and_towards_what_came(cast: Cast, programme: Programme) -> None:
    measured(cast, programme)
    found = outcomes_of(seen_by(cast.auditor), ASSUMED).together.share
    assert found.cases == 1
    assert found.observed is not None
    assert min(found.observed, ASSUMED.share.mean) < found.expected < max(found.observed, ASSUMED.share.mean)


def test_the_page_says_how_much_came_and_what_is_assumed(
    browser: Browser, cast: Cast, programme: Programme
) -> None:
    browser.sign_in(cast.auditor)
    assert "Inget att jämföra än" in browser.get("/lardomar/utfall").text
    measured(cast, programme)
    page = browser.get("/lardomar/utfall").text
    assert "Av ett nytt projekts nytta kan man vänta" in page
    assert "antas 70" in page.replace("\xa0", " ")
    assert "Programmet har inte beslutat" in page


@pytest.mark.parametrize(
    ("granted", "size"),
    [(1_000_000, "small"), (1_000_001, "middling"), (10_000_000, "large"), (10_000_001, "very_large")],
)
def test_a_project_is_as_large_as_what_it_was_granted(granted: int, size: str) -> None:
    assert size_of(Decimal(granted)) == size


def test_a_case_is_of_the_year_in_which_its_money_was_granted(cast: Cast, programme: Programme) -> None:
    project = measured(cast, programme)
    (decision,) = db.session.scalars(select(Decision).where(Decision.project_id == project.id))
    (only,) = seen_by(cast.auditor)
    assert only.traits["year"] == str(decision.decided_on.year)
    assert only.traits["size"] == size_of(decision.amount)


def test_what_has_ended_as_it_came_is_held_to_its_promise_as_long_as_it_was_measured(
    cast: Cast, programme: Programme
) -> None:
    """The first benefit is measured through 2028, and ended; the others never come."""
    project = measured(cast, programme)
    (before,) = seen_by(cast.auditor)
    with transaction():
        closing.propose(
            cast.manager,
            of(cast.manager, project),
            BenefitEnd.REALISED,
            reason="Den kom.",
            lost=None,
            now=AFTERWARDS,
        )
    with transaction():
        closing.verify(cast.secretary, of(cast.secretary, project), "Stämmer.", AFTERWARDS)
    (at_once,) = seen_by(cast.auditor)
    (much_later,) = cases(visible_to(cast.auditor), date(2032, 1, 1))
    first = of(cast.auditor, project).benefit
    others = sum(
        (expected_by(promise_of(row), date(2032, 1, 1)) for row in benefits_of(project.id)[1:]), Decimal(0)
    )
    until_it_ended = expected_by(promise_of(first), date(2029, 1, 1))
    assert much_later.promised == until_it_ended + others
    assert at_once.promised < before.promised
    assert at_once.realised == before.realised == much_later.realised


# --- conditions ------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("met_on", "due_on", "ended", "expected"),
    [
        (DUE, DUE, False, Became.IN_TIME),
        (DUE, None, True, Became.IN_TIME),
        (DUE + ONE_DAY, DUE, True, Became.LATE),
        (None, DUE, False, Became.TO_COME),
        (None, DUE - ONE_DAY, False, Became.OVERDUE),
        (None, None, False, Became.TO_COME),
        (None, DUE + ONE_DAY, True, Became.FELL),
    ],
)
def test_what_becomes_of_a_condition(
    met_on: date | None, due_on: date | None, ended: bool, expected: Became
) -> None:
    assert became(met_on, due_on, DUE, ended=ended) is expected


def test_conditions_are_told_of_by_the_year_of_their_decision_and_only_those_that_one_sees(
    cast: Cast, programme: Programme
) -> None:
    project = granted(cast, programme)
    seen = visible_to(cast.auditor)
    assert conditions_by_year(seen, DUE) == {2027: {Became.TO_COME: 2}}
    assert conditions_by_year(seen, DUE + ONE_DAY) == {2027: {Became.OVERDUE: 1, Became.TO_COME: 1}}
    reported(cast, project)
    assert conditions_by_year(seen, DUE) == {2027: {Became.TO_COME: 2}}
    approved(cast, project)
    assert conditions_by_year(seen, DUE + ONE_DAY) == {2027: {Became.IN_TIME: 1, Became.TO_COME: 1}}
    assert conditions_by_year(visible_to(replace(cast.auditor, roles=frozenset())), DUE) == {}
