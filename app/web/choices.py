"""Choosing one of several: radio buttons and lists that tell their faults in our own words."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any

from flask_babel import gettext as _
from wtforms import BooleanField, RadioField, SelectField
from wtforms.fields.choices import SelectChoice  # type: ignore[attr-defined] # newer than its types
from wtforms.validators import StopValidation

Pairs = Iterable[tuple[Any, Any]]
"""What is sent and what is read, for each choice."""


def row_number(value: object) -> int | None:
    """For `coerce`: the number of the record that a choice stands for; the choice of nothing is none."""
    return int(str(value)) if value else None


class _OneOfThese:
    """What both have in common; a choice that was not made is None."""

    data: Any
    coerce: Any
    iter_choices: Any

    def process_formdata(self, valuelist: list[str]) -> None:
        """Nothing chosen is None; what cannot be one of the choices is a fault."""
        self.data = None
        if not valuelist or not valuelist[0]:
            return
        try:
            self.data = self.coerce(valuelist[0])
        except ValueError:
            raise ValueError(_("Välj ett av alternativen.")) from None

    def pre_validate(self, form: Any) -> None:
        """One of those that were offered."""
        if self.data is not None and not any(choice.selected for choice in self.iter_choices()):
            raise StopValidation(_("Välj ett av alternativen."))


class Choice(_OneOfThese, RadioField):
    """One of a few, all in sight."""

    def __init__(
        self, label: Any = None, validators: Sequence[Any] = (), choices: Pairs = (), **rest: Any
    ) -> None:
        offered = [SelectChoice(value, text) for value, text in choices]
        super().__init__(label, [*validators], choices=offered, **rest)


class Pick(_OneOfThese, SelectField):
    """One of many, from a list."""

    def __init__(
        self, label: Any = None, validators: Sequence[Any] = (), choices: Pairs = (), **rest: Any
    ) -> None:
        offered = [SelectChoice(value, text) for value, text in choices]
        super().__init__(label, [*validators], choices=offered, **rest)


class Tick(BooleanField):
    """Yes or no."""

    def __init__(self, label: Any = None, validators: Sequence[Any] = (), **rest: Any) -> None:
        super().__init__(label, [*validators], **rest)
