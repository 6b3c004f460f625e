"""Who may do what in a project that has been granted money: more of the oracle, in the same plain words."""

from __future__ import annotations

from tests.access.oracle import ESTABLISHED, Case, Person, handles, has_interest, leads

ENDED = ("handed_over", "follow_up", "closed", "terminated")
GRANTED = ("approved", *ESTABLISHED)
AT_WORK = tuple(state for state in GRANTED if state not in ENDED)
"""States of cases that work with their money: of one that has ended nothing is written any more."""


def shows_condition_met(person: Person, case: Case) -> bool:
    """The project leader shows that a condition is met."""
    return leads(person, case) and case.state in AT_WORK


def assesses_condition(person: Person, case: Case) -> bool:
    """Anybody who handles cases says whether it is."""
    return handles(person, case) and case.state in AT_WORK


def asks_for_money(person: Person, case: Case) -> bool:
    """The project leader asks for money that was granted, puts right what came back, or takes it back."""
    return leads(person, case) and case.state in AT_WORK


def checks_requisition(person: Person, case: Case) -> bool:
    """Anybody who handles cases checks what is asked for."""
    return handles(person, case) and case.state in AT_WORK


def pays(person: Person, case: Case) -> bool:
    """A controller of the whole programme without an interest pays, and returns what is left."""
    return person.is_("controller") and case.state in AT_WORK and not has_interest(person, case)


def takes_back_payment(person: Person, case: Case) -> bool:
    """The same controllers take back what was paid and not used, also of a project that has ended; of these
    cases nothing is paid in any other."""
    return person.is_("controller") and case.state in ENDED and not has_interest(person, case)


def lists_requisitions(person: Person) -> bool:
    """The lists of requisitions and of changes are for the secretariat, all controllers and the auditor."""
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
    """The project leader says who steers and when they meet, until the project has ended."""
    return leads(person, case) and case.has_plan and case.state in AT_WORK


def reads_costs(_person: Person, case: Case) -> bool:
    """What a project has cost is read by whoever sees the case, once its plan is established."""
    return case.state in ESTABLISHED


def enters_costs(person: Person, case: Case) -> bool:
    """The project leader enters costs and hours, voids what was wrong, and judges time, until the project has
    ended."""
    return leads(person, case) and case.state in ESTABLISHED and case.state in AT_WORK


def chose_file(person: Person, case: Case) -> bool:
    """The project leader has chosen a file to read in, which nobody else knows of."""
    return leads(person, case) and case.state in ESTABLISHED


def keeps_risks(person: Person, case: Case) -> bool:
    """The project leader notes risks and issues, weighs them anew and closes them, from the day that the plan
    is begun until the project has ended."""
    return leads(person, case) and case.has_plan and case.state in AT_WORK


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
    """The project leader writes until the report is sent: not of a project that is interrupted or ended."""
    return leads(person, case) and case.state in ("running", "paused", "closing") and case.key != "reported"


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
    """The project leader asks for changes of a project that works with its money and is not interrupted."""
    return leads(person, case) and case.state in AT_WORK and case.state != "terminating"


def goes_on(person: Person, case: Case) -> bool:
    """The project leader takes up the work of a project that pauses."""
    return leads(person, case) and case.state == "paused"


REQUESTS = ("running", "paused", "terminating", "terminated")
"""Cases in which the project leader has asked for changes twice. The first request waits for a decision, in
the paused project for an answer to a question, in those that are interrupted in vain. The second is being
written in the running project; it made the others pause and end."""


def has_request(_person: Person, case: Case) -> bool:
    """A request for changes has been sent."""
    return case.key in REQUESTS


def treats_request(person: Person, case: Case) -> bool:
    """Anybody who handles cases registers what was decided on a request that has come in."""
    return handles(person, case) and case.key in ("running", "paused")


def questions_request(person: Person, case: Case) -> bool:
    """Anybody who handles cases asks about a request that has come in; not while a question is open."""
    return handles(person, case) and case.key == "running"


def withdraws_request(person: Person, case: Case) -> bool:
    """The project leader takes a request back until it is decided."""
    return leads(person, case) and case.key in ("running", "paused")


def answers_question(person: Person, case: Case) -> bool:
    """The project leader answers what has been asked about a request."""
    return leads(person, case) and case.key == "paused"


def knows_second_request(person: Person, case: Case) -> bool:
    """What has been sent is known to whoever sees the case, a draft to its writer alone."""
    return leads(person, case) if case.key == "running" else has_request(person, case)


def writes_request(person: Person, case: Case) -> bool:
    """The project leader writes a draft, and what a question has been asked about."""
    return leads(person, case) and case.key in ("running", "paused")


def sends_request(person: Person, case: Case) -> bool:
    """The project leader sends a draft."""
    return leads(person, case) and case.key == "running"
