"""The shape of what is typed about the programme, its frame and its rounds."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from wtforms.validators import ValidationError

from app.web.changing import ChangeForm
from app.web.choices import Choice
from app.web.forms import (
    DateField,
    Form,
    Line,
    MoneyField,
    Required,
    Text,
    WholeNumberField,
)

DAY = _l("Ange ett datum, till exempel 2027-01-01.")
REFERENCE = _l("Beslutet som detta vilar på, med datum och paragraf.")
LONGEST_GOAL = 400
MOST_GOALS = 20


class ProgrammeForm(Form):
    """What a programme is; its frame is changed in the ledger."""

    name = Line(
        _l("Namn"), [Required(_l("Ange programmets namn."))], limit=160,
        description=_l("Det namn som står i beslutet."),
    )  # fmt: skip
    decision_reference = Line(
        _l("Beslut"), [Required(_l("Ange vilket beslut programmet vilar på."))], description=REFERENCE
    )
    starts_on = DateField(_l("Första dag"), [Required(DAY)], description=_l("Den dag programmet börjar."))
    ends_on = DateField(
        _l("Sista dag"),
        [Required(DAY)],
        description=_l("Den dag programmet slutar. En förlängning kräver ett nytt beslut."),
    )
    goals = Text(
        _l("Mål"),
        [Required(_l("Ange minst ett mål."))],
        description=_l("Ett mål på varje rad, så som de står i beslutet."),
    )
    description = Text(
        _l("Beskrivning"),
        limit=4000,
        description=_l("Vad programmet är till för. Läses av alla som loggar in."),
    )

    def validate_ends_on(self, field: Any) -> None:
        """A programme lasts."""
        if field.data and self.starts_on.data and field.data <= self.starts_on.data:
            raise ValidationError(_("Ange en sista dag som kommer efter den första."))

    def validate_goals(self, field: Any) -> None:
        """As many and as long as fit."""
        if len(self.goal_lines) > MOST_GOALS:
            raise ValidationError(_("Ange högst %(limit)s mål.", limit=MOST_GOALS))
        if any(len(goal) > LONGEST_GOAL for goal in self.goal_lines):
            raise ValidationError(_("Korta varje mål till högst %(limit)s tecken.", limit=LONGEST_GOAL))

    @property
    def goal_lines(self) -> list[str]:
        """The goals, without empty lines."""
        return [line.strip() for line in (self.goals.data or "").splitlines() if line.strip()]


class ChangeProgrammeForm(ProgrammeForm, ChangeForm):
    """A programme that is revised."""


class NewProgrammeForm(ProgrammeForm):
    """A programme that is set up, with its first frame."""

    frame = MoneyField(
        _l("Ram"),
        [Required(_l("Ange ramen i kronor."))],
        minimum=Decimal(1),
        description=_l("Så mycket som programmet får bevilja sammanlagt."),
    )


class FrameForm(Form):
    """A decision that changes the frame."""

    direction = Choice(
        _l("Vad har beslutats?"),
        [Required(_l("Välj om ramen höjs eller sänks."))],
        choices=[("raise", _l("Ramen höjs")), ("lower", _l("Ramen sänks"))],
    )
    amount = MoneyField(
        _l("Med hur mycket?"),
        [Required(_l("Ange ett belopp i kronor."))],
        minimum=Decimal(1),
        description=_l("Skillnaden mot ramen i dag. Ramen kan inte bli lägre än det som är beviljat."),
    )
    booked_on = DateField(_l("Beslutets dag"), [Required(DAY)], description=_l("Dagen då beslutet fattades."))
    reference = Line(_l("Beslut"), [Required(_l("Ange beslutet."))], description=REFERENCE)

    @property
    def change(self) -> Decimal:
        """What is added to the frame."""
        amount: Decimal = self.amount.data
        return amount if self.direction.data == "raise" else -amount


class RoundForm(Form):
    """A time in which applications are taken in."""

    name = Line(
        _l("Namn"),
        [Required(_l("Ange omgångens namn."))],
        limit=120,
        description=_l("Så känns omgången igen i listor."),
    )
    opens_on = DateField(
        _l("Öppnar"), [Required(DAY)], description=_l("Första dag som en ansökan kan skickas in.")
    )
    closes_on = DateField(
        _l("Stänger"),
        description=_l(
            "Sista dag som en ansökan kan skickas in. Lämna tomt om omgången är löpande. "
            "Utkast finns kvar när omgången har stängt."
        ),
    )
    answer_within_days = WholeNumberField(
        _l("Besked inom, antal dagar"),
        [Required(_l("Ange ett antal dagar."))],
        minimum=1,
        maximum=730,
        description=_l("Så länge ska den som söker som mest vänta. Äldre ärenden visas som sena."),
    )

    def validate_closes_on(self, field: Any) -> None:
        """Not before it opens."""
        if field.data and self.opens_on.data and field.data < self.opens_on.data:
            raise ValidationError(_("Ange en dag som inte är före den första."))


class ChangeRoundForm(RoundForm, ChangeForm):
    """A round that is announced already."""
