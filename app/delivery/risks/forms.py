"""The shape of what is written about risks and issues."""

from __future__ import annotations

from typing import Any

from flask_babel import lazy_gettext as _l

from app.core.risks import Outcome
from app.delivery.risks.values import IssueValues, RiskValues
from app.delivery.risks.words import OUTCOMES, STEPS
from app.web.changing import ChangeForm, ConfirmForm
from app.web.choices import Choice, Pick
from app.web.forms import DateField, Line, Required, Text


def _step(label: Any, missing: Any) -> Any:
    choices = [("", _l("Välj 1–5")), *((str(step), word) for step, word in STEPS.items())]
    return Pick(label, [Required(missing)], choices=choices, coerce=_whole)


def _whole(value: object) -> int | str:
    return int(str(value)) if value else ""


class RiskForm(ChangeForm):
    """What may happen."""

    text = Text(
        _l("Vad kan hända?"),
        [Required(_l("Skriv vad som kan hända."))],
        limit=1000,
        description=_l("Ta med vad det leder till för projektet eller nyttan."),
    )
    probability = _step(_l("Sannolikhet"), _l("Välj hur sannolikt det är."))
    consequence = _step(_l("Konsekvens"), _l("Välj hur stor konsekvensen blir."))
    action = Text(
        _l("Åtgärd"),
        [Required(_l("Skriv vad ni gör åt risken."))],
        limit=1000,
        description=_l("Vad gör ni för att det inte ska hända, eller om det händer?"),
    )
    owner = Line(_l("Ansvarig roll"), [Required(_l("Skriv rollen, inte ett namn."))])
    due_on = DateField(
        _l("Åtgärden ska vara gjord"), description=_l("Till exempel 2027-03-31. Lämna tomt om dag saknas.")
    )

    def values(self) -> RiskValues:
        """What is typed; only of a form without faults."""
        return RiskValues(
            text=self.text.data or "",
            probability=self.probability.data,
            consequence=self.consequence.data,
            action=self.action.data or "",
            owner=self.owner.data or "",
            due_on=self.due_on.data,
        )


class IssueForm(ChangeForm):
    """What has happened."""

    text = Text(
        _l("Vad har hänt?"),
        [Required(_l("Skriv vad som har hänt."))],
        limit=1000,
        description=_l("Ta med vad det leder till för projektet eller nyttan."),
    )
    consequence = _step(_l("Konsekvens"), _l("Välj hur stor konsekvensen är."))
    action = Text(_l("Åtgärd"), [Required(_l("Skriv vad ni gör åt problemet."))], limit=1000)
    owner = Line(_l("Ansvarig roll"), [Required(_l("Skriv rollen, inte ett namn."))])
    due_on = DateField(
        _l("Åtgärden ska vara gjord"), description=_l("Till exempel 2027-03-31. Lämna tomt om dag saknas.")
    )

    def values(self) -> IssueValues:
        """What is typed; only of a form without faults."""
        return IssueValues(
            text=self.text.data or "",
            consequence=self.consequence.data,
            action=self.action.data or "",
            owner=self.owner.data or "",
            due_on=self.due_on.data,
        )


class CloseRiskForm(ConfirmForm):
    """What became of a risk that did not happen."""

    written_in = True
    outcome = Choice(
        _l("Hur gick det?"),
        [Required(_l("Välj hur det gick."))],
        choices=[(end.value, OUTCOMES[end]) for end in (Outcome.DID_NOT_HAPPEN, Outcome.HANDLED)],
    )
    note = Text(_l("Vad är bra att veta efteråt?"), limit=1000)


class CloseIssueForm(ConfirmForm):
    """How an issue was solved."""

    written_in = True
    solution = Text(_l("Hur löstes problemet?"), [Required(_l("Skriv hur problemet löstes."))], limit=1000)
