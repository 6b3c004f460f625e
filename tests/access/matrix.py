"""The access matrix: one row for each route and method, with the rule that says who may.

A route without a row fails a test. Rows with a case are held against every person and every case; the case
must be seen at all (`oracle.sees`), else the answer is that of what does not exist. Rows without one are held
against every person.
"""

from __future__ import annotations

from tests.access import oracle
from tests.access import oracle_closing as closing
from tests.access import oracle_following as following
from tests.access import oracle_realising as realising
from tests.access import oracle_running as running
from tests.access.matrix_closing import CLOSING_ROWS
from tests.access.matrix_effects import EFFECT_PLACES, EFFECT_ROWS
from tests.access.matrix_following import FOLLOWING_ROWS
from tests.access.matrix_operations import OPERATIONS_ROWS, REGISTER_ROWS
from tests.access.matrix_realising import REALISING_ROWS
from tests.access.matrix_running import RUNNING_ROWS
from tests.access.oracle import Answer, Case, Person
from tests.access.rows import BOTH, UNKNOWN_NUMBER, CaseRow, Row

__all__ = ["CASE_ROWS", "ROWS", "UNKNOWN_NUMBER", "CaseRow", "Row"]


def _seen(_person: Person, _case: Case) -> bool:
    """Whoever sees the case."""
    return True


def _has_two_versions(_person: Person, case: Case) -> bool:
    return case.key == "completed"


def _asked(_person: Person, case: Case) -> bool:
    """Something has been asked in a return."""
    return case.key in ("returned", "awaiting_new_signature", "completed")


def _starts(person: Person) -> bool:
    return oracle.starts_projects(person)


def _came_in(_person: Person, case: Case) -> bool:
    """There is a signed version."""
    return case.came_in


def _nobody(_person: Person) -> bool:
    return False


def _secretary(person: Person) -> bool:
    return person.key == "secretary"


def _leader(person: Person) -> bool:
    return person.key == "leader"


CASE_ROWS: tuple[CaseRow, ...] = (
    # The case itself.
    CaseRow("GET", "overview.project", _seen),
    CaseRow("GET", "overview.history", _seen),
    *(CaseRow(method, "projects.details", oracle.writes) for method in BOTH),
    CaseRow("GET", "knowledge.points", _seen),
    # Writing.
    *(CaseRow(method, "knowledge.answer", oracle.writes) for method in BOTH),
    CaseRow("GET", "applications.tasks", oracle.writes),
    CaseRow("GET", "applications.check", oracle.writes),
    CaseRow("GET", "applications.section", oracle.writes, otherwise=Answer.ELSEWHERE),
    CaseRow("POST", "applications.save", oracle.writes),
    CaseRow("POST", "applications.add_attachment", oracle.writes),
    CaseRow("POST", "applications.remove_attachment", oracle.writes),
    *(
        CaseRow(method, f"benefits.new_{line}", oracle.writes)
        for line in ("cost", "benefit")
        for method in BOTH
    ),
    # A line as it stands now is known to those who see what is being written.
    *(
        CaseRow(method, f"benefits.{verb}{line}", oracle.writes, needs=oracle.sees_writing)
        for verb in ("", "remove_")
        for line in ("cost", "benefit")
        for method in BOTH
    ),
    CaseRow("POST", "benefits.try_out", oracle.writes),
    # Reading.
    CaseRow("GET", "applications.read", _seen),
    CaseRow("GET", "applications.pdf", _seen),
    CaseRow("GET", "applications.compare", _seen, needs=_has_two_versions),
    CaseRow("GET", "applications.attachment", _seen),
    CaseRow("GET", "benefits.lines", _seen),
    CaseRow("GET", "benefits.workings", _seen),
    # Signing, and sending in.
    CaseRow("POST", "applications.ask_for_signature", oracle.writes),
    CaseRow("POST", "applications.recall", oracle.recalls),
    CaseRow("GET", "applications.sign", oracle.signs),
    CaseRow("POST", "applications.put_signature", oracle.signs, fields={"confirm": "y"}),
    CaseRow("GET", "applications.signed", _seen, needs=_came_in),
    CaseRow("POST", "applications.send_back", oracle.signs, fields={"comment": "Mer om driften."}),
    CaseRow("POST", "applications.resubmit", oracle.completes),
    *(
        CaseRow(method, "applications.withdraw", oracle.takes_back, fields={"reason": "Ändrade planer."})
        for method in BOTH
    ),
    # Interest.
    *(
        CaseRow(method, "projects.interest", oracle.declares, fields={"reason": "Min syster bor där."})
        for method in BOTH
    ),
    CaseRow("POST", "projects.take_back_interest", oracle.declares),
    # The review.
    CaseRow("GET", "reviews.case", oracle.reads_review),
    CaseRow("POST", "reviews.register", oracle.registers),
    CaseRow("POST", "reviews.claim", oracle.takes_over),
    CaseRow("POST", "reviews.answer_checklist", oracle.checks),
    CaseRow("POST", "reviews.accept", oracle.checks),
    *(CaseRow(method, "reviews.return_for_completion", oracle.checks) for method in BOTH),
    CaseRow("POST", "reviews.refer", oracle.refers),
    CaseRow("POST", "reviews.answer", oracle.completes, needs=_asked),
    # The decision.
    *(CaseRow(method, "decisions.opinion", oracle.minutes_opinion) for method in BOTH),
    *(CaseRow(method, "decisions.decide", oracle.registers_decision) for method in BOTH),
    CaseRow("POST", "decisions.resume", oracle.takes_up_again),
    CaseRow("GET", "decisions.memo_pdf", oracle.reads_memo),
    CaseRow("GET", "casefile.case", oracle.prints_case),
    CaseRow("POST", "casefile.order", oracle.prints_case),
    *RUNNING_ROWS,
    *OPERATIONS_ROWS,
    *CLOSING_ROWS,
    *FOLLOWING_ROWS,
    *REALISING_ROWS,
    *EFFECT_ROWS,
)

ROWS: tuple[Row, ...] = (
    *REGISTER_ROWS,
    *EFFECT_PLACES,
    # Everybody's own.
    Row("GET", "overview.start", oracle.anybody),
    Row("GET", "notifications.inbox", oracle.anybody),
    Row("POST", "notifications.open_project", _leader, otherwise=Answer.UNKNOWN),
    Row("POST", "notifications.mark_read", _leader, otherwise=Answer.UNKNOWN),
    Row("POST", "notifications.mark_all_read", oracle.anybody),
    *(Row(method, "accounts.own_settings", oracle.anybody) for method in BOTH),
    Row("POST", "accounts.set_mail_choice", oracle.anybody),
    Row("GET", "accounts.own_sessions", oracle.anybody),
    Row("POST", "accounts.end_session", _leader, otherwise=Answer.UNKNOWN),
    Row("POST", "accounts.end_other_sessions", oracle.anybody),
    Row("GET", "accounts.session_state", oracle.anybody),
    Row("POST", "accounts.extend_session", oracle.anybody),
    Row("POST", "accounts.sign_out", oracle.anybody),
    Row("POST", "accounts.set_language", oracle.anybody),
    # What one has typed and not saved. A draft is its writer's alone: the one asked for is nobody's.
    Row("POST", "accounts.keep", oracle.anybody),
    Row("GET", "accounts.own_drafts", oracle.anybody),
    Row("POST", "accounts.throw_away_shown", oracle.anybody),
    Row("POST", "accounts.throw_away", _nobody, otherwise=Answer.UNKNOWN),
    # The door: open to those who have not signed in, too.
    *(Row(method, "accounts.sign_in", oracle.anybody) for method in BOTH),
    Row("GET", "accounts.language", oracle.anybody),
    # For machines that watch, which no session lets in or keeps out.
    *(Row("GET", f"upkeep.{name}", oracle.anybody) for name in ("healthz", "readyz", "metrics")),
    # Barriers: told by everybody, read by the administrator.
    Row("GET", "accessibility.statement", oracle.anybody),
    *(Row(method, "accessibility.tell", oracle.anybody) for method in BOTH),
    Row("GET", "accessibility.feedback", oracle.administers),
    *(
        Row(method, "accessibility.one_feedback", oracle.administers, otherwise=Answer.UNKNOWN)
        for method in BOTH
    ),
    Row("POST", "accessibility.reopen", oracle.administers, otherwise=Answer.UNKNOWN),
    # Mail: looked after by the administrator.
    Row("GET", "mail.mails", oracle.administers),
    Row("GET", "mail.mail", oracle.administers, otherwise=Answer.UNKNOWN),
    Row("POST", "mail.send_again", oracle.administers, otherwise=Answer.UNKNOWN),
    # Lists.
    Row("GET", "reports.all_reports", running.follows_reports),
    # The period asked for is one that there is not; who gets which reports: test_period_paper.py.
    Row("POST", "reports.order_period", _nobody, otherwise=Answer.UNKNOWN),
    *(Row(method, "reports.all_periods", running.sets_periods) for method in BOTH),
    Row("GET", "handover.queue", closing.lists_what_remains),
    Row("GET", "realisation.all_benefits", realising.follows_benefits),
    *(Row("GET", f"realisation.as_{kind}", realising.follows_benefits) for kind in ("csv", "xlsx")),
    *(
        Row("GET", f"portfolio.{page}", oracle.has_list)
        for page in ("portfolio", "as_csv", "as_xlsx", "as_json", "saved_views", "save_view")
    ),
    *(Row("GET", f"portfolio.{page}", oracle.has_list) for page in ("bubbles", "timeline")),
    Row("GET", "programme_report.all_reports", oracle.follows_programme),
    *(Row(method, "programme_report.begin", oracle.reports_of_programme) for method in BOTH),
    # The report asked for is one that there is not; who reads and writes which: tests/programme_report.
    *(
        Row(method, f"programme_report.{page}", _nobody, otherwise=Answer.UNKNOWN)
        for page in ("part", "day", "issue", "revise", "throw_away")
        for method in BOTH
    ),
    *(
        Row("GET", f"programme_report.{page}", _nobody, otherwise=Answer.UNKNOWN)
        for page in ("report", "preview", "version", "version_projects", "compare")
    ),
    Row("POST", "programme_report.order", _nobody, otherwise=Answer.UNKNOWN),
    Row("POST", "portfolio.save_view", oracle.has_list),
    # One's own view is told to nobody else: test_saved_views.py. The one asked for is everybody's.
    Row("POST", "portfolio.remove_view", oracle.keeps_common_views),
    Row("GET", "final_report.all_reports", closing.follows_endings),
    Row("GET", "follow_up.all_follow_ups", following.follows_up_several),
    Row("GET", "overview.queue", oracle.has_list),
    Row("GET", "funds.queue", running.lists_requisitions),
    Row("GET", "changes.queue", running.lists_requisitions),
    *(Row(method, "projects.start_project", _starts) for method in BOTH),
    # Meetings. Who reads none does not learn which there are.
    Row("GET", "decisions.packs", oracle.treats),
    Row("GET", "decisions.pack", oracle.treats, otherwise=Answer.UNKNOWN),
    Row("GET", "decisions.pack_pdf", oracle.treats, otherwise=Answer.UNKNOWN),
    Row("POST", "decisions.order_pack", oracle.treats, otherwise=Answer.UNKNOWN),
    # Work that somebody has asked for: its asker's alone.
    *(Row("GET", f"jobs.{page}", _secretary, otherwise=Answer.UNKNOWN) for page in ("job", "state", "fetch")),
    *(Row(method, "decisions.new_pack", oracle.prepares_meetings) for method in BOTH),
    # The programme.
    Row("GET", "programmes.programme", oracle.anybody),
    Row("GET", "knowledge.lessons", oracle.anybody),
    Row("GET", "knowledge.came", oracle.has_list),
    Row("GET", "programmes.settings", oracle.anybody),
    Row("GET", "programmes.rounds", oracle.anybody),
    Row("GET", "programmes.ledger", oracle.reads_ledger),
    *(
        Row(method, f"programmes.{page}", oracle.administers)
        for page in (
            "change_frame", "change_programme", "new_programme",
            "new_calculation", "new_criteria", "new_delegation", "new_follow_ups", "new_hourly_rate",
            "new_outcomes", "new_price_index",
        )
        for method in BOTH
    ),
    *(
        Row(method, f"programmes.{page}", oracle.keeps_rounds)
        for page in ("new_round", "change_round")
        for method in BOTH
    ),
    # The administrator's. Who is none does not learn who and what there is.
    Row("GET", "accounts.people", oracle.administers),
    *(Row(method, "accounts.new_person", oracle.administers) for method in BOTH),
    *(
        Row(method, f"accounts.{page}", oracle.administers, otherwise=Answer.UNKNOWN)
        for page in ("person", "new_password", "end_role", "department")
        for method in BOTH
    ),
    Row("POST", "accounts.grant_role", oracle.administers, otherwise=Answer.UNKNOWN),
    Row("GET", "accounts.departments", oracle.administers),
    *(Row(method, "accounts.new_department", oracle.administers) for method in BOTH),
    Row("GET", "overview.styleguide", oracle.administers),
)  # fmt: skip
