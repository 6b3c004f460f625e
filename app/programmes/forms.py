"""The shape of what is typed about the programme, its settings and its rounds."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from wtforms import Form as PlainForm
from wtforms import FormField
from wtforms.validators import ValidationError

from app.web.choices import Choice, Tick
from app.web.forms import (
    DateField,
    Form,
    Line,
    MoneyField,
    PercentField,
    Required,
    Text,
    WholeNumberField,
    YearField,
)
from app.web.rows import Rows

_DAY = _l("Ange ett datum, till exempel 2027-01-01.")
_VALID_FROM = _l(
    "Det som gällde innan finns kvar och används för äldre kalkyler och beslut. "
    "Datumet ska vara senare än det som gäller nu."
)
_REFERENCE = _l("Beslutet som detta vilar på, med datum och paragraf.")
LONGEST_GOAL = 400
MOST_GOALS = 20


class ProgrammeForm(Form):
    """What a programme is; its frame is changed in the ledger."""

    name = Line(
        _l("Namn"), [Required(_l("Ange programmets namn."))], limit=160,
        description=_l("Det namn som står i beslutet."),
    )  # fmt: skip
    decision_reference = Line(
        _l("Beslut"), [Required(_l("Ange vilket beslut programmet vilar på."))], description=_REFERENCE
    )
    starts_on = DateField(_l("Första dag"), [Required(_DAY)], description=_l("Den dag programmet börjar."))
    ends_on = DateField(
        _l("Sista dag"),
        [Required(_DAY)],
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
    booked_on = DateField(
        _l("Beslutets dag"), [Required(_DAY)], description=_l("Dagen då beslutet fattades.")
    )
    reference = Line(_l("Beslut"), [Required(_l("Ange beslutet."))], description=_REFERENCE)

    @property
    def change(self) -> Decimal:
        """What is added to the frame."""
        amount: Decimal = self.amount.data
        return amount if self.direction.data == "raise" else -amount


class CalculationForm(Form):
    """What calculations assume from a day on."""

    valid_from = DateField(_l("Gäller från"), [Required(_DAY)], description=_VALID_FROM)
    discount_rate = PercentField(
        _l("Kalkylränta"),
        [Required(_l("Ange kalkylräntan i procent."))],
        maximum=Decimal("0.2"),
        description=_l("Real ränta per år. Räknar om framtida belopp till dagens värde."),
    )
    internal_rate = PercentField(
        _l("Internränta"),
        [Required(_l("Ange internräntan i procent."))],
        maximum=Decimal("0.2"),
        description=_l("Räntan som förvaltningen betalar på det som är investerat."),
    )
    price_year = YearField(
        _l("Prisår"),
        [Required(_l("Ange prisåret."))],
        minimum=2000,
        maximum=2100,
        description=_l("Det år vars priser kalkylerna räknas i."),
    )
    payroll_overhead = PercentField(
        _l("Personalomkostnadspålägg (PO)"),
        [Required(_l("Ange pålägget i procent."))],
        description=_l("Läggs på lönen för att få vad en anställd kostar."),
    )
    horizon_years = WholeNumberField(
        _l("Kalkylperiod i år"),
        [Required(_l("Ange hur många år en kalkyl omfattar."))],
        minimum=1,
        maximum=30,
        description=_l("Så många år räknas kostnader och nyttor. Högst 30."),
    )
    reference = Line(_l("Beslut"), [Required(_l("Ange beslutet."))], description=_REFERENCE)


class HourlyRateForm(Form):
    """What an hour costs from a day on."""

    staff_category = Line(
        _l("Personalkategori"),
        [Required(_l("Ange vilken personal det gäller."))],
        limit=120,
        description=_l("Skriv kategorin likadant som förut när timkostnaden ändras."),
    )
    rate = MoneyField(
        _l("Timkostnad"),
        [Required(_l("Ange timkostnaden i kronor."))],
        minimum=Decimal(1),
        maximum=Decimal(10_000),
        description=_l("Lön med personalomkostnadspålägg, delad med arbetad tid."),
    )
    valid_from = DateField(_l("Gäller från"), [Required(_DAY)], description=_VALID_FROM)


class DelegationForm(Form):
    """How much an office may decide on from a day on."""

    decider = Line(
        _l("Beslutsfattare"),
        [Required(_l("Ange vem som beslutar."))],
        limit=160,
        description=_l("Befattningen eller nämnden, aldrig en persons namn."),
    )
    unlimited = Tick(_l("Får besluta om alla belopp"))
    limit = MoneyField(
        _l("Högsta belopp"),
        description=_l("Så mycket får beslutas för ett projekt. Lämna tomt om alla belopp är tillåtna."),
    )
    valid_from = DateField(_l("Gäller från"), [Required(_DAY)], description=_VALID_FROM)
    valid_until = DateField(
        _l("Gäller till och med"), description=_l("Lämna tomt om delegationen gäller tills vidare.")
    )
    reference = Line(_l("Beslut"), [Required(_l("Ange beslutet."))], description=_REFERENCE)

    def validate_unlimited(self, field: Any) -> None:
        """Either an amount or none, never a guess."""
        if field.data and self.limit.data is not None:
            raise ValidationError(_("Ange ett högsta belopp eller markera alla belopp, inte båda."))
        if not field.data and self.limit.data is None and not self.limit.process_errors:
            raise ValidationError(_("Ange ett högsta belopp, eller markera att alla belopp är tillåtna."))

    def validate_valid_until(self, field: Any) -> None:
        """Not before it begins."""
        if field.data and self.valid_from.data and field.data < self.valid_from.data:
            raise ValidationError(_("Ange en dag som inte är före den första."))


def _anchor(score: int) -> Line:
    return Line(
        _l("Betyg %(score)s betyder", score=score), [Required(_l("Beskriv vad betyget betyder."))], limit=400
    )


class CriterionForm(PlainForm):
    """One criterion with what its five scores mean."""

    name = Line(_l("Kriterium"), [Required(_l("Ange kriteriets namn."))], limit=160)
    weight = WholeNumberField(
        _l("Vikt i procent"), [Required(_l("Ange vikten i procent."))], minimum=1, maximum=100
    )
    anchor_1 = _anchor(1)
    anchor_2 = _anchor(2)
    anchor_3 = _anchor(3)
    anchor_4 = _anchor(4)
    anchor_5 = _anchor(5)

    @property
    def anchors(self) -> list[str]:
        """What each score means, from 1 to 5."""
        return [self[f"anchor_{score}"].data or "" for score in range(1, 6)]


class CriteriaForm(Form):
    """A whole set of criteria, valid from a day on."""

    valid_from = DateField(_l("Gäller från"), [Required(_DAY)], description=_VALID_FROM)
    criteria = Rows(FormField(CriterionForm), max_entries=20)

    @property
    def total(self) -> int:
        """The sum of the weights that can be read."""
        return sum(entry.form.weight.data or 0 for entry in self.criteria)

    def validate_criteria(self, field: Any) -> None:
        """Together a whole, and each named once."""
        if not field.entries:
            raise ValidationError(_("Lägg till minst ett kriterium."))
        if any(entry.form.weight.data is None for entry in field):
            return
        if self.total != 100:
            raise ValidationError(
                _("Vikterna är %(total)s procent tillsammans. De ska vara 100 procent.", total=self.total)
            )
        names = [(entry.form["name"].data or "").casefold() for entry in field]
        if len(set(names)) < len(names):
            raise ValidationError(_("Två kriterier har samma namn. Ge dem olika namn."))


class RoundForm(Form):
    """A time in which applications are taken in."""

    name = Line(
        _l("Namn"),
        [Required(_l("Ange omgångens namn."))],
        limit=120,
        description=_l("Så känns omgången igen i listor."),
    )
    opens_on = DateField(
        _l("Öppnar"), [Required(_DAY)], description=_l("Första dag som en ansökan kan skickas in.")
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
