"""The shape of what is said when a benefit ends, and of what is expected of it meanwhile."""

from __future__ import annotations

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l

from app.realisation import closing, deciding
from app.realisation.words import ENDS
from app.web.changing import ConfirmForm
from app.web.choices import Choice
from app.web.forms import DateField, Form, Line, MoneyField, Required, Text

FAULTS = (closing.NeverMeasuredError, closing.LostError)
"""What the service finds wrong with how a benefit is said to end."""


class ProposeEndForm(ConfirmForm):
    """How the benefit ends, for the department that owns it."""

    written_in = True
    outcome = Choice(
        _l("Hur gick det?"),
        [Required(_l("Välj hur det gick."))],
        choices=[(end.value, tag.label) for end, tag in ENDS.items()],
    )
    lost = MoneyField(
        _l("Belopp per år som inte kommer"),
        description=_l("Behövs när nyttan tas hem delvis eller inte alls. Skriv 0 om hela beloppet kommer."),
    )
    reason = Text(
        _l("Varför?"),
        [Required(_l("Skriv varför."))],
        limit=4000,
        description=_l("Vad som visar att nyttan är hemtagen, eller varför den inte kommer."),
    )

    def refused(self, error: ValueError) -> None:
        """Say at its field what the service found."""
        if isinstance(error, closing.NeverMeasuredError):
            self.outcome.errors = [_("Nyttan är inte mätt. Mät den först, eller säg att den inte kommer.")]
        else:
            self.lost.errors = [_("Ange beloppet per år, högst det som är utlovat.")]


class JudgeEndForm(ConfirmForm):
    """Whether the secretariat agrees."""

    written_in = True
    answer = Choice(
        _l("Stämmer det?"),
        [Required(_l("Välj om det stämmer."))],
        choices=[("verify", _l("Ja, avsluta nyttan")), ("return", _l("Nej, skicka tillbaka"))],
    )
    words = Text(_l("Ord till förvaltningen"), limit=2000, description=_l("Behövs när du skickar tillbaka."))

    def validate(self, extra_validators: object = None) -> bool:
        """Whoever sends back says why."""
        valid = bool(super().validate(extra_validators))
        if self.answer.data == "return" and not self.words.data:
            self.words.errors = [_("Skriv varför.")]
            return False
        return valid


class DecidePromiseForm(ConfirmForm):
    """What is promised of a benefit from now on, by whose decision."""

    written_in = True
    yearly = MoneyField(_l("Utlovat värde per år vid full effekt"), [Required(_l("Ange beloppet per år."))])
    starts_on = DateField(_l("Utlovat från och med"), [Required(_l("Ange vilken dag."))])
    decided_on = DateField(_l("Beslutsdag"), [Required(_l("Ange vilken dag."))])
    reference = Line(
        _l("Var finns beslutet?"),
        [Required(_l("Skriv var beslutet finns."))],
        description=_l("Till exempel diarienummer och paragraf."),
    )
    reason = Text(_l("Skäl"), [Required(_l("Skriv varför."))], limit=4000)

    def refused(self, error: ValueError) -> None:
        """Say at its field what the service found."""
        match error:
            case deciding.OutsideTheYearsError(first=first, last=last):
                text = _("Kalkylen räknar med åren %(first)s till %(last)s.", first=first, last=last)
                self.starts_on.errors = [text]
            case deciding.TooEarlyError():
                self.decided_on.errors = [_("Beslutsdagen har inte varit än.")]
            case _:
                self.yearly.errors = [_("Det är redan det som är utlovat.")]


DECISION_FAULTS = (deciding.OutsideTheYearsError, deciding.NothingNewError, deciding.TooEarlyError)
"""What the service finds wrong with a decision on a promise."""


class ForecastForm(Form):
    """What is expected of the benefit now."""

    yearly = MoneyField(_l("Väntat värde per år vid full effekt"), [Required(_l("Ange beloppet per år."))])
    starts_on = DateField(_l("Väntas från och med"), [Required(_l("Ange vilken dag."))])
    reason = Text(_l("Varför?"), [Required(_l("Skriv varför."))], limit=2000)
