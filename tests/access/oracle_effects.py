"""Who may do what with budget effects: more of the oracle, in the same plain words."""

from __future__ import annotations

from tests.access.oracle import Case, Person, handles, leads, manages
from tests.access.oracle_realising import goes_on, has_benefits


def controls(person: Person, case: Case) -> bool:
    """A controller of the owning department or of the programme speaks for its budget; not who manages the
    department, leads the project or has declared an interest in it."""
    is_controller = person.is_("controller", case.department) or person.is_("controller")
    is_outside = not leads(person, case) and person.key not in case.declared
    return is_controller and is_outside and not manages(person, case)


def promises_effect(person: Person, case: Case) -> bool:
    """The owning department's manager, or a controller, as long as the benefit goes on."""
    return goes_on(case) and is_party(person, case)


def is_party(person: Person, case: Case) -> bool:
    """Either of the two who agree: they enter it in the budget, and take it back before that."""
    return manages(person, case) or controls(person, case)


def answers_effect(person: Person, case: Case) -> bool:
    """A controller answers what the manager has promised; the manager does not answer himself."""
    return controls(person, case)


def verifies_effect(person: Person, case: Case) -> bool:
    """A controller, or the secretariat without an interest; the manager has entered it."""
    return controls(person, case) or handles(person, case)


def has_effect_to_treat(person: Person, case: Case) -> bool:
    """In each case whose benefits are followed, an effect waits for each step. To enter it in the budget
    waits for controllers alone, though the manager may as well."""
    steps = (answers_effect, verifies_effect, takes_home)
    return has_benefits(person, case) and any(step(person, case) for step in steps)


def takes_home(person: Person, case: Case) -> bool:
    """A controller posts what is taken home, and posts it back."""
    return controls(person, case)


def follows_effects(person: Person) -> bool:
    """The register is for managers, controllers, the secretariat, those who decide, and auditors."""
    roles = {role for role, _department in person.roles}
    return bool(roles & {"manager", "controller", "secretariat", "council", "decision_maker", "auditor"})
