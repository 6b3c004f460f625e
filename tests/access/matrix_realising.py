"""The rows of the access matrix for what comes of promised benefits."""

from __future__ import annotations

from tests.access import oracle_realising as realising
from tests.access.rows import BOTH, CaseRow

REALISING_ROWS: tuple[CaseRow, ...] = (
    CaseRow("GET", "realisation.benefits", realising.has_benefits),
    CaseRow("GET", "realisation.benefit", realising.has_benefits, needs=realising.has_benefits),
    *(
        CaseRow(method, f"realisation.{verb}", rule, needs=realising.has_benefits)
        for verb, rule in (
            ("forecast", realising.answers_for_benefit),
            ("propose_end", realising.ends_benefit),
            ("judge_end", realising.judges_end),
            ("decide_promise", realising.decides_promise),
        )
        for method in BOTH
    ),
    *(
        CaseRow(method, f"realisation.{verb}", realising.answers_for_benefit, needs=realising.has_benefits)
        for verb in ("plan", "measure", "correct", "read_in")
        for method in BOTH
    ),
    CaseRow("GET", "realisation.template", realising.answers_for_benefit, needs=realising.has_benefits),
)
