"""What a later step has to say beside a calculation: what others like it have come to.

The calculation comes before the steps that know, so it asks whoever has announced that there is something to
say (as app.applications.notes does beside the sections of an application).
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import date

from flask import current_app
from flask.sansio.app import App
from markupsafe import Markup

from app.benefits.inputs import Inputs
from app.projects.models import Project

_EXTENSION = "beside_calculation"

Source = Callable[[Project, Inputs, date], Markup]
"""From a project and its calculation as it is read today, to what stands beside it; empty for nothing."""


def announce(app: App, source: Source) -> None:
    """Let this be shown. Called once, when the app is made (`bp.record_once`)."""
    app.extensions[_EXTENSION] = source


def beside(project: Project, inputs: Inputs, today: date) -> Markup:
    """What stands beside the calculation."""
    source: Source = current_app.extensions[_EXTENSION]
    return source(project, inputs, today)
