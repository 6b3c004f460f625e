"""May somebody do something, and if not, why: what every policy answers and every verb asks first."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Verdict:
    """May, or may not and why. The reason is a text for the person who asked, translated when it is shown."""

    allowed: bool
    reason: object = ""

    def __bool__(self) -> bool:
        return self.allowed


YES = Verdict(True)


def no(reason: object) -> Verdict:
    """May not, because of this."""
    return Verdict(False, reason)


class RefusedError(Exception):
    """The person may know of the record but not do this to it."""

    def __init__(self, reason: object) -> None:
        super().__init__(str(reason))
        self.reason = reason


def require(verdict: Verdict) -> None:
    """Go on only if allowed. Raises RefusedError."""
    if not verdict:
        raise RefusedError(verdict.reason)
