"""A clock for pages: whoever opens one does it a few days after the story began."""

from __future__ import annotations

from datetime import UTC, datetime, tzinfo

import pytest

from tests.review_story import LATER


class StoryTime(datetime):
    """The moment at which every page of these tests is opened."""

    @classmethod
    def now(cls, tz: tzinfo | None = None) -> StoryTime:
        return cls.fromtimestamp(LATER.timestamp(), tz or UTC)


def set_clock(patch: pytest.MonkeyPatch) -> None:
    """Let requests happen on the day of the story."""
    patch.setattr("app.accounts.session.datetime", StoryTime)
