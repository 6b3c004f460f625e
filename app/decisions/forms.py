"""Forms of opinions, decisions and meeting packs."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from decimal import Decimal
from typing import Any

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from wtforms import BooleanField, FormField, HiddenField
from wtforms import Form as PlainForm

from app.accounts.models import Department
from app.applications.models import ApplicationVersion
from app.decisions.models import DecisionKind, OpinionKind
from app.decisions.rules import GRANTING, ZERO, Amount, Draft, Fault
from app.decisions.service import Item
from app.decisions.words import OPINIONS, VERBS
from app.programmes.models import DelegationLimit
from app.projects.models import Project
from app.web.choices import Choice, Pick
from app.web.formats import exact
from app.web.forms import DateField, Form, Line, MoneyField, Required, Text, WholeNumberField, YearField
from app.web.rows import Rows

_KINDS = [(kind.value, label) for kind, label in VERBS.items()]


class OpinionForm(Form):
    """What the council said, as minuted."""

    meeting_on = DateField(
        _l("Mötets dag"), [Required(_l("Ange mötets dag."))], description=_l("Till exempel 2027-03-31.")
    )
    kind = Choice(
        _l("Rådets yttrande"),
        [Required(_l("Välj vad rådet yttrade."))],
        choices=[(kind.value, tag.label) for kind, tag in OPINIONS.items()],
    )
    text = Text(
        _l("Yttrandet i ord"),
        [Required(_l("Skriv rådets yttrande."))],
        description=_l("Som det står i protokollet."),
    )
    separate_statements = WholeNumberField(
        _l("Antal särskilda yttranden"),
        [Required(_l("Ange ett antal, 0 om ingen lämnade ett särskilt yttrande."))],
        minimum=0,
        maximum=99,
    )

    def opinion_kind(self) -> OpinionKind:
        """The kind that was chosen."""
        return OpinionKind(self.kind.data)


def _id(value: object) -> int | None:
    """A record's number; nothing for the empty first choice of a list."""
    return int(str(value)) if value else None


class AmountForm(PlainForm):
    """What one department gets in one year."""

    department = Pick(_l("Förvaltning"), [Required(_l("Välj förvaltning."))], coerce=_id)
    year = YearField(_l("År"), [Required(_l("Ange år."))], minimum=2000)
    amount = MoneyField(_l("Belopp"), [Required(_l("Ange ett belopp i kronor, till exempel 1 250 000."))])


class ConditionForm(PlainForm):
    """Something that the decision requires."""

    text = Text(_l("Villkor"), [Required(_l("Skriv villkoret, eller ta bort raden."))], limit=2000)
    due_on = DateField(_l("Senast"), description=_l("Lämna tomt om villkoret inte har en dag."))


class DecisionForm(Form):
    """A decision, to be checked and then registered."""

    kind = Choice(_l("Beslut"), [Required(_l("Välj vad som beslutades."))], choices=_KINDS)
    decided_on = DateField(
        _l("Beslutets dag"), [Required(_l("Ange beslutets dag."))], description=_l("Till exempel 2027-03-31.")
    )
    delegation = Choice(
        _l("Vem beslutade?"),
        [Required(_l("Välj vem som beslutade."))],
        coerce=int,
        description=_l("De som får besluta den dagen, med högsta belopp per beslut."),
    )
    amounts = Rows(FormField(AmountForm), max_entries=200)
    conditions = Rows(FormField(ConditionForm), max_entries=50)
    reasons = Text(
        _l("Skäl"), [Required(_l("Skriv skälen för beslutet."))], description=_l("Sökanden läser skälen.")
    )
    reference = Line(
        _l("Beslutets nummer"), description=_l("Paragraf i protokollet eller nummer i ett annat register.")
    )

    def offer(self, delegations: Sequence[DelegationLimit], departments: Iterable[Department]) -> None:
        """What can be chosen: who decides, and which departments get money."""
        self.delegation.choices = [(row.id, _delegation_label(row)) for row in delegations]
        choices = [("", _("Välj förvaltning")), *((row.id, row.name) for row in departments)]
        for row in self.amounts:
            row.form.department.choices = choices

    def draft(self) -> Draft:
        """The decision that the form describes; only of a form without faults."""
        return Draft(
            kind=DecisionKind(self.kind.data),
            decided_on=self.decided_on.data,
            delegation_id=self.delegation.data,
            amounts=tuple(
                Amount(row.form.department.data, row.form.year.data, row.form.amount.data)
                for row in self.amounts
            ),
            conditions=tuple((row.form.text.data or "", row.form.due_on.data) for row in self.conditions),
            reasons=self.reasons.data or "",
            reference=self.reference.data or "",
        )

    def total(self) -> Decimal:
        """The sum of the amounts that can be read."""
        return sum((row.form.amount.data or ZERO for row in self.amounts), ZERO)


def _delegation_label(row: DelegationLimit) -> str:
    if row.limit is None:
        return _("%(decider)s – utan gräns", decider=row.decider)
    return _("%(decider)s – högst %(limit)s", decider=row.decider, limit=exact(row.limit))


def prefilled(amounts: Sequence[Amount]) -> list[dict[str, Any]]:
    """The rows of amounts as applied for."""
    return [{"department": row.department_id, "year": row.year, "amount": row.amount} for row in amounts]


class ItemForm(PlainForm):
    """A case that may be put on the agenda."""

    project_id = HiddenField()
    include = BooleanField(_l("Ta upp på mötet"))
    position = WholeNumberField(_l("Ordning"), minimum=1, maximum=999)
    proposal = Pick(_l("Förslag till beslut"), [Required(_l("Välj ett av alternativen."))], choices=_KINDS)
    proposal_text = Text(
        _l("Förslaget i en mening"), limit=600, description=_l("Rådet läser den först i möteshandlingarna.")
    )
    proposed_amount = MoneyField(_l("Föreslaget belopp"))

    def item(self) -> Item:
        """The case as it is put on the agenda."""
        kind = DecisionKind(self.proposal.data)
        amount = self.proposed_amount.data if kind in GRANTING else None
        return Item(_whole(self.project_id.data), kind, self.proposal_text.data or "", amount or ZERO)


def _whole(sent: str | None) -> int:
    """The hidden number of a row; 0, which no case has, for whatever else somebody sends."""
    return int(sent) if sent and sent.isdecimal() and len(sent) < 10 else 0


class PackForm(Form):
    """A new meeting pack."""

    title = Line(_l("Rubrik"), [Required(_l("Ange en rubrik."))], limit=160)
    meeting_on = DateField(
        _l("Mötets dag"), [Required(_l("Ange mötets dag."))], description=_l("Till exempel 2027-03-31.")
    )
    items = Rows(FormField(ItemForm))

    def complete(self, proposed: Sequence[Mapping[str, object]]) -> None:
        """Add the cases that have come to the council since a draft of the form was written."""
        if self.shown_draft is None:
            return
        known = {row.form.project_id.data for row in self.items}
        for row in proposed:
            if str(row["project_id"]) not in known:
                self.items.append_entry(row)

    def chosen(self) -> list[FormField[ItemForm]]:
        """The rows that are put on the agenda, in their order."""
        rows = [row for row in self.items if row.form.include.data]
        return sorted(rows, key=lambda row: row.form.position.data or 0)


def proposals(
    cases: Sequence[Project], versions: Mapping[int, ApplicationVersion]
) -> list[dict[str, object]]:
    """A row for each case: what is applied for is what is proposed until somebody says otherwise."""
    return [
        {
            "project_id": case.id,
            "position": position,
            "proposal": DecisionKind.APPROVE.value,
            "proposed_amount": versions[case.id].applied_amount,
        }
        for position, case in enumerate(cases, start=1)
        if case.id in versions
    ]


def show_faults(form: Form, faults: Iterable[Fault], rows: Sequence[Any] | None = None) -> None:
    """Put each fault beside the field that it concerns; `rows` are a table's, when some are left out."""
    for fault in faults:
        field: Any = form[fault.field]
        told: object = fault.text
        if fault.row is not None and fault.column is not None:
            beside = (rows or field.entries)[fault.row].form[fault.column]
            beside.errors = [*beside.errors, fault.text]
            told = {fault.column: [fault.text]}  # so that the form knows of the fault in its row
        field.errors = [*field.errors, told]
