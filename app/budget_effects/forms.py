"""The shape of what is written of budget effects."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l

from app.budget_effects.ledger import HeldError
from app.budget_effects.service import EffectValues, TooEarlyError
from app.budget_effects.words import FORMS
from app.core.budget_effects import Form as As
from app.core.budget_effects import TooMuchError
from app.web.changing import ConfirmForm
from app.web.choices import Choice
from app.web.formats import exact
from app.web.forms import DateField, DecimalField, Form, Line, MoneyField, Required, Text, WholeNumberField

ONE_ORE = Decimal("0.01")
FAULTS = (TooMuchError, TooEarlyError)
"""What the service finds wrong with an amount or a day."""


class EffectForm(Form):
    """What a department's budget becomes smaller by, or what freed time is used for."""

    form = Choice(
        _l("Hur tas nyttan hem?"),
        [Required(_l("Välj hur nyttan tas hem."))],
        choices=[(form.value, word) for form, word in FORMS.items()],
    )
    year = WholeNumberField(_l("Budgetår"), [Required(_l("Ange året."))], minimum=2000, maximum=2199)
    cost_centre = Line(_l("Kostnadsställe"), [Required(_l("Ange kostnadsstället."))], limit=40)
    item = Line(
        _l("Budgetpost"),
        [Required(_l("Ange kontot eller tjänsten."))],
        limit=120,
        description=_l("Konto eller tjänst, till exempel ”5010 Lokaler”. Samma post tas bara hem en gång."),
    )
    amount = MoneyField(
        _l("Belopp"),
        [Required(_l("Ange beloppet för året."))],
        minimum=ONE_ORE,
        description=_l("För hela året. Tjänster och tid räknas också i kronor."),
    )
    staff_years = DecimalField(
        _l("Årsarbetare"),
        minimum=Decimal("0.0001"),
        maximum=10_000,
        description=_l("Behövs för tjänster och tid, till exempel 0,5."),
    )
    used_for = Text(
        _l("Vad används tiden till?"),
        limit=2000,
        description=_l("Behövs när frigjord tid stannar som kapacitet."),
    )

    def validate(self, extra_validators: Any = None) -> bool:
        """Posts and time are counted, and time that stays has a use."""
        valid = bool(super().validate(extra_validators))
        form = self.form.data
        if form in (As.POSTS, As.CAPACITY) and self.staff_years.data is None and not self.staff_years.errors:
            self.staff_years.errors = [_("Ange hur många årsarbetare.")]
            valid = False
        if form == As.CAPACITY and not self.used_for.data:
            self.used_for.errors = [_("Skriv vad tiden används till.")]
            valid = False
        return valid

    def values(self) -> EffectValues:
        """What is typed; only of a form without faults."""
        return EffectValues(
            form=As(self.form.data),
            cost_centre=self.cost_centre.data or "",
            year=int(self.year.data),
            item=self.item.data or "",
            amount=self.amount.data,
            staff_years=self.staff_years.data,
            used_for=self.used_for.data or "",
        )

    def refused(self, error: HeldError) -> None:
        """Say at its field that the post is taken home already."""
        if error.holder is None:
            text = _(
                "En budgeteffekt i ett annat projekt har redan den här posten på kostnadsstället det året."
            )
        else:
            text = _(
                "Nyttan ”%(benefit)s” har redan den här posten, i projektet ”%(title)s”.",
                benefit=error.holder.found.benefit.name,
                title=error.holder.project.title,
            )
        self.item.errors = [text]


class _Judged(ConfirmForm):
    """Yes, or no with the reason."""

    written_in = True
    no = ""
    answer: Any
    words: Any

    def validate(self, extra_validators: object = None) -> bool:
        """Whoever says no says why."""
        valid = bool(super().validate(extra_validators))
        if self.answer.data == self.no and not self.words.data:
            self.words.errors = [_("Skriv varför.")]
            return False
        return valid


class AnswerEffectForm(_Judged):
    """Whether the other party agrees."""

    no = "decline"
    answer = Choice(
        _l("Är ni överens?"),
        [Required(_l("Välj om ni är överens."))],
        choices=[("agree", _l("Ja, vi är överens")), ("decline", _l("Nej"))],
    )
    words = Text(_l("Ord till den andra parten"), limit=2000, description=_l("Behövs när du svarar nej."))


class VerifyEffectForm(_Judged):
    """Whether it is in the budget."""

    no = "return"
    answer = Choice(
        _l("Står det så i budgeten?"),
        [Required(_l("Välj om det står så i budgeten."))],
        choices=[("verify", _l("Ja, det stämmer")), ("return", _l("Nej, skicka tillbaka"))],
    )
    words = Text(_l("Ord om kontrollen"), limit=2000, description=_l("Behövs när du skickar tillbaka."))


class _Counted(ConfirmForm):
    """A step that the service may find something wrong with."""

    written_in = True

    def refused(self, error: ValueError) -> None:
        """Say at its field what the service found."""
        if isinstance(error, TooMuchError):
            self["amount"].errors = [_("Ange högst %(most)s.", most=exact(error.most))]
        else:
            self["booked_on"].errors = [_("Ange en dag som har varit, tidigast under budgetåret.")]


class EnterEffectForm(_Counted):
    """By which document it is in the budget."""

    reference = Line(
        _l("Dokument"),
        [Required(_l("Skriv vilket dokument."))],
        description=_l("Till exempel ”Verksamhetsplan 2029, dnr 1.2-345”."),
    )
    booked_on = DateField(_l("Beslutad"), [Required(_l("Ange vilken dag budgeten beslutades."))])

    def refused(self, error: ValueError) -> None:
        """Say at its field what the service found."""
        self.booked_on.errors = [_("Ange en dag som har varit.")]


class TakeEffectForm(_Counted):
    """How much is taken home, and where it is posted."""

    amount = MoneyField(_l("Belopp"), [Required(_l("Ange beloppet."))], minimum=ONE_ORE)
    booked_on = DateField(_l("Bokfört"), [Required(_l("Ange vilken dag."))])
    reference = Line(_l("Verifikation eller uppföljning"), [Required(_l("Skriv var det syns."))])


class TakeBackForm(_Counted):
    """How much was not taken home after all."""

    amount = MoneyField(_l("Belopp"), [Required(_l("Ange beloppet."))], minimum=ONE_ORE)
    words = Text(_l("Varför?"), [Required(_l("Skriv varför."))], limit=2000)


class WithdrawEffectForm(ConfirmForm):
    """Why it is taken back."""

    written_in = True
    words = Text(_l("Varför?"), [Required(_l("Skriv varför."))], limit=2000)
