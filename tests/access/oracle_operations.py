"""Who may do what with the services that projects launch: more of the oracle, in the same plain words."""

from __future__ import annotations

from tests.access.oracle import ESTABLISHED, KULTUR, Case, Person, leads, manages
from tests.access.oracle_running import ENDED


def has_service(_person: Person, case: Case) -> bool:
    """The service is described from the day that the project runs: whoever sees the case reads it."""
    return case.state in ESTABLISHED


def begins_service(_person: Person, _case: Case) -> bool:
    """Nobody needs to: each service began with its project."""
    return False


def describes_service(person: Person, case: Case) -> bool:
    """The project leader until the project has ended; then the department that owns it, and the secretariat
    with it, which keeps the register."""
    if case.state in ENDED:
        return manages(person, case) or person.is_("secretariat")
    return leads(person, case) and case.state in ESTABLISHED


def asks_to_accept(person: Person, case: Case) -> bool:
    """Whoever describes the service, where nobody has been asked yet."""
    return describes_service(person, case) and case.state not in (
        "closing",
        "handed_over",
        "follow_up",
        "closed",
    )


def answers_for_service(person: Person, case: Case) -> bool:
    """A manager of the department that is to own the service, once asked: never whoever leads the project,
    nor anybody who has declared an interest in it."""
    outside = not leads(person, case) and person.key not in case.declared
    return case.key == "closing" and manages(person, case) and outside


def reviews_service(person: Person, case: Case) -> bool:
    """The department that owns it, once it has accepted."""
    return case.state in ("handed_over", "follow_up", "closed") and manages(person, case)


def answers_for_share(person: Person, case: Case) -> bool:
    """A manager of the department that has the share: here the one that takes part, whose share it is."""
    return has_service(person, case) and person.is_("manager", KULTUR)


def bills_of(person: Person, case: Case) -> int:
    """How many of the two bills of the case's service the person reads: all of them with a role for the whole
    programme, else those of the departments that he or she manages or controls."""
    if not is_in_register(person, case):
        return 0
    whole = ("secretariat", "controller", "working_group", "council", "decision_maker", "auditor")
    if any(person.is_(role) for role in whole):
        return 2
    return sum(
        any(person.is_(role, department) for role in ("manager", "controller"))
        for department in (case.department, KULTUR)
    )


def enters_cost(person: Person, case: Case) -> bool:
    """The department that owns it, its controller, and the programme's."""
    controls = person.is_("controller", case.department) or person.is_("controller")
    return has_service(person, case) and (manages(person, case) or controls)


def decommissions(person: Person, case: Case) -> bool:
    """The department that owns it, when the project has ended."""
    return case.state in ENDED and manages(person, case)


def is_in_register(person: Person, case: Case) -> bool:
    """What was launched, or is to be: not what an interrupted project planned and never launched."""
    return has_service(person, case) and case.state not in ("terminating", "terminated")


def keeps_register(person: Person) -> bool:
    """The secretariat registers services that are older than the programme."""
    return person.is_("secretariat")
