"""Views of the portfolio that are kept under a name: one's own, and those that are everybody's."""

from __future__ import annotations

import re

import pytest
from sqlalchemy import insert
from sqlalchemy.exc import IntegrityError

from app.accounts.access import Viewer
from app.core.verdict import RefusedError
from app.db import db, transaction
from app.history.models import HistoryEvent
from app.portfolio.asked import Wanted
from app.portfolio.saved import links, queries, service
from app.portfolio.saved.models import SavedView
from app.portfolio.saved.service import MOST, NamedError
from app.programmes.models import Programme
from tests.conftest import NOW, TODAY, Browser, Cast
from tests.drafting import opened

ASKED = "forvaltning=1&lage=open&sort=-applied"


def save(
    viewer: Viewer, name: str = "Väntar på beslut", asked: str = ASKED, *, for_all: bool = False
) -> SavedView:
    with transaction():
        return service.save_view(viewer, name, asked, for_all=for_all, now=NOW)


def names(viewer: Viewer) -> list[str]:
    return [view.name for view in queries.views_of(viewer)]


def test_what_is_filtered_is_saved_under_a_name_and_stands_above_the_portfolio(
    browser: Browser, cast: Cast, programme: Programme
) -> None:
    browser.sign_in(cast.council)
    there = browser.get("/portfolj?lage=open&sort=-applied&kategori=x&page=3&nonsense=1").text
    new = "/portfolj/urval/nytt?lage=open&sort=-applied"
    assert f'href="{new.replace("&", "&amp;")}"' in there, "only what the portfolio understands is kept"
    form = opened(browser, new)
    assert "whose" not in form, "only the secretariat saves for everybody"
    page = browser.get(new).text
    assert "Status: Inte avgjorda" in page
    assert "Ordnat efter: Sökt" in page
    assert "Skriv vad urvalet ska heta." in browser.post(new, data=form | {"name": " "}).text
    sent = browser.post(new, data=form | {"name": "Väntar på beslut"})
    assert sent.headers["Location"] == "/portfolj?lage=open&sort=-applied"
    shown = browser.get(sent.headers["Location"]).text
    link = 'href="/portfolj?lage=open&amp;sort=-applied" aria-current="page">Väntar på beslut</a>'
    assert link in shown
    assert 'aria-current="page">Väntar på beslut' not in browser.get("/portfolj?lage=open").text
    again = browser.post(new, data=opened(browser, new) | {"name": "Väntar på beslut"})
    assert again.status_code == 422
    assert "Det finns redan ett urval som heter så." in again.text


def test_the_secretariat_saves_for_everybody_and_takes_it_away(browser: Browser, cast: Cast) -> None:
    browser.sign_in(cast.secretary)
    new = "/portfolj/urval/nytt?sent=rapport"
    form = opened(browser, new)
    assert form["whose"] == "own", "for everybody only when that is chosen"
    assert browser.post(new, data=form | {"name": "Sena", "whose": "all"}).status_code == 302
    for reader in (cast.council, cast.manager, cast.auditor):
        assert names(reader) == ["Sena"]
    listed = browser.get("/portfolj/urval").text
    assert "Sent: Lägesrapporter som inte har kommit" in listed
    number = queries.views_of(cast.secretary)[0].id
    button = f"/portfolj/urval/{number}/ta-bort"
    assert browser.post(button, data=opened(browser, "/portfolj/urval", button)).status_code == 302
    assert names(cast.council) == []


def test_ones_own_view_is_told_to_nobody_else(browser: Browser, cast: Cast) -> None:
    view = save(cast.council, "Mitt eget")
    assert names(cast.council) == ["Mitt eget"]
    for other in (cast.secretary, cast.manager, cast.auditor, cast.administrator):
        assert names(other) == []
        assert queries.view_for(other, view.id) is None
    browser.sign_in(cast.secretary)
    assert "Mitt eget" not in browser.get("/portfolj").text
    assert "Mitt eget" not in browser.get("/portfolj/urval").text


def test_only_the_secretariat_saves_and_removes_what_is_everybodys(cast: Cast) -> None:
    view = save(cast.secretary, for_all=True)
    for other in (cast.council, cast.manager, cast.auditor):
        with pytest.raises(RefusedError, match="Bara sekretariatet"):
            save(other, "En annan", for_all=True)
        with pytest.raises(RefusedError, match="Bara sekretariatet"), transaction():
            service.remove_view(other, view, NOW)
    for other in (cast.leader, cast.administrator):
        with pytest.raises(RefusedError, match="följer flera projekt"):
            save(other)
    assert names(cast.manager) == ["Väntar på beslut"]


def test_everybodys_come_first_and_each_by_name(cast: Cast) -> None:
    for name in ("Övrigt", "ansökta", "Ärenden"):
        save(cast.council, name)
    for name in ("Ö", "A"):
        save(cast.secretary, name, for_all=True)
    assert names(cast.council) == ["A", "Ö", "ansökta", "Ärenden", "Övrigt"]


def test_two_of_one_name_are_refused_by_the_service_and_by_the_database(cast: Cast) -> None:
    save(cast.secretary, for_all=True)
    save(cast.secretary)
    save(cast.council)
    for for_all, owner_id in ((True, None), (False, cast.secretary.id)):
        with pytest.raises(NamedError):
            save(cast.secretary, for_all=for_all)
        twice = insert(SavedView).values(
            owner_id=owner_id, name="Väntar på beslut", asked="", saved_by_id=cast.secretary.id, saved_at=NOW
        )
        with pytest.raises(IntegrityError), transaction():
            db.session.execute(twice)


def test_no_more_are_kept_than_there_is_room_for(cast: Cast) -> None:
    for number in range(MOST):
        save(cast.council, f"Urval {number}")
    with pytest.raises(RefusedError, match="ryms inte"):
        save(cast.council, "Ett till")
    save(cast.manager, "Ett annat")


def test_the_history_tells_who_saved_and_removed_it_and_what_it_asked_for(cast: Cast) -> None:
    view = save(cast.council)
    with transaction():
        service.remove_view(cast.council, view, NOW)
    query = db.select(HistoryEvent).where(HistoryEvent.record_type == "saved_view").order_by(HistoryEvent.id)
    told = db.session.scalars(query).all()
    assert [event.verb for event in told] == ["save_view", "remove_view"]
    assert {event.actor_id for event in told} == {cast.council.id}
    assert ASKED in str(told[-1].from_value)


@pytest.mark.parametrize("asked", ["", "lage=borta", "forvaltning=abc&sort=x", "&&=&%", "per=2027-03-01"])
def test_whatever_was_saved_once_leads_to_a_page(browser: Browser, cast: Cast, asked: str) -> None:
    save(cast.secretary, asked=asked)
    browser.sign_in(cast.secretary)
    found = re.search(r'<h2><a href="([^"]*)">Väntar på beslut', browser.get("/portfolj/urval").text)
    assert found is not None
    assert browser.get(found[1].replace("&amp;", "&")).status_code == 200


def test_what_is_asked_for_is_the_same_after_it_was_kept() -> None:
    wanted = Wanted(department_id=3, state="open", year=2027, sort="risk", descending=True, on=TODAY)
    view = SavedView(asked=links.kept(wanted))
    assert links.asked_by(view) == wanted
