"""Projects that the tests of applications begin with."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import pytest
from sqlalchemy import select

from app.accounts.access import Viewer
from app.applications.queries import saved_section
from app.db import db
from app.notifications.models import Notification
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


def address(project: Project, slug: str) -> str:
    """The page of a section."""
    return f"/projekt/{project.id}/ansokan/{slug}"


def content(project: Project, key: str) -> dict[str, Any]:
    """What is saved in a section, read anew."""
    db.session.expire_all()
    saved = saved_section(project.id, key)
    return saved.content if saved else {}


def told(person: Viewer) -> Sequence[str]:
    """The kinds of what this person has been told, in order."""
    query = select(Notification.kind).where(Notification.person_id == person.id).order_by(Notification.id)
    return db.session.scalars(query).all()
