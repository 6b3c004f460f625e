"""A form as it is opened: what was sent, else the draft of what was typed, else what is saved."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from flask import g, has_request_context, request
from flask_wtf import FlaskForm
from flask_wtf.form import _Auto
from werkzeug.datastructures import MultiDict

from app import drafts
from app.drafts import Draft
from app.web import keys
from app.web.keys import FormKey

AUTO: Any = _Auto
"""What a form is filled with unless somebody says: what is sent, else the draft."""


class OpenedForm(FlaskForm):
    """A form with CSRF protection that lasts as long as the session.

    `at` is the address that it is sent to, when that is not the one of this page; `about` names what it
    writes (`app.drafts.Draft.about`).
    """

    written_in = True
    """False for a form that holds nothing to keep as a draft: passwords, a signature."""

    key: FormKey
    sent_to: str
    """The address that it is sent to."""
    sent: bool
    """Whether this request sends it."""
    shown_draft: Draft | None = None
    """What was typed before and not saved, when the form shows it."""
    other_drafts: Sequence[Draft] = ()
    """What was typed in other tabs."""

    class Meta(FlaskForm.Meta):
        """Faults are told in our own words, in the reader's language."""

        csrf_time_limit = None
        locales = False

    def __init__(self, formdata: Any = AUTO, *, at: str | None = None, about: str = "", **rest: Any) -> None:
        place = at or here()
        self.sent_to = place
        self.sent = is_sent_to(place) and formdata is not None
        if formdata is AUTO and not self.sent:
            formdata = self._typed_before(place)
        super().__init__(formdata, **rest)  # type: ignore[no-untyped-call] # the library has no types
        if has_request_context():
            self.key = _key_sent() if self.sent else self._new_key(about)
            g.setdefault("forms", []).append(self)

    def _typed_before(self, place: str) -> MultiDict[str, str] | None:
        found = drafts_at(place) if self.written_in else ()
        if not found:
            return None
        self.shown_draft = shown_of(found)
        self.other_drafts = [row for row in found if row is not self.shown_draft]
        return fields_of(self.shown_draft)

    def _new_key(self, about: str) -> FormKey:
        shown = (self.shown_draft.id, self.shown_draft.revision) if self.shown_draft else (0, 0)
        return keys.new(written_in=self.written_in, about=about, draft_id=shown[0], revision=shown[1])

    def validate_on_submit(self, extra_validators: Any = None) -> bool:
        """Sent, and without faults."""
        return bool(super().validate_on_submit(extra_validators))  # type: ignore[no-untyped-call] # the library has no types


def here() -> str:
    """The address of this request; none outside of one."""
    return keys.here() if has_request_context() else ""


def is_sent_to(place: str) -> bool:
    """Whether this request sends the form of this address."""
    return bool(has_request_context() and request.method == "POST" and place == keys.here())


def typed_at(place: str) -> MultiDict[str, str]:
    """The fields of the form of this address: as they are sent now, or as they were typed before; or none."""
    if is_sent_to(place):
        return request.form
    found = drafts_at(place)
    return fields_of(shown_of(found)) if found else MultiDict()


def drafts_at(place: str) -> Sequence[Draft]:
    """What the viewer has typed in the form of this address, the newest first."""
    viewer = g.get("viewer") if has_request_context() else None
    if viewer is None:
        return ()
    found: dict[str, Sequence[Draft]] = g.setdefault("drafts", {})
    if place not in found:
        found[place] = drafts.at(viewer.id, place)
    return found[place]


def shown_of(found: Sequence[Draft]) -> Draft:
    """The draft that the address asks for, else the newest."""
    asked = request.args.get(keys.SHOWN)
    return next((draft for draft in found if str(draft.id) == asked), found[0])


def fields_of(draft: Draft) -> MultiDict[str, str]:
    """The draft as if it were sent."""
    return MultiDict([(name, text) for name, text in draft.fields])


def _key_sent() -> FormKey:
    """A form that is shown again is the same opened form."""
    return keys.sent() or keys.new(written_in=True)
