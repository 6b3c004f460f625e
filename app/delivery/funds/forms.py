"""Forms about granted money."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from wtforms import HiddenField, SelectMultipleField
from wtforms.widgets import CheckboxInput, ListWidget

from app.delivery.funds.models import RequisitionFile
from app.delivery.funds.queries import AccountRow
from app.delivery.funds.repaying import Repaid
from app.delivery.funds.service import Claim
from app.programmes.grants import GrantExceededError
from app.web.addresses import record_number
from app.web.attached import FormWithFiles
from app.web.choices import Pick
from app.web.formats import exact, file_size
from app.web.forms import DateField, Form, Line, MoneyField, Required, Text
from app.web.language import current_language

Key = tuple[int, int]
"""Department and budget year."""


def _key(text: object) -> str:
    """Department and year as they are sent; the empty first choice of the list is neither."""
    if not text:
        return ""
    department, _dash, year = str(text).partition("-")
    if not (record_number(department) and record_number(year)):
        raise ValueError(text)
    return f"{int(department)}-{int(year)}"


class AccountField(Pick):
    """A department's part of what was granted, for a budget year."""

    def __init__(self, label: Any, validators: Any = (), **rest: Any) -> None:
        super().__init__(label, validators, coerce=_key, **rest)

    def offer(self, rows: Iterable[AccountRow]) -> None:
        """Those that can be chosen, with what is left of each."""
        self.choices = [("", _("Välj förvaltning och budgetår"))] + [
            (
                f"{row.department_id}-{row.year}",
                _(
                    "%(department)s %(year)s, %(left)s kvar",
                    department=row.department,
                    year=row.year,
                    left=exact(row.sums.remaining),
                ),
            )
            for row in rows
        ]

    @property
    def key(self) -> Key:
        """What was chosen."""
        department, year = str(self.data).split("-")
        return int(department), int(year)

    def too_much(self, error: GrantExceededError) -> str:
        """What to say when less is left than is asked for."""
        return _(
            "Bara %(left)s är kvar för förvaltningen det året. Ange högst det.", left=exact(error.remaining)
        )


class RequisitionForm(FormWithFiles):
    """What is asked for, and what it covers."""

    account = AccountField(
        _l("Förvaltning och budgetår"),
        [Required(_l("Välj förvaltning och budgetår."))],
        description=_l("Som pengarna är beviljade."),
    )
    amount = MoneyField(
        _l("Belopp"),
        [Required(_l("Ange ett belopp i kronor, till exempel 1 250 000."))],
        minimum=1,
    )
    covers = Text(
        _l("Vad avser rekvisitionen?"),
        [Required(_l("Skriv vad pengarna är till för."))],
        limit=4000,
        description=_l("Till exempel leveranser, fakturor och den tid de gäller."),
    )

    def claim(self) -> Claim:
        """What the form asks for; only of a form without faults."""
        department_id, year = self.account.key
        return Claim(department_id, year, self.amount.data, self.covers.data or "")


class _Ticks(SelectMultipleField):
    """Several of a few, all in sight."""

    widget = ListWidget(prefix_label=False)
    option_widget = CheckboxInput()


class SendAgainForm(RequisitionForm):
    """The same, put right, with the files that still belong to it."""

    kept = _Ticks(_l("Underlag som följer med"), coerce=int, validate_choice=True)

    def offer_files(self, files: Iterable[RequisitionFile]) -> None:
        """The files of the last version."""
        language = current_language()
        self.kept.choices = [
            (file.id, f"{file.filename} ({file_size(file.size, language)})") for file in files
        ]


class SendBackForm(Form):
    """Why a requisition comes back."""

    read = HiddenField()
    reason = Text(
        _l("Vad ska rättas?"),
        [Required(_l("Skriv vad som ska rättas."))],
        limit=4000,
        description=_l("Projektledaren läser det."),
    )


class PayForm(Form):
    """When and as what it was paid."""

    read = HiddenField()
    paid_on = DateField(
        _l("Betalningsdag"),
        [Required(_l("Ange betalningsdagen."))],
        description=_l("Till exempel 2027-03-31."),
    )
    reference = Line(
        _l("Betalningens nummer"),
        [Required(_l("Ange vad betalningen heter i ekonomisystemet."))],
        description=_l("Verifikationens nummer i ekonomisystemet."),
    )


class RepayForm(Form):
    """What of a payment came back."""

    amount = MoneyField(
        _l("Belopp som betalas tillbaka"),
        [Required(_l("Ange ett belopp i kronor, till exempel 1 250 000."))],
        minimum=1,
    )
    repaid_on = DateField(
        _l("Dag för återbetalningen"),
        [Required(_l("Ange dagen för återbetalningen."))],
        description=_l("Till exempel 2027-03-31."),
    )
    reference = Line(
        _l("Återbetalningens nummer"),
        [Required(_l("Ange vad återbetalningen heter i ekonomisystemet."))],
        description=_l("Verifikationens nummer i ekonomisystemet."),
    )
    reason = Text(
        _l("Varför betalas pengarna tillbaka?"),
        [Required(_l("Skriv varför pengarna betalas tillbaka."))],
        limit=4000,
    )

    def repaid(self) -> Repaid:
        """What the form says; only of a form without faults."""
        return Repaid(
            self.amount.data, self.repaid_on.data, self.reference.data or "", self.reason.data or ""
        )


class WithdrawForm(Form):
    """That a requisition is taken back."""

    written_in = False


class GiveBackForm(Form):
    """What is returned to the frame."""

    account = AccountField(_l("Förvaltning och budgetår"), [Required(_l("Välj förvaltning och budgetår."))])
    amount = MoneyField(
        _l("Belopp som återförs"),
        [Required(_l("Ange ett belopp i kronor, till exempel 1 250 000."))],
        minimum=1,
    )
    reference = Line(
        _l("Vad återföringen vilar på"),
        [Required(_l("Ange beslutet eller överenskommelsen."))],
        description=_l("Beslutets nummer, eller överenskommelsen med projektet."),
    )


def read_version(form: SendBackForm | PayForm) -> int:
    """The version of the requisition that was read; 0 for none."""
    return record_number(str(form.read.data or "")) or 0
