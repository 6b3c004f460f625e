"""A session that is about to end says so, in every tab, and can be prolonged where one stands."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta

import pytest
from playwright.sync_api import Page, expect
from sqlalchemy import select

from app.accounts.models import SignIn
from app.db import db, transaction
from app.programmes.models import Programme
from tests.browser.accessibility import violations
from tests.browser.seeing import SIDEWAYS
from tests.browser.window import NARROW, Window
from tests.conftest import Cast
from tests.story import started

UNTIL_WARNED = "01:50:05"
Opener = Callable[..., Window]


@pytest.fixture
def leader(window: Opener, cast: Cast, programme: Programme) -> Window:
    leader = window()
    leader.page.clock.install()
    return leader.sign_in(cast.leader)


def earlier(*, began: timedelta = timedelta(0), seen: timedelta = timedelta(0)) -> None:
    """As if every open session had begun and been used so much earlier."""
    with transaction():
        for row in db.session.scalars(select(SignIn).where(SignIn.ended_at.is_(None))):
            row.created_at -= began
            row.last_seen_at -= seen


def tell(page: Page) -> None:
    """Let the time until the warning pass in this tab."""
    page.clock.fast_forward(UNTIL_WARNED)


def test_the_warning_is_shown_and_prolongs_the_session_in_every_tab(leader: Window) -> None:
    other = leader.context.new_page()
    other.clock.install()
    other.goto("/aviseringar")
    warnings = [page.get_by_role("region", name="Din inloggning") for page in (leader.page, other)]
    for warning in warnings:
        expect(warning).to_be_hidden()
    earlier(seen=timedelta(hours=1, minutes=55))
    for page, warning in zip((leader.page, other), warnings, strict=True):
        tell(page)
        expect(warning.get_by_role("alert")).to_contain_text("om du inte gör något innan dess")
    leader.page.set_viewport_size({"width": NARROW, "height": 700})
    assert not leader.page.evaluate(SIDEWAYS)
    assert violations(leader.page) == []
    button = warnings[0].get_by_role("button", name="Fortsätt vara inloggad")
    button.focus()
    leader.page.keyboard.press("Enter")
    for warning in warnings:
        expect(warning).to_be_hidden()
    expect(leader.page.get_by_role("main")).to_be_focused()


def test_a_page_in_use_does_not_warn(leader: Window) -> None:
    leader.page.clock.fast_forward(UNTIL_WARNED)
    leader.page.wait_for_load_state("networkidle")
    expect(leader.page.get_by_role("region", name="Din inloggning")).to_be_hidden()


def test_the_end_of_the_day_is_told_and_cannot_be_prolonged(leader: Window) -> None:
    earlier(began=timedelta(hours=11, minutes=55))
    tell(leader.page)
    warning = leader.page.get_by_role("region", name="Din inloggning")
    expect(warning.get_by_role("alert")).to_contain_text("Så länge kan man vara inloggad åt gången")
    expect(warning.get_by_role("button")).to_have_count(0)
    expect(warning.get_by_role("link", name="Logga in igen (öppnas i en ny flik)")).to_be_visible()
    assert violations(leader.page) == []


def test_whoever_signs_in_anew_in_another_tab_goes_on_with_the_form(
    leader: Window, cast: Cast, programme: Programme
) -> None:
    project = started(cast, programme)
    db.session.rollback()
    leader.page.goto(f"/projekt/{project.id}/uppgifter")
    field = leader.page.get_by_label("Projektets namn")
    field.fill("Ett namn som inte får gå förlorat")
    earlier(seen=timedelta(hours=3))
    tell(leader.page)
    notice = leader.page.get_by_role("region", name="Din inloggning")
    expect(notice.get_by_role("alert")).to_contain_text("Du är utloggad. Det du har skrivit står kvar")
    with leader.context.expect_page() as opened:
        notice.get_by_role("link", name="Logga in igen").click()
    Window(leader.context, opened.value).sign_in(cast.leader)
    expect(notice.get_by_role("alert")).to_contain_text("Du är inloggad igen")
    leader.press("Spara")
    leader.heading("Ett namn som inte får gå förlorat")


def test_somebody_else_who_signs_in_gets_nothing_of_the_form(leader: Window, cast: Cast) -> None:
    earlier(seen=timedelta(hours=3))
    tell(leader.page)
    notice = leader.page.get_by_role("region", name="Din inloggning")
    with leader.context.expect_page() as opened:
        notice.get_by_role("link", name="Logga in igen").click()
    token = leader.page.locator("input[name=csrf_token]").first.input_value()
    Window(leader.context, opened.value).sign_in(cast.manager)
    expect(notice.get_by_role("alert")).to_contain_text("Någon annan är nu inloggad")
    expect(leader.page.locator("input[name=csrf_token]").first).to_have_value(token)
