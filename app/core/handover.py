"""What remains when a project ends: what may be said of each thing, as one table, and what that leads to."""

from __future__ import annotations

from enum import StrEnum


class RestKind(StrEnum):
    """What sort of thing remains."""

    TASK = "task"
    OPERATION = "operation"
    FOLLOW_UP = "follow_up"
    INFORMATION = "information"
    DOCUMENT = "document"


class Standing(StrEnum):
    """Who has the thing."""

    NOTED = "noted"
    """The project has written it down; nobody has been asked."""
    ASKED = "asked"
    DECLINED = "declined"
    ACCEPTED = "accepted"
    """By the receiving department."""
    TAKEN_OVER = "taken_over"
    """By a named person."""


class RestAction(StrEnum):
    """A verb that moves a thing."""

    CHANGE = "change_rest_item"
    ASK = "ask_receiver"
    ACCEPT = "accept_rest_item"
    DECLINE = "decline_rest_item"
    TAKE_OVER = "take_over_rest_item"


class RestOutcome(StrEnum):
    """How a thing ends."""

    DONE = "done"
    DROPPED = "dropped"


HELD = frozenset({Standing.ACCEPTED, Standing.TAKEN_OVER})
"""Somebody outside the project has it."""

ANSWERS: dict[RestAction, Standing] = {
    RestAction.ACCEPT: Standing.ACCEPTED,
    RestAction.DECLINE: Standing.DECLINED,
    RestAction.TAKE_OVER: Standing.TAKEN_OVER,
}
"""What a receiver says; it may be said anew until the project has ended."""

_TRANSITIONS: dict[tuple[Standing, RestAction], Standing] = {
    (Standing.NOTED, RestAction.ASK): Standing.ASKED,
    **{(standing, RestAction.CHANGE): Standing.NOTED for standing in Standing},
    **{
        (standing, answer): target
        for standing in Standing
        if standing is not Standing.NOTED
        for answer, target in ANSWERS.items()
    },
}


def after(standing: Standing, action: RestAction) -> Standing | None:
    """Where the action leads; None when there is no such action. What is changed is to be accepted anew."""
    return _TRANSITIONS.get((standing, action))
