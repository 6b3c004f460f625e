"""The rows of the access matrix for budget effects."""

from __future__ import annotations

from tests.access import oracle_effects as effects
from tests.access.oracle_realising import has_benefits
from tests.access.rows import BOTH, CaseRow, Row

EFFECT_ROWS: tuple[CaseRow, ...] = (
    CaseRow("GET", "budget_effects.benefits_as_pdf", has_benefits),
    CaseRow("GET", "budget_effects.effect", has_benefits, needs=has_benefits),
    *(
        CaseRow(method, f"budget_effects.{verb}", rule, needs=has_benefits)
        for verb, rule in (
            ("promise", effects.promises_effect),
            ("answer", effects.answers_effect),
            ("withdraw", effects.is_party),
            ("enter", effects.is_party),
            ("verify", effects.verifies_effect),
            ("take", effects.takes_home),
            ("take_back", effects.takes_home),
        )
        for method in BOTH
    ),
)
EFFECT_PLACES = tuple(
    Row("GET", f"budget_effects.{page}", effects.follows_effects)
    for page in ("all_effects", "as_csv", "as_xlsx")
)
