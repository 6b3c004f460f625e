"""The tests of budget effects happen when the first benefits have come."""

from __future__ import annotations

from datetime import UTC, datetime, tzinfo

import pytest

from tests.realisation.measuring_story import AFTERWARDS


class Afterwards(datetime):
    """The moment at which every page of these tests is opened."""

    @classmethod
    def now(cls, tz: tzinfo | None = None) -> Afterwards:
        return cls.fromtimestamp(AFTERWARDS.timestamp(), tz or UTC)


@pytest.fixture(autouse=True)
def _clock(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("app.accounts.session.datetime", Afterwards)
