"""A written document that is sent, read, and sent back or approved: the life that several of them share.

Pure.
"""

from __future__ import annotations

from collections.abc import Mapping
from enum import StrEnum
from typing import TypeVar

Verb = TypeVar("Verb", bound=StrEnum)


class Treated(StrEnum):
    """Where such a document stands."""

    DRAFT = "draft"
    SENT = "sent"
    RETURNED = "returned"
    APPROVED = "approved"


WRITTEN = frozenset({Treated.DRAFT, Treated.RETURNED})
"""States in which somebody writes it."""


def steps_of(send: Verb, give_back: Verb, approve: Verb) -> Mapping[tuple[Treated, Verb], Treated]:
    """Where each of a document's verbs leads from each state; there is no other step."""
    return {
        (Treated.DRAFT, send): Treated.SENT,
        (Treated.RETURNED, send): Treated.SENT,
        (Treated.SENT, give_back): Treated.RETURNED,
        (Treated.SENT, approve): Treated.APPROVED,
    }
