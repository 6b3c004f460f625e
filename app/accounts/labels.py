"""What roles are called, and what each is for."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from flask_babel import ngettext

from app.accounts.guessing import TooManyAttemptsError
from app.accounts.models import MailChoice, Role, RoleGrant

ROLES: dict[Role, Any] = {
    Role.PROJECT_LEADER: _l("Projektledare"),
    Role.MANAGER: _l("Verksamhetschef"),
    Role.CONTROLLER: _l("Controller"),
    Role.SECRETARIAT: _l("Programsekretariatet"),
    Role.WORKING_GROUP: _l("Arbetsgruppen"),
    Role.COUNCIL: _l("Lilla utvecklingsrådet"),
    Role.DECISION_MAKER: _l("Beslutsfattare"),
    Role.AUDITOR: _l("Revisor"),
    Role.ADMINISTRATOR: _l("Administratör"),
}

MAIL_CHOICES: dict[MailChoice, Any] = {
    MailChoice.AT_ONCE: _l("Direkt när något händer"),
    MailChoice.DAILY: _l("Ett mejl om dagen, på morgonen"),
    MailChoice.NEVER: _l("Aldrig"),
}

DUTIES: dict[Role, Any] = {
    Role.PROJECT_LEADER: _l("Startar projekt och skriver ansökningar för sin förvaltning."),
    Role.MANAGER: _l("Läser förvaltningens ansökningar och skriver under dem."),
    Role.CONTROLLER: _l("Läser kalkyler, för en förvaltning eller för hela programmet."),
    Role.SECRETARIAT: _l("Tar emot ansökningar, begär komplettering och registrerar beslut."),
    Role.WORKING_GROUP: _l("Läser och kommenterar ansökningar som har kommit in."),
    Role.COUNCIL: _l("Läser möteshandlingar och ger yttranden."),
    Role.DECISION_MAKER: _l("Läser de ärenden som ska beslutas."),
    Role.AUDITOR: _l("Läser allt och ändrar inget."),
    Role.ADMINISTRATOR: _l("Sköter personer, förvaltningar, roller och programmets inställningar."),
}


def held(grant: RoleGrant) -> str:
    """A role as a person holds it: `Projektledare, Miljöförvaltningen`."""
    label = str(ROLES[Role(grant.role)])
    if grant.department is None:
        return label
    return _("%(role)s, %(department)s", role=label, department=grant.department.name)


def wait_text(error: TooManyAttemptsError) -> str:
    """How long somebody who has tried too often must wait; says nothing of whether the account exists."""
    return ngettext(
        "För många försök. Vänta en minut och försök igen.",
        "För många försök. Vänta %(num)s minuter och försök igen.",
        error.minutes,
    )


def held_together(grants: Sequence[RoleGrant]) -> list[str]:
    """A person's roles, the departments of the same role in one: `Projektledare: Kulturförvaltningen, …`."""
    roles: dict[str, list[RoleGrant]] = {}
    for grant in grants:
        roles.setdefault(grant.role, []).append(grant)
    return [
        held(same[0])
        if len(same) == 1
        else _(
            "%(role)s: %(departments)s",
            role=ROLES[Role(role)],
            departments=", ".join(grant.department.name for grant in same if grant.department),
        )
        for role, same in roles.items()
    ]


BROWSERS = {"Edg/": "Edge", "OPR/": "Opera", "Firefox/": "Firefox", "Chrome/": "Chrome", "Safari/": "Safari"}
"""By the mark that each leaves; the first that fits, since they also claim to be each other."""

MACHINES = {
    "iPhone": "iPhone", "iPad": "iPad", "Android": "Android", "Windows": "Windows", "Mac OS X": "macOS",
    "Linux": "Linux",
}  # fmt: skip


def browser_name(user_agent: str) -> str:
    """A browser as a person knows it: `Firefox, Windows`."""
    browser = next((name for mark, name in BROWSERS.items() if mark in user_agent), "")
    machine = next((name for mark, name in MACHINES.items() if mark in user_agent), "")
    return ", ".join(filter(None, (browser, machine))) or _("Okänd webbläsare")
