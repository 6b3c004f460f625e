"""What the calculation was when its application last came in.

The application fixes it, and comes after the calculation: it announces where what it fixed can be read.
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import date

from flask import current_app
from flask.sansio.app import App

from app.accounts.access import Viewer
from app.benefits import queries
from app.benefits.inputs import Inputs
from app.projects.models import Project
from app.projects.policy import sees_working_copy

_EXTENSION = "submitted_calculation"

Source = Callable[[int], Inputs | None]
"""From the project's number to the inputs that came in last; None when nothing has."""


def announce(app: App, source: Source) -> None:
    """Let what was submitted be read from here. Called once, when the app is made (`bp.record_once`)."""
    app.extensions[_EXTENSION] = source


def inputs_as_read_by(viewer: Viewer, project: Project, today: date) -> Inputs:
    """The project's calculation as far as the viewer may see it: as it is written, or as it came in.

    Raises SettingsMissingError.
    """
    if not sees_working_copy(viewer, project):
        source: Source = current_app.extensions[_EXTENSION]
        submitted = source(project.id)
        if submitted is not None:
            return submitted
    return queries.inputs_for(project, queries.calculation_day(project, today))
