"""The application as tests use it."""

from __future__ import annotations

from pathlib import Path
from types import CodeType
from typing import Any

from flask import Flask
from jinja2 import BytecodeCache
from jinja2.bccache import Bucket

from app import create_app
from app.db import db
from app.files import FileStore
from config import Config


class CompiledOnce(BytecodeCache):
    """What templates were compiled to, for all applications of this process."""

    def __init__(self) -> None:
        self._kept: dict[tuple[str, str], CodeType | None] = {}

    def load_bytecode(self, bucket: Bucket) -> None:
        bucket.code = self._kept.get((bucket.key, bucket.checksum))

    def dump_bytecode(self, bucket: Bucket) -> None:
        self._kept[bucket.key, bucket.checksum] = bucket.code


_COMPILED = CompiledOnce()


def make_app(address: str, folder: Path) -> Flask:
    """The application on this database, with its files in this folder."""
    return compiled_once(_app(address, folder))


def compiled_once(app: Flask) -> Flask:
    """The same application, whose templates are not compiled again if another one has had them compiled."""
    app.jinja_env.bytecode_cache = _COMPILED
    return app


def _app(address: str, folder: Path) -> Flask:
    return create_app(
        Config(
            database_url=address,
            data_folder=folder,
            secret_key="for tests only",
            secure_cookies=False,
            demo=False,
            extra={
                "TESTING": True,
                "PROPAGATE_EXCEPTIONS": True,
                "WTF_CSRF_ENABLED": False,
                "PAPER_PATIENCE": 600,
            },
        )
    )


class LentApps:
    """One application for each database, as good as new for each test: to make one takes long.

    What they print is kept for the whole run: the same document is not made twice for the two databases.
    """

    def __init__(self, paper: Path) -> None:
        self._paper = paper
        self._made: dict[str, tuple[Flask, list[dict[Any, Any]]]] = {}

    def on(self, address: str, folder: Path) -> Flask:
        """The application on this database, with its files in this folder."""
        if address not in self._made:
            app = make_app(address, folder)
            self._made[address] = app, [_copied(what) for what in _changeable(app)]
        app, pristine = self._made[address]
        for lent, before in zip(_changeable(app), pristine, strict=True):
            lent.clear()
            lent.update(_copied(before))
        app.config["PAPER_FOLDER"] = self._paper
        app.config["MAIL_FOLDER"] = folder / "mail"
        app.extensions["files"] = FileStore(folder / "files")
        app.extensions["results"] = FileStore(folder / "results")
        app.test_client_class = None
        return app

    def close(self) -> None:
        """Let go of all databases."""
        for app, *_ in self._made.values():
            with app.app_context():
                close_database()


def _changeable(app: Flask) -> tuple[dict[Any, Any], ...]:
    """What a test may have changed of an application."""
    return app.config, app.extensions, app.before_request_funcs, app.after_request_funcs


def _copied(what: dict[Any, Any]) -> dict[Any, Any]:
    return {name: list(one) if isinstance(one, list) else one for name, one in what.items()}


def close_database() -> None:
    """Let go of the current app's database; SQLite then leaves everything in its one file."""
    db.session.remove()
    db.engine.dispose()
