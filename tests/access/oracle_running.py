"""Who may do what in a project that has been granted money: more of the oracle, in the same plain words."""

from __future__ import annotations

from tests.access.oracle import Case, Person, handles, has_interest, leads

GRANTED = ("approved", "running", "closing")
ESTABLISHED = ("running", "closing")
"""States of cases whose plan has been established."""


def shows_condition_met(person: Person, case: Case) -> bool:
    """The project leader shows that a condition is met."""
    return leads(person, case) and case.state in GRANTED


def assesses_condition(person: Person, case: Case) -> bool:
    """Anybody who handles cases says whether it is."""
    return handles(person, case) and case.state in GRANTED


def asks_for_money(person: Person, case: Case) -> bool:
    """The project leader asks for money that was granted, puts right what came back, or takes it back."""
    return leads(person, case) and case.state in GRANTED


def checks_requisition(person: Person, case: Case) -> bool:
    """Anybody who handles cases checks what is asked for."""
    return handles(person, case) and case.state in GRANTED


def pays(person: Person, case: Case) -> bool:
    """A controller of the whole programme without an interest pays, and returns what is left."""
    return person.is_("controller") and case.state in GRANTED and not has_interest(person, case)


def lists_requisitions(person: Person) -> bool:
    """The list of requisitions is for the secretariat, all controllers and the auditor."""
    controls = any(role == "controller" for role, _department in person.roles)
    return person.is_("secretariat") or controls or person.is_("auditor")


def granted(_person: Person, case: Case) -> bool:
    """A project has a plan, or may have one, when money is granted; whoever sees the case reads it."""
    return case.state in GRANTED


def draws_up(person: Person, case: Case) -> bool:
    """The project leader begins the plan when money is granted, once."""
    return leads(person, case) and case.state == "approved" and not case.has_plan


def plans(person: Person, case: Case) -> bool:
    """The project leader writes the plan until it is established."""
    return leads(person, case) and case.state == "approved" and case.has_plan


def steers(person: Person, case: Case) -> bool:
    """The project leader says who steers and when they meet, while the project runs too."""
    return leads(person, case) and case.has_plan


def reads_costs(_person: Person, case: Case) -> bool:
    """What a project has cost is read by whoever sees the case, once its plan is established."""
    return case.state in ESTABLISHED


def enters_costs(person: Person, case: Case) -> bool:
    """The project leader enters costs and hours, voids what was wrong, and judges time."""
    return leads(person, case) and case.state in ESTABLISHED


def keeps_risks(person: Person, case: Case) -> bool:
    """The project leader notes risks and issues, weighs them anew and closes them, from the day that the plan
    is begun."""
    return leads(person, case) and case.has_plan


def has_risks(_person: Person, case: Case) -> bool:
    """Something has been noted of what may happen, and of what has."""
    return case.state in ESTABLISHED


def has_baseline(_person: Person, case: Case) -> bool:
    """The plan has been established."""
    return case.state in ESTABLISHED


def has_begun(_person: Person, case: Case) -> bool:
    """A project has reports from the day that its plan is established."""
    return case.state in ESTABLISHED


def is_asked(_person: Person, case: Case) -> bool:
    """The project ran before the period ended: it reports on it."""
    return case.state in ESTABLISHED


def reported(_person: Person, case: Case) -> bool:
    """Whoever sees the case reads a report that has been sent."""
    return case.key == "reported"


def writes_report(person: Person, case: Case) -> bool:
    """The project leader writes until the report is sent."""
    return leads(person, case) and case.key in ESTABLISHED


def answers_report(person: Person, case: Case) -> bool:
    """Anybody who handles cases answers a report that has come in."""
    return handles(person, case) and case.key == "reported"


def comments_report(person: Person, case: Case) -> bool:
    """Those who handle cases and the project leader say what they think of a report that has been sent."""
    return case.key == "reported" and (handles(person, case) or leads(person, case))


def follows_reports(person: Person) -> bool:
    """All reports of a period are for those who follow several projects."""
    roles = {role for role, _department in person.roles}
    return bool(roles - {"project_leader", "administrator"})


def sets_periods(person: Person) -> bool:
    """The secretariat sets what is reported on and when."""
    return person.is_("secretariat")


def seen(_person: Person, _case: Case) -> bool:
    """Whoever sees the case."""
    return True


def was_granted(_person: Person, case: Case) -> bool:
    """Money has been granted, under conditions."""
    return case.state in GRANTED


def asks_for_change(person: Person, case: Case) -> bool:
    """The project leader asks for changes of a project that has money and has not begun to end."""
    return leads(person, case) and case.state in GRANTED


def goes_on(_person: Person, case: Case) -> bool:
    """The project leader takes up the work of a project that pauses; none of these does."""
    return case.state == "paused"


def has_request(_person: Person, case: Case) -> bool:
    """A request for changes has been sent."""
    return case.key == "running"


def treats_request(person: Person, case: Case) -> bool:
    """Anybody who handles cases asks about a request that has come in, and registers what was decided."""
    return handles(person, case) and case.key == "running"


def withdraws_request(person: Person, case: Case) -> bool:
    """The project leader takes a request back until it is decided."""
    return leads(person, case) and case.key == "running"


def writes_request(person: Person, case: Case) -> bool:
    """The project leader writes a draft that nobody else knows of."""
    return leads(person, case) and case.key == "running"


def nobody(_person: Person, _case: Case) -> bool:
    """Nobody answers what has not been asked."""
    return False
