"""Forms about conditions: showing that one is met, and saying whether it is."""

from __future__ import annotations

from enum import StrEnum

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from wtforms import HiddenField
from wtforms.validators import ValidationError

from app.web.addresses import record_number
from app.web.attached import FilesField, FormWithFiles
from app.web.choices import Choice
from app.web.forms import DateField, Form, Required, Text


class ReportForm(FormWithFiles):
    """How and since when the condition is met."""

    text = Text(
        _l("Hur är villkoret uppfyllt?"),
        [Required(_l("Skriv hur villkoret är uppfyllt."))],
        limit=4000,
        description=_l("Sekretariatet läser detta tillsammans med underlaget."),
    )
    met_on = DateField(
        _l("Uppfyllt från och med"),
        [Required(_l("Ange den dag då villkoret blev uppfyllt."))],
        description=_l("Till exempel 2027-03-31."),
    )
    files = FilesField(_l("Underlag som visar det"))


class Outcome(StrEnum):
    """What the secretariat finds."""

    APPROVE = "approve"
    GIVE_BACK = "give_back"


class AssessForm(Form):
    """Whether what is shown is enough."""

    report = HiddenField()
    outcome = Choice(
        _l("Är villkoret uppfyllt?"),
        [Required(_l("Välj om villkoret är uppfyllt."))],
        choices=[
            (Outcome.APPROVE.value, _l("Ja, villkoret är uppfyllt")),
            (Outcome.GIVE_BACK.value, _l("Nej, projektledaren får redovisa på nytt")),
        ],
    )
    reason = Text(
        _l("Vad saknas?"),
        limit=4000,
        description=_l("Behövs när villkoret inte är uppfyllt. Projektledaren läser det."),
    )

    def validate_reason(self, field: Text) -> None:
        """Whoever sends something back says why."""
        if self.outcome.data == Outcome.GIVE_BACK and not field.data:
            raise ValidationError(_("Skriv vad som saknas för att villkoret ska vara uppfyllt."))

    @property
    def report_id(self) -> int:
        """The report that was read; 0 for none."""
        return record_number(str(self.report.data or "")) or 0
