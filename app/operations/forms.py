"""The shape of what is written of a service, one page for each part of it."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from wtforms import Form as PlainForm
from wtforms import FormField
from wtforms.validators import ValidationError

from app.accounts.models import Department
from app.applications.sections import spec_at
from app.core.operation import YearlyCost, YearlyKind, overlapping
from app.operations.models import OperatedService
from app.operations.queries import Employed
from app.operations.values import Dependency, HolderValues, MoneyValues, ServiceValues
from app.operations.words import YEARLY_KINDS
from app.web.changing import ChangeForm, ConfirmForm
from app.web.choices import Choice, Pick, row_number
from app.web.forms import DateField, Line, MoneyField, Required, Text, WholeNumberField, YearField
from app.web.rows import Rows


def _level(name: str) -> Pick:
    """The same question, with the same answers, as the application's section on information security."""
    spec: Any = spec_at(f"security.{name}")
    return Pick(
        spec.label,
        choices=[("", _l("Inte klassad")), *spec.choices],
        coerce=row_number,
        description=spec.hint,
    )


class ServiceForm(ChangeForm):
    """What it is."""

    title = Line(_l("Tjänstens namn"), [Required(_l("Skriv vad tjänsten heter."))])
    launched_on = DateField(
        _l("I drift från"),
        description=_l("Dagen då tjänsten öppnade, eller ska öppna. Till exempel 2028-03-01."),
    )
    platform = Line(_l("Plattform"), description=_l("Till exempel stadens e-tjänstplattform."))
    object_family = Line(_l("Objektfamilj"), description=_l("Så som staden delar in sina system."))
    service_level = Text(
        _l("Servicenivå"),
        limit=4000,
        description=_l("Öppettider, hur snabbt fel rättas, vem som beslutar om ändringar."),
    )
    confidentiality = _level("confidentiality")
    integrity = _level("integrity")
    availability = _level("availability")
    supplier = Line(_l("Leverantör"))
    contract_ends_on = DateField(_l("Avtalet går ut"))
    notice_months = WholeNumberField(
        _l("Uppsägningstid"), minimum=0, maximum=120, description=_l("I månader.")
    )
    decommission_on = DateField(
        _l("Ska avvecklas"), description=_l("Om det är bestämt att tjänsten ska upphöra.")
    )

    def validate_decommission_on(self, field: Any) -> None:
        """Not before it was there."""
        if field.data and self.launched_on.data and field.data < self.launched_on.data:
            raise ValidationError(_("Ange en dag efter den då tjänsten är i drift."))

    def values(self) -> ServiceValues:
        """What is typed; only of a form without faults."""
        return ServiceValues(
            title=self.title.data or "",
            object_family=self.object_family.data or "",
            platform=self.platform.data or "",
            launched_on=self.launched_on.data,
            decommission_on=self.decommission_on.data,
            service_level=self.service_level.data or "",
            confidentiality=self.confidentiality.data,
            integrity=self.integrity.data,
            availability=self.availability.data,
            supplier=self.supplier.data or "",
            contract_ends_on=self.contract_ends_on.data,
            notice_months=self.notice_months.data,
        )


_ROLE = _l("Roll")
_DEPARTMENT = _l("Förvaltning")
_PERSON = _l("Person som har rollen nu")
_NO_NAME = _l("En roll, inte ett namn.")


class HoldersForm(ChangeForm):
    """Which roles answer for it, and who holds them."""

    department_id = Pick(
        _l("Ägande förvaltning"),
        [Required(_l("Välj den förvaltning som äger tjänsten."))],
        coerce=row_number,
        description=_l("Förvaltningens chef tar emot driftansvaret."),
    )
    owner_role = Line(
        _l("Roll som äger tjänsten"), [Required(_l("Skriv rollen, inte ett namn."))], description=_NO_NAME
    )
    owner_id = Pick(_PERSON, coerce=row_number)
    business_role = Line(_ROLE, description=_NO_NAME)
    business_department_id = Pick(_DEPARTMENT, coerce=row_number)
    business_id = Pick(_PERSON, coerce=row_number)
    it_role = Line(_ROLE, description=_NO_NAME)
    it_department_id = Pick(_DEPARTMENT, coerce=row_number)
    it_id = Pick(_PERSON, coerce=row_number)

    def offer(self, departments: Sequence[Department], people: Sequence[Employed]) -> None:
        """What there is to choose from."""
        rows = [("", _("Välj")), *((row.id, row.name) for row in departments)]
        for field in (self.department_id, self.business_department_id, self.it_department_id):
            field.choices = rows
        named: dict[int, str] = {}
        for row in people:
            named.setdefault(row.person_id, f"{row.name}, {row.department}")
        for field in (self.owner_id, self.business_id, self.it_id):
            field.choices = [("", _("Ingen än")), *named.items()]

    def values(self) -> HolderValues:
        """What is typed; only of a form without faults."""
        return HolderValues(
            department_id=self.department_id.data,
            owner_role=self.owner_role.data or "",
            owner_id=self.owner_id.data,
            business_role=self.business_role.data or "",
            business_department_id=self.business_department_id.data,
            business_id=self.business_id.data,
            it_role=self.it_role.data or "",
            it_department_id=self.it_department_id.data,
            it_id=self.it_id.data,
        )


class NewServiceForm(ChangeForm):
    """A service that is older than the programme: what it is called, and who owns it."""

    title = Line(_l("Tjänstens namn"), [Required(_l("Skriv vad tjänsten heter."))])
    department_id = Pick(
        _l("Ägande förvaltning"),
        [Required(_l("Välj den förvaltning som äger tjänsten."))],
        coerce=row_number,
    )
    owner_role = Line(
        _l("Roll som äger tjänsten"), [Required(_l("Skriv rollen, inte ett namn."))], description=_NO_NAME
    )
    launched_on = DateField(_l("I drift från"), [Required(_l("Ange den dag då tjänsten öppnade."))])

    def offer(self, departments: Iterable[Department]) -> None:
        """What there is to choose from."""
        self.department_id.choices = [("", _("Välj")), *((row.id, row.name) for row in departments)]

    def values(self) -> tuple[ServiceValues, HolderValues]:
        """What is typed; only of a form without faults."""
        return (
            ServiceValues(title=self.title.data or "", launched_on=self.launched_on.data),
            HolderValues(department_id=self.department_id.data, owner_role=self.owner_role.data or ""),
        )


class CostForm(PlainForm):
    """The same amount in each of some years."""

    kind = Pick(
        _l("Slag"),
        [Required(_l("Välj slag av kostnad."))],
        choices=[("", _l("Välj slag")), *((kind.value, word) for kind, word in YEARLY_KINDS.items())],
    )
    from_year = YearField(_l("Från och med år"), [Required(_l("Ange det första året."))])
    to_year = YearField(_l("Till och med år"), [Required(_l("Ange det sista året."))])
    amount = MoneyField(_l("Belopp per år"), [Required(_l("Ange ett belopp."))], minimum=1)

    def validate_to_year(self, field: Any) -> None:
        """Not before the first."""
        if field.data and self.from_year.data and field.data < self.from_year.data:
            raise ValidationError(_("Ange ett år som inte är före det första."))

    def value(self) -> YearlyCost:
        """The row; only of one without faults."""
        return YearlyCost(
            YearlyKind(self.kind.data), self.from_year.data, self.to_year.data, self.amount.data
        )


class MoneyForm(ChangeForm):
    """What it costs every year, who pays, and for how long."""

    payer_department_id = Pick(_l("Förvaltning som betalar"), coerce=row_number)
    payer = Line(_l("Vilken budget?"), description=_l("Till exempel tillståndsenhetens ordinarie budget."))
    financed_until = DateField(
        _l("Finansierad till och med"), description=_l("Sista dag som pengarna är lovade.")
    )
    costs = Rows(FormField(CostForm), max_entries=60)

    def offer(self, departments: Iterable[Department]) -> None:
        """What there is to choose from."""
        self.payer_department_id.choices = [("", _("Välj")), *((row.id, row.name) for row in departments)]

    def validate_costs(self, field: Any) -> None:
        """The same year is not said twice of the same kind."""
        if any(row.errors for row in field):
            return
        place = overlapping([row.form.value() for row in field])
        if place is not None:
            raise ValidationError(
                _("Rad %(number)s har ett år som redan står på en annan rad av samma slag.", number=place + 1)
            )

    def values(self) -> MoneyValues:
        """What is typed; only of a form without faults."""
        return MoneyValues(
            payer_department_id=self.payer_department_id.data,
            payer=self.payer.data or "",
            financed_until=self.financed_until.data,
            costs=[row.form.value() for row in self.costs],
        )


class DependencyForm(PlainForm):
    """What it cannot do without."""

    on_service_id = Pick(_l("Tjänst i registret"), coerce=row_number)
    platform = Line(_l("Eller något annat"), description=_l("En plattform eller ett system med sitt namn."))

    def validate(self, extra_validators: Any = None) -> bool:
        """One of the two: said of the row, since a field that is empty asks nothing more."""
        valid = bool(super().validate(extra_validators))
        if bool(self.on_service_id.data) is not bool(self.platform.data):
            return valid
        self.platform.errors = [_("Välj en tjänst, eller skriv ett namn.")]
        return False


class DependenciesForm(ChangeForm):
    """All that it cannot do without."""

    rows = Rows(FormField(DependencyForm), max_entries=50)

    def offer(self, services: Sequence[OperatedService]) -> None:
        """What there is to choose from; for a row that has just been added too."""
        choices = [("", _("Ingen i registret")), *((row.id, row.title) for row in services)]
        for row in self.rows:
            row.form.on_service_id.choices = choices

    def values(self) -> list[Dependency]:
        """The rows; only of a form without faults."""
        return [Dependency(row.form.on_service_id.data, row.form.platform.data or "") for row in self.rows]


class AcceptForm(ConfirmForm):
    """Whether the department answers for the service."""

    written_in = True
    answer = Choice(
        _l("Tar förvaltningen emot driftansvaret?"),
        [Required(_l("Välj om förvaltningen tar emot."))],
        choices=[
            ("accepted", _l("Ja, förvaltningen tar emot")),
            ("declined", _l("Nej, förvaltningen avböjer")),
        ],
    )
    words = Text(_l("Kommentar"), limit=1000, description=_l("Behövs när förvaltningen avböjer."))

    def validate_words(self, field: Text) -> None:
        """Whoever declines says why."""
        if self.answer.data == "declined" and not field.data:
            raise ValidationError(_("Skriv varför förvaltningen avböjer."))


class DecommissionForm(ConfirmForm):
    """Since when it is no more."""

    written_in = True
    on = DateField(_l("Avvecklad"), [Required(_l("Ange den dag då tjänsten upphörde."))])
    words = Text(_l("Varför, och vad har ersatt den?"), [Required(_l("Skriv varför."))], limit=1000)
