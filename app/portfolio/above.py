"""What stands above the portfolio, however it is shown: the ways to show it, saved views, the filter."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any

from flask import url_for
from flask_babel import lazy_gettext as _l

from app.accounts.access import Viewer
from app.portfolio import listing
from app.portfolio.asked import Wanted
from app.portfolio.moment import moment_of
from app.portfolio.saved import links
from app.portfolio.saved.queries import views_of
from app.web.downloads import FORMATS
from app.web.pages import same_page

WAYS: Mapping[str, Any] = {
    "portfolio.portfolio": _l("Lista"),
    "portfolio.bubbles": _l("Bubblor"),
    "portfolio.timeline": _l("Tidslinje"),
}
"""By the endpoints of their pages: each shows what the same address asks for."""


def above(
    viewer: Viewer, endpoint: str, wanted: Wanted, args: Mapping[str, str], today: date
) -> dict[str, Any]:
    """What the frame of these pages is given."""
    asked: dict[str, Any] = listing.address_of(wanted)
    return {
        "moment": moment_of(wanted.on, today),
        "ways": [
            {"label": label, "href": url_for(one, **asked), "current": one == endpoint}
            for one, label in WAYS.items()
        ],
        "filters": listing.filters(args, wanted, today),
        "is_filtered": listing.is_filtered(wanted),
        "clear": url_for(endpoint),
        "order": listing.Order(wanted),
        "saved": links.links(views_of(viewer), wanted, endpoint),
        "save": url_for("portfolio.save_view", **asked),
        "taken_along": [(kind.upper(), url_for(f"portfolio.as_{kind}", **asked)) for kind in FORMATS],
        "same_page": same_page,
    }
