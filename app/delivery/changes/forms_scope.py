"""The shape of what is typed about what a project does, what that is worth, and who works with it."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from wtforms import Form as PlainForm
from wtforms import FormField, HiddenField

from app.accounts.models import Department
from app.core.changes import Promise, Scope
from app.core.plan import BenefitStart, Effort
from app.delivery.plans.forms import EffortForm, StaffingForm, offer
from app.web.changing import ChangeForm
from app.web.formats import exact
from app.web.forms import DateField, MoneyField, Required, Text
from app.web.rows import Rows


@dataclass(frozen=True)
class Asked:
    """A benefit that is asked about, with what the decided application says of it."""

    now: BenefitStart
    decided: Decimal | None
    """Kronor a year at full effect; None: it has no price."""
    price_year: int

    @property
    def said(self) -> str:
        """What it is worth now, in words; empty for one without a price."""
        if self.decided is None:
            return ""
        decided = exact(self.decided.quantize(Decimal("0.01")))
        return _(
            "Enligt ansökan: %(amount)s per år, i %(year)s års priser. Lämna tomt om det gäller än.",
            amount=decided,
            year=self.price_year,
        )


class PromiseForm(PlainForm):
    """When a benefit is expected, and what it is worth."""

    key = HiddenField()
    starts_on = DateField(_l("Nyttan väntas från"), [Required(_l("Ange dagen, till exempel 2027-03-31."))])
    yearly = MoneyField(_l("Nytt värde per år vid full effekt"))
    working = Text(_l("Så är det nya värdet räknat"), limit=2000)


class ScopeForm(ChangeForm):
    """What the project should do instead, and what that makes of its benefits."""

    text = Text(
        _l("Vad ska projektet göra annorlunda än ansökan säger?"),
        [Required(_l("Skriv vad projektet ska göra annorlunda."))],
        limit=4000,
        description=_l("Vad tillkommer, vad utgår, och för vem?"),
    )
    benefits = Rows(FormField(PromiseForm), max_entries=100)

    def values(self, asked: Sequence[Asked]) -> Scope:
        """What is typed; only of a form without faults. What is typed of other benefits is nothing."""
        typed = {row.form["key"].data: row.form for row in self.benefits}
        found = [(row, typed[str(row.now.key)]) for row in asked if str(row.now.key) in typed]
        return Scope(
            self.text.data or "",
            tuple(
                _promise(row, form.starts_on.data, form.yearly.data, form.working.data) for row, form in found
            ),
        )


def _promise(asked: Asked, starts_on: date, yearly: Decimal | None, working: str | None) -> Promise:
    amount = None if asked.decided is None or yearly == asked.decided else yearly
    said = (working or "") if amount is not None else ""
    return Promise(asked.now.key, asked.now.description, starts_on, amount, said)


class WorkForm(StaffingForm):
    """Who should work how much."""

    lines = Rows(FormField(EffortForm), min_entries=1, max_entries=100)

    def offer(self, departments: Iterable[Department]) -> None:
        """Let each row choose among the departments."""
        offer(self, departments)

    def effort(self, names: Mapping[int, str]) -> tuple[Effort, ...]:
        """The rows; only of a form without faults."""
        return tuple(
            Effort(row.id or 0, row.role, names[row.department_id], row.hours_low, row.hours_high, row.share)
            for row in self.values()
        )
