"""The people and the cases of the matrix: every role, every way to stand to a case, every state."""

from __future__ import annotations

from dataclasses import replace

from tests.access import oracle_running as running
from tests.access.oracle import KULTUR, MILJO, PARK, WHOLE_CITY, Case, Person


def _person(key: str, *roles: tuple[str, str]) -> Person:
    return Person(key, frozenset(roles))


_SECRETARIAT = ("secretariat", WHOLE_CITY)

PEOPLE = (
    # The department that leads most cases.
    _person("leader", ("project_leader", MILJO)),
    _person("manager", ("manager", MILJO)),
    _person("controller", ("controller", MILJO)),
    _person("left_manager"),  # was manager of the department, and is no more
    # A department that takes part in them.
    _person("other_leader", ("project_leader", KULTUR)),
    _person("other_manager", ("manager", KULTUR)),
    _person("other_controller", ("controller", KULTUR)),
    # A department that does not.
    _person("park_manager", ("manager", PARK)),
    # Those who handle cases: the handler, a colleague, and three with an interest.
    _person("secretary", _SECRETARIAT),
    _person("other_secretary", _SECRETARIAT),
    _person("secretary_of_miljo", _SECRETARIAT, ("project_leader", MILJO)),
    _person("secretary_leading", _SECRETARIAT, ("project_leader", PARK)),
    _person("secretary_declared", _SECRETARIAT),
    # Those who follow, treat and audit them.
    _person("programme_controller", ("controller", WHOLE_CITY)),
    _person("expert", ("working_group", WHOLE_CITY)),
    _person("council", ("council", WHOLE_CITY)),
    _person("council_of_miljo", ("council", WHOLE_CITY), ("manager", MILJO)),
    _person("decider", ("decision_maker", WHOLE_CITY)),
    _person("auditor", ("auditor", WHOLE_CITY)),
    # Those who have no part in any.
    _person("administrator", ("administrator", WHOLE_CITY)),
    _person("nobody"),
)

WHO = {person.key: person for person in PEOPLE}

_LED_BY_MILJO = (
    Case("draft", "draft", came_in=False, handler=""),
    Case("awaiting_signature", "awaiting_signature", came_in=False, handler=""),
    Case("withdrawn_draft", "withdrawn", came_in=False, handler=""),
    Case("submitted", "submitted", handler=""),
    Case("checking", "checking"),
    Case("returned", "returned"),
    Case("awaiting_new_signature", "awaiting_new_signature"),
    Case("completed", "assessment"),
    Case("withdrawn", "withdrawn"),
    Case("council", "council", referred=True),
    Case("awaiting_decision", "awaiting_decision", referred=True),
    Case("approved", "approved", referred=True),
    Case("planned", "approved", referred=True),
    Case("running", "running", referred=True),
    Case("reported", "running", referred=True),
    Case("paused", "paused", referred=True),
    Case("closing", "closing", referred=True),
    Case("terminating", "terminating", referred=True),
    Case("handed_over", "handed_over", referred=True),
    Case("follow_up", "follow_up", referred=True),
    Case("closed", "closed", referred=True),
    Case("terminated", "terminated", referred=True),
    Case("postponed", "postponed", referred=True),
    Case("rejected", "rejected", referred=True),
    Case("resumed", "assessment", referred=True),
)

CASES = (
    *_LED_BY_MILJO,
    # The same for a department whose project somebody in the secretariat leads.
    *(
        replace(case, key=f"park_{case.key}", leader="secretary_leading", department=PARK, taking_part=())
        for case in _LED_BY_MILJO
        if case.key in ("draft", "submitted", "checking", "council", "awaiting_decision", "approved")
    ),
)

GRANTED = tuple(case.key for case in _LED_BY_MILJO if case.state in running.GRANTED)
"""What the cases that have been granted money are called."""

NUMBERS = {case.key: number for number, case in enumerate(CASES, start=1)}
