"""The rows of the access matrix for what a project has left."""

from __future__ import annotations

from tests.access import oracle_following as following
from tests.access.rows import BOTH, CaseRow

FOLLOWING_ROWS: tuple[CaseRow, ...] = (
    CaseRow("GET", "follow_up.follow_ups", following.is_followed),
    CaseRow("GET", "follow_up.follow_up", following.reads_follow_up, needs=following.is_followed),
    *(
        CaseRow(method, "follow_up.section", following.writes_follow_up, needs=following.is_followed)
        for method in BOTH
    ),
    *(
        CaseRow(method, "follow_up.send", following.sends_follow_up, needs=following.is_followed)
        for method in BOTH
    ),
    *(
        CaseRow("GET", f"follow_up.{page}", following.was_sent, needs=following.was_sent)
        for page in ("version", "pdf")
    ),
    *(
        CaseRow(
            method,
            f"follow_up.{verb}",
            following.answers_follow_up,
            needs=following.is_followed,
            fields={"number": "1", "reason": "Varifrån kommer siffrorna?"},
        )
        for verb in ("give_back", "approve")
        for method in BOTH
    ),
    *(CaseRow(method, "follow_up.close", following.closes) for method in BOTH),
)
