"""The shape of what is typed about a plan."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import date
from decimal import Decimal
from typing import Any

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from wtforms import Form as PlainForm
from wtforms import FormField, HiddenField
from wtforms.validators import ValidationError

from app.accounts.models import Department
from app.benefits.labels import NAMES
from app.core.costs import CostKind, Financier
from app.core.plan import MilestoneKind
from app.delivery.plans.models import PlannedBenefit
from app.delivery.plans.values import (
    BudgetValues,
    EffortValues,
    MeetingValues,
    MemberValues,
    MilestoneValues,
)
from app.delivery.plans.words import MILESTONE_KINDS
from app.web.changing import ChangeForm
from app.web.choices import Pick, Tick, row_number
from app.web.forms import DateField, DecimalField, Line, MoneyField, PercentField, Required, Text
from app.web.rows import Rows

AMOUNT = "amount_"
"""Before the year, in the name of a budget line's field."""
_DEPARTMENT = Required(_l("Välj förvaltning."))
_ZERO = Decimal(0)


def offer(form: ChangeForm, departments: Iterable[Department]) -> None:
    """Let each row of the form's lists choose among the departments, one that has just been added too."""
    choices = [("", _("Välj förvaltning")), *((row.id, row.name) for row in departments)]
    for rows in form:
        for row in rows if isinstance(rows, Rows) else ():
            if "department_id" in row.form:
                row.form.department_id.choices = choices


class _RowForm(PlainForm):
    """One row, which knows whether it is saved already."""

    id = HiddenField()

    @property
    def number(self) -> int | None:
        """The number of the saved row; None for a new one."""
        text = str(self["id"].data or "")
        return int(text) if text.isdecimal() and len(text) < 10 else None


class MilestoneForm(_RowForm):
    """Something that is to be ready."""

    name = Line(_l("Det här är klart"), [Required(_l("Skriv vad som är klart."))])
    kind = Pick(
        _l("Slag"),
        [Required(_l("Välj om det är en milstolpe eller en leverans."))],
        choices=[(kind.value, label) for kind, label in MILESTONE_KINDS.items()],
        default=MilestoneKind.MILESTONE.value,
    )
    planned_on = DateField(_l("Senast"), [Required(_l("Ange dagen, till exempel 2027-03-31."))])
    responsible = Line(_l("Ansvarig roll"), limit=160)


class MilestonesForm(ChangeForm):
    """The project's period, and what is to be ready when."""

    starts_on = DateField(_l("Projektet börjar"), [Required(_l("Ange när projektet börjar."))])
    ends_on = DateField(
        _l("Projektet slutar"),
        [Required(_l("Ange när projektet slutar."))],
        description=_l("Den dag då allt är överlämnat till den som tar över."),
    )
    milestones = Rows(FormField(MilestoneForm), max_entries=100)

    def validate_ends_on(self, field: Any) -> None:
        """Not before it begins."""
        if field.data and self.starts_on.data and field.data < self.starts_on.data:
            raise ValidationError(_("Ange en dag som inte är före den första."))

    def values(self) -> list[MilestoneValues]:
        """The rows; only of a form without faults."""
        return [
            MilestoneValues(
                id=row.form.number,
                name=row.form["name"].data,
                kind=MilestoneKind(row.form.kind.data),
                planned_on=row.form.planned_on.data,
                responsible=row.form.responsible.data or "",
            )
            for row in self.milestones
        ]


class BudgetLineForm(_RowForm):
    """What a cost may be. Its years are added by `budget_form`."""

    description = Line(_l("Kostnad"), [Required(_l("Skriv vad kostnaden gäller."))])
    kind = Pick(
        _l("Slag"),
        [Required(_l("Välj slag av kostnad."))],
        choices=[("", _l("Välj slag")), *((kind.value, NAMES[kind]) for kind in CostKind)],
    )
    department_id = Pick(_l("Förvaltning"), [_DEPARTMENT], coerce=row_number)
    financier = Pick(
        _l("Finansiär"),
        [Required(_l("Välj vem som betalar."))],
        choices=[("", _l("Välj finansiär")), *((payer.value, NAMES[payer]) for payer in Financier)],
    )

    def amounts(self) -> Mapping[int, Decimal]:
        """What is typed for each year; nothing where it is nothing."""
        years = {int(field.short_name.removeprefix(AMOUNT)): field.data for field in self.years()}
        return {year: amount for year, amount in years.items() if amount}

    def years(self) -> Iterator[Any]:
        """The fields of the years."""
        return (field for field in self if field.short_name.startswith(AMOUNT))


class BudgetForm(ChangeForm):
    """What the project may cost. Made by `budget_form`, which knows the years."""

    lines = Rows(FormField(BudgetLineForm), max_entries=100)

    def values(self) -> list[BudgetValues]:
        """The rows; only of a form without faults."""
        return [
            BudgetValues(
                id=row.form.number,
                description=row.form.description.data,
                kind=CostKind(row.form.kind.data),
                department_id=row.form.department_id.data,
                financier=Financier(row.form.financier.data),
                amounts=row.form.amounts(),
            )
            for row in self.lines
        ]

    def total(self, financier: Financier | None = None) -> Decimal:
        """The sum of the amounts that can be read; of one financier, if named."""
        rows = [row.form for row in self.lines if financier in (None, row.form.financier.data)]
        return sum((field.data or _ZERO for form in rows for field in form.years()), _ZERO)


def budget_form(years: Sequence[int]) -> type[BudgetForm]:
    """A form with an amount for each of these years in every row."""
    fields = {f"{AMOUNT}{year}": MoneyField(str(year)) for year in years}
    line = type("BudgetLineForm", (BudgetLineForm,), fields)
    return type("BudgetForm", (BudgetForm,), {"lines": Rows(FormField(line), max_entries=100)})


class EffortForm(_RowForm):
    """How much a role works."""

    role = Line(_l("Roll"), [Required(_l("Skriv rollen, inte ett namn."))])
    department_id = Pick(_l("Förvaltning"), [_DEPARTMENT], coerce=row_number)
    hours_low = DecimalField(_l("Timmar, minst"), minimum=0, maximum=1_000_000)
    hours_high = DecimalField(_l("Timmar, högst"), minimum=0, maximum=1_000_000)
    share = PercentField(_l("Andel av tiden"))

    def validate(self, extra_validators: Any = None) -> bool:
        """Hours, a share, or both: said of the row, since a field that is empty asks nothing more."""
        valid = bool(super().validate(extra_validators))
        fields = (self.hours_low, self.hours_high, self.share)
        if any(field.errors or field.data is not None for field in fields):
            return valid
        self.share.errors = [_("Ange timmar eller andel av tiden.")]
        return False

    def validate_hours_high(self, field: Any) -> None:
        """A range from less to more; one number says both."""
        low = self.hours_low.data
        if low is not None and field.data is not None and low > field.data:
            raise ValidationError(_("Ange minst lika många timmar som i rutan för minst."))

    def hours(self) -> tuple[Decimal | None, Decimal | None]:
        """The range; where only one number is given, that is both ends."""
        low, high = self.hours_low.data, self.hours_high.data
        return (high if low is None else low), (low if high is None else high)


class StaffingForm(ChangeForm):
    """Who works how much."""

    lines = Rows(FormField(EffortForm), max_entries=100)

    def values(self) -> list[EffortValues]:
        """The rows; only of a form without faults."""
        return [
            EffortValues(
                id=row.form.number,
                role=row.form.role.data,
                department_id=row.form.department_id.data,
                hours_low=row.form.hours()[0],
                hours_high=row.form.hours()[1],
                share=row.form.share.data,
            )
            for row in self.lines
        ]


START = "starts_"
"""Before the number of a benefit's line, in the name of its field."""


class BenefitStartsForm(ChangeForm):
    """From which day each benefit is expected. Made by `benefits_form`, which knows the benefits."""

    def values(self) -> dict[int, Any]:
        """The day of each benefit by the number of its line."""
        days = (field for field in self if field.short_name.startswith(START))
        return {int(field.short_name.removeprefix(START)): field.data for field in days}


def benefits_form(benefits: Sequence[PlannedBenefit]) -> type[BenefitStartsForm]:
    """A form with a day for each of these benefits."""
    fields = {
        f"{START}{row.benefit_line_id}": DateField(
            row.line.description, default=row.starts_on, description=_decided(row.line.starts_on)
        )
        for row in benefits
    }
    return type("BenefitStartsForm", (BenefitStartsForm,), fields)


def _decided(day: date | None) -> str:
    return _("I den beslutade ansökan: %(day)s.", day=day.isoformat()) if day else ""


class MemberForm(_RowForm):
    """Who steers."""

    role = Line(_l("Roll"), [Required(_l("Skriv rollen, inte ett namn."))])
    department_id = Pick(_l("Förvaltning"), [_DEPARTMENT], coerce=row_number)
    chairs = Tick(_l("Ordförande"))


class MeetingForm(_RowForm):
    """When the steering group meets."""

    planned_on = DateField(_l("Planerat datum"), [Required(_l("Ange dagen för mötet."))])
    held_on = DateField(_l("Hölls"))
    note = Text(_l("Beslut och var protokollet finns"), limit=2000)

    @property
    def folded(self) -> bool:
        """A meeting that was held is folded away, unless something in it is to be put right."""
        return self.held_on.data is not None and not self.errors


class SteeringForm(ChangeForm):
    """The steering group and its meetings."""

    members = Rows(FormField(MemberForm), max_entries=30)
    meetings = Rows(FormField(MeetingForm), max_entries=200)

    def validate_members(self, field: Any) -> None:
        """One of them chairs."""
        if sum(bool(row.form.chairs.data) for row in field) > 1:
            raise ValidationError(_("Bara en kan vara ordförande."))

    def member_values(self) -> list[MemberValues]:
        """The members; only of a form without faults."""
        return [
            MemberValues(
                id=row.form.number,
                role=row.form.role.data,
                department_id=row.form.department_id.data,
                chairs=bool(row.form.chairs.data),
            )
            for row in self.members
        ]

    def meeting_values(self) -> list[MeetingValues]:
        """The meetings; only of a form without faults."""
        return [
            MeetingValues(
                id=row.form.number,
                planned_on=row.form.planned_on.data,
                held_on=row.form.held_on.data,
                note=row.form.note.data or "",
            )
            for row in self.meetings
        ]
