"""The tests of the portfolio happen when the first benefits have come."""

from __future__ import annotations

import pytest

from tests.realisation.conftest import Afterwards


@pytest.fixture(autouse=True)
def _clock(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("app.accounts.session.datetime", Afterwards)
