"""What every form shares: its base class, fields that read Swedish numbers, and texts for faults."""

from __future__ import annotations

import re
from collections.abc import Sequence
from datetime import date
from decimal import Decimal, InvalidOperation
from typing import Any

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from wtforms import Field, PasswordField, StringField, TextAreaField
from wtforms.validators import InputRequired, Length, Optional, StopValidation, ValidationError
from wtforms.widgets import TextInput

from app.web.formats import decimal_text, iso_date, number
from app.web.language import current_language
from app.web.opened import OpenedForm

_SPACES = re.compile(r"[\s\u00a0\u202f\u2009]")
LINE_LIMIT = 200
TEXT_LIMIT = 20_000

Form = OpenedForm
"""What every form of the product is: see `app.web.opened`."""


class Required(InputRequired):
    """Something must be given; says what to do."""

    def __init__(self, message: Any = None) -> None:
        super().__init__(message or _l("Fyll i fältet."))

    def __call__(self, form: Any, field: Any) -> None:
        """Spaces alone are nothing, in fields for numbers and days too."""
        if field.raw_data and isinstance(field.raw_data[0], str) and not field.raw_data[0].strip():
            field.errors = []
            raise StopValidation(str(self.message))
        super().__call__(form, field)


class MaxLength(Length):
    """Not longer than this many characters."""

    def __init__(self, limit: int) -> None:
        super().__init__(max=limit)
        self.limit = limit

    def __call__(self, form: Any, field: Any) -> None:
        length = len(field.data or "")
        if length > self.limit:
            raise ValidationError(
                _(
                    "Texten är %(length)s tecken lång. Korta den till högst %(limit)s.",
                    length=length,
                    limit=self.limit,
                )
            )


class Line(StringField):
    """One line of text, without spaces around it."""

    def __init__(
        self, label: Any = None, validators: Sequence[Any] = (), limit: int = LINE_LIMIT, **rest: Any
    ) -> None:
        super().__init__(label, [*validators, MaxLength(limit)], **rest)

    def process_formdata(self, valuelist: list[str]) -> None:
        """Line breaks and control characters have no place in one line."""
        if valuelist:
            self.data = " ".join(valuelist[0].split()).replace("\x00", "")


class Password(PasswordField):
    """A secret: never shown again."""

    def __init__(self, label: Any = None, validators: Sequence[Any] = (), **rest: Any) -> None:
        super().__init__(label, [*validators, MaxLength(LINE_LIMIT)], **rest)


class Text(TextAreaField):
    """Several lines of text."""

    def __init__(
        self, label: Any = None, validators: Sequence[Any] = (), limit: int = TEXT_LIMIT, **rest: Any
    ) -> None:
        super().__init__(label, [*validators, MaxLength(limit)], **rest)

    def process_formdata(self, valuelist: list[str]) -> None:
        """Browsers send CRLF; records keep LF."""
        if valuelist:
            self.data = valuelist[0].replace("\r\n", "\n").replace("\x00", "").strip()


def parse_decimal(text: str) -> Decimal:
    """Read `1 234,50`, `1234.5`, `−3` as people write them. ValueError for anything else."""
    plain = _SPACES.sub("", text).replace("\u2212", "-")
    if plain.count(",") == 1 and "." not in plain:
        plain = plain.replace(",", ".")
    if not re.fullmatch(r"[+-]?\d{1,15}(\.\d{1,10})?", plain):
        raise ValueError(text)
    try:
        return Decimal(plain)
    except InvalidOperation:
        raise ValueError(text) from None


class DecimalField(Field):
    """A number with decimals. What cannot be read stays in the field as it was typed."""

    widget = TextInput()
    unit: Any = ""
    places = 4
    hint_number: Any = _l("1 250,5")

    def __init__(
        self,
        label: Any = None,
        validators: Sequence[Any] = (),
        *,
        minimum: Decimal | int | None = None,
        maximum: Decimal | int | None = None,
        **rest: Any,
    ) -> None:
        super().__init__(label, [*validators] or [Optional()], **rest)
        self.minimum, self.maximum = minimum, maximum

    def _value(self) -> str:
        if self.raw_data:
            return str(self.raw_data[0])
        return "" if self.data is None else self.shown(self.data)

    def shown(self, value: Decimal) -> str:
        """The number as the field shows it."""
        return decimal_text(Decimal(value), current_language())

    def read(self, text: str) -> Decimal:
        """The number in the text; ValueError when there is none."""
        return parse_decimal(text)

    def process_formdata(self, valuelist: list[str]) -> None:
        """Nothing typed is no number; anything else must be one."""
        self.data = None
        if not valuelist or not valuelist[0].strip():
            return
        try:
            self.data = self.read(valuelist[0])
        except ValueError:
            raise ValueError(self.not_understood()) from None
        if -self.data.as_tuple().exponent > self.places:
            self.data = None
            raise ValueError(
                _("Ange högst %(places)s decimaler.", places=self.places)
                if self.places
                else self.not_understood()
            )

    def not_understood(self) -> str:
        """What to do when the text is no number."""
        return _("Ange ett tal, till exempel %(example)s.", example=self.hint_number)

    def pre_validate(self, form: Any) -> None:
        """Within its limits."""
        if self.data is None:
            return
        if self.minimum is not None and self.data < self.minimum:
            raise StopValidation(_("Ange minst %(limit)s.", limit=self.shown(Decimal(self.minimum))))
        if self.maximum is not None and self.data > self.maximum:
            raise StopValidation(_("Ange högst %(limit)s.", limit=self.shown(Decimal(self.maximum))))


class MoneyField(DecimalField):
    """Kronor, to the öre."""

    unit = _l("kr")
    places = 2
    hint_number = "1 250 000"

    def __init__(self, label: Any = None, validators: Sequence[Any] = (), **rest: Any) -> None:
        rest.setdefault("minimum", Decimal(0))
        rest.setdefault("maximum", Decimal(999999999999))
        super().__init__(label, validators, **rest)

    def shown(self, value: Decimal) -> str:
        """With spaces between thousands; öre only when there are any."""
        return number(value, 0 if value == value.to_integral_value() else 2, current_language())

    def not_understood(self) -> str:
        """What to do when the text is no amount."""
        return _("Ange ett belopp i kronor, till exempel 1 250 000.")

    def read(self, text: str) -> Decimal:
        """Amounts may carry their unit: `1 250 kr`."""
        return parse_decimal(re.sub(r"(kr|sek)\.?\s*$", "", text.strip(), flags=re.IGNORECASE))


class PercentField(DecimalField):
    """Shown and typed as per cent, kept as a share: `3,5` is 0.035."""

    unit = "%"
    places = 6

    def __init__(self, label: Any = None, validators: Sequence[Any] = (), **rest: Any) -> None:
        rest.setdefault("minimum", Decimal(0))
        rest.setdefault("maximum", Decimal(1))
        super().__init__(label, validators, **rest)

    def shown(self, value: Decimal) -> str:
        """As per cent."""
        return decimal_text(value * 100, current_language())

    def read(self, text: str) -> Decimal:
        """With or without the sign."""
        return parse_decimal(text.strip().removesuffix("%")) / 100

    def not_understood(self) -> str:
        """What to do when the text is no percentage."""
        return _("Ange en procentsats, till exempel 3,5.")


class WholeNumberField(DecimalField):
    """A whole number."""

    places = 0
    hint_number = "12"

    def not_understood(self) -> str:
        """What to do when the text is no whole number."""
        return _("Ange ett heltal, till exempel 12.")

    def process_formdata(self, valuelist: list[str]) -> None:
        """An int, once it is read."""
        super().process_formdata(valuelist)
        if self.data is not None:
            self.data = int(self.data)


class YearField(WholeNumberField):
    """A calendar year: four digits, without a space between them."""

    hint_number = "2027"

    def __init__(self, label: Any = None, validators: Sequence[Any] = (), **rest: Any) -> None:
        rest.setdefault("minimum", 1990)
        rest.setdefault("maximum", 2100)
        super().__init__(label, validators, **rest)

    def shown(self, value: Decimal) -> str:
        """As it is."""
        return str(value)

    def not_understood(self) -> str:
        """What to do when the text is no year."""
        return _("Ange ett år, till exempel 2027.")


class DateField(Field):
    """A day, written 2027-03-31. A plain text input: a browser's own would throw away what it cannot read."""

    widget = TextInput()
    unit: Any = ""

    def __init__(self, label: Any = None, validators: Sequence[Any] = (), **rest: Any) -> None:
        super().__init__(label, [*validators] or [Optional()], **rest)

    def _value(self) -> str:
        if self.raw_data:
            return str(self.raw_data[0])
        return "" if self.data is None else iso_date(self.data)

    def process_formdata(self, valuelist: list[str]) -> None:
        """Nothing typed is no day; anything else must be one."""
        self.data = None
        if not valuelist or not valuelist[0].strip():
            return
        try:
            self.data = date.fromisoformat(valuelist[0].strip())
        except ValueError:
            raise ValueError(_("Ange ett datum med år, månad och dag, till exempel 2027-03-31.")) from None
        if not 1990 <= self.data.year <= 2100:
            self.data = None
            raise ValueError(_("Ange ett datum mellan 1990 och 2100."))
