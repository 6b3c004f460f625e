"""The main navigation: each place says who sees it, by the same predicate as its route."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from flask import Flask, g, request, url_for

from app.web.language import current_language


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
    count: int = 0


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
            place.count(viewer) if place.count else 0,
        )
        for place in app.extensions.get("navigation", [])
        if place.allowed(viewer)
    ]


def leave_out() -> None:
    """Show this request's page without the navigation, which asks the database for what waits."""
    g.no_navigation = True


def install(app: Flask) -> None:
    """Give the templates `navigation` and `language`."""

    @app.context_processor
    def _navigation() -> dict[str, object]:
        return {"navigation": links_for(app), "language": current_language()}
