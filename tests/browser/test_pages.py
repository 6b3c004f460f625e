"""Every page, as its readers see it: in both languages, light and dark, on a wide screen and on a phone.

There are eight views. Here each page is seen in one of them; which one goes round from page to page, so that
every view meets every part that pages share. Of the pages at one kind of address, the first is also looked at
by those who zoom, space their text, choose their own colours or use no mouse, each time by one of the three.
With EVERY_VIEW in the environment, as in `make drill-pages`, each page is seen in all eight views, and by all
three.
"""

from __future__ import annotations

import os
import re
from typing import Literal

import pytest

from tests.browser.accessibility import violations
from tests.browser.conftest import Open
from tests.browser.gallery import PAGES, Gallery
from tests.browser.seeing import LOOKERS, Looker, told
from tests.browser.window import NARROW, WIDE, Language

Scheme = Literal["light", "dark"]
View = tuple[Language, int, Scheme]
ALL: tuple[View, ...] = (
    ("en", NARROW, "light"), ("sv", WIDE, "dark"), ("sv", NARROW, "light"), ("en", WIDE, "dark"),
    ("sv", NARROW, "dark"), ("en", WIDE, "light"), ("sv", WIDE, "light"), ("en", NARROW, "dark"),
)  # fmt: skip
"""In this order they go round: two pages that stand together are seen in views that have little in common."""
PLACES = [(role, path) for role, paths in PAGES.items() for path in paths]


def kind_of(path: str) -> str:
    """The pages of one kind differ in their records alone."""
    return re.sub(r"{\w+}", "…", path.partition("?")[0])


FIRST = {kind_of(path): number for number, (_role, path) in reversed(list(enumerate(PLACES)))}
"""Of each kind of page the first."""


def lookers(number: int) -> tuple[Looker, ...]:
    """Who else looks at this page."""
    if os.environ.get("EVERY_VIEW"):
        return LOOKERS
    kinds = list(FIRST.values())
    return (LOOKERS[kinds.index(number) % len(LOOKERS)],) if number in kinds else ()


SEEN = sorted(
    (
        pytest.param(role, path, view, lookers(number), id=f"{role}-{path}-{view[0]}-{view[1]}-{view[2]}")
        for number, (role, path) in enumerate(PLACES)
        for view in (ALL if os.environ.get("EVERY_VIEW") else [ALL[number % len(ALL)]])
    ),
    key=lambda seen: str(seen.values[2]),  # to change the view takes as long as to look at the page
)


@pytest.mark.parametrize(("role", "pattern", "view", "lookers"), SEEN)
def test_everybody_can_use_the_page(
    gallery: Gallery, window_of: Open, role: str, pattern: str, view: View, lookers: tuple[Looker, ...]
) -> None:
    window = window_of(role)
    window.complaints.clear()
    page, (language, width, scheme) = window.page, view
    page.set_viewport_size({"width": width, "height": 900})
    page.emulate_media(color_scheme=scheme)
    page.goto(gallery.path(pattern))
    window.speak(language)
    seen = [*told(page, "as it is", "sideways"), *violations(page)]
    found = [fault for look in lookers for fault in look(page)]
    assert [*seen, *found] == []
    assert window.complaints == []
