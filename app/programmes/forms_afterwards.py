"""The shape of what is typed about the time after projects: when they are followed up, what they come to."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from wtforms.validators import ValidationError

from app.core.calibration import MOST_CASES, Assumption, Expectation
from app.core.follow_up import LONGEST, MOST, MOST_WORKING_DAYS, Schedule
from app.programmes.forms import DAY, REFERENCE
from app.web.forms import DateField, DecimalField, Form, Line, PercentField, Required, WholeNumberField


class FollowUpsForm(Form):
    """When what projects leave is followed up, from a day on."""

    valid_from = DateField(
        _l("Gäller från"),
        [Required(DAY)],
        description=_l(
            "Gäller projekt som lämnas över från den dagen. Det som redan är planerat behåller sina dagar. "
            "Datumet ska vara senare än det som gäller nu."
        ),
    )
    months = Line(
        _l("Månader efter överlämningen"),
        [Required(_l("Ange efter hur många månader uppföljningarna görs."))],
        description=_l("En uppföljning för varje tal, i stigande ordning. Skriv komma mellan talen."),
        limit=80,
    )
    working_days = WholeNumberField(
        _l("Arbetsdagar tills uppföljningen ska vara inskickad"),
        [Required(_l("Ange ett antal arbetsdagar."))],
        minimum=0,
        maximum=MOST_WORKING_DAYS,
        description=_l("Räknas från uppföljningens dag."),
    )
    reference = Line(_l("Beslut"), [Required(_l("Ange beslutet."))], description=REFERENCE)

    schedule: Schedule

    def validate_months(self, field: Any) -> None:
        """Whole numbers that rise."""
        try:
            self.schedule = Schedule(tuple(int(part) for part in (field.data or "").split(",")))
        except ValueError:
            raise ValidationError(
                _(
                    "Ange hela tal mellan 1 och %(longest)s i stigande ordning, högst %(most)s, "
                    "till exempel 3, 12, 24.",
                    longest=LONGEST,
                    most=MOST,
                )
            ) from None


class OutcomesForm(Form):
    """What is believed of benefits from a day on, before any has been measured."""

    valid_from = DateField(
        _l("Gäller från"),
        [Required(DAY)],
        description=_l("Datumet ska vara senare än det som gäller nu."),
    )
    share = PercentField(
        _l("Andel av den lovade nyttan som kommer"),
        [Required(_l("Ange andelen i procent."))],
        maximum=2,
        description=_l("Vad ni tror innan något är mätt."),
    )
    share_spread = PercentField(
        _l("Spridning i andelen"),
        [Required(_l("Ange spridningen i procentenheter."))],
        minimum=Decimal("0.01"),
        maximum=1,
        description=_l("Två projekt av tre ligger så långt från andelen, uppåt eller nedåt."),
    )
    months = DecimalField(
        _l("Månader som nyttan kommer för sent"),
        [Required(_l("Ange antalet månader."))],
        minimum=-60,
        maximum=120,
    )
    months_spread = DecimalField(
        _l("Spridning i månader"),
        [Required(_l("Ange spridningen i månader."))],
        minimum=Decimal("0.1"),
        maximum=120,
        description=_l("Två projekt av tre ligger så långt från antalet, uppåt eller nedåt."),
    )
    cases = WholeNumberField(
        _l("Väger som så många projekt"),
        [Required(_l("Ange ett antal projekt."))],
        minimum=1,
        maximum=MOST_CASES,
        description=_l("Ju högre tal, desto fler mätta projekt behövs för att ändra bilden."),
    )
    reference = Line(_l("Beslut"), [Required(_l("Ange beslutet."))], description=REFERENCE)

    @property
    def assumption(self) -> Assumption:
        """What was typed, to count with; only of a form without faults."""
        return Assumption(
            share=Expectation(self.share.data, self.share_spread.data, self.cases.data),
            months_late=Expectation(self.months.data, self.months_spread.data, self.cases.data),
        )
