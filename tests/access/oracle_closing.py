"""Who may do what when a project ends: more of the oracle, in the same plain words."""

from __future__ import annotations

from tests.access.oracle import Case, Person, handles, has_interest, leads

ENDING = ("closing", "terminating")
ENDED = ("handed_over", "terminated")
INTERRUPTED = ("terminating", "terminated")
SENT = ("terminating", *ENDED)
"""Cases whose final report has been sent; in the first it waits for an answer."""


def has_final_report(_person: Person, case: Case) -> bool:
    """It has been sent: whoever sees the case reads it."""
    return case.key in SENT


def reads_final_report(person: Person, case: Case) -> bool:
    """Whoever sees the case reads what has been sent; until then only the project leader, who writes it."""
    return has_final_report(person, case) or writes_final_report(person, case)


def reads_termination(_person: Person, case: Case) -> bool:
    """Whoever sees the case reads why it is interrupted and what it leaves."""
    return case.state in INTERRUPTED


def accounts_for_termination(person: Person, case: Case) -> bool:
    """The project leader tells what an interrupted project leaves, until it has ended."""
    return leads(person, case) and case.state == "terminating"


def returns_rest(person: Person, case: Case) -> bool:
    """A controller of the whole programme returns everything that is left of its money."""
    whole = person.is_("controller") and not has_interest(person, case)
    return whole and case.state == "terminating"


def is_ending(_person: Person, case: Case) -> bool:
    """A final report is written of a project that is being ended."""
    return case.state in ENDING


def writes_final_report(person: Person, case: Case) -> bool:
    """The project leader writes while the project is being ended, until the report is sent."""
    return leads(person, case) and case.state in ENDING and case.key not in SENT


def answers_final_report(person: Person, case: Case) -> bool:
    """Anybody who handles cases approves the report that has come in, or sends it back."""
    return handles(person, case) and case.key == "terminating"


def follows_endings(person: Person) -> bool:
    """The list of final reports is for those who follow several projects."""
    roles = {role for role, _department in person.roles}
    return bool(roles - {"project_leader", "administrator"})
