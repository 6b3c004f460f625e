"""Where a notification leads: to its project, unless the room that sent it says otherwise."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from app.notifications.models import Kind, Notification

Place = tuple[str, dict[str, Any]]
"""A page by its name, and the parts of its address."""

_PLACES: dict[Kind, Callable[[Notification], Place]] = {}


def leads_to(*kinds: Kind) -> Callable[[Callable[[Notification], Place]], Callable[[Notification], Place]]:
    """Register where notifications of these kinds lead."""

    def registered(place: Callable[[Notification], Place]) -> Callable[[Notification], Place]:
        for kind in kinds:
            _PLACES[kind] = place
        return place

    return registered


def place_of(notification: Notification) -> Place:
    """The page that shows what the notification tells of."""
    place = _PLACES.get(Kind(notification.kind), _its_project)
    return place(notification)


def _its_project(notification: Notification) -> Place:
    return "overview.project", {"project_id": notification.project_id or 0}
