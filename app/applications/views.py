"""The pages of an application: writing it, reading it, signing it."""

from __future__ import annotations

from app.applications import views_paper, views_reading, views_signing, views_writing
from app.applications.blueprint import bp
from app.applications.queries import newest_version
from app.benefits import submitted
from app.benefits.inputs import Inputs
from app.benefits.snapshot import inputs_from_json

__all__ = ["bp", "views_paper", "views_reading", "views_signing", "views_writing"]


def _calculation_submitted(project_id: int) -> Inputs | None:
    """What the benefits show to those who do not see what is being written."""
    version = newest_version(project_id)
    return inputs_from_json(version.content["calculation"]) if version else None


bp.record_once(lambda setup: submitted.announce(setup.app, _calculation_submitted))
