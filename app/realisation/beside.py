"""What later steps have to say on a benefit's page: each registers a section of it."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date

from markupsafe import Markup

from app.accounts.access import Viewer
from app.realisation.queries import BenefitOf

Section = Callable[[Viewer, BenefitOf, date], Markup]
"""For whom, of which benefit, and today; empty when there is nothing to say."""

SECTIONS: list[Section] = []


def on_its_page(section: Section) -> Section:
    """Register a section of every benefit's page."""
    SECTIONS.append(section)
    return section


def sections(viewer: Viewer, found: BenefitOf, today: date) -> list[Markup]:
    """Everything that is said of this one."""
    said = (section(viewer, found, today) for section in SECTIONS)
    return [text for text in said if text.strip()]
