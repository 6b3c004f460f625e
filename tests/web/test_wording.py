"""What is typed is shown again under the words that stood beside it, and a draft says which form it is of."""

from __future__ import annotations

import pytest
from bs4 import BeautifulSoup
from flask import Flask
from sqlalchemy.exc import OperationalError

from app.accounts.queries import grants_of
from app.accounts.service import end_role
from app.db import transaction
from app.programmes.models import Programme
from app.web import typed
from tests.browser.gallery import PAGES, Gallery
from tests.conftest import Browser, Cast
from tests.drafting import opened
from tests.review_clock import set_clock
from tests.review_story import LATER, in_council


@pytest.fixture
def place(cast: Cast, programme: Programme, monkeypatch: pytest.MonkeyPatch) -> str:
    """Where the council's opinion is written."""
    set_clock(monkeypatch)
    return f"/projekt/{in_council(cast, programme, title='Radonmätning').id}/yttrande"


WINDOWS = [(role, path) for role, paths in PAGES.items() for path in paths if role != "visitor"]


def test_every_field_that_people_write_in_has_its_words_elsewhere_too(
    gallery_app: Flask, signed_in: dict[str, Browser]
) -> None:
    gallery: Gallery = gallery_app.extensions["gallery"]
    nameless: set[str] = set()
    seen = 0
    for role, pattern in WINDOWS:
        address = gallery.path(pattern)
        page = BeautifulSoup(signed_in[role].get(address).data, "html.parser")
        names = [
            str(field["name"])
            for form in page.select("form:has([data-autosave])")
            for field in form.select("input:not([type=hidden], [type=file]), textarea, select")
        ]
        with gallery_app.test_request_context():
            found = typed.page_at(address)
            for name in names:
                seen += 1
                if found and gallery_app.extensions["wording"].label(found, name) is None:
                    nameless.add(f"{found[0]} {name}")
    assert seen > 100
    assert not nameless, " ".join(sorted(nameless))


def test_a_draft_is_called_by_its_form_and_its_case_as_long_as_its_writer_sees_the_case(
    browser: Browser, cast: Cast, place: str
) -> None:
    browser.sign_in(cast.secretary)
    data = {"text": "Rådet tillstyrker.", "form_key": browser.key(stands_on=place)}
    browser.post("/utkast", query_string={"till": place}, data=data)
    page = BeautifulSoup(browser.get("/mina-utkast").data, "html.parser")
    assert [heading.text for heading in page.select("main h2")] == ["Yttrande, Radonmätning"]
    assert [label.text.strip() for label in page.select("main dt")] == ["Yttrandet i ord"]
    with transaction():
        for grant in grants_of(cast.secretary.id):
            end_role(cast.administrator, grant, LATER)
    browser.sign_in(cast.secretary)
    page = BeautifulSoup(browser.get("/mina-utkast").data, "html.parser")
    assert "Radonmätning" not in page.text
    assert "Rådet tillstyrker." in page.text


def test_what_could_not_be_saved_is_shown_under_the_words_of_its_form_also_before_the_form_is_read(
    browser: Browser, cast: Cast, place: str
) -> None:
    sent = opened(browser.sign_in(cast.secretary), place) | {"text": "Rådet tillstyrker."}

    def unwritten() -> None:
        raise OperationalError("", {}, RuntimeError())

    browser.application.before_request_funcs.setdefault(None, []).append(unwritten)
    answer = browser.post(place, data=sent)
    assert answer.status_code == 503
    page = BeautifulSoup(answer.data, "html.parser")
    shown = [label["for"] for label in page.select("main label") if label.text == "Yttrandet i ord"]
    assert [field.text.strip() for field in page.select(f"#{shown[0]}")] == ["Rådet tillstyrker."]
