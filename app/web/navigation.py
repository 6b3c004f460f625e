"""The main navigation: each place says who sees it, by the same predicate as its route.

Whoever has few places sees them beside each other. Whoever has many sees those of one subject under its name.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from itertools import groupby
from typing import Any

from flask import Flask, g, request, url_for

from app.web.language import current_language

ROW = 8
"""So many places stand beside each other on one line."""
MANY = 100
"""So much need not be counted to the end: beside a place it says 99+."""


@dataclass(frozen=True)
class Place:
    """One entry of the navigation."""

    label: Any
    endpoint: str
    allowed: Callable[..., Any]
    count: Callable[..., int] | None = None
    """How much waits there for the viewer."""
    subject: Any = ""
    """What it is shown under together with its neighbours, for whoever has many places."""


@dataclass(frozen=True)
class Link:
    """A place as the viewer sees it."""

    label: Any
    href: str
    current: bool
    waiting: int = 0

    @property
    def told(self) -> str:
        """How much waits, as it is shown; empty for nothing."""
        return f"{MANY - 1}+" if self.waiting >= MANY else str(self.waiting or "")


@dataclass(frozen=True)
class Entry(Link):
    """What stands in the row: a place, or a subject with its places."""

    places: Sequence[Link] = field(default=())


def add(app: Flask, *places: Place) -> None:
    """Add places, in the order in which they are shown."""
    app.extensions.setdefault("navigation", []).extend(places)


def entries_for(app: Flask) -> list[Entry]:
    """The places that the viewer may go to."""
    viewer = g.get("viewer")
    if viewer is None or g.get("no_navigation"):
        return []
    places = [place for place in app.extensions.get("navigation", []) if place.allowed(viewer)]
    if len(places) <= ROW:
        return [_entry(place, viewer) for place in places]
    return list(_by_subject(places, viewer))


def _by_subject(places: Sequence[Place], viewer: Any) -> Iterator[Entry]:
    for subject, found in groupby(places, key=lambda place: str(place.subject)):
        entries = [_entry(place, viewer) for place in found]
        if subject and len(entries) > 1:
            waiting = sum(entry.waiting for entry in entries)
            yield Entry(subject, "", any(entry.current for entry in entries), waiting, entries)
        else:
            yield from entries


def _entry(place: Place, viewer: Any) -> Entry:
    waiting = place.count(viewer) if place.count else 0
    return Entry(place.label, url_for(place.endpoint), request.endpoint == place.endpoint, waiting)


def leave_out() -> None:
    """Show this request's page without the navigation, which asks the database for what waits."""
    g.no_navigation = True


def install(app: Flask) -> None:
    """Give the templates `navigation` and `language`."""

    @app.context_processor
    def _navigation() -> dict[str, object]:
        return {"navigation": entries_for(app), "language": current_language()}
