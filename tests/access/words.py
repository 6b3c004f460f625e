"""Marked words: each text of a case carries a word that stands nowhere else, so that it is known wherever it
turns up: in a page, a list, a file or a document."""

from __future__ import annotations

import re
from collections.abc import Callable
from enum import StrEnum

from tests.access import oracle
from tests.access import oracle_closing as closing
from tests.access.oracle import ESTABLISHED, Case, Person
from tests.access.oracle_running import GRANTED
from tests.access.people import CASES, NUMBERS


class Part(StrEnum):
    """What is told of a case, by who may read it."""

    APPLICATION = "app"
    """The title, and every text of what came in; of the draft as long as nothing has."""
    WRITTEN_SINCE = "wrk"
    """What is written in a completion and has not come in: texts, lines, files, answers."""
    UNSAVED = "uns"
    """What the project leader has typed in a form and not saved."""
    SENT_BACK = "bak"
    """What the manager said when the application was sent back unsigned."""
    ACTS = "act"
    """Reasons and messages of acts in the case, remarks, opinions: what the case's own page tells."""
    DECISION = "dec"
    """Reasons, conditions and number of the decision."""
    DELIVERY = "del"
    """What is reported of the project and asked for in it: conditions, requisitions, their files."""
    UNSENT = "uts"
    """What the project leader writes and has not sent: a request for changes, a final report."""
    FOLLOWING = "fol"
    """What is written in a follow-up and not sent."""
    LESSON = "les"
    """What the programme learns from a finished project."""
    QUESTIONS = "que"
    """What the secretariat asked for, and the answers that have come in."""
    CHECKLIST = "chk"
    """What the check found."""
    RETURN_DRAFT = "ret"
    """Questions that the handler is writing."""
    PROPOSAL = "pro"
    """What the secretariat proposes to the council."""
    INTEREST = "int"
    """What an interest that somebody has declared consists of."""


def word(case_key: str, part: Part) -> str:
    """The marked word of this part of this case."""
    return f"zq{NUMBERS[case_key]:02}{part}"


MARKED = re.compile(rf"zq(\d\d)({'|'.join(Part)})", re.IGNORECASE)
TOKEN = re.compile(r"[\w.-]{60,}", re.ASCII)
"""The random text of a form's key: among so many pages, some of it looks like a marked word."""
_BY_NUMBER = {NUMBERS[case.key]: case for case in CASES}


def found_in(text: str) -> set[tuple[Case, Part]]:
    """What the text tells, of which cases."""
    words = MARKED.findall(TOKEN.sub(" ", text))
    return {(_BY_NUMBER[int(number)], Part(part.lower())) for number, part in words}


def _everybody(_person: Person, _case: Case) -> bool:
    return True


def _case_is_seen(person: Person, case: Case) -> bool:
    return oracle.sees(person, case)


def _leads(person: Person, case: Case) -> bool:
    return oracle.leads(person, case)


def _writes_follow_ups(person: Person, case: Case) -> bool:
    return oracle.leads(person, case) or oracle.manages(person, case)


def _decision(person: Person, case: Case) -> bool:
    """The ledger names the decision by its number, which is public."""
    return oracle.sees(person, case) or oracle.reads_ledger(person)


def _questions(person: Person, case: Case) -> bool:
    return oracle.applies(person, case) or (oracle.sees(person, case) and oracle.reads_review(person, case))


def _checklist(person: Person, case: Case) -> bool:
    return oracle.sees(person, case) and oracle.reads_checklist(person, case)


def _declared(person: Person, case: Case) -> bool:
    return oracle.sees(person, case) and person.key in case.declared


def _return_draft(person: Person, case: Case) -> bool:
    return oracle.checks(person, case)


MAY_READ: dict[Part, Callable[[Person, Case], bool]] = {
    Part.APPLICATION: _case_is_seen,
    Part.WRITTEN_SINCE: oracle.sees_writing,
    Part.UNSAVED: _leads,
    Part.SENT_BACK: oracle.sees_writing,
    Part.ACTS: _case_is_seen,
    Part.DECISION: _decision,
    Part.DELIVERY: _case_is_seen,
    Part.UNSENT: _leads,
    Part.FOLLOWING: _writes_follow_ups,
    Part.LESSON: _everybody,
    Part.QUESTIONS: _questions,
    Part.CHECKLIST: _checklist,
    Part.RETURN_DRAFT: _return_draft,
    Part.PROPOSAL: oracle.on_agenda,
    Part.INTEREST: _declared,
}


def _always(_person: Person, _case: Case) -> bool:
    return True


def _written_since(person: Person, case: Case) -> bool:
    return case.state in ("returned", "awaiting_new_signature") and oracle.sees_writing(person, case)


def _is_decided(_person: Person, case: Case) -> bool:
    return oracle.decided(case)


def _is_granted(_person: Person, case: Case) -> bool:
    return case.state in GRANTED


def _remains(_person: Person, case: Case) -> bool:
    return case.key in closing.REMAINS


def _runs(_person: Person, case: Case) -> bool:
    return case.key == "running"


def _is_interrupted(_person: Person, case: Case) -> bool:
    return case.state == "terminating"


def _sent_back_is_near(person: Person, case: Case) -> bool:
    """The history of a project that runs is long: its beginning stands on a page of its own."""
    return oracle.sees_writing(person, case) and case.state not in ESTABLISHED


def _was_asked(_person: Person, case: Case) -> bool:
    return case.key in ("returned", "awaiting_new_signature", "completed")


def _was_checked(person: Person, case: Case) -> bool:
    return case.came_in and case.state != "submitted" and oracle.reads_checklist(person, case)


def _is_prepared(_person: Person, case: Case) -> bool:
    return case.state in ("council", "awaiting_decision")


def _has_declared(person: Person, case: Case) -> bool:
    return person.key in case.declared


MUST_TELL: tuple[tuple[str, Part, Callable[[Person, Case], bool]], ...] = (
    ("overview.project", Part.APPLICATION, _always),
    ("overview.project", Part.DECISION, _is_decided),
    ("overview.history", Part.SENT_BACK, _sent_back_is_near),
    ("applications.read", Part.APPLICATION, _always),
    ("applications.read", Part.WRITTEN_SINCE, _written_since),
    ("applications.pdf", Part.APPLICATION, _always),
    ("applications.attachment", Part.APPLICATION, _always),
    ("applications.section", Part.UNSAVED, _always),
    ("benefits.lines", Part.APPLICATION, _always),
    ("benefits.lines", Part.WRITTEN_SINCE, _written_since),
    ("benefits.workings", Part.APPLICATION, _always),
    ("applications.sign", Part.APPLICATION, _always),
    ("reviews.case", Part.QUESTIONS, _was_asked),
    ("reviews.case", Part.CHECKLIST, _was_checked),
    ("reviews.return_for_completion", Part.RETURN_DRAFT, _always),
    ("decisions.memo_pdf", Part.APPLICATION, _always),
    ("decisions.memo_pdf", Part.PROPOSAL, _is_prepared),
    ("decisions.memo_pdf", Part.DECISION, _is_decided),
    ("conditions.conditions", Part.DECISION, _is_granted),
    ("conditions.conditions", Part.DELIVERY, _is_granted),
    ("conditions.proof", Part.DELIVERY, _always),
    ("conditions.report", Part.DECISION, _always),
    ("conditions.assess", Part.DELIVERY, _always),
    ("funds.requisition", Part.DELIVERY, _always),
    ("funds.pdf", Part.DELIVERY, _always),
    ("funds.file", Part.DELIVERY, _always),
    ("costs.costs", Part.DELIVERY, _always),
    ("costs.void", Part.DELIVERY, _always),
    ("costs.columns", Part.DELIVERY, _always),
    ("costs.preview", Part.DELIVERY, _always),
    ("costs.void_read_in", Part.DELIVERY, _always),
    ("operations.service", Part.APPLICATION, _always),
    ("operations.project", Part.APPLICATION, _always),
    ("operations.card", Part.APPLICATION, _always),
    ("operations.sharing", Part.DELIVERY, _always),
    ("operations.sharing_year", Part.DELIVERY, _always),
    ("operations.share_bill", Part.DELIVERY, _always),
    ("handover.plan", Part.DELIVERY, _remains),
    ("handover.pdf", Part.DELIVERY, _remains),
    ("handover.item", Part.DELIVERY, _always),
    ("handover.answer", Part.DELIVERY, _always),
    ("handover.take_over", Part.DELIVERY, _always),
    ("handover.close", Part.DELIVERY, _always),
    ("changes.change", Part.DELIVERY, _always),
    ("changes.pdf", Part.DELIVERY, _always),
    ("changes.decide", Part.DELIVERY, _always),
    ("changes.answer", Part.DELIVERY, _always),
    ("changes.reason", Part.UNSENT, _runs),
    ("termination.termination", Part.DELIVERY, _always),
    ("termination.pdf", Part.DELIVERY, _always),
    ("final_report.section", Part.UNSENT, _is_interrupted),
    ("final_report.version", Part.DELIVERY, _always),
    ("final_report.pdf", Part.DELIVERY, _always),
    ("follow_up.section", Part.FOLLOWING, _always),
    ("follow_up.version", Part.DELIVERY, _always),
    ("follow_up.pdf", Part.DELIVERY, _always),
    ("projects.interest", Part.INTEREST, _has_declared),
)
"""What a page tells whoever may open it: what must be seen."""


def must_tell(endpoint: str, person: Person, case: Case) -> set[Part]:
    """The parts of the case that this page tells this person."""
    return {part for page, part, when in MUST_TELL if page == endpoint and when(person, case)}
