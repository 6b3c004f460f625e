"""The shape of what is typed about the money of a request: more of it, or the same elsewhere."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from wtforms import Form as PlainForm
from wtforms import FormField
from wtforms.validators import StopValidation

from app.accounts.models import Department
from app.benefits.labels import NAMES
from app.core.changes import Cost, Move
from app.core.costs import CostKind
from app.core.moving import Source
from app.delivery.changes.lacks_of_money import no_money_for
from app.web.changing import ChangeForm
from app.web.choices import Pick, row_number
from app.web.formats import exact
from app.web.forms import Line, MoneyField, Required, YearField
from app.web.rows import Rows


class BudgetYearField(YearField):
    """A budget year of the programme."""

    years = range(0)

    def pre_validate(self, form: Any) -> None:
        """One that there is."""
        super().pre_validate(form)
        if self.data is not None and self.data not in self.years:
            raise StopValidation(no_money_for(self.data, self.years))


class CostForm(PlainForm):
    """What more should be granted, for one thing and one year."""

    description = Line(_l("Kostnad"), [Required(_l("Skriv vad kostnaden gäller."))])
    kind = Pick(
        _l("Slag"),
        [Required(_l("Välj slag av kostnad."))],
        choices=[("", _l("Välj slag")), *((kind.value, NAMES[kind]) for kind in CostKind)],
    )
    department_id = Pick(_l("Förvaltning"), [Required(_l("Välj förvaltning."))], coerce=row_number)
    year = BudgetYearField(_l("År"), [Required(_l("Ange år."))])
    amount = MoneyField(
        _l("Belopp"), [Required(_l("Ange ett belopp i kronor, till exempel 1 250 000."))], minimum=1
    )


class FundsForm(ChangeForm):
    """What more should be granted."""

    costs = Rows(FormField(CostForm), min_entries=1, max_entries=50)

    def offer(self, departments: Iterable[Department], years: range) -> None:
        """Let each row choose among the departments and the budget years."""
        choices = [("", _("Välj förvaltning")), *((row.id, row.name) for row in departments)]
        for row in self.costs:
            row.form.department_id.choices, row.form.year.years = choices, years

    def values(self, names: dict[int, str]) -> tuple[Cost, ...]:
        """The rows; only of a form without faults."""
        return tuple(
            Cost(
                row.form.description.data,
                CostKind(row.form.kind.data),
                row.form.department_id.data,
                names[row.form.department_id.data],
                row.form.year.data,
                row.form.amount.data,
            )
            for row in self.costs
        )


class MoveForm(PlainForm):
    """Money of a line and year, and where it should be instead."""

    source = Pick(_l("Flytta från"), [Required(_l("Välj vad pengarna flyttas från."))])
    amount = MoneyField(
        _l("Belopp"), [Required(_l("Ange ett belopp i kronor, till exempel 1 250 000."))], minimum=1
    )
    to_department_id = Pick(_l("Till förvaltning"), [Required(_l("Välj förvaltning."))], coerce=row_number)
    to_year = BudgetYearField(_l("Till år"), [Required(_l("Ange år."))])


class MovesForm(ChangeForm):
    """What money should be used in another year or by another department."""

    moves = Rows(FormField(MoveForm), min_entries=1, max_entries=50)

    def offer(self, departments: Iterable[Department], years: range, sources: Sequence[Source]) -> None:
        """Let each row choose among the departments, the budget years and what there is in the budget."""
        targets = [("", _("Välj förvaltning")), *((row.id, row.name) for row in departments)]
        taken_from = [("", _("Välj kostnad och år")), *((key_of(row), _offered(row)) for row in sources)]
        for row in self.moves:
            row.form.to_department_id.choices, row.form.to_year.years = targets, years
            row.form.source.choices = taken_from

    def values(self, names: dict[int, str], sources: Sequence[Source]) -> tuple[Move, ...]:
        """The rows; only of a form without faults."""
        found = {key_of(row): row for row in sources}
        return tuple(
            Move(
                source.line.key,
                source.line.description,
                source.line.financier,
                source.department_id,
                source.line.department,
                source.year,
                row.form.to_department_id.data,
                names[row.form.to_department_id.data],
                row.form.to_year.data,
                row.form.amount.data,
            )
            for row in self.moves
            for source in (found[row.form.source.data],)
        )


def key_of(source: Source) -> str:
    """What a line and a year of the budget are called in a form."""
    return f"{source.line.key}-{source.year}"


def _offered(source: Source) -> str:
    return _(
        "%(name)s, %(department)s %(year)s (högst %(room)s)",
        name=source.line.description,
        department=source.line.department,
        year=source.year,
        room=exact(source.room),
    )
