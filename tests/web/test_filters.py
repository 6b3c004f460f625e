"""Each room names its words for templates: one that takes the name of another is told of nowhere else."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from flask.templating import Environment

from tests.apps import make_app

ONE_DATABASE_IS_ENOUGH = "an application that asks no database is made"


def test_no_room_takes_the_name_of_another_rooms_filter(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    taken, begin = [], Environment.__init__

    class Names(dict[str, Any]):
        def __setitem__(self, name: str, filter_: Any) -> None:
            if name in ours:
                taken.append(name)
            ours.add(name)
            super().__setitem__(name, filter_)

    ours: set[str] = set()

    def begun(self: Environment, *args: Any, **options: Any) -> None:
        begin(self, *args, **options)
        self.filters = Names(self.filters)

    monkeypatch.setattr(Environment, "__init__", begun)
    make_app(f"sqlite:///{tmp_path / 'none.sqlite3'}", tmp_path)
    assert ours
    assert taken == []
