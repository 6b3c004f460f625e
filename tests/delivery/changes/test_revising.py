"""A request before it is sent, and once more while a question about it is open."""

from __future__ import annotations

from decimal import Decimal

from app.programmes.models import Programme
from tests.cast import Cast
from tests.changing_story import asked, change, cost, questioned, rest
from tests.conftest import Browser
from tests.delivery.changes.test_pages import begun, filled, page_of
from tests.drafting import opened
from tests.running_story import running


def test_what_was_never_sent_is_removed_and_not_taken_back(
    browser: Browser, cast: Cast, programme: Programme
) -> None:
    project = running(cast, programme)
    browser.sign_in(cast.leader)
    page = begun(browser, project)
    said = browser.get(page).text
    assert ("Ta bort utkastet" in said, "Ta tillbaka begäran" in said) == (True, False)
    assert "Ta tillbaka" not in browser.get(f"{page}/ta-tillbaka").text
    assert filled(browser, f"{page}/ta-tillbaka", "") == 302
    said = browser.get(page_of(project)).text
    assert ("Utkastet är borttaget." in said, page in said) == (True, False)
    asked(cast, project, pause=rest())
    assert "Ta tillbaka begäran" in browser.get(page_of(project, "/2")).text


def test_a_request_is_revised_while_a_question_is_open(
    browser: Browser, cast: Cast, programme: Programme
) -> None:
    project = running(cast, programme)
    questioned(cast, asked(cast, project, costs=(cost(cast),), pause=rest()))
    browser.sign_in(cast.leader)
    page = page_of(project, "/1")
    money = f"{page}/del/pengar"
    assert "Vad ska ändras?" in browser.get(page).text
    assert (
        "Programmet har inga pengar för 2031."
        in browser.post(money, data=opened(browser, money) | {"costs-0-year": "2031"}).text
    )
    assert filled(browser, money, **{"costs-0-amount": "250 000", "costs-0-year": "2028"}) == 302
    without = f"{page}/del/paus/ta-bort"
    assert browser.post(without, data=opened(browser, f"{page}/del/paus", without)).status_code == 302
    assert filled(browser, f"{page}/svara", text="Vi klarar oss med mindre.") == 302
    found = change(cast.secretary, project)
    assert [row.number for row in found.request.versions] == [2, 1]
    assert (found.wanted_as_sent.amount, found.wanted_as_sent.pause) == (Decimal(250_000), None)
    assert browser.get(f"{page}/svara").status_code == 403
