"""A session that ends under a decision: the reasons come back after the sign-in, and nothing is decided."""

from __future__ import annotations

import re
from collections.abc import Callable

import pytest
from playwright.sync_api import expect
from sqlalchemy import func, select

from app.accounts.models import SignIn
from app.db import db, transaction
from app.decisions.models import Decision
from app.programmes.models import Programme
from tests.browser.accessibility import violations
from tests.browser.window import Window
from tests.browser.writing import DRAFT_SAVED
from tests.conftest import PASSWORD, Cast
from tests.review_story import LATER, awaiting_decision

Opener = Callable[..., Window]
REASONS = "Nyttan överstiger kostnaden redan 2029.\n\nDriften är finansierad: se § 4."


@pytest.fixture
def place(cast: Cast, programme: Programme) -> str:
    return f"/projekt/{awaiting_decision(cast, programme).id}/beslut"


def end_the_session() -> None:
    """What an administrator does, or a new password in another place."""
    with transaction():
        db.session.execute(db.update(SignIn).values(ended_at=LATER))


def decided() -> int:
    """How many decisions there are."""
    db.session.rollback()
    found = db.session.scalar(select(func.count()).select_from(Decision)) or 0
    db.session.rollback()  # as long as this thread reads, nobody else can write
    return found


def write(secretary: Window, place: str) -> None:
    """Fill in the decision as far as the button."""
    secretary.page.goto(place)
    secretary.tick("Beslut", "Bevilja")
    secretary.fill("Skäl", REASONS)
    secretary.fill("Beslutets nummer", "KSU § 7")


def sign_in_where_one_is(secretary: Window) -> None:
    """The sign-in that the product has led to, and from there to where it leads."""
    secretary.told(re.compile("Det du skrev är sparat"))
    secretary.fill("E-postadress", "secretary@staden.example")
    secretary.fill("Lösenord", PASSWORD)
    secretary.press("Logga in")


@pytest.mark.parametrize("scripts", [True, False], ids=["with scripts", "without scripts"])
def test_the_reasons_are_there_after_the_sign_in_and_nothing_is_decided(
    window: Opener, cast: Cast, place: str, scripts: bool
) -> None:
    secretary = window(java_script_enabled=scripts).sign_in(cast.secretary)
    write(secretary, place)
    end_the_session()
    secretary.press("Kontrollera beslutet")
    sign_in_where_one_is(secretary)
    expect(secretary.page).to_have_url(f"{secretary.page.url.partition('/projekt')[0]}{place}")
    secretary.sees("Utkast från")
    expect(secretary.page.get_by_label("Skäl", exact=True)).to_have_value(REASONS)
    expect(secretary.page.get_by_label("Beslutets nummer", exact=True)).to_have_value("KSU § 7")
    assert decided() == 0
    if scripts:
        assert violations(secretary.page) == []


def test_the_registering_button_of_a_dead_session_decides_nothing(
    window: Opener, cast: Cast, place: str
) -> None:
    """Also on the last page, where everything is checked and one press would be enough."""
    secretary = window().sign_in(cast.secretary)
    write(secretary, place)
    who = secretary.page.get_by_role("group", name="Vem beslutade?")
    who.get_by_role("radio").first.check()
    secretary.press("Kontrollera beslutet")
    secretary.heading("Kontrollera beslutet")
    end_the_session()
    secretary.press("Registrera beslutet")
    sign_in_where_one_is(secretary)
    expect(secretary.page.get_by_label("Skäl", exact=True)).to_have_value(REASONS)
    assert decided() == 0
    secretary.press("Kontrollera beslutet")
    secretary.press("Registrera beslutet")
    secretary.told("Beslutet är registrerat.")
    assert decided() == 1


def test_what_is_typed_after_the_session_has_ended_is_kept_and_that_is_told(
    window: Opener, cast: Cast, place: str
) -> None:
    secretary = window().sign_in(cast.secretary)
    secretary.page.goto(place)
    secretary.fill("Skäl", "Början.")
    expect(secretary.page.locator("[data-saved]").first).to_have_text(DRAFT_SAVED)
    end_the_session()
    secretary.fill("Skäl", REASONS)
    expect(secretary.page.locator("[data-saved]").first).to_contain_text("Du är utloggad")
    secretary.page.close(run_before_unload=False)
    secretary.page = secretary.context.new_page()
    secretary.sign_in(cast.secretary)
    secretary.page.goto(place)
    expect(secretary.page.get_by_label("Skäl", exact=True)).to_have_value(REASONS)
