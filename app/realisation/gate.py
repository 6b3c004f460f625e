"""What keeps a project from being closed: a promised benefit that nobody has ended."""

from __future__ import annotations

from collections.abc import Iterator

from flask_babel import lazy_gettext as _l

from app.core.realisation import BenefitStanding
from app.projects.models import Project
from app.projects.obstacles import Obstacle, keeps_open
from app.realisation.queries import benefits_of


@keeps_open
def benefits_that_go_on(project: Project) -> Iterator[Obstacle]:
    """Each benefit that has not ended, and its page."""
    for benefit in benefits_of(project.id):
        if benefit.standing != BenefitStanding.CLOSED:
            text = _l("Nyttan ”%(name)s” är inte avslutad.", name=benefit.name)
            yield Obstacle(text, "realisation.benefit", {"benefit_id": benefit.id})
