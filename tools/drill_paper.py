"""The long form of the test of the box: 500 hostile documents, a server and a secret that none may reach.

`python -m tools.drill_paper [count]` ends with 1 when anything was fetched or read.
"""

from __future__ import annotations

import sys
import tempfile
from collections import Counter
from itertools import islice
from pathlib import Path

from app.pdf.errors import LostError, PdfError
from app.pdf.maker import Job, Limits, Maker
from tests.pdf import hostile, reading
from tests.pdf.test_box import SECRET, Server

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


def main(count: int) -> int:
    """Make them all, and count."""
    server, outcomes = Server(), Counter[str]()
    with tempfile.TemporaryDirectory() as folder:
        secret = Path(folder) / "secret.txt"
        secret.write_text(SECRET)
        maker = Maker(_LIMITS)
        for page in islice(hostile.pages(hostile.Bait(str(secret), server.address)), count):
            if not maker.is_fit:
                maker.close()
                maker = Maker(_LIMITS)
            outcomes[outcome(maker, page)] += 1
        maker.close()
    server.close()
    print(f"{count} hostile documents: {dict(outcomes)}; the server was asked {server.asked} times")
    return 1 if server.asked or outcomes["leaked"] else 0


if __name__ == "__main__":
    sys.exit(main(int(sys.argv[1]) if len(sys.argv) > 1 else 500))
