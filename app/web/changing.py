"""Forms that change what is saved: nobody writes over anybody in silence.

The form remembers what was saved when it was opened. If something else is saved by the time it is sent,
nothing is written: both texts are shown side by side, and for each field the writer chooses one of them.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, TypeVar

from flask import request
from flask_babel import gettext as _
from werkzeug.datastructures import MultiDict
from wtforms import FieldList, FormField, HiddenField

from app.web.opened import OpenedForm

KEEP = "keep:"
"""Before the name of a field: which of two texts is kept."""
SAVED = "saved"


@dataclass(frozen=True, slots=True)
class Difference:
    """A field that does not say the same in two forms."""

    name: str
    label: Any
    before: str
    after: str


class ChangeForm(OpenedForm):
    """A form of something that is saved already. Made by `on_saved`."""

    version = HiddenField(default="")
    """What was saved when the form was opened: a number, or a print of everything that it said."""
    conflict: Sequence[Difference] = ()
    """Where what is typed differs from what somebody else has saved meanwhile."""
    last_saved = ""
    """When that was, and who."""

    @property
    def started_from(self) -> int:
        """The number of the saved version that this text started from; 0 when nothing was saved."""
        text = str(self.version.data or "")
        return int(text) if text.isdecimal() and len(text) < 10 else 0

    def compare(self, saved: ChangeForm, last_saved: str) -> None:
        """Remember what is saved now; when that is not what the text started from, tell how they differ."""
        now = str(saved.version.data or print_of(saved))
        if not self.version.raw_data:  # opened now, and not with a draft of what was begun before
            self.version.data = now
        if not self.sent or self.version.data == now:
            return
        self.version.data = now
        self.conflict, self.last_saved = list(differences(saved, self)), last_saved

    def validate(self, extra_validators: Any = None) -> bool:
        """Without faults, and not about to write over somebody."""
        valid = bool(super().validate(extra_validators))
        if self.conflict:
            self.form_errors = [_("Någon annan hann före.")]
        return valid and not self.conflict


class ConfirmForm(ChangeForm):
    """A question about something that is saved: it is asked anew when that has changed meanwhile."""

    written_in = False

    def compare(self, saved: ChangeForm, last_saved: str) -> None:
        """There is nothing to choose: what was asked about is no longer there."""
        now = str(saved.version.data)
        if self.sent and self.version.data != now:
            self.conflict = [Difference("version", "", str(self.version.data), now)]
        self.version.data = now


Made = TypeVar("Made", bound=ChangeForm)


def on_saved(make: Callable[..., Made], last_saved: str = "") -> Made:
    """The form that `make` makes, on what is saved now; `make(formdata=None)` shows only what is saved.

    A form that is sent after a conflict says for each field whose text is kept.
    """
    saved = make(formdata=None)
    form = make(formdata=_merged(saved)) if _chosen() else make()
    form.compare(saved, last_saved)
    return form


def is_stale(version: int) -> bool:
    """Whether a button was pressed on a page that showed an older version of what it is about."""
    sent = request.form.get("version")
    return sent is not None and sent != str(version)


def said_by(record: object, *names: str) -> dict[str, Any]:
    """What a record says under these names, as a form's data."""
    return {name: getattr(record, name) for name in names}


def status_of(form: OpenedForm) -> int:
    """How a page with this form is answered: fine, with faults, or overtaken by somebody else."""
    if isinstance(form, ChangeForm) and form.conflict:
        return 409
    return 422 if form.errors else 200


def print_of(form: OpenedForm) -> str:
    """A short print of everything that the form says."""
    everything = [[field.short_name, said(field)] for field in form if not _hidden(field)]
    return hashlib.sha256(json.dumps(everything, default=str).encode()).hexdigest()[:20]


def differences(saved: OpenedForm, typed: OpenedForm) -> Iterator[Difference]:
    """Where what is typed differs from what is saved, in words."""
    for field in typed:
        before = saved[field.short_name]
        if not _hidden(field) and said(before) != said(field):
            yield Difference(field.name, field.label.text, shown(before), shown(field))


def said(field: Any) -> Any:
    """What two fields must have in common to say the same; parts are compared by their words."""
    return shown(field) if isinstance(field, FieldList | FormField) else field.data


def _hidden(field: Any) -> bool:
    return getattr(field.widget, "input_type", "") == "hidden"


def shown(field: Any) -> str:
    """What a field says, as people read it; the rows of a table under each other."""
    if isinstance(field, FieldList):
        return "\n\n".join(filter(None, map(shown, field.entries)))
    if isinstance(field, FormField):
        inner = [(part, shown(part)) for part in field.form if not _hidden(part)]
        return "\n".join(f"{part.label.text}: {text}" for part, text in inner if text)
    if hasattr(field, "iter_choices"):
        return next((str(choice.label) for choice in field.iter_choices() if choice.selected), "")
    if isinstance(field.data, bool):
        return _("Ja") if field.data else _("Nej")
    return str(field._value())


def typed_in(fields: Any) -> list[tuple[str, str]]:
    """Names and texts of everything in a form as if it were sent."""
    return [pair for field in fields for pair in _typed(field)]


def _typed(field: Any) -> Iterator[tuple[str, str]]:
    if isinstance(field, FieldList):
        for entry in field.entries:
            yield from _typed(entry)
    elif isinstance(field, FormField):
        yield from typed_in(field.form)
    elif isinstance(field.data, bool):
        yield from [(field.name, "y")] * field.data
    elif field.raw_data:
        yield field.name, str(field.raw_data[0])
    else:
        yield field.name, field._value() if hasattr(field, "_value") else str(_sent_as(field.data))


def _sent_as(data: Any) -> Any:
    return getattr(data, "value", "" if data is None else data)


def _chosen() -> Mapping[str, str]:
    if request.method != "POST":
        return {}
    return {name: text for name, text in request.form.items() if name.startswith(KEEP) and text == SAVED}


def _merged(saved: ChangeForm) -> MultiDict[str, str]:
    """What is sent, with the saved text in the fields for which that was chosen."""
    names = {name.removeprefix(KEEP) for name in _chosen()}
    mine = [
        (name, text)
        for name, text in request.form.items(multi=True)
        if not any(name == taken or name.startswith(f"{taken}-") for taken in names)
    ]
    theirs = [pair for field in saved if field.name in names for pair in _typed(field)]
    return MultiDict(mine + theirs)
