"""The rows of the access matrix for a project that runs: its conditions, its money, its plan, its reports."""

from __future__ import annotations

from tests.access import oracle_running as running
from tests.access.rows import BOTH, CaseRow

RUNNING_ROWS: tuple[CaseRow, ...] = (
    # Conditions.
    CaseRow("GET", "conditions.conditions", running.seen),
    CaseRow("GET", "conditions.proof", running.seen, needs=running.was_granted),
    *(
        CaseRow(method, f"conditions.{verb}", rule, needs=running.was_granted)
        for verb, rule in (("report", running.shows_condition_met), ("assess", running.assesses_condition))
        for method in BOTH
    ),
    # Money. What has come as far as the rule says stands in the city (delivering.py).
    CaseRow("GET", "funds.project", running.seen),
    *(
        CaseRow("GET", f"funds.{page}", running.seen, needs=running.was_granted)
        for page in ("requisition", "pdf", "file")
    ),
    *(CaseRow(method, "funds.new", running.asks_for_money) for method in BOTH),
    *(
        CaseRow(method, f"funds.{verb}", rule, needs=running.was_granted)
        for verb, rule in (
            ("change", running.asks_for_money),
            ("withdraw", running.asks_for_money),
            ("send_back", running.checks_requisition),
            ("pay", running.pays),
            ("repay", running.takes_back_payment),
        )
        for method in BOTH
    ),
    CaseRow(
        "POST",
        "funds.approve",
        running.checks_requisition,
        needs=running.was_granted,
        fields={"read": "1"},
    ),
    *(CaseRow(method, "funds.give_back", running.pays) for method in BOTH),
    # What it has cost.
    CaseRow("GET", "costs.costs", running.reads_costs),
    *(CaseRow(method, "costs.enter", running.enters_costs) for method in BOTH),
    *(
        CaseRow(method, f"costs.{verb}", running.enters_costs, needs=running.has_baseline)
        for verb in ("void", "assess", "void_read_in")
        for method in BOTH
    ),
    *(CaseRow(method, "costs.upload", running.enters_costs) for method in BOTH),
    # A file that is about to be read in is known to the one who chose it alone.
    *(
        CaseRow(method, f"costs.{step}", running.enters_costs, needs=running.chose_file)
        for step in ("columns", "preview")
        for method in BOTH
    ),
    # The plan.
    CaseRow("GET", "plans.plan", running.granted),
    CaseRow("GET", "plans.baseline", running.seen, needs=running.has_baseline),
    CaseRow("POST", "plans.draw_up", running.draws_up),
    *(
        CaseRow(method, f"plans.{part}", running.plans)
        for part in ("milestones", "budget", "effort", "benefits", "establish")
        for method in BOTH
    ),
    *(CaseRow(method, "plans.steering", running.steers) for method in BOTH),
    # Risks and issues.
    CaseRow("GET", "risks.risks", running.granted),
    *(
        CaseRow(method, f"risks.new_{kind}", running.keeps_risks)
        for kind in ("risk", "issue")
        for method in BOTH
    ),
    *(
        CaseRow(method, f"risks.{verb}", running.keeps_risks, needs=running.has_risks)
        for verb in ("risk", "close_risk", "happened", "issue", "close_issue")
        for method in BOTH
    ),
    # Changes. Which requests there are, and which of them an address means: oracle_running.py, addresses.py.
    CaseRow("GET", "changes.changes", running.granted),
    CaseRow("POST", "changes.begin", running.asks_for_change),
    CaseRow("POST", "changes.go_on", running.goes_on),
    *(
        CaseRow("GET", f"changes.{page}", running.seen, needs=running.has_request)
        for page in ("change", "pdf")
    ),
    *(
        CaseRow(method, f"changes.{verb}", rule, needs=running.has_request)
        for verb, rule in (
            ("ask", running.questions_request),
            ("decide", running.treats_request),
            ("withdraw", running.withdraws_request),
            ("answer", running.answers_question),
        )
        for method in BOTH
    ),
    *(
        CaseRow(method, f"changes.{verb}", running.writes_request, needs=running.knows_second_request)
        for verb in ("reason", "part")
        for method in BOTH
    ),
    *(
        CaseRow(method, "changes.send", running.sends_request, needs=running.knows_second_request)
        for method in BOTH
    ),
    CaseRow("POST", "changes.leave_out", running.writes_request, needs=running.knows_second_request),
    # Status reports.
    CaseRow("GET", "reports.reports", running.has_begun),
    *(
        CaseRow("GET", f"reports.{page}", running.reported, needs=running.is_asked)
        for page in ("report", "pdf")
    ),
    CaseRow("GET", "reports.project_over_time", running.has_begun),
    CaseRow("GET", "reports.report_over_time", running.reported, needs=running.is_asked),
    CaseRow("GET", "reports.draft_over_time", running.writes_report, needs=running.is_asked),
    *(
        CaseRow(method, f"reports.{page}", running.writes_report, needs=running.is_asked)
        for page in ("write", "write_part")
        for method in BOTH
    ),
    *(
        CaseRow(
            method,
            f"reports.{verb}",
            running.answers_report,
            needs=running.is_asked,
            fields={"number": "1", "reason": "Ange dagen."},
        )
        for method, verb in (
            ("POST", "read"),
            ("POST", "approve"),
            ("GET", "give_back"),
            ("POST", "give_back"),
        )
    ),
    CaseRow(
        "POST", "reports.comment", running.comments_report, needs=running.is_asked, fields={"text": "Bra."}
    ),
)
