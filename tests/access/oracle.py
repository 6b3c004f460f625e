"""Who may see and do what, in plain words: what the product is held to.

Written from the description of the process, and knowing nothing of the product's own policies: a fault there
is not repeated here. Each rule is one function, a person and a case in, yes or no out; its docstring is the
rule. `matrix.py` says which rule each route follows.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import Enum

WHOLE_CITY = ""
"""A role that is held for the whole programme."""

ESTABLISHED = (
    "running", "paused", "closing", "terminating", "handed_over", "follow_up", "closed", "terminated",
)  # fmt: skip
"""States of the cases whose plan has been established: each of them has run."""

MILJO, KULTUR, PARK = "Miljöförvaltningen", "Kulturförvaltningen", "Parkförvaltningen"


@dataclass(frozen=True)
class Person:
    """Somebody, and the roles that he or she holds: pairs of role and department."""

    key: str
    roles: frozenset[tuple[str, str]] = frozenset()

    def is_(self, role: str, department: str = WHOLE_CITY) -> bool:
        """Holds the role for exactly this department, or for the whole programme."""
        return (role, department) in self.roles

    @property
    def departments(self) -> frozenset[str]:
        """The departments that the person works in."""
        return frozenset(department for _role, department in self.roles if department)


@dataclass(frozen=True)
class Case:
    """A case as it stands: its state, whether it has ever come in, and who has a part in it."""

    key: str
    state: str
    leader: str = "leader"
    department: str = MILJO
    taking_part: tuple[str, ...] = (KULTUR,)
    came_in: bool = True
    referred: bool = False
    """Whether it has ever been sent to the council, whatever has become of it since."""
    handler: str = "secretary"
    declared: tuple[str, ...] = ("secretary_declared",)
    """Those who have declared an interest in it."""

    @property
    def has_plan(self) -> bool:
        """Its plan has been begun."""
        return self.key == "planned" or self.state in ESTABLISHED


class Answer(Enum):
    """How a request is answered."""

    OPEN = "allowed"
    ELSEWHERE = "led to a page that the person may read"
    REFUSED = "refused with the reason, 403"
    UNKNOWN = "answered like what does not exist, 404"


# --- seeing ----------------------------------------------------------------------------------------------


def leads(person: Person, case: Case) -> bool:
    """Leads the project."""
    return person.key == case.leader


def manages(person: Person, case: Case) -> bool:
    """Is manager of the department that leads the project."""
    return person.is_("manager", case.department)


def applies(person: Person, case: Case) -> bool:
    """Leads the project, or is manager of the department that does: those who apply."""
    return leads(person, case) or manages(person, case)


def sees(person: Person, case: Case) -> bool:
    """Those who apply and the controller of their department see the case from its first word. Once it has
    come in, so do the secretariat, the programme's controller, the working group, and the managers and
    controllers of departments that take part. The council and the decision-makers see it from the first
    time that it is sent to the council, whatever becomes of it: they have read it and said what they think.
    The auditor sees every case. Nobody else sees any."""
    if applies(person, case) or person.is_("controller", case.department) or person.is_("auditor"):
        return True
    if case.referred and (person.is_("council") or person.is_("decision_maker")):
        return True
    if not case.came_in:
        return False
    whole_programme = ("secretariat", "controller", "working_group")
    return any(person.is_(role) for role in whole_programme) or any(
        person.is_(role, department) for role in ("manager", "controller") for department in case.taking_part
    )


def sees_writing(person: Person, case: Case) -> bool:
    """What is written in a completion is theirs who apply until it comes in, the auditor's neither. Before
    the application has come in there is only what is being written: whoever sees the case reads it."""
    return sees(person, case) and (applies(person, case) or not case.came_in)


# --- interest --------------------------------------------------------------------------------------------


def has_interest(person: Person, case: Case) -> bool:
    """Leads the project, works in the department that leads it, or has declared an interest in it."""
    return leads(person, case) or case.department in person.departments or person.key in case.declared


def declares(person: Person, case: Case) -> bool:
    """Whoever treats cases tells of an interest in one that he or she sees."""
    return any(person.is_(role) for role in ("secretariat", "working_group", "council", "decision_maker"))


# --- writing ---------------------------------------------------------------------------------------------


def writes(person: Person, case: Case) -> bool:
    """The project leader writes in a draft, and in an application that is back for completion."""
    return leads(person, case) and case.state in ("draft", "returned")


def completes(person: Person, case: Case) -> bool:
    """The project leader answers and submits again when the application is back for completion."""
    return leads(person, case) and case.state == "returned"


def recalls(person: Person, case: Case) -> bool:
    """The project leader takes the application back as long as the manager has not signed."""
    return leads(person, case) and case.state in ("awaiting_signature", "awaiting_new_signature")


def signs(person: Person, case: Case) -> bool:
    """The manager of the department signs or sends back; never an application of one's own."""
    waiting = case.state in ("awaiting_signature", "awaiting_new_signature")
    return waiting and manages(person, case) and not leads(person, case)


def takes_back(person: Person, case: Case) -> bool:
    """The project leader takes the application back for good until it is with the council, and when the
    decision is postponed; not while it waits for a signature."""
    early = ("draft", "submitted", "checking", "returned", "assessment", "postponed")
    return leads(person, case) and case.state in early


# --- handling --------------------------------------------------------------------------------------------


def handles(person: Person, case: Case) -> bool:
    """The secretariat handles what has come in, except where it has an interest."""
    return person.is_("secretariat") and case.came_in and not has_interest(person, case)


def registers(person: Person, case: Case) -> bool:
    """Anybody who handles cases registers one that has come in."""
    return handles(person, case) and case.state == "submitted"


def takes_over(person: Person, case: Case) -> bool:
    """Anybody who handles cases takes a registered one over from a colleague."""
    return handles(person, case) and bool(case.handler) and case.handler != person.key


def checks(person: Person, case: Case) -> bool:
    """The case's own handler checks that it is complete, and returns it when it is not."""
    return handles(person, case) and case.state == "checking" and case.handler == person.key


def refers(person: Person, case: Case) -> bool:
    """The case's own handler sends it to the council."""
    return handles(person, case) and case.state == "assessment" and case.handler == person.key


def minutes_opinion(person: Person, case: Case) -> bool:
    """Anybody who handles cases registers the council's opinion."""
    return handles(person, case) and case.state == "council"


def registers_decision(person: Person, case: Case) -> bool:
    """Anybody who handles cases registers the decision."""
    return handles(person, case) and case.state == "awaiting_decision"


def takes_up_again(person: Person, case: Case) -> bool:
    """Anybody who handles cases takes a postponed one up again."""
    return handles(person, case) and case.state == "postponed"


# --- reading what belongs to the review ------------------------------------------------------------------


def treats(person: Person) -> bool:
    """The secretariat, the council, the decision-makers and the auditor read what is prepared for them."""
    return any(person.is_(role) for role in ("secretariat", "council", "decision_maker", "auditor"))


def decided(case: Case) -> bool:
    """A decision has been made, if only to postpone."""
    return case.state in ("approved", *ESTABLISHED, "postponed", "rejected")


def reads_review(person: Person, case: Case) -> bool:
    """The page of the review is for those who treat cases; never for one with an interest."""
    return treats(person) and not has_interest(person, case)


def reads_checklist(person: Person, case: Case) -> bool:
    """What the check found is the secretariat's own, and the auditor's; never for one with an interest."""
    return (person.is_("secretariat") or person.is_("auditor")) and not has_interest(person, case)


def reads_memo(person: Person, case: Case) -> bool:
    """What a decision rests on is read by those who treat the case; by one with an interest, and by those
    who applied, when the decision is made."""
    if not case.came_in:
        return False
    if treats(person) and not has_interest(person, case):
        return True
    return decided(case) and (treats(person) or applies(person, case))


def prints_case(person: Person, case: Case) -> bool:
    """The whole case, once the decision is final, goes to those who read what it rests on."""
    return decided(case) and case.state != "postponed" and reads_memo(person, case)


def on_agenda(person: Person, case: Case) -> bool:
    """A case on a meeting's agenda, with its proposal, is read by those who may read its memo."""
    return sees(person, case) and treats(person) and reads_memo(person, case)


# --- beside the cases ------------------------------------------------------------------------------------


def starts_projects(person: Person) -> bool:
    """Project leaders start projects."""
    return any(role == "project_leader" for role, _department in person.roles)


def administers(person: Person) -> bool:
    """The administrator keeps people, departments and the programme; and sees no case by it."""
    return person.is_("administrator")


def keeps_rounds(person: Person) -> bool:
    """The administrator and the secretariat open and close application rounds."""
    return person.is_("administrator") or person.is_("secretariat")


def reads_ledger(person: Person) -> bool:
    """The ledger is for those who work with the whole programme. Its totals are everybody's."""
    return treats(person) or person.is_("controller")


def prepares_meetings(person: Person) -> bool:
    """The secretariat prepares the meetings."""
    return person.is_("secretariat")


def has_list(person: Person) -> bool:
    """The list of cases is for those who follow or handle several."""
    roles = {role for role, _department in person.roles}
    return bool(roles - {"project_leader", "administrator"})


def follows_programme(person: Person) -> bool:
    """The programme's own reports are for those whose roles are for the whole programme: they see every case
    that the council has been sent."""
    readers = ("secretariat", "controller", "working_group", "council", "decision_maker", "auditor")
    return any(person.is_(role) for role in readers)


def reports_of_programme(person: Person) -> bool:
    """The secretariat writes the programme's reports."""
    return person.is_("secretariat")


def keeps_common_views(person: Person) -> bool:
    """What stands above everybody's portfolio is the secretariat's to choose."""
    return person.is_("secretariat")


def anybody(person: Person) -> bool:
    """Everybody who is signed in."""
    return True
