"""A request for changes by hand: the leader writes and sends it, the secretariat decides on it."""

from __future__ import annotations

import re
from collections.abc import Callable

from tests.browser.window import Window
from tests.browser.writing import place
from tests.review_story import LATER


def ask(leader: Window, at: str, reason: str, part: str, write: Callable[[Window], None]) -> None:
    """Begin a request, say why, write this part of it, read what it would change, and send it."""
    leader.page.goto(f"{at}/andringar")
    leader.press("Begär en ändring")
    leader.follow("Varför projektet behöver ändras")
    place(leader, "reason").fill(reason)
    leader.press("Spara")
    leader.told("Begäran är sparad.")
    leader.follow(part)
    leader.heading(part)
    write(leader)
    leader.press("Spara")
    leader.told("Begäran är sparad.")
    leader.follow("Granska och skicka")
    leader.heading("Granska och skicka")
    leader.press("Skicka begäran")
    leader.told(re.compile("Ändringsbegäran är skickad"))


def decide(secretary: Window, number: int, *, by: str, reasons: str, reference: str) -> None:
    """The secretariat finds the request of this number among what waits, and registers its approval."""
    secretary.menu("Start")
    secretary.follow(f"Ta ställning till ändringsbegäran {number}", exact=False)
    secretary.follow("Registrera beslut")
    secretary.tick("Beslut", "Godkänn")
    place(secretary, "decided_on").fill(LATER.date().isoformat())
    place(secretary, "delegation").select_option(label=by)
    place(secretary, "reasons").fill(reasons)
    place(secretary, "reference").fill(reference)
    secretary.press("Registrera beslutet")
    secretary.told("Beslutet är registrerat, och projektet är ändrat.")
