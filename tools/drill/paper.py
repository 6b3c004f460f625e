"""Hostile documents: five hundred, a server and a secret that none may reach."""

from __future__ import annotations

from collections import Counter
from itertools import islice

from app.pdf.errors import LostError, PdfError
from app.pdf.maker import Job, Limits, Maker
from tests.pdf import hostile, reading
from tests.pdf.test_box import SECRET, Server
from tools.drill import must_hold
from tools.grounds import Ground

TITLE = "Hostile documents handed to the makers"
KINDS = ("sqlite",)
"""They know of no database."""
COUNT = 500
_LIMITS = Limits(seconds=3)


def outcome(maker: Maker, page: str) -> str:
    """How it went: made, refused, lost or leaked."""
    html = f'<html lang="sv"><title>x</title><body>{page}</body></html>'.encode(errors="replace")
    try:
        made = maker.make(Job({"work": "typeset", "name": "x"}, (html, b"")))
    except LostError:
        return "lost"
    except PdfError:
        return "refused"
    return "leaked" if SECRET in reading.text(made.pdf) else "made"


def drill(ground: Ground) -> str:
    """Make them all, and count."""
    server, outcomes = Server(), Counter[str]()
    secret = ground.folder / "secret.txt"
    secret.write_text(SECRET)
    maker = Maker(_LIMITS)
    for page in islice(hostile.pages(hostile.Bait(str(secret), server.address)), COUNT):
        if not maker.is_fit:
            maker.close()
            maker = Maker(_LIMITS)
        outcomes[outcome(maker, page)] += 1
    maker.close()
    server.close()
    must_hold(not server.asked, f"the server was asked {server.asked} times")
    must_hold(not outcomes["leaked"], f"the secret is in {outcomes['leaked']} documents")
    told = ", ".join(f"{count} {name}" for name, count in sorted(outcomes.items()))
    return f"{COUNT} documents: {told}; nothing fetched, nothing read"
