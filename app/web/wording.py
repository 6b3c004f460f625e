"""What forms and their fields are called where they are not at hand: in lists of drafts, after a fault.

The words are given by whoever knows all forms: a later step knows the earlier ones.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from flask import Flask, current_app
from flask_babel import gettext as _

Page = tuple[str, Mapping[str, Any]]
"""A page with a form: its endpoint and the parts of its address."""


@dataclass(frozen=True)
class Wording:
    """Who knows the words."""

    titles: Callable[[Sequence[Page | None]], Sequence[str]]
    """What the form on each of these pages is called, for the one who asks; empty where there is no word."""
    label: Callable[[Page, str], str | None]
    """What stands beside a field, by its name in the form. Asks nothing of the database."""


def use(app: Flask, wording: Wording) -> None:
    """Let the product speak with these words."""
    app.extensions["wording"] = wording


def titles(pages: Sequence[Page | None]) -> Sequence[str]:
    """What the forms on these pages are called."""
    wording: Wording = current_app.extensions["wording"]
    return wording.titles(pages)


def labels(page: Page | None, names: Sequence[str]) -> list[str]:
    """What stands beside the fields of the form on this page; else which in the order it is."""
    wording: Wording = current_app.extensions["wording"]
    known = [wording.label(page, name) if page else None for name in names]
    return [word or _("Fält %(number)s", number=place) for place, word in enumerate(known, 1)]
