"""What the parts of a plan are called."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from flask_babel import lazy_gettext as _l

from app.core.plan import MilestoneKind
from app.delivery.plans.rules import Part

MILESTONE_KINDS: Mapping[MilestoneKind, Any] = {
    MilestoneKind.MILESTONE: _l("Milstolpe"),
    MilestoneKind.DELIVERY: _l("Leverans"),
}

PARTS: Mapping[Part, Any] = {
    Part.MILESTONES: _l("Tid och milstolpar"),
    Part.BUDGET: _l("Budget"),
    Part.EFFORT: _l("Bemanning"),
    Part.BENEFITS: _l("När nyttan börjar"),
    Part.STEERING: _l("Styrgrupp och möten"),
}
