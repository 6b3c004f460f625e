"""The declarations hold what the process asks for, and nothing in them contradicts itself."""

from __future__ import annotations

import pytest

from app.applications.content import canonical
from app.applications.declaration import FieldKind, FieldSpec, Section
from app.applications.sections import SECTIONS, section_by_slug, sections_for, spec_at, title_of
from app.projects.models import ProjectKind
from tests import story
from tests.conftest import Cast

ONE_DATABASE_IS_ENOUGH = "The declarations stand in the code."

ALL = pytest.mark.parametrize("section", SECTIONS, ids=lambda section: section.key)


def questions(section: Section) -> list[FieldSpec]:
    return [*section.fields, *(spec for table in section.tables for spec in table.columns)]


def test_every_section_of_the_process_is_there() -> None:
    assert [section.slug for section in sections_for(ProjectKind.IMPLEMENTATION)] == [
        "sammanfattning", "bakgrund", "losning", "mal", "omfattning", "milstolpar", "organisation",
        "upphandling", "kommunikation", "kostnader-och-nytta", "driftsplan", "medverkande",
        "informationssakerhet", "risker", "konsekvenser", "bilagor",
    ]  # fmt: skip


def test_a_pre_study_is_asked_less() -> None:
    asked = {kind: sections_for(kind) for kind in ProjectKind}
    assert set(asked[ProjectKind.PRE_STUDY]) < set(asked[ProjectKind.IMPLEMENTATION])
    solution = section_by_slug("losning")
    assert solution is not None
    assert len(list(solution.fields_for(ProjectKind.PRE_STUDY))) < len(solution.fields)


def test_keys_and_addresses_are_unique() -> None:
    assert len({section.key for section in SECTIONS}) == len(SECTIONS)
    assert len({section.slug for section in SECTIONS}) == len(SECTIONS)


@ALL
def test_every_section_says_why_it_is_asked(app: object, section: Section) -> None:
    assert len(section.guidance) >= 2
    assert all(len(str(text)) > 40 for text in section.guidance)


@ALL
def test_names_within_a_section_are_unique_and_fit_the_form(section: Section) -> None:
    names = [spec.key for spec in section.fields] + [table.key for table in section.tables]
    reserved = {"version", "page", "action", "add", "remove", "data", "errors", "meta", "csrf_token"}
    assert len(set(names)) == len(names)
    assert not reserved & set(names)


@ALL
def test_every_text_has_a_hint_or_an_example_and_every_choice_has_choices(
    app: object, section: Section
) -> None:
    for spec in questions(section):
        if spec.kind in (FieldKind.TEXT, FieldKind.LINE, FieldKind.DATE, FieldKind.NUMBER):
            assert spec.hint or spec.example, spec.key
        assert bool(spec.choices) == (spec.kind is FieldKind.CHOICE), spec.key


@ALL
def test_what_requires_another_answer_names_a_field_of_its_section(section: Section) -> None:
    keys = {spec.key for spec in section.fields}
    conditions = [spec.required_if for spec in section.fields if spec.required_if]
    assert {field for field, _answer in conditions} <= keys


@ALL
def test_nothing_is_required_that_is_not_asked(section: Section) -> None:
    for spec in questions(section):
        assert spec.required <= spec.asked, spec.key
    for table in section.tables:
        assert table.required <= table.asked, table.key


@pytest.mark.parametrize("kind", list(ProjectKind))
def test_the_story_answers_every_section_in_its_canonical_form(cast: Cast, kind: ProjectKind) -> None:
    answers = story.answers_for(cast, kind)
    for section in sections_for(kind):
        if section.holds == "answers":
            assert canonical(section, kind, answers[section.key])


def test_a_path_of_the_history_leads_back_to_its_question(app: object) -> None:
    found = spec_at("operation.owner")
    assert isinstance(found, FieldSpec)
    assert found.label == "Planerad ägare av tjänsten"
    assert spec_at("goals.effect_goals") is not None
    assert spec_at("nothing.at_all") is None
    assert title_of("risks") == "Risker"
    assert title_of("unknown") == "unknown"
