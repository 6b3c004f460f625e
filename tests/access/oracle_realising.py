"""Who may do what with promised benefits: more of the oracle, in the same plain words."""

from __future__ import annotations

from tests.access.oracle import ESTABLISHED, Case, Person, handles, leads, manages
from tests.access.oracle_running import AT_WORK


def has_benefits(_person: Person, case: Case) -> bool:
    """Benefits are followed from the day that the plan is established, by whoever sees the case."""
    return case.state in ESTABLISHED


def goes_on(case: Case) -> bool:
    """What an interrupted project wrote off has ended with it; of a closed project everything has ended."""
    return case.state in ESTABLISHED and case.state not in ("terminated", "closed")


def answers_for_benefit(person: Person, case: Case) -> bool:
    """The manager of the department that owns the benefit says how it is measured, and measures it, also when
    the project has ended; the project leader until then. Of what has ended nobody says anything more."""
    return goes_on(case) and (manages(person, case) or (leads(person, case) and case.state in AT_WORK))


def ends_benefit(person: Person, case: Case) -> bool:
    """The manager of the department that owns the benefit proposes how it ends, once."""
    return manages(person, case) and goes_on(case) and case.key != "reported"


def judges_end(person: Person, case: Case) -> bool:
    """Anybody in the secretariat without an interest verifies what is proposed, or sends it back."""
    return handles(person, case) and case.key == "reported"


def decides_promise(person: Person, case: Case) -> bool:
    """Anybody in the secretariat without an interest, when the project has ended and the benefit has not."""
    return handles(person, case) and case.state in ("handed_over", "follow_up")


def follows_benefits(person: Person) -> bool:
    """The register of all benefits is for those who follow several projects."""
    roles = {role for role, _department in person.roles}
    return bool(roles - {"project_leader", "administrator"})
