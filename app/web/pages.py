"""A page of a long list, with the list's filters kept in its addresses."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace

from flask import request, url_for

PAGE_SIZE = 50
WORDY_PAGE_SIZE = 30
"""Of lists whose rows tell much: a page stays light to fetch and short enough to read."""


def same_page(changes: Mapping[str, str]) -> str:
    """This page's address with some of its parameters changed; empty ones are left out, and what an address
    may call a parameter but `url_for` would take for itself."""
    asked = {key: value for key, value in {**request.args, **changes}.items() if value and _is_asked(key)}
    return url_for(request.endpoint or "", **(request.view_args or {}), **asked)  # type: ignore[arg-type] # texts, all of them


def _is_asked(name: str) -> bool:
    return not name.startswith("_") and name != "endpoint" and name not in (request.view_args or {})


@dataclass(frozen=True)
class Page:
    """Where in a list the reader is."""

    number: int
    total: int
    size: int = PAGE_SIZE
    address: Callable[[Mapping[str, str]], str] = same_page

    @property
    def pages(self) -> int:
        """How many pages there are, at least one."""
        return max(1, -(-self.total // self.size))

    @property
    def offset(self) -> int:
        """How many rows come before the page."""
        return (self.number - 1) * self.size

    def within(self) -> Page:
        """This page, or the last one when the list ends before it."""
        return replace(self, number=min(self.number, self.pages))

    @property
    def first(self) -> int:
        """Number of the first row shown, from 1; 0 when the list is empty."""
        return 0 if not self.total else self.offset + 1

    @property
    def last(self) -> int:
        """Number of the last row shown."""
        return min(self.total, self.number * self.size)

    def url(self, number: int) -> str:
        """The address of another page of the same list."""
        return self.address({"page": str(number)})


def page_number() -> int:
    """The page that the address asks for; 1 for anything else than a sensible number."""
    text = request.args.get("page", "1")
    return min(int(text), 100_000) if text.isdecimal() and int(text) > 0 else 1
