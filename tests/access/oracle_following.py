"""Who may do what with what a project has left: more of the oracle, in the same plain words."""

from __future__ import annotations

from tests.access.oracle import Case, Person, handles, leads, manages

FOLLOWED = ("handed_over", "follow_up", "closed")
"""States of cases that are followed up: each has three follow-ups, by the department that led the project. In
the first case the first is being written; in the second it is approved, and the second has come in; in the
third all are approved."""


def is_followed(_person: Person, case: Case) -> bool:
    """Whoever sees the case sees when it is followed up."""
    return case.state in FOLLOWED


def was_sent(_person: Person, case: Case) -> bool:
    """Whoever sees the case reads what has been sent."""
    return case.state in ("follow_up", "closed")


def writes_follow_up(person: Person, case: Case) -> bool:
    """The manager who answers for it and the project leader write it until it is sent."""
    return (leads(person, case) or manages(person, case)) and case.state == "handed_over"


def reads_follow_up(person: Person, case: Case) -> bool:
    """Whoever sees the case, once it has been sent; until then those who write it."""
    return was_sent(person, case) or writes_follow_up(person, case)


def sends_follow_up(person: Person, case: Case) -> bool:
    """The manager answers for it; never whoever has led the project."""
    return manages(person, case) and not leads(person, case) and case.state == "handed_over"


def answers_follow_up(person: Person, case: Case) -> bool:
    """Anybody who handles cases approves what has come in, or sends it back."""
    return handles(person, case) and case.state == "follow_up"


def closes(person: Person, case: Case) -> bool:
    """Anybody who handles cases closes a project that is followed up, when nothing is missing."""
    return handles(person, case) and case.state == "follow_up"


def follows_up_several(person: Person) -> bool:
    """The list of follow-ups is for those who follow several projects."""
    roles = {role for role, _department in person.roles}
    return bool(roles - {"project_leader", "administrator"})
