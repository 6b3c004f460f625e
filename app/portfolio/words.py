"""What the lights of projects, and what is late, are called."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from flask_babel import lazy_gettext as _l

from app.core.reporting import Light
from app.delivery.reports.words import LIGHTS
from app.portfolio.asked import Late, Lit
from app.projects.models import ProjectKind
from app.web.tags import Tag

LIT: Mapping[Lit, Tag] = {
    Lit.RED: LIGHTS[Light.RED],
    Lit.YELLOW: LIGHTS[Light.YELLOW],
    Lit.NONE: Tag(_l("Ingen rapport än"), "neutral", "dash"),
    Lit.GREEN: LIGHTS[Light.GREEN],
}
"""The worst first."""

LATE_THINGS: Mapping[Late, Any] = {
    Late.CASE: _l("Ärenden som väntar för länge"),
    Late.REPORT: _l("Lägesrapporter som inte har kommit"),
    Late.FOLLOW_UP: _l("Uppföljningar som inte har kommit"),
}

KINDS: Mapping[str, Any] = {
    ProjectKind.PRE_STUDY.value: _l("Förstudie"),
    ProjectKind.IMPLEMENTATION.value: _l("Genomförande"),
}


def lit_tag(text: str) -> Tag | None:
    """A project's light as it is stored; None for one that has none."""
    return LIT[Lit(text)] if text else None
