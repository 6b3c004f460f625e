"""Who may do what when a project ends: more of the oracle, in the same plain words."""

from __future__ import annotations

from tests.access.oracle import ESTABLISHED, KULTUR, Case, Person, handles, has_interest, leads, manages
from tests.access.oracle_following import FOLLOWED
from tests.access.oracle_running import ENDED

ENDING = ("closing", "terminating")
INTERRUPTED = ("terminating", "terminated")
SENT = ("closing", *ENDED)
"""Cases whose final report has been sent; in the first it waits for an answer."""
REMAINS = ("closing", "handed_over", "follow_up", "closed")
"""Cases with something on their rest list: in the first a manager of another department is asked to accept it
and a person by name to take it over, in the others the department has accepted."""


def has_handover(_person: Person, case: Case) -> bool:
    """Whoever sees the case reads what remains, from the day that the project runs."""
    return case.state in ESTABLISHED


def keeps_rest_list(person: Person, case: Case) -> bool:
    """The project leader writes down what remains, asks receivers, and is done with what nobody has received,
    while the project runs and while it ends."""
    return leads(person, case) and case.state in ("running", *ENDING)


def something_remains(_person: Person, case: Case) -> bool:
    """Something has been written down."""
    return case.key in REMAINS


def accepts(person: Person, case: Case) -> bool:
    """A manager of the receiving department accepts or declines: never whoever leads the project."""
    return case.key == "closing" and person.is_("manager", KULTUR) and not leads(person, case)


def takes_over(person: Person, case: Case) -> bool:
    """The person who was asked by name, and nobody else."""
    return case.key == "closing" and person.key == "manager"


def is_done_with(person: Person, case: Case) -> bool:
    """What nobody has received is the project leader's to be done with; what a department has accepted is its
    managers', also when the project has ended."""
    if case.state in FOLLOWED:
        return person.is_("manager", KULTUR)
    return case.key == "closing" and leads(person, case)


def receives(person: Person, case: Case) -> bool:
    """Somebody is asked to receive what remains, or has received it and is to have it done."""
    received = case.state in FOLLOWED and is_done_with(person, case)
    return received or accepts(person, case) or takes_over(person, case)


def confirms_nothing_left(person: Person, case: Case) -> bool:
    """A manager of the department that has the project, while it ends and nothing is open on its list: never
    whoever leads it, nor anybody who has declared an interest."""
    outside = not leads(person, case) and person.key not in case.declared
    return case.state in ENDING and case.key != "closing" and manages(person, case) and outside


def begins_closing(person: Person, case: Case) -> bool:
    """The project leader, while the project runs."""
    return leads(person, case) and case.state == "running"


def reopens(person: Person, case: Case) -> bool:
    """The project leader, until the project has ended."""
    return leads(person, case) and case.state == "closing"


def lists_what_remains(person: Person) -> bool:
    """The list of what remains is for the secretariat, managers, controllers and the auditor."""
    roles = {role for role, _department in person.roles}
    return bool(roles & {"secretariat", "manager", "controller", "auditor"})


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
    return handles(person, case) and case.key == "closing"


def follows_endings(person: Person) -> bool:
    """The list of final reports is for those who follow several projects."""
    roles = {role for role, _department in person.roles}
    return bool(roles - {"project_leader", "administrator"})
