"""Each benefit says how sure its figures are; what came in before that was asked need not."""

from __future__ import annotations

import re
from dataclasses import replace

import pytest

from app.applications.completeness import lacks
from app.benefits import service
from app.benefits.queries import benefit_values, lines_of
from app.benefits.snapshot import inputs_as_json, inputs_from_json, lines_as_json
from app.benefits.values import Evidence
from app.db import transaction
from app.programmes.models import Programme
from app.projects.models import Project
from app.realisation.queries import benefits_of
from tests.conftest import NOW, TODAY, Browser, Cast
from tests.review_story import returned, taken_in
from tests.running_story import running
from tests.story import filled_application, reloaded

LACKS = "Säg hur säkra siffrorna är för ”Färre samtal till handläggare”."


def say(cast: Cast, project: Project, grade: Evidence | None) -> int:
    """The first benefit says it; which benefit that is."""
    line = lines_of(project.id).benefits[0]
    with transaction():
        values = replace(benefit_values(line), evidence=grade)
        service.change_benefit_line(cast.leader, project, line, values, NOW)
    return line.id


def lacking(project: Project) -> list[str]:
    return [str(lack.text) for lack in lacks(reloaded(project), TODAY)]


def test_an_application_that_comes_in_says_it_of_each_benefit(cast: Cast, programme: Programme) -> None:
    project = filled_application(cast, programme)
    assert LACKS not in lacking(project)
    say(cast, project, None)
    assert LACKS in lacking(project)
    say(cast, project, Evidence.ASSUMPTION)
    assert LACKS not in lacking(project)


def test_what_has_come_in_before_it_was_asked_need_not_say_it(cast: Cast, programme: Programme) -> None:
    project = returned(cast, taken_in(cast, programme))
    say(cast, project, None)
    assert LACKS not in lacking(project)


def test_a_version_from_before_it_was_asked_is_read_as_not_stated(cast: Cast, programme: Programme) -> None:
    project = filled_application(cast, programme)
    kept = lines_as_json(project, TODAY)
    assert [row.pop("evidence") for row in kept["benefits"]] == ["measured", "estimate"]
    read = inputs_from_json(kept)
    assert [entry.values.evidence for entry in read.benefits] == [None, None]
    assert inputs_from_json(inputs_as_json(read)) == read


@pytest.mark.parametrize(
    ("grade", "words"), [(Evidence.COMPARABLE, "Pilot eller jämförbart projekt"), (None, "Inte angivet")]
)
def test_it_stands_beside_the_sources(
    browser: Browser, cast: Cast, programme: Programme, grade: Evidence | None, words: str
) -> None:
    project = filled_application(cast, programme)
    number = say(cast, project, grade)
    browser.sign_in(cast.leader)
    page = browser.get(f"/projekt/{project.id}/kalkyl/nytta/{number}").text
    assert "Hur säkra är siffrorna?" in page
    inputs = [one for one in re.findall(r"<input[^>]*>", page) if 'name="evidence"' in one]
    assert len(inputs) == len(Evidence)
    assert any(" checked" in one for one in inputs) is bool(grade)
    shown = browser.get(f"/projekt/{project.id}/kalkyl/utrakning").text
    assert "Siffrornas säkerhet" in shown
    assert words in shown


def test_the_register_keeps_what_the_decided_application_said(cast: Cast, programme: Programme) -> None:
    project = running(cast, programme)
    assert [row.evidence for row in benefits_of(project.id)] == ["measured", "estimate"]
