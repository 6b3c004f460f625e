"""The shape of what is told of an interrupted project."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from wtforms import Form as PlainForm
from wtforms import FormField, HiddenField
from wtforms.validators import ValidationError

from app.closing.termination.values import ContractValues, OutcomeValues, ReusableValues
from app.closing.termination.words import CONTRACT_STATES, FATES
from app.core.termination import ENDS_ON_A_DAY, ContractState, Fate
from app.web.changing import ChangeForm
from app.web.choices import Choice, Pick, Tick
from app.web.forms import DateField, Line, MoneyField, PercentField, Required, Text
from app.web.rows import Rows

ZERO = Decimal(0)
_ROLE = _l("Skriv rollen, inte ett namn.")


class AccountForm(ChangeForm):
    """What was ready, and what was spent besides what is booked."""

    delivered = Text(
        _l("Vad är levererat?"),
        [Required(_l("Skriv vad som är levererat, eller att inget är det."))],
        limit=4000,
        description=_l("Det som var klart när projektet avbröts, också det som bara är förberett."),
    )
    spent = Text(
        _l("Vad är förbrukat utöver det som är bokfört?"),
        limit=4000,
        description=_l("Till exempel tid som ingen har räknat. Det som är bokfört hämtas från projektet."),
    )


class _RowForm(PlainForm):
    """One row, which knows whether it is saved already."""

    id = HiddenField()

    @property
    def number(self) -> int | None:
        """The number of the saved row; None for a new one."""
        text = str(self["id"].data or "")
        return int(text) if text.isdecimal() and len(text) < 10 else None


class ReusableForm(_RowForm):
    """Something that somebody else can use."""

    result = Line(_l("Vad som kan återanvändas"), [Required(_l("Skriv vad som kan återanvändas."))])
    useful_to = Line(_l("Till nytta för"), [Required(_l("Skriv vem som kan använda det."))])
    place = Line(_l("Var det finns"), [Required(_l("Skriv var det finns."))], limit=400)


class _NoneOrSome(ChangeForm):
    """A list, or that there is nothing to list."""

    none: Any
    rows: Any

    def validate(self, extra_validators: Any = None) -> bool:
        """One of the two, never both."""
        valid = bool(super().validate(extra_validators))
        if self.none.data and len(self.rows):
            self.none.errors = [_("Ta bort raderna, eller avmarkera rutan.")]
            return False
        return valid


class ReusablesForm(_NoneOrSome):
    """What somebody else can use."""

    rows = Rows(FormField(ReusableForm), max_entries=50)
    none = Tick(_l("Inget från projektet kan återanvändas"))

    def values(self) -> list[ReusableValues]:
        """The rows; only of a form without faults."""
        return [
            ReusableValues(
                id=row.form.number,
                result=row.form.result.data,
                useful_to=row.form.useful_to.data,
                place=row.form.place.data,
            )
            for row in self.rows
        ]


class ContractForm(_RowForm):
    """A contract, and what becomes of it."""

    supplier = Line(_l("Leverantör"), [Required(_l("Skriv vilken leverantör avtalet är med."))])
    reference = Line(_l("Avtalets nummer"))
    status = Pick(
        _l("Status"),
        [Required(_l("Välj vad som har hänt med avtalet."))],
        choices=[(state.value, tag.label) for state, tag in CONTRACT_STATES.items()],
        default=ContractState.OPEN.value,
    )
    notice_by = DateField(_l("Senast uppsagt"))
    ends_on = DateField(_l("Slutar gälla"))
    cost = MoneyField(_l("Kostnad för att avsluta"), minimum=0)
    taken_over_by = Line(_l("Övertaget av"))

    def validate(self, extra_validators: Any = None) -> bool:
        """What its status asks for is said. An empty field asks nothing more, so the row does."""
        valid = bool(super().validate(extra_validators))
        status = self.status.data
        if status in ENDS_ON_A_DAY and self.ends_on.data is None and not self.ends_on.errors:
            self.ends_on.errors = [_("Ange dagen då avtalet slutar gälla.")]
        elif status == ContractState.TAKEN_OVER and not self.taken_over_by.data:
            self.taken_over_by.errors = [_("Skriv rollen som tar över, inte ett namn.")]
        else:
            return valid
        return False

    def values(self) -> ContractValues:
        """The row; only of a form without faults."""
        status = ContractState(self.status.data)
        taken_over = self.taken_over_by.data or "" if status is ContractState.TAKEN_OVER else ""
        return ContractValues(
            id=self.number,
            supplier=self.supplier.data or "",
            reference=self.reference.data or "",
            status=status,
            notice_by=self.notice_by.data,
            ends_on=self.ends_on.data,
            cost=self.cost.data or ZERO,
            taken_over_by=taken_over,
        )


class ContractsForm(_NoneOrSome):
    """The contracts, and what becomes of each."""

    rows = Rows(FormField(ContractForm), max_entries=50)
    none = Tick(_l("Projektet har inga avtal att avsluta"))

    def values(self) -> list[ContractValues]:
        """The rows; only of a form without faults."""
        return [row.form.values() for row in self.rows]


class OutcomeForm(ChangeForm):
    """What becomes of a benefit. `priced` says whether a share of it can be counted."""

    priced = True
    fate = Choice(
        _l("Vad blir av nyttan?"),
        [Required(_l("Välj om nyttan avskrivs eller kommer delvis ändå."))],
        choices=[(fate.value, label) for fate, label in FATES.items()],
    )
    share = PercentField(
        _l("Hur stor del kommer ändå?"),
        description=_l("Bara när nyttan kommer delvis: mer än 0 och mindre än 100 procent."),
    )
    owner = Line(
        _l("Ansvarig roll"),
        description=_l("Bara när nyttan kommer delvis: den som svarar för att den hämtas hem."),
    )
    reason = Text(
        _l("Varför?"), [Required(_l("Skriv varför."))], limit=2000,
        description=_l("Vad gör att nyttan inte kommer, eller att en del kommer ändå?"),
    )  # fmt: skip

    def validate(self, extra_validators: Any = None) -> bool:
        """What comes in part is a share, and somebody answers for it."""
        valid = bool(super().validate(extra_validators))
        if self.fate.data != Fate.PARTLY:
            return valid
        if self.priced and self.share.data is None and not self.share.errors:
            self.share.errors, valid = [_("Ange hur stor del av nyttan som kommer ändå.")], False
        if not self.owner.data:
            self.owner.errors, valid = [str(_ROLE)], False
        return valid

    def validate_share(self, field: Any) -> None:
        """Some of it, and not all."""
        if self.fate.data == Fate.PARTLY and field.data is not None and not 0 < field.data < 1:
            raise ValidationError(_("Ange mer än 0 och mindre än 100 procent."))

    def values(self) -> OutcomeValues:
        """What is typed; only of a form without faults."""
        partly = self.fate.data == Fate.PARTLY
        return OutcomeValues(
            fate=Fate(self.fate.data),
            reason=self.reason.data or "",
            share=self.share.data if partly and self.priced else None,
            owner=self.owner.data or "" if partly else "",
        )


class WriteOffForm(ChangeForm):
    """Why every benefit of which nothing is told is written off."""

    reason = Text(_l("Varför avskrivs nyttan?"), [Required(_l("Skriv varför."))], limit=2000)


class ReturnRestForm(ChangeForm):
    """What the return of all that is left rests on."""

    reference = Line(
        _l("Vad återföringen vilar på"),
        [Required(_l("Ange beslutet eller överenskommelsen."))],
        description=_l("Beslutets nummer, eller överenskommelsen med projektet."),
    )
