"""The views of a portfolio of a thousand projects are light, whatever people call things."""

from __future__ import annotations

from datetime import date, timedelta
from decimal import Decimal

import pytest

from app.accounts.models import Department
from app.core.follow_up import Standing
from app.core.project_time import FollowedUp, Period
from app.core.workflow import State
from app.db import db, transaction
from app.portfolio import queries
from app.portfolio.bubbles import pages as bubbles
from app.portfolio.rows import Row
from app.portfolio.timeline import pages as timeline
from app.portfolio.timeline.queries import Days
from app.programmes.models import Programme
from tests.conftest import Browser, Cast
from tests.realisation.measuring_story import TODAY
from tests.web.test_weight import LIGHT, LONGEST

MANY = 1_000
MONEY = Decimal("12345678.90")
STATES = (State.RUNNING, State.CLOSING, State.FOLLOW_UP, State.TERMINATING)


def row(number: int, department_id: int) -> Row:
    """A project with all that a row can hold."""
    return Row(
        id=1_000_000 + number, title=LONGEST, case_number=f"2027-{number:04}", kind="implementation",
        state=STATES[number % 4], department_id=department_id, round_id=None, decided_on=date(2027, 3, 24),
        applied=MONEY, granted=MONEY - number, paid=MONEY, left=MONEY, days_late=number % 200, risk=25,
        light=("red", "yellow", "green", "none")[number % 4], high_risks=3, benefits=6, promised=MONEY,
        yearly=MONEY, forecast=MONEY / 10 - number, realised=MONEY, taken_home=MONEY, unmeasured=1,
        late_cases=1, late_reports=1, late_follow_ups=1,
    )  # fmt: skip


@pytest.fixture
def thousand(cast: Cast, programme: Programme, monkeypatch: pytest.MonkeyPatch) -> None:
    """A thousand projects of departments with long names."""
    with transaction():
        db.session.execute(db.update(Department).values(name=Department.id.cast(db.String) + LONGEST[:110]))
    departments = [cast.department.id, cast.other_department.id]

    rows = [row(number, departments[number % 2]) for number in range(MANY)]
    monkeypatch.setattr(queries, "found", lambda *_asked: rows)
    monkeypatch.setattr(timeline, "days_of", lambda numbers, _moment: days(numbers))


def days(numbers: list[int]) -> Days:
    """Each has had two plans, is late, is in use, and has three follow-ups that stand differently."""
    standings = (Standing.APPROVED, Standing.LATE, Standing.COMING)
    plans = [Period(date(2020, 1, 1), date(2028, 3, 17)), Period(date(2020, 1, 1), date(2028, 11, 23))]
    rows = [
        FollowedUp(TODAY + timedelta(days=300 * place), months, standing)
        for place, (months, standing) in enumerate(zip((3, 12, None), standings, strict=True))
    ]
    ended = TODAY + timedelta(days=77)
    return Days(
        dict.fromkeys(numbers, plans),
        dict.fromkeys(numbers, ended),
        dict.fromkeys(numbers, ended),
        dict.fromkeys(numbers, TODAY),
        dict.fromkeys(numbers, rows),
    )


@pytest.mark.usefixtures("thousand")
@pytest.mark.parametrize(
    "asked",
    ["bubblor", "bubblor?page=40", "tidslinje", "tidslinje?sort=department&page=90", "tidslinje?sort=state"],
)
@pytest.mark.parametrize("language", ["sv", "en"])
def test_a_view_of_a_thousand_projects_is_light(
    browser: Browser, cast: Cast, asked: str, language: str
) -> None:
    browser.sign_in(cast.secretary).post("/sprak", data={"language": language})
    page = browser.get(f"/portfolj/{asked}{'&' if '?' in asked else '?'}lage=granted&ljus=&forvaltning=1")
    assert "1\xa0000" in page.text or "1000" in page.text
    assert page.text.count("&amp; överklag") >= 8
    assert len(page.data) <= LIGHT


@pytest.mark.usefixtures("thousand")
def test_what_is_not_drawn_is_said_with_its_money(browser: Browser, cast: Cast) -> None:
    page = browser.sign_in(cast.secretary).get("/portfolj/bubblor").text.replace("\xa0", " ")
    assert f"De {bubbles.DRAWN} största av 1 000 projekt har" in page
    assert f"{MANY - bubbles.DRAWN} mindre projekt, med" in page
    assert page.count("<circle") == bubbles.DRAWN + 4, "and the four of the key"
