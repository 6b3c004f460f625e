"""A project to grant money to."""

from __future__ import annotations

import pytest

from app.db import transaction
from app.programmes.models import Programme
from app.projects import service
from app.projects.models import Project, ProjectKind
from tests.conftest import NOW, Cast


@pytest.fixture
def project(cast: Cast, programme: Programme) -> Project:
    """The leader's own draft."""
    with transaction():
        return service.start(
            cast.leader,
            programme_id=programme.id,
            round_id=None,
            title="Hemligt arbetsnamn",
            kind=ProjectKind.IMPLEMENTATION,
            department_id=cast.department.id,
            now=NOW,
        )
