"""Who can do what: higher rooms register the work that they know how to do. `jobs` imports none of them."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from app.accounts.access import Viewer
from app.core.verdict import Verdict

Progress = Callable[[], tuple[int, int]]
"""How many parts are done, and of how many."""

Page = tuple[str, dict[str, Any]]
"""A page by its name, and the parts of its address."""


class LostJobError(Exception):
    """The work is another worker's by now: whatever comes of it here is thrown away."""


class JobFailedError(Exception):
    """It cannot be done; says why, in the words of its asker's language."""


class NotNowError(Exception):
    """It cannot be done at this moment, and may be in a while."""


@dataclass
class Work:
    """A piece of work as the one who does it sees it."""

    viewer: Viewer
    """Who asked, with the roles held now."""
    arguments: dict[str, Any]
    done: int = 0
    total: int = 0
    word: str = ""
    lost: bool = False
    _progress: Progress | None = field(default=None, repr=False)

    def tell(self, done: int, total: int, word: str = "") -> None:
        """Say how far it has come. Raises LostJobError when it is no use to go on."""
        self.done, self.total, self.word = done, total, word
        if self.lost:
            raise LostJobError

    def watch(self, progress: Progress) -> None:
        """Let the heart ask by itself how far it has come, where the work itself is waiting."""
        self._progress = progress

    def reached(self) -> tuple[int, int, str]:
        """How far it has come."""
        if self._progress is not None:
            self.done, self.total = self._progress()
        return self.done, self.total, self.word


@dataclass(frozen=True)
class Document:
    """What is to be fetched."""

    content: bytes
    name: str
    media_type: str


@dataclass(frozen=True)
class Outcome:
    """What came of it. The effect runs in the transaction that says that it is done: both, or neither."""

    document: Document | None = None
    effect: Callable[[datetime], None] | None = None
    told: str = ""
    """What came of it, in the asker's language, where there is nothing to fetch."""


Doing = Callable[[Work, Any], Outcome]


@dataclass(frozen=True)
class Known:
    """A kind of work: what it is about, who may have it done, and how."""

    load: Callable[..., Any]
    allowed: Callable[[Viewer, Any], Verdict]
    do: Doing
    done_at: Callable[[dict[str, Any]], Page] | None = None
    failed_at: Callable[[dict[str, Any]], Page] | None = None


KINDS: dict[str, Known] = {}


def kind(
    name: str,
    *,
    load: Callable[..., Any],
    allowed: Callable[[Viewer, Any], Verdict],
    done_at: Callable[[dict[str, Any]], Page] | None = None,
    failed_at: Callable[[dict[str, Any]], Page] | None = None,
) -> Callable[[Doing], Doing]:
    """Register a kind of work, as `web.access.requires` does a route.

    `load(viewer, **arguments)` answers with the record as far as the viewer may see it, `allowed` whether the
    viewer may. Both are asked when the work is asked for, when it is done, and when its result is fetched.
    `done_at` and `failed_at` answer, for the arguments, with the page on which who asked goes on.
    """

    def registered(do: Doing) -> Doing:
        KINDS[name] = Known(load, allowed, do, done_at, failed_at)
        return do

    return registered


def goes_on_at(name: str, arguments: dict[str, Any], *, done: bool) -> Page | None:
    """The page on which who asked goes on when the work is done, or when nothing came of it."""
    known = KINDS.get(name)
    page = known and (known.done_at if done else known.failed_at)
    return page(arguments) if page else None


def record_for(viewer: Viewer, name: str, arguments: dict[str, Any]) -> Any:
    """What the work is about, if the viewer may have it done now; else None."""
    known = KINDS.get(name)
    record = known.load(viewer, **arguments) if known is not None else None
    return record if known is not None and record is not None and known.allowed(viewer, record) else None
