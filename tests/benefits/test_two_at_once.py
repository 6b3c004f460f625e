"""Two tabs, two clicks: a line is never written over in silence, and never added twice by one form."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

import pytest
from sqlalchemy import func, select

from app.benefits.models import BenefitLine, CostLine
from app.db import db
from app.projects.models import Project
from tests.benefits.pages import benefit_fields, cost_fields, lines
from tests.conftest import Browser, Cast
from tests.drafting import filled_in, form_on


@dataclass(frozen=True)
class Kind:
    """A kind of line: its address, what its form sends, its table."""

    slug: str
    fields: Callable[..., dict[str, str]]
    model: type[CostLine | BenefitLine]


KINDS = pytest.mark.parametrize(
    "kind",
    [Kind("kostnad", cost_fields, CostLine), Kind("nytta", benefit_fields, BenefitLine)],
    ids=lambda kind: kind.slug,
)


def hidden(text: str) -> dict[str, str]:
    """The form's own fields: the version that it started from, and its key."""
    sent = filled_in(form_on(text))
    return {name: sent[name] for name in ("version", "form_key")}


@KINDS
def test_a_stale_line_shows_both_texts_and_writes_nothing(
    browser: Browser, cast: Cast, project: Project, page: str, kind: Kind
) -> None:
    browser.sign_in(cast.leader)
    browser.post(f"{page}/{kind.slug}/ny", data=kind.fields(description="Först"))
    address = f"{page}/{kind.slug}/1"
    one, other = (hidden(browser.get(address).text) for _tab in range(2))
    assert browser.post(address, data=kind.fields(description="Ena fliken") | one).status_code == 303
    answer = browser.post(address, data=kind.fields(description="Andra fliken") | other)
    assert answer.status_code == 409
    assert "Inget är överskrivet." in answer.text
    assert "Ena fliken" in answer.text
    assert "Andra fliken" in answer.text
    assert f"av {cast.leader.name}" in answer.text
    assert db.session.scalar(select(kind.model.description)) == "Ena fliken"
    knowing = kind.fields(description="Andra fliken") | hidden(answer.text)
    assert browser.post(address, data=knowing).status_code == 303
    assert db.session.scalar(select(kind.model.description)) == "Andra fliken"


def test_an_amount_alone_makes_a_new_version_of_its_line(
    browser: Browser, cast: Cast, project: Project, page: str
) -> None:
    browser.sign_in(cast.leader)
    browser.post(f"{page}/kostnad/ny", data=cost_fields(amount_2027="100"))
    started = hidden(browser.get(f"{page}/kostnad/1").text)
    assert browser.post(f"{page}/kostnad/1", data=cost_fields(amount_2027="200") | started).status_code == 303
    answer = browser.post(f"{page}/kostnad/1", data=cost_fields(amount_2027="300") | started)
    assert answer.status_code == 409
    [line] = lines(project)[0]
    assert [int(row.amount) for row in line.amounts] == [200]


@KINDS
def test_a_double_click_adds_one_line_and_a_second_text_is_kept_too(
    browser: Browser, cast: Cast, project: Project, page: str, kind: Kind
) -> None:
    browser.sign_in(cast.leader)
    sent = kind.fields() | hidden(browser.get(f"{page}/{kind.slug}/ny").text)
    assert [browser.post(f"{page}/{kind.slug}/ny", data=sent).status_code for _click in range(2)] == [
        303,
        303,
    ]
    assert db.session.scalar(select(func.count()).select_from(kind.model)) == 1
    # Back in the browser, written on, sent again: another line, for nothing that is typed may be lost.
    browser.post(f"{page}/{kind.slug}/ny", data=sent | {"description": "Något annat"})
    assert db.session.scalar(select(func.count()).select_from(kind.model)) == 2


@KINDS
def test_another_tabs_draft_of_a_line_is_not_written_over(
    browser: Browser, cast: Cast, project: Project, page: str, kind: Kind
) -> None:
    browser.sign_in(cast.leader)
    one, other = (hidden(browser.get(f"{page}/{kind.slug}/ny").text) for _tab in range(2))
    place = f"{page}/{kind.slug}/ny"
    for text, tab in (("Ena fliken", one), ("Andra fliken", other)):
        sent = {"description": text} | tab
        assert browser.post("/utkast", query_string={"till": place}, data=sent).status_code == 200
    assert browser.post(place, data=kind.fields() | other).status_code == 303
    assert "Ena fliken" in browser.get(place).text, "the other tab's draft stays"


@KINDS
def test_a_line_that_has_changed_since_it_was_asked_about_is_not_removed(
    browser: Browser, cast: Cast, project: Project, page: str, kind: Kind
) -> None:
    browser.sign_in(cast.leader)
    browser.post(f"{page}/{kind.slug}/ny", data=kind.fields(description="Först"))
    question = browser.get(f"{page}/{kind.slug}/1/ta-bort").text
    asked = filled_in(form_on(question, ""))
    browser.post(f"{page}/{kind.slug}/1", data=kind.fields(description="Sedan"))
    answer = browser.post(f"{page}/{kind.slug}/1/ta-bort", data=asked)
    assert answer.status_code == 409
    assert "Sedan" in answer.text
    assert db.session.scalar(select(func.count()).select_from(kind.model)) == 1
    again = filled_in(form_on(answer.text, ""))
    assert browser.post(f"{page}/{kind.slug}/1/ta-bort", data=again).status_code == 303
    assert db.session.scalar(select(func.count()).select_from(kind.model)) == 0
