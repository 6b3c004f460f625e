"""What waits for somebody in a project that has been granted money: more of the oracle."""

from __future__ import annotations

from tests.access import oracle
from tests.access import oracle_closing as closing
from tests.access import oracle_effects as effects
from tests.access import oracle_following as following
from tests.access import oracle_operations as operations
from tests.access import oracle_running as running
from tests.access.oracle import Case, Person


def task(person: Person, case: Case) -> bool:
    """Something in a project that has been granted money waits for the person."""
    acts = (
        running.shows_condition_met,
        running.assesses_condition,
        running.asks_for_money,
        running.checks_requisition,
        running.pays,
        running.answers_report,
        running.treats_request,
        running.answers_question,
        closing.receives,
        closing.confirms_nothing_left,
        closing.accounts_for_termination,
        closing.returns_rest,
        operations.answers_for_service,
        closing.writes_final_report,
        closing.answers_final_report,
        following.answers_follow_up,
        effects.has_effect_to_treat,
    )
    return any(act(person, case) and oracle.sees(person, case) for act in acts)
