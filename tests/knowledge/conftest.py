"""The tests of lessons happen on the day of the story, not today."""

from __future__ import annotations

import pytest

from tests.review_clock import set_clock


@pytest.fixture(autouse=True)
def _clock(monkeypatch: pytest.MonkeyPatch) -> None:
    set_clock(monkeypatch)
