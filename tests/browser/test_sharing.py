"""Two departments share what a service costs: one proposes the key, the other accepts its share."""

from __future__ import annotations

from collections.abc import Callable

from app.db import db
from app.programmes.models import Programme
from tests.browser.accessibility import violations
from tests.browser.window import NARROW, Window
from tests.conftest import Cast
from tests.operating_story import service_of
from tests.running_story import running
from tests.sharing_story import YEAR

Opener = Callable[..., Window]


def test_a_key_is_proposed_and_the_other_department_accepts_its_share(
    window: Opener, cast: Cast, programme: Programme
) -> None:
    address = f"/drift/{service_of(running(cast, programme)).service.id}"
    shares = ((cast.department.name, "2"), (cast.other_department.name, "1"))
    db.session.rollback()  # else the one that is open here keeps the product from writing
    leader = window().sign_in(cast.leader)
    leader.page.goto(address)
    leader.follow("Delad kostnad: vad varje förvaltning betalar")
    leader.follow(str(YEAR))
    leader.sees(f"Kostnaden för {YEAR} delas inte än")
    leader.follow("Föreslå en nyckel")
    leader.fill("Vad fördelas kostnaden efter?", "Ärenden under ett år")
    leader.fill("Vad räknas?", "ärenden")
    leader.fill("Uppmätt den", "2026-12-31")
    leader.fill("Var kommer måtten från?", "Plattformens statistik")
    for place, (department, quantity) in enumerate(shares):
        leader.page.locator(f'[name="quantities-{place}-department_id"]').select_option(label=department)
        leader.page.locator(f'[name="quantities-{place}-quantity"]').fill(quantity)
    assert violations(leader.page) == []
    leader.press("Spara")
    leader.told("Nyckeln är sparad, och förvaltningarna är tillfrågade.")

    manager = window(viewport={"width": NARROW, "height": 900}).sign_in(cast.other_manager)
    manager.page.get_by_role("link", name="Uteservering på nätet").first.click()
    manager.heading(f"Svara om andelen {YEAR}")
    manager.sees("103 333 kr")
    assert violations(manager.page) == []
    manager.tick("Godkänner förvaltningen sin andel?", "Ja, förvaltningen godkänner")
    manager.press("Skicka svaret")
    manager.told("Svaret är sparat.")
    leader.page.reload()
    leader.sees("Other manager godkände")
    assert leader.complaints + manager.complaints == []
