"""The tests of the programme's reports happen when a year is over and its reports are in."""

from __future__ import annotations

from datetime import UTC, datetime, tzinfo

import pytest

from tests.programme_report.report_story import ISSUED


class WhenItIsOver(datetime):
    """The moment at which every page of these tests is opened."""

    @classmethod
    def now(cls, tz: tzinfo | None = None) -> WhenItIsOver:
        return cls.fromtimestamp(ISSUED.timestamp(), tz or UTC)


@pytest.fixture(autouse=True)
def _clock(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("app.accounts.session.datetime", WhenItIsOver)
