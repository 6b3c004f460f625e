"""The portfolio as at an earlier day is what it was that day: a story is told day by day, and asked again."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta

from app.accounts.access import Viewer
from app.core.benefits import BenefitCategory
from app.core.workflow import State
from app.portfolio import queries
from app.portfolio.asked import Late, Lit, Wanted
from app.portfolio.moment import Moment, moment_of
from app.portfolio.queries import Frame
from app.portfolio.rows import Row, Sums
from app.programmes.models import Programme
from tests.conftest import NOW, TODAY, Cast
from tests.follow_up.follow_story import approve, follow_up_written, send
from tests.follow_up.follow_story import follow_up as follow_up_of
from tests.portfolio.day_story import at, story
from tests.review_story import LATER, returned, taken_in

LAST = date(2030, 1, 1)
"""The day on which all earlier ones are asked for again."""
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
