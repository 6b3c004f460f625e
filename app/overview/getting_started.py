"""What an administrator sets up before the first application can come in."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from flask_babel import lazy_gettext as _l

from app.accounts.models import Role
from app.accounts.queries import departments, grants_by_person
from app.programmes import queries as programmes
from app.web.tags import Tag

SETUP_TAGS: Mapping[bool, Tag] = {
    True: Tag(_l("Klart"), "good", "check"),
    False: Tag(_l("Återstår"), "neutral", "circle"),
}

_TREATING = (Role.PROJECT_LEADER, Role.MANAGER, Role.SECRETARIAT)


@dataclass(frozen=True)
class SetupStep:
    """One thing to set up, and where."""

    title: Any
    hint: Any
    endpoint: str
    done: bool


def setup_steps(today: date) -> Sequence[SetupStep]:
    """What is to be set up, in order; nothing when all of it stands."""
    programme = programmes.the_programme()
    number = programme.id if programme else 0
    held = {grant.role for grants in grants_by_person().values() for grant in grants}
    steps = (
        SetupStep(
            _l("Förvaltningar"),
            _l("De som kan söka pengar."),
            "accounts.departments",
            bool(departments()),
        ),
        SetupStep(
            _l("Personer och roller"),
            _l("Minst en projektledare, en verksamhetschef och någon i programsekretariatet."),
            "accounts.people",
            held >= set(_TREATING),
        ),
        SetupStep(
            _l("Program"),
            _l("Namn, ram, tid och mål, som de står i beslutet."),
            "programmes.programme",
            programme is not None,
        ),
        SetupStep(
            _l("Kalkylförutsättningar"),
            _l("Kalkylränta, prisår och kalkylperiod. Utan dem kan ingen nyttokalkyl räknas."),
            "programmes.settings",
            programmes.calculation_on(number, today) is not None,
        ),
        SetupStep(
            _l("Timkostnader"),
            _l("Vad en timme kostar för varje slags personal."),
            "programmes.settings",
            bool(programmes.hourly_rates_on(number, today)),
        ),
        SetupStep(
            _l("Delegationer för beslut"),
            _l("Vem som får besluta, och om hur mycket."),
            "programmes.settings",
            bool(programmes.delegations_on(number, today)),
        ),
        SetupStep(
            _l("Kriterier"),
            _l("Det som ansökningarna bedöms efter."),
            "programmes.settings",
            bool(programmes.criteria_on(number, today)),
        ),
        SetupStep(
            _l("Ansökningsomgång"),
            _l("När ansökningar tas emot."),
            "programmes.rounds",
            bool(programmes.open_rounds(number, today)),
        ),
    )
    return () if all(step.done for step in steps) else steps
