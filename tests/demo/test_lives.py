"""Six years of projects: what is drawn of them, before anybody enters anything."""

from __future__ import annotations

from collections import Counter, defaultdict
from datetime import date, datetime, timedelta
from decimal import Decimal
from statistics import mean
from typing import Any, cast

import pytest

from app.cli import MOST_LIVES
from app.core.clock import LOCAL_TIME
from app.core.workflow import GRANTED, State
from app.demo.cast import OFFICES
from app.demo.invention import asked_for
from app.demo.lives.cases import case_of, rounds_before
from app.demo.lives.days import FRIDAY
from app.demo.lives.life import FIRST, LEVELS, MONTHS_LATE, MOST, SPANS, Life, lives
from app.demo.lives.load import happenings
from app.demo.programmes import MILLION, round_name

DAY = date(2027, 3, 1)
DAYS = [date(2026, 11, 27), date(2027, 1, 1), date(2028, 2, 29), date(2029, 12, 31), date(2030, 1, 5)]
ROOM = 250 * MILLION
"""Of today's programme's 300 million; the told projects have the rest."""


@pytest.fixture(scope="module")
def told() -> list[Life]:
    return lives(MOST, DAY)


def moments(today: date, count: int = MOST) -> list[tuple[datetime, Any]]:
    """When something happens to any of them. Nobody is needed as long as nothing happens."""
    nobody: Any = None
    found = happenings(lives(count, today), cast("Any", nobody), nobody, today)
    return [(at, happens) for at, happens in found]


def test_a_hundred_and_fifty_stand_in_every_state(told: list[Life]) -> None:
    assert len(told) == MOST == MOST_LIVES == 150
    standing = Counter(life.state for life in told)
    assert standing.keys() == set(State)
    assert standing == {state: span.services + span.studies for state, span in SPANS.items()}


def test_the_first_have_most_to_tell(told: list[Life]) -> None:
    assert [life.state for life in told[: len(FIRST)]] == list(FIRST)
    assert all(life.is_service for life in told[: len(FIRST)])


def test_fewer_are_the_first_of_all(told: list[Life]) -> None:
    assert lives(7, DAY) == told[:7]
    assert lives(0, DAY) == []


def test_the_same_day_gives_the_same_lives(told: list[Life]) -> None:
    again = lives(MOST, DAY)
    assert again == told
    assert [case_of(life, DAY) for life in again] == [case_of(life, DAY) for life in told]
    assert [at for at, _happens in moments(DAY)] == [at for at, _happens in moments(DAY)]


def test_they_span_six_years_and_all_departments(told: list[Life]) -> None:
    came_in = sorted(life.invention.submitted_on for life in told)
    assert timedelta(days=5 * 365) < DAY - came_in[0] < timedelta(days=6 * 366)
    assert {life.subject.lead for life in told} == {name for names in OFFICES.values() for name in names}


def test_no_two_have_the_same_title_or_the_same_indicator(told: list[Life]) -> None:
    cases = [case_of(life, DAY) for life in told]
    assert len({case.title for case in cases}) == MOST
    shown = [(line["department"], line["indicator"]) for case in cases for line in case.benefits]
    assert len(set(shown)) == len(shown)


@pytest.mark.parametrize("today", DAYS, ids=str)
def test_everything_happens_on_weekdays_and_nothing_tomorrow(today: date) -> None:
    found = [at for at, _happens in moments(today)]
    assert len(found) > 2_000
    assert all(at.weekday() <= FRIDAY for at in found)
    assert max(found) < datetime.combine(today, datetime.min.time(), LOCAL_TIME)


@pytest.mark.parametrize("today", DAYS, ids=str)
def test_every_half_year_has_a_round_that_applications_name(today: date) -> None:
    told = lives(MOST, today)
    rounds = rounds_before(told, today)
    assert len(rounds) >= 10
    assert all(opens_on < closes_on < today for opens_on, closes_on in rounds)
    known = {round_name(closes_on) for _opens_on, closes_on in rounds}
    used = {case_of(life, today).round for life in told}
    assert len(used & known) > 5


@pytest.mark.parametrize("today", DAYS, ids=str)
def test_the_programme_has_room_for_all_that_is_granted(today: date) -> None:
    granted = [case_of(life, today) for life in lives(MOST, today) if life.state in GRANTED]
    assert MILLION < sum((asked_for(case.costs) for case in granted), Decimal(0)) < ROOM


# --- what came -------------------------------------------------------------------------------------------


def by_category(told: list[Life]) -> dict[str, list[Any]]:
    found = defaultdict(list)
    for life in told:
        for line, came in zip(life.invention.service.get("benefits", ()), life.came, strict=True):
            found[line[1]].append(came)
    return found


def test_what_comes_is_well_under_what_was_promised_and_differs_by_category(told: list[Life]) -> None:
    found = by_category(told)
    assert found.keys() == LEVELS.keys() == MONTHS_LATE.keys()
    for category, rows in found.items():
        assert float(mean(row.level for row in rows)) == pytest.approx(LEVELS[category], abs=0.06)
        assert float(mean(row.months_late for row in rows)) == pytest.approx(MONTHS_LATE[category], abs=1)
    assert max(LEVELS.values()) < 1
    assert LEVELS["redistribution"] < LEVELS["quality"] < LEVELS["financial"]


def test_not_everything_goes_as_it_should(told: list[Life]) -> None:
    launched = [life for life in told if life.state in (State.FOLLOW_UP, State.CLOSED, State.HANDED_OVER)]
    services = [life.service for life in launched if life.is_service]
    assert any(row.lost for row in services)
    assert any(not row.held for row in services)
    assert any(not row.measured for life in launched for row in life.came)
    assert any(not row.planned for life in told for row in life.came)
    late = [life for life in told if life.days_late > 0]
    assert MOST / 2 < len(late) < MOST * 0.8
    assert any(life.dearer > 1.2 for life in told)
    assert any(life.dearer < 1 for life in told)
