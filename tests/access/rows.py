"""What a row of the access matrix is made of."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field

from tests.access import oracle
from tests.access.oracle import Answer, Case, Person

BOTH = ("GET", "POST")
UNKNOWN_NUMBER = 999_999
"""No record has it."""


@dataclass(frozen=True)
class CaseRow:
    """A route that leads to a case. `rule` says who may among those who see it."""

    method: str
    endpoint: str
    rule: Callable[[Person, Case], bool]
    otherwise: Answer = Answer.REFUSED
    """The answer to those who see the case and may not."""
    needs: Callable[[Person, Case], bool] | None = None
    """What must be there, or be seen, for there to be anything: else unknown, whoever asks."""
    fields: Mapping[str, str] = field(default_factory=dict)
    """What is filled in, where an empty form would not come as far as the rule."""

    def answer(self, person: Person, case: Case) -> Answer:
        """What the person gets."""
        if not oracle.sees(person, case) or (self.needs and not self.needs(person, case)):
            return Answer.UNKNOWN
        return Answer.OPEN if self.rule(person, case) else self.otherwise


@dataclass(frozen=True)
class Row:
    """A route that leads to no case."""

    method: str
    endpoint: str
    rule: Callable[[Person], bool]
    otherwise: Answer = Answer.REFUSED

    def answer(self, person: Person) -> Answer:
        """What the person gets."""
        return Answer.OPEN if self.rule(person) else self.otherwise
