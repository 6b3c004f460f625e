"""The rows of the access matrix for a project that ends."""

from __future__ import annotations

from tests.access import oracle_closing as closing
from tests.access.rows import BOTH, CaseRow

CLOSING_ROWS: tuple[CaseRow, ...] = (
    # What an interrupted project leaves.
    *(CaseRow("GET", f"termination.{page}", closing.reads_termination) for page in ("termination", "pdf")),
    *(
        CaseRow(method, f"termination.{part}", closing.accounts_for_termination)
        for part in ("account", "reusable", "contracts", "write_off_rest")
        for method in BOTH
    ),
    *(
        CaseRow(
            method,
            "termination.benefit",
            closing.accounts_for_termination,
            needs=closing.reads_termination,
        )
        for method in BOTH
    ),
    *(CaseRow(method, "termination.return_rest", closing.returns_rest) for method in BOTH),
    # What remains, and who receives it.
    CaseRow("GET", "handover.plan", closing.has_handover),
    CaseRow("GET", "handover.pdf", closing.has_handover),
    *(CaseRow(method, "handover.new", closing.keeps_rest_list) for method in BOTH),
    CaseRow("POST", "handover.ask", closing.keeps_rest_list),
    *(
        CaseRow(method, f"handover.{verb}", rule, needs=closing.something_remains)
        for verb, rule in (
            ("item", closing.keeps_rest_list),
            ("close", closing.is_done_with),
            ("answer", closing.accepts),
            ("take_over", closing.takes_over),
        )
        for method in BOTH
    ),
    *(CaseRow(method, "handover.nothing_left", closing.confirms_nothing_left) for method in BOTH),
    *(CaseRow(method, "handover.begin_closing", closing.begins_closing) for method in BOTH),
    *(CaseRow(method, "handover.reopen", closing.reopens) for method in BOTH),
    # The final report.
    CaseRow("GET", "final_report.report", closing.reads_final_report),
    *(
        CaseRow(method, "final_report.section", closing.writes_final_report, needs=closing.is_ending)
        for method in BOTH
    ),
    *(CaseRow(method, "final_report.send", closing.writes_final_report) for method in BOTH),
    *(
        CaseRow("GET", f"final_report.{page}", closing.has_final_report, needs=closing.has_final_report)
        for page in ("version", "pdf", "over_time")
    ),
    *(
        CaseRow(
            method,
            f"final_report.{verb}",
            closing.answers_final_report,
            fields={"number": "1", "reason": "Ange dagen."},
        )
        for verb in ("give_back", "approve")
        for method in BOTH
    ),
)
