"""Days on which people of the lives do something: working weeks, never tomorrow, in order."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from functools import partial

from sqlalchemy import inspect

from app.core.clock import LOCAL_TIME
from app.demo.story import Moment, Story
from app.projects.queries import project_for

FRIDAY = 4
Happening = Callable[[Story, datetime], None]


def working_day(day: date) -> date:
    """The day, or the Friday before it."""
    return day - timedelta(days=max(day.weekday() - FRIDAY, 0))


@dataclass(frozen=True, slots=True)
class Course:
    """What happens in a story from one day to another."""

    story: Story
    number: int
    """The story's own minute, so that what happens to many on a day has an order."""
    begins_on: date
    today: date

    def on(self, day: date, happening: Happening, *, hour: int = 9) -> Iterator[Moment]:
        """The moment at which it happens; none if that has not come, or the project had not begun."""
        fits = working_day(day)
        if self.begins_on < fits < self.today:
            at = datetime.combine(fits, time(hour, self.number % 60, self.number // 60), LOCAL_TIME)
            yield at, partial(_happen, happening, self.story, at)


def _happen(happening: Happening, story: Story, at: datetime) -> None:
    """Let it happen to a project that has been read with its names, as a page would."""
    if "leader" in inspect(story.project).unloaded:
        project_for(story.leader, story.project.id)
    happening(story, at)
