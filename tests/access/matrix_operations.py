"""The rows of the access matrix for services and who answers for them."""

from __future__ import annotations

from tests.access import oracle
from tests.access import oracle_operations as operations
from tests.access.rows import BOTH, CaseRow, Row

_RULES = (
    ("describe", operations.describes_service),
    ("holders", operations.describes_service),
    ("money", operations.describes_service),
    ("dependencies", operations.describes_service),
    ("answer", operations.answers_for_service),
    ("decommission", operations.decommissions),
    ("review", operations.reviews_service),
    ("carried", operations.enters_cost),
    ("share_key", operations.describes_service),
    ("share_withdraw", operations.describes_service),
    ("share_answer", operations.answers_for_share),
)

OPERATIONS_ROWS: tuple[CaseRow, ...] = (
    CaseRow("GET", "operations.project", operations.has_service),
    CaseRow("POST", "operations.begin", operations.begins_service),
    *(
        CaseRow("GET", f"operations.{page}", operations.has_service, needs=operations.has_service)
        for page in ("service", "card", "sharing", "sharing_year", "share_bill")
    ),
    CaseRow("POST", "operations.ask", operations.asks_to_accept, needs=operations.has_service),
    *(
        CaseRow(method, f"operations.{page}", rule, needs=operations.has_service)
        for page, rule in _RULES
        for method in BOTH
    ),
)

REGISTER_ROWS: tuple[Row, ...] = (
    Row("GET", "operations.register", oracle.has_list),
    *(
        Row("GET", f"operations.{page}", oracle.has_list)
        for page in ("cost_cliff", "cliff_as_csv", "cliff_as_xlsx")
    ),
    Row("GET", "operations.bills", oracle.has_list),
    *(
        Row("GET", f"operations.{rows}_{kind}", oracle.has_list)
        for rows in ("as", "bills_as")
        for kind in ("csv", "xlsx")
    ),
    *(Row(method, "operations.new", operations.keeps_register) for method in BOTH),
)
