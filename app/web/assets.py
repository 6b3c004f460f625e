"""Addresses of static files, with a hash of their content: cached for ever, never stale."""

from __future__ import annotations

import hashlib
from functools import lru_cache
from pathlib import Path

from flask import Flask, request, url_for


def install(app: Flask) -> None:
    """Give the templates `asset('css/hemtag.css')`."""
    folder = Path(app.static_folder or "static")

    @lru_cache(maxsize=200)
    def digest(name: str) -> str:
        return hashlib.sha256((folder / name).read_bytes()).hexdigest()[:12]

    @lru_cache(maxsize=200)
    def address(_under: str, name: str) -> str:
        return url_for("static", filename=name, v=digest(name))

    def asset(name: str) -> str:
        return address(request.script_root, name)

    app.jinja_env.globals["asset"] = asset
    app.config["SEND_FILE_MAX_AGE_DEFAULT"] = 31_536_000
