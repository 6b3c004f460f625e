"""Views of the portfolio that the demonstration's secretariat has saved."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime
from functools import partial

from app.accounts.access import Viewer
from app.demo.cast import Cast
from app.demo.story import Moment
from app.portfolio.saved.service import save_view

FOR_ALL = {
    "Väntar på beslut": "lage=open&sort=-applied",
    "Störst av de beviljade": "lage=granted&sort=-granted",
    "Rapporter som inte har kommit": "sent=rapport",
    "Mest nytta hittills": "lage=granted&sort=-realised",
}
OWN = {"Störst risk": "lage=running&sort=-risk"}


def views_saved(cast: Cast, now: datetime) -> Iterator[Moment]:
    """Some for everybody, and one that a secretary keeps to herself."""
    secretary, _other = cast.secretaries
    for views, for_all in ((FOR_ALL, True), (OWN, False)):
        for name, asked in views.items():
            yield now, partial(_save, secretary, name, asked, for_all, now)


def _save(secretary: Viewer, name: str, asked: str, for_all: bool, now: datetime) -> None:
    save_view(secretary, name, asked, for_all=for_all, now=now)
