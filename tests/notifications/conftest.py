"""A project to tell people about."""

from __future__ import annotations

import pytest

from app.programmes.models import Programme
from app.projects.models import Project
from tests.conftest import Cast
from tests.story import started


@pytest.fixture
def project(cast: Cast, programme: Programme) -> Project:
    """The leader's own draft."""
    return started(cast, programme, title="Bygglov på nätet")
