"""The shape of what is typed about costs and hours."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from decimal import Decimal
from typing import Any

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from wtforms import Form as PlainForm
from wtforms import FormField
from wtforms.validators import ValidationError

from app.core.costs import Financier
from app.core.spending import (
    LARGEST_AMOUNT,
    LARGEST_RATE,
    MOST_HOURS,
    AmountDiffersError,
    NothingError,
    amount_of,
)
from app.delivery.costs.service import Lines
from app.delivery.costs.values import AssessmentValues, EntryValues
from app.delivery.costs.words import OUTSIDE
from app.web.choices import Pick, row_number
from app.web.formats import exact
from app.web.forms import DateField, DecimalField, Form, Line, MoneyField, PercentField, Required, Text
from app.web.rows import Rows

ON_LINE = "rad-"
"""Before the number of a budget line, in what is sent of a choice."""


def accounts(lines: Lines) -> list[tuple[str, Any]]:
    """What an entry can be booked on: the budget's lines, and what is outside the plan."""
    budget = [(f"{ON_LINE}{line.id}", line.description) for line in lines.budget.values()]
    return [*budget, *((payer.value, label) for payer, label in OUTSIDE.items())]


def account_chosen(text: str) -> tuple[int | None, Financier]:
    """The budget line, or who pays outside the plan."""
    if text.startswith(ON_LINE):
        return int(text.removeprefix(ON_LINE)), Financier.OWN_BUDGET
    return None, Financier(text)


def roles(lines: Lines) -> list[tuple[Any, Any]]:
    """The roles that the plan has, and none of them."""
    return [("", _("Ingen roll i planen")), *((line.id, line.role) for line in lines.effort.values())]


class EntryForm(PlainForm):
    """Something that was paid or worked."""

    booked_on = DateField(_l("Dag"), [Required(_l("Ange dagen, till exempel 2027-03-31."))])
    activity = Line(_l("Vad"), [Required(_l("Skriv vad som gjordes eller köptes."))])
    account = Pick(_l("Budgetrad"), [Required(_l("Välj en budgetrad, eller vem som betalar."))])
    effort = Pick(_l("Roll"), coerce=row_number)
    hours = DecimalField(_l("Timmar"), minimum=-MOST_HOURS, maximum=MOST_HOURS)
    rate = MoneyField(_l("Timpris"), maximum=LARGEST_RATE)
    amount = MoneyField(_l("Belopp"), minimum=-LARGEST_AMOUNT, maximum=LARGEST_AMOUNT)
    today = date.max
    """The last day that can be booked on."""

    def validate_booked_on(self, field: Any) -> None:
        """A day that has come."""
        if field.data and field.data > self.today:
            raise ValidationError(_("Ange en dag som har varit, eller i dag."))

    def validate(self, extra_validators: Any = None) -> bool:
        """Hours, an amount, or both: said of the row, since a field that is empty asks nothing more."""
        valid = bool(super().validate(extra_validators))
        if any(field.errors for field in (self.hours, self.rate, self.amount)):
            return False
        try:
            amount_of(self.hours.data, self.rate.data, self.amount.data)
        except AmountDiffersError as error:
            told = _(
                "Timmar gånger timpris blir %(amount)s. Ändra, eller lämna beloppet tomt.",
                amount=exact(error.computed),
            )
            self.amount.errors = [told]
            return False
        except NothingError:
            self.amount.errors = [_("Ange timmar eller ett belopp.")]
            return False
        return valid

    def values(self) -> EntryValues:
        """The row; only of a form without faults."""
        line, financier = account_chosen(self.account.data)
        return EntryValues(
            booked_on=self.booked_on.data,
            activity=self.activity.data or "",
            budget_line_id=line,
            financier=financier,
            effort_line_id=self.effort.data,
            hours=self.hours.data,
            rate=self.rate.data,
            amount=self.amount.data,
        )


class EntriesForm(Form):
    """What was paid and worked: several at once."""

    entries = Rows(FormField(EntryForm), min_entries=1, max_entries=50)

    def offer(self, lines: Lines, today: date) -> None:
        """Let each row choose among the plan's lines and roles, and a day until today."""
        for row in self.entries:
            row.form.today = today
            row.form.account.choices = [("", _("Välj budgetrad")), *accounts(lines)]
            row.form.effort.choices = roles(lines)

    def values(self) -> list[EntryValues]:
        """The rows; only of a form without faults."""
        return [row.form.values() for row in self.entries]


class VoidForm(Form):
    """Why an entry does not count."""

    reason = Text(
        _l("Varför ska posten makuleras?"),
        [Required(_l("Skriv varför posten makuleras."))],
        limit=2000,
        description=_l("Skälet visas vid posten, som står kvar i listan men inte räknas."),
    )


class AssessForm(Form):
    """How much a role has worked."""

    until = DateField(
        _l("Till och med"),
        [Required(_l("Ange dagen, till exempel 2027-03-31."))],
        description=_l("Bedömningen gäller all tid från projektets början till och med den dagen."),
    )
    hours_low = DecimalField(_l("Timmar, minst"), minimum=0, maximum=MOST_HOURS)
    hours_high = DecimalField(_l("Timmar, högst"), minimum=0, maximum=MOST_HOURS)
    share = PercentField(_l("Andel av tiden"))
    note = Text(_l("Vad bedömningen bygger på"), limit=2000)

    def validate(self, extra_validators: Any = None) -> bool:
        """Hours, a share, or both."""
        valid = bool(super().validate(extra_validators))
        fields = (self.hours_low, self.hours_high, self.share)
        if any(field.errors or field.data is not None for field in fields):
            return valid
        self.hours_low.errors = [_("Ange timmar eller andel av tiden.")]
        return False

    def validate_hours_high(self, field: Any) -> None:
        """A range from less to more; one number says both."""
        low = self.hours_low.data
        if low is not None and field.data is not None and low > field.data:
            raise ValidationError(_("Ange minst lika många timmar som i rutan för minst."))

    def has_come(self, today: date) -> bool:
        """Whether the day has come; tells it beside the field if not."""
        if self.until.data <= today:
            return True
        self.until.errors = [_("Ange en dag som har varit, eller i dag.")]
        return False

    def values(self) -> AssessmentValues:
        """The judgement; only of a form without faults. One number of hours is both ends of the range."""
        low, high = self.hours_low.data, self.hours_high.data
        return AssessmentValues(
            until=self.until.data,
            low=high if low is None else low,
            high=low if high is None else high,
            share=self.share.data,
            note=self.note.data or "",
        )


def said_last(last: Any, today: date) -> Mapping[str, date | Decimal | str | None]:
    """The last judgement as the data of the next."""
    if last is None:
        return {"until": today}
    return {"until": today, "hours_low": last.hours_low, "hours_high": last.hours_high, "share": last.share}
