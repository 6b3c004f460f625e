"""Makes documents as the product does, every one anew."""

from __future__ import annotations

import os
from functools import cache
from pathlib import Path

from jinja2 import Environment

from app import pdf
from app.web import paper
from config import PROJECT_ROOT


@cache
def environment() -> Environment:
    """The paper's template engine in the source language."""
    return pdf.environment(
        PROJECT_ROOT / "templates",
        gettext=lambda text, **values: text % values if values else text,
        ngettext=lambda one, many, n, **_values: one if n == 1 else many,
    )


def press() -> pdf.Press:
    """The makers of the product, with nowhere to keep what is made: every document is made anew."""
    return pdf.Press(environment(), paper.workshop(), pdf.KeptDocuments(Path(os.devnull)))


def render(document: pdf.Document) -> bytes:
    """Make one document."""
    with press().order() as order:
        return order.render(document)
