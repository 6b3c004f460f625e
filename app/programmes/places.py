"""Which programme a page speaks of, and the pages beside each other."""

from __future__ import annotations

from typing import Any

from flask import request, url_for
from flask_babel import gettext as _

from app.accounts.access import Viewer
from app.programmes import policy, queries
from app.programmes.models import Programme


def asked_for(_viewer: Viewer) -> Programme | None:
    """The programme that the address names (`?program=2`), else the latest. For `requires(..., load=…)`."""
    named = request.args.get("program", "")
    if not named:
        return queries.the_programme()
    return queries.programme(int(named)) if named.isdecimal() and len(named) < 10 else None


def address(endpoint: str, programme: Programme) -> str:
    """The address of a page about this programme; the latest needs no name."""
    latest = queries.the_programme()
    is_latest = latest is not None and latest.id == programme.id
    return url_for(endpoint, program=None if is_latest else programme.id)


def places(viewer: Viewer, programme: Programme) -> list[dict[str, Any]]:
    """The programme's pages, for the tabs above them."""
    found = [
        ("programmes.programme", _("Programmet"), True),
        ("programmes.rounds", _("Ansökningsomgångar"), True),
        ("programmes.settings", _("Inställningar"), True),
        ("programmes.ledger", _("Rambok"), bool(policy.may_read_ledger(viewer, programme))),
    ]
    return [
        {"label": label, "href": address(endpoint, programme), "current": request.endpoint == endpoint}
        for endpoint, label, allowed in found
        if allowed
    ]
