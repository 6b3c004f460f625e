"""Forms that two tabs or two people can have open at once: what they started from, and how they differ."""

from __future__ import annotations

import secrets
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from wtforms import HiddenField

from app.web.forms import Form


class OpenedForm(Form):
    """A form that knows the saved `version` that it started from, and the open `page` that it stands on."""

    version = HiddenField(default="0")
    page = HiddenField()

    @property
    def started_from(self) -> int:
        """The saved version that this text started from; 0 when nothing was saved."""
        text = str(self.version.data or "")
        return int(text) if text.isdecimal() and len(text) < 10 else 0


def opened(version: int) -> dict[str, str]:
    """The data of a form that is opened now, on what was saved as this version (0: nothing)."""
    return {"version": str(version), "page": secrets.token_hex(8)}


@dataclass(frozen=True, slots=True)
class Difference:
    """A field that does not say the same in two forms."""

    label: Any
    before: str
    after: str


def differences(saved: Form, typed: Form) -> Iterator[Difference]:
    """Where what is typed differs from what is saved, in words."""
    for field in typed:
        before = saved[field.short_name]
        if getattr(field.widget, "input_type", "") != "hidden" and before.data != field.data:
            yield Difference(field.label.text, _shown(before), _shown(field))


def _shown(field: Any) -> str:
    if hasattr(field, "iter_choices"):
        return next((str(choice.label) for choice in field.iter_choices() if choice.selected), "")
    return str(field._value())
