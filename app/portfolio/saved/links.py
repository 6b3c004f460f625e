"""A saved view as a link, and as words."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any
from urllib.parse import parse_qsl, urlencode

from flask import url_for
from flask_babel import gettext as _

from app.portfolio import listing
from app.portfolio.asked import Wanted
from app.portfolio.columns import COLUMNS
from app.portfolio.saved.models import SavedView


def kept(wanted: Wanted) -> str:
    """What is kept of a filter and an order."""
    return urlencode(listing.address_of(wanted))


def asked_by(view: SavedView) -> Wanted:
    """What a saved view asks for. What is no longer understood asks for nothing special."""
    return listing.asked_for(dict(parse_qsl(view.asked)))


def href_of(view: SavedView, endpoint: str = "portfolio.portfolio") -> str:
    """The portfolio as the view has it, as a list or on another of its pages."""
    asked: dict[str, Any] = listing.address_of(asked_by(view))
    return url_for(endpoint, **asked)


def links(views: Sequence[SavedView], wanted: Wanted, endpoint: str) -> list[dict[str, Any]]:
    """The views as links beside each other, each to this page: the one that is shown is marked."""
    return [
        {"label": view.name, "href": href_of(view, endpoint), "current": asked_by(view) == wanted}
        for view in views
    ]


def in_words(wanted: Wanted, today: date) -> list[str]:
    """What is asked for, choice by choice, as the filters say it; then the order."""
    shown = listing.filters({}, wanted, today)
    told = [f"{one['label']}: {_chosen(one)}" for one in shown if one["value"] and "options" in one]
    if wanted.on:
        told.append(_("Som det såg ut %(day)s", day=wanted.on.isoformat()))
    label = _ORDERS.get(wanted.sort)
    if label and (wanted.sort, wanted.descending) != (listing.NOTHING.sort, listing.NOTHING.descending):
        told.append(_("Ordnat efter: %(column)s", column=label))
    return told


def _chosen(one: Mapping[str, Any]) -> str:
    return next((str(label) for value, label in one["options"] if str(value) == str(one["value"])), "–")


_ORDERS: Mapping[str, Any] = {column.key: column.label for column in COLUMNS} | {
    "case": next(column.label for column in COLUMNS if column.key == "case_number")
}
