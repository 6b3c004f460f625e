"""Every page of an application can be opened."""

from __future__ import annotations

import pytest

from app.applications.sections import sections_for
from app.programmes.models import Programme
from tests import story
from tests.conftest import Browser, Cast


def test_every_section_of_a_filled_application_can_be_opened(
    browser: Browser, cast: Cast, programme: Programme
) -> None:
    project = story.filled_application(cast, programme)
    browser.sign_in(cast.leader)
    for section in sections_for(project.kind):
        answer = browser.get(f"/projekt/{project.id}/ansokan/{section.slug}")
        print(section.key, answer.status_code, len(answer.text))
        assert answer.status_code == 200
        assert str(section.title) in answer.text
    for page in ("", "/kontroll", "/las"):
        answer = browser.get(f"/projekt/{project.id}/ansokan{page}")
        print(page, len(answer.text))
        assert answer.status_code == 200, page
