"""The shape of a benefit's plan as it is written."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from decimal import Decimal

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from wtforms.validators import ValidationError

from app.accounts.models import Department
from app.core.realisation import Direction
from app.realisation import service
from app.realisation.people import Candidate
from app.realisation.values import PlanValues
from app.realisation.words import DIRECTIONS, OFTEN
from app.web.changing import ChangeForm
from app.web.choices import Choice, Pick, row_number
from app.web.formats import percent
from app.web.forms import DateField, DecimalField, Line, PercentField, Required, Text
from app.web.language import current_language


class BenefitPlanForm(ChangeForm):
    """Who answers for a benefit, by what it is seen, and how it is measured."""

    department_id = Pick(
        _l("Förvaltning som äger nyttan"),
        [Required(_l("Välj den förvaltning som äger nyttan."))],
        coerce=row_number,
        description=_l("Indikatorn mäts där. Förvaltningen får läsa ärendet."),
    )
    owner_role = Line(
        _l("Ägarens roll"),
        [Required(_l("Skriv rollen, inte ett namn."))],
        limit=160,
        description=_l("Den roll som svarar för att nyttan tas hem, till exempel ”Enhetschef tillstånd”."),
    )
    owner_id = Pick(_l("Vem har rollen nu?"), coerce=row_number)
    indicator = Line(
        _l("Indikator"),
        [Required(_l("Skriv vad som mäts."))],
        description=_l("Samma namn i samma förvaltning är samma indikator, även i andra projekt."),
    )
    unit = Line(
        _l("Enhet"),
        [Required(_l("Skriv i vad den mäts."))],
        limit=60,
        description=_l("Till exempel ”samtal per månad”."),
    )
    direction = Choice(
        _l("Vad är bättre?"),
        [Required(_l("Välj vad som är bättre."))],
        choices=[(way.value, word) for way, word in DIRECTIONS.items()],
    )
    share = PercentField(
        _l("Nyttans andel av indikatorn"),
        [Required(_l("Ange andelen, 100 om nyttan är ensam."))],
        minimum=Decimal("0.01"),
        description=_l("Flera nyttor som räknar med samma indikator får tillsammans högst 100 %."),
    )
    baseline = DecimalField(_l("Utgångsvärde"), [Required(_l("Ange värdet innan något ändrades."))])
    baseline_on = DateField(_l("Utgångsvärdet gäller"), [Required(_l("Ange vilken dag."))])
    baseline_source = Line(_l("Utgångsvärdets källa"), [Required(_l("Skriv varifrån värdet kommer."))])
    target = DecimalField(_l("Målvärde"), [Required(_l("Ange värdet vid full effekt."))])
    target_on = DateField(_l("Målet ska vara nått"), [Required(_l("Ange vilken dag."))])
    how = Text(
        _l("Hur mäts nyttan?"),
        [Required(_l("Skriv hur nyttan mäts."))],
        limit=2000,
        description=_l("Så att någon annan kan mäta likadant: system, rapport, urval."),
    )
    every_months = Pick(
        _l("Hur ofta?"),
        [Required(_l("Välj hur ofta."))],
        choices=list(OFTEN.items()),
        coerce=row_number,
    )
    measurer_role = Line(_l("Roll som mäter"), [Required(_l("Skriv rollen, inte ett namn."))], limit=160)
    measurer_id = Pick(
        _l("Vem mäter nu?"),
        coerce=row_number,
        description=_l("Personen påminns när det är dags. Utan person påminns verksamhetschefen."),
    )

    def offer(self, departments: Sequence[Department], people: Iterable[Candidate]) -> None:
        """What there is to choose from."""
        self.department_id.choices = [("", _("Välj")), *((row.id, row.name) for row in departments)]
        named = [("", _("Ingen bestämd person")), *((row.id, row.name) for row in people)]
        self.owner_id.choices = self.measurer_id.choices = named

    def validate_target(self, field: DecimalField) -> None:
        """The target lies where it becomes better."""
        if None in (self.baseline.data, field.data) or not self.direction.data:
            return
        if not Direction(self.direction.data).leads(self.baseline.data, field.data):
            raise ValidationError(_("Målvärdet ligger åt fel håll från utgångsvärdet."))

    def values(self) -> PlanValues:
        """What is typed; only of a form without faults."""
        return PlanValues(
            department_id=self.department_id.data,
            owner_role=self.owner_role.data or "",
            owner_id=self.owner_id.data or None,
            indicator=self.indicator.data or "",
            unit=self.unit.data or "",
            direction=Direction(self.direction.data),
            share=self.share.data,
            baseline=self.baseline.data,
            baseline_on=self.baseline_on.data,
            baseline_source=self.baseline_source.data or "",
            target=self.target.data,
            target_on=self.target_on.data,
            how=self.how.data or "",
            every_months=int(self.every_months.data),
            measurer_role=self.measurer_role.data or "",
            measurer_id=self.measurer_id.data or None,
        )

    def refused(self, error: ValueError) -> None:
        """Say at its field what the service found."""
        field, text = _plan_fault(error)
        self[field].errors = [text]


def _plan_fault(error: ValueError) -> tuple[str, str]:
    match error:
        case service.ClaimedError():
            left = percent(error.left, language=current_language())
            return "share", _("Andra nyttor har tagit resten: %(left)s är kvar av indikatorn.", left=left)
        case service.OtherUnitError():
            return "indicator", _("Förvaltningen har redan en indikator som heter så, med annan enhet.")
        case service.SettledError():
            return "target", _("Nyttan är mätt. Indikator, andel, utgångsvärde och målvärde står fast.")
        case service.WrongWayError():
            return "target", _("Målvärdet ligger åt fel håll från utgångsvärdet.")
        case _:
            return "measurer_id", _("Personen läser inte ärendet. Välj någon annan.")


PLAN_FAULTS = (
    service.ClaimedError, service.OtherUnitError, service.SettledError, service.WrongWayError,
    service.OutsideTheCaseError,
)  # fmt: skip
"""What the service finds wrong with a plan."""
