"""What is said about costs and hours."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from flask_babel import lazy_gettext as _l

from app.core.costs import Financier
from app.delivery.costs.columns import Meaning
from app.web.tags import Tag

OUTSIDE: Mapping[Financier, Any] = {
    Financier.PROGRAMME: _l("Utanför planen, programmet betalar"),
    Financier.OWN_BUDGET: _l("Utanför planen, egen budget"),
}
"""What an entry is booked on that no budget line has, by who pays."""

VOIDED = Tag(_l("Makulerad"), "neutral", "cross")

MEANINGS: Mapping[Meaning, Any] = {
    Meaning.DAY: _l("Dag"),
    Meaning.ACTIVITY: _l("Vad"),
    Meaning.LINE: _l("Budgetrad"),
    Meaning.ROLE: _l("Roll"),
    Meaning.HOURS: _l("Timmar"),
    Meaning.RATE: _l("Timpris"),
    Meaning.AMOUNT: _l("Belopp"),
}
"""What the columns of a file can hold."""
