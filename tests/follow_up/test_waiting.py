"""What waits of follow-ups: in the list on each day, and for whom it reminds."""

from __future__ import annotations

from collections import Counter
from datetime import timedelta

from app.accounts.queries import grants_of
from app.accounts.service import end_role
from app.core.follow_up import Standing, standing
from app.core.treated import Treated
from app.db import db, transaction
from app.follow_up import waiting
from app.follow_up.queries import follow_ups_of
from app.follow_up.reminding import due_follow_ups
from app.follow_up.waiting import Wanted
from app.history.service import System
from app.notifications.models import Kind
from app.programmes.models import Programme
from tests.closing.final_story import handed_over
from tests.conftest import Cast
from tests.follow_up.follow_story import (
    WRITTEN,
    follow_up,
    follow_up_sent,
    followed_up,
)


def test_the_list_says_of_each_day_what_the_page_of_the_project_says(
    cast: Cast, programme: Programme
) -> None:
    """The database is asked for what stands where; the core says it of each."""
    project = followed_up(cast, programme)
    rows = follow_ups_of(project.id)
    days = [row.follows_on for row in rows] + [row.due_on + timedelta(days=1) for row in rows]
    for day in (*days, *(day - timedelta(days=1) for day in days)):
        said = Counter(standing(Treated(row.state), row.follows_on, row.due_on, day) for row in rows)
        for asked in Standing:
            found, count = waiting.listed(cast.secretary, Wanted(asked), day, limit=10, offset=0)
            assert len(found) == count == said[asked], (day, asked)
            assert waiting.counts(cast.secretary, Wanted(asked), day)[asked] == count
    assert waiting.listed(cast.nobody, Wanted(), days[0], limit=9, offset=0) == ([], 0)


# --- reminding -------------------------------------------------------------------------------------------


def test_it_reminds_whoever_manages_the_department_and_wakes_the_secretariat(
    cast: Cast, programme: Programme
) -> None:
    project = handed_over(cast, programme)
    due = follow_up(cast.manager, project).follow_up.due_on
    both = {cast.manager.id, cast.leader.id}

    def told(days: int) -> dict[int, Kind]:
        return {row.person_id: row.tells for row in due_follow_ups(due + timedelta(days=days))}

    assert told(-15) == {}
    assert told(-14) == dict.fromkeys(both, Kind.FOLLOW_UP_DUE)
    assert told(1) == dict.fromkeys(both, Kind.FOLLOW_UP_LATE)
    assert told(7) == dict.fromkeys({*both, cast.secretary.id}, Kind.FOLLOW_UP_LATE)
    with transaction():
        end_role(System(), grants_of(cast.manager.id)[0], WRITTEN[0])
    assert told(-14) == dict.fromkeys({cast.leader.id, cast.secretary.id}, Kind.FOLLOW_UP_DUE), (
        "nobody manages"
    )
    db.session.rollback()


def test_what_is_sent_is_not_reminded_of(cast: Cast, programme: Programme) -> None:
    project = follow_up_sent(cast, programme)
    due = follow_up(cast.manager, project).follow_up.due_on
    assert list(due_follow_ups(due + timedelta(days=20))) == []
