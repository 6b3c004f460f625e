"""Projects that the tests of applications begin with."""

from __future__ import annotations

import pytest

from app.programmes.models import Programme
from app.projects.models import Project
from tests import story
from tests.conftest import Cast


@pytest.fixture
def project(cast: Cast, programme: Programme) -> Project:
    """A project that has just been started: nothing is written yet."""
    return story.started(cast, programme)


@pytest.fixture
def filled(cast: Cast, programme: Programme) -> Project:
    """A draft in which nothing is lacking."""
    return story.filled_application(cast, programme)
