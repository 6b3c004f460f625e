"""The pages of what remains are opened when the receivers answer."""

from __future__ import annotations

from datetime import UTC, datetime, tzinfo

import pytest

from tests.closing.handover.remaining import ANSWERED


class AnswerTime(datetime):
    """The moment at which every page of these tests is opened."""

    @classmethod
    def now(cls, tz: tzinfo | None = None) -> AnswerTime:
        return cls.fromtimestamp(ANSWERED.timestamp(), tz or UTC)


@pytest.fixture(autouse=True)
def _clock(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("app.accounts.session.datetime", AnswerTime)
