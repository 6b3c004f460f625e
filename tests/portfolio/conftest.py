"""The tests of the portfolio happen when the first benefits have come."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any
from weakref import WeakKeyDictionary

import pytest

from app.history import remembered
from app.portfolio import known as knowing
from app.portfolio.moment import Moment
from tests.portfolio.remembering import Told
from tests.realisation.conftest import Afterwards


@pytest.fixture(autouse=True)
def _clock(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("app.accounts.session.datetime", Afterwards)


@pytest.fixture(autouse=True)
def _nothing_yet(monkeypatch: pytest.MonkeyPatch) -> None:
    """What an earlier test has had remembered may be of a history that begins alike."""
    monkeypatch.setattr(remembered, "_memories", WeakKeyDictionary())


@pytest.fixture
def told(monkeypatch: pytest.MonkeyPatch) -> Told:
    """The projects that are counted, each time; None: all of them."""
    found: Told = []
    count = knowing.counted

    def counted(moment: Moment, category: str, only: Sequence[int] | None = None) -> Any:
        found.append(only if only is None else list(only))
        return count(moment, category, only)

    monkeypatch.setattr(knowing, "counted", counted)
    return found
