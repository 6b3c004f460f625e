"""The main navigation: each place says who sees it, by the same predicate as its route."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from flask import Flask, g, request, url_for

from app.web.language import current_language

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


@dataclass(frozen=True)
class Link:
    """A place as the viewer sees it."""

    label: Any
    href: str
    current: bool
    waiting: str = ""


def add(app: Flask, *places: Place) -> None:
    """Add places, in the order in which they are shown."""
    app.extensions.setdefault("navigation", []).extend(places)


def links_for(app: Flask) -> list[Link]:
    """The places that the viewer may go to."""
    viewer = g.get("viewer")
    if viewer is None or g.get("no_navigation"):
        return []
    return [
        Link(
            place.label,
            url_for(place.endpoint),
            request.endpoint == place.endpoint,
            _told(place.count(viewer)) if place.count else "",
        )
        for place in app.extensions.get("navigation", [])
        if place.allowed(viewer)
    ]


def _told(count: int) -> str:
    return f"{MANY - 1}+" if count >= MANY else str(count or "")


def leave_out() -> None:
    """Show this request's page without the navigation, which asks the database for what waits."""
    g.no_navigation = True


def install(app: Flask) -> None:
    """Give the templates `navigation` and `language`."""

    @app.context_processor
    def _navigation() -> dict[str, object]:
        return {"navigation": links_for(app), "language": current_language()}
