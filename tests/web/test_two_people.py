"""Two who change the same: the second sees both texts and chooses, and nobody is written over in silence."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

import pytest
from bs4 import BeautifulSoup
from flask import Flask

from app.accounts import queries as people
from app.accounts import service as accounts
from app.accounts.models import Role
from app.applications.queries import newest_version
from app.db import db, transaction
from app.history.service import System
from app.programmes.models import Programme
from app.programmes.queries import round_by_id, rounds_of, the_programme
from app.projects.models import Project
from app.reviews import queries as reviews
from app.reviews.checklist import POINTS
from tests.conftest import NOW, Browser, Cast
from tests.drafting import filled_in, form_on
from tests.review_clock import set_clock
from tests.review_story import returned, taken_in
from tests.story import filled_application, reloaded

POINT = POINTS[0].key
FIRST, SECOND = "Den enas text", "Den andras text"


@dataclass(frozen=True)
class Shared:
    """Something that two can change: who they are, where they do it, and in which field."""

    page: str
    field: str
    saved: Callable[[], Any]
    """What the database says."""
    roles: tuple[str, str]
    place: str | None = None
    """Where the form is sent, when the page is another."""
    also: Mapping[str, str] | None = None
    """What the form needs besides."""


def _person(cast: Cast, _programme: Programme) -> Shared:
    someone = cast.leader.id
    return Shared(
        f"/admin/personer/{someone}",
        "name",
        lambda: people.person(someone).name,  # type: ignore[union-attr] # it is there
        ("administrator", "auditor"),
        f"/admin/personer/{someone}",
    )


def _department(cast: Cast, _programme: Programme) -> Shared:
    number = cast.department.id
    return Shared(
        f"/admin/forvaltningar/{number}",
        "name",
        lambda: people.department(number).name,  # type: ignore[union-attr] # it is there
        ("administrator", "auditor"),
    )


def _programme(_cast: Cast, _programme: Programme) -> Shared:
    return Shared(
        "/program/andra",
        "description",
        lambda: the_programme().description,  # type: ignore[union-attr] # it is there
        ("administrator", "auditor"),
    )


def _round(_cast: Cast, programme: Programme) -> Shared:
    number = rounds_of(programme.id)[0].id
    return Shared(
        f"/program/omgangar/{number}",
        "name",
        lambda: round_by_id(number).name,  # type: ignore[union-attr] # it is there
        ("administrator", "secretary"),
    )


def _checklist(cast: Cast, programme: Programme) -> Shared:
    case = taken_in(cast, programme)

    def note() -> str:
        version = newest_version(case.id)
        assert version is not None
        return reviews.answers_to(version.id)[POINT].note

    page = f"/projekt/{case.id}/granskning"
    return Shared(
        page,
        f"{POINT}-note",
        note,
        ("secretary", "secretary"),
        f"{page}/kontroll",
        {f"{POINT}-answer": "lacking"},
    )


def _answer(cast: Cast, programme: Programme) -> Shared:
    case = returned(cast, taken_in(cast, programme))
    asked = reviews.open_request(case.id)
    assert asked is not None
    number = next(question.id for question in asked.questions if question.section == "goals")

    def answer() -> str:
        found = reviews.question_for(cast.leader, case.id, number)
        assert found is not None
        return found.question.answer

    return Shared(
        f"/projekt/{case.id}/ansokan/mal",
        f"question-{number}-answer",
        answer,
        ("leader", "leader"),
        f"/projekt/{case.id}/fragor/{number}",
    )


def _details(cast: Cast, programme: Programme) -> Shared:
    project: Project = filled_application(cast, programme)
    return Shared(
        f"/projekt/{project.id}/uppgifter", "title", lambda: reloaded(project).title, ("leader", "leader")
    )


KINDS = [_person, _department, _programme, _round, _checklist, _answer, _details]


@pytest.fixture(autouse=True)
def _clock(monkeypatch: pytest.MonkeyPatch) -> None:
    set_clock(monkeypatch)


@pytest.mark.parametrize("choice", ["typed", "saved"])
@pytest.mark.parametrize("make", KINDS, ids=lambda make: make.__name__.strip("_"))
def test_the_second_of_two_sees_both_texts_and_chooses(
    app: Flask,
    browser: Browser,
    cast: Cast,
    programme: Programme,
    make: Callable[[Cast, Programme], Shared],
    choice: str,
) -> None:
    with transaction():  # one administrator alone cannot meet another
        auditor = people.person(cast.auditor.id)
        assert auditor is not None
        accounts.grant_role(System(), auditor, Role.ADMINISTRATOR, None, NOW)
    shared = make(cast, programme)
    place = shared.place or shared.page
    one, other = windows(app, cast, shared)
    forms = [
        filled_in(form_on(window.get(shared.page).text, shared.place)) | dict(shared.also or {})
        for window in (one, other)
    ]
    assert one.post(place, data=forms[0] | {shared.field: FIRST}).status_code in (302, 303)
    answer = other.post(place, data=forms[1] | {shared.field: SECOND})
    assert answer.status_code == 409
    assert now(shared) == FIRST, "nothing is written over"
    assert "Inget är överskrivet." in answer.text
    offered = choices(answer.text)
    assert {FIRST in saved and SECOND in typed for saved, typed in offered.values()} == {True}
    again = sent_on(answer.text) | dict.fromkeys(offered, choice)
    assert other.post(place, data=again).status_code in (302, 303)
    assert now(shared) == {"typed": SECOND, "saved": FIRST}[choice]


def windows(app: Flask, cast: Cast, shared: Shared) -> list[Browser]:
    """A window of each, side by side."""
    opened = []
    for role in shared.roles:
        window = app.test_client()
        assert isinstance(window, Browser)
        opened.append(window.sign_in(getattr(cast, role)))
    return opened


def now(shared: Shared) -> Any:
    """What is saved now."""
    db.session.rollback()
    db.session.expire_all()
    return shared.saved()


def choices(text: str) -> dict[str, tuple[str, str]]:
    """For each field of the form that differs, what is saved and what was typed."""
    found = BeautifulSoup(text, "html.parser").select("fieldset.conflict")
    assert found
    texts = {str(one.select("input")[0]["name"]): one.select(".as-written") for one in found}
    return {name: (saved.get_text(), typed.get_text()) for name, (saved, typed) in texts.items()}


def sent_on(text: str) -> dict[str, str]:
    """What the form with the choices sends as it stands."""
    chosen = BeautifulSoup(text, "html.parser").select_one("form:has(fieldset.conflict)")
    assert chosen is not None
    return filled_in(chosen)
