"""What a request sends: a form that has no effect is kept as a draft, whatever went wrong.

The form's key says whose text it is, also when the session has ended: it is kept for that person alone, shown
again in its form after the next sign-in, and never carried out unseen.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any
from urllib.parse import parse_qsl

from flask import Response, current_app, g, request
from flask.typing import ResponseReturnValue
from sqlalchemy.exc import SQLAlchemyError
from werkzeug.exceptions import HTTPException
from werkzeug.routing import RequestRedirect

from app import drafts
from app.db import db
from app.drafts import Source, TooManyDraftsError
from app.web import keys, wording
from app.web.changing import KEEP
from app.web.keys import FormKey
from app.web.logs import log

CONTROLS = frozenset({"csrf_token", keys.FIELD, "add", "remove", "action", "step"})
"""What buttons and the form itself send: nobody types it."""
SECRETS = frozenset({"password", "old", "new", "again"})
"""Names of fields for passwords: they are kept nowhere and never shown again."""
_OF_A_REQUEST = (
    "viewer",
    "sent_key",
    "forms",
    "drafts",
    "fields_now",
    "still_writing",
    "kept",
    "receipt",
    "no_navigation",
    "done_beforehand",
)
TO = "till"
"""The parameter that says where a form is sent, when its text is kept while somebody writes."""


@dataclass(frozen=True, slots=True)
class TypedField:
    """A field as it was typed, for a page that shows it again."""

    name: str
    label: str
    text: str

    @property
    def rows(self) -> int:
        """How many lines it takes to show the text."""
        return min(12, max(1, self.text.count("\n") + 1, -(-len(self.text) // 60)))


def begin() -> None:
    """Nothing is known yet of this request's form, whatever an earlier one in the same context left."""
    for name in _OF_A_REQUEST:
        g.pop(name, None)


def sent_fields() -> list[tuple[str, str]]:
    """Names and texts of what was filled in, in the order of the form."""
    return worth_keeping(request.form.items(multi=True))


def worth_keeping(fields: Iterable[tuple[str, str]]) -> list[tuple[str, str]]:
    """What people write, without what the form itself sends and without passwords."""
    left_out = CONTROLS | SECRETS
    return [(name, text) for name, text in fields if name not in left_out and not name.startswith(KEEP)]


def source(key: FormKey, place: str) -> Source:
    """Where the form of this key is typed."""
    return Source(key.person_id, place, key.page, key.stands_on, key.about, key.draft_id, key.revision)


def still_writing(answer: ResponseReturnValue, fields: drafts.Fields | None = None) -> ResponseReturnValue:
    """The form leads on without having had its effect: it was given another row, say. Its text is a draft.

    `fields` are its fields as they stand now, when they are not those that were sent.
    """
    g.still_writing = True
    g.fields_now = None if fields is None else worth_keeping(fields)
    return answer


def had_effect(response: Response) -> bool:
    """Whether the request has done what was asked: then it leads on."""
    return response.status_code in (302, 303) and not g.get("still_writing")


def keep() -> bool:
    """Keep the form that this request sends as a draft, in the transaction of the request."""
    if not g.get("kept"):
        key, place = keys.sent(), keys.here()
        changed = g.get("fields_now")  # rows that somebody has asked for are kept though nothing is in them
        fields = sent_fields() if changed is None else changed
        worth_it = not keys.may_be_repeated() and (changed is not None or _says_something())
        g.kept = bool(key and key.written_in and worth_it and keep_at(key, place, fields))
    kept: bool = g.kept
    return kept


def keep_at(key: FormKey, place: str, fields: drafts.Fields) -> bool:
    """Keep these fields as the draft of the form of this key; False when there is no room for it."""
    if not key.person_id or len(place) > drafts.LONGEST_PLACE:
        return False
    try:
        drafts.keep(source(key, place), fields, datetime.now(UTC))
    except TooManyDraftsError:
        return False
    return True


def keep_alone() -> bool:
    """The same in a transaction of its own, after everything else has been taken back."""
    g.kept = False
    try:
        db.session.rollback()
        keep()
        db.session.commit()
    except SQLAlchemyError as error:
        log.warning("what was typed is only on the page", exc_info=error)
        db.session.rollback()
        g.kept = False
    return bool(g.kept)


def settled() -> None:
    """The form has had its effect and needs no draft."""
    key = keys.sent()
    if key is not None and key.written_in:
        drafts.settle(source(key, keys.here()))


def shown_again() -> list[TypedField]:
    """What the form held, with the words that stand beside its fields."""
    key, labels = keys.sent(), dict(_labels())
    page = where_it_stands(key.stands_on if key else "", keys.here())
    return [
        TypedField(name, labels.get(name) or label, text)
        for label, (name, text) in zip_labels(page, sent_fields())
    ]


def zip_labels(page: wording.Page | None, fields: drafts.Fields) -> Iterator[tuple[str, tuple[str, str]]]:
    """The fields that hold something, each with what stands beside it on the page of its form."""
    filled = [(name, text) for name, text in fields if text.strip() and name != "version"]
    return zip(wording.labels(page, [name for name, _text in filled]), filled, strict=True)


def _says_something() -> bool:
    return any(text.strip() for name, text in sent_fields() if name != "version")


def _labels() -> Iterator[tuple[str, str]]:
    for form in g.get("forms", ()):
        yield from _labels_in(form)


def _labels_in(fields: Any) -> Iterator[tuple[str, str]]:
    for field in fields:
        if hasattr(field, "entries"):
            for entry in field.entries:
                yield from _labels_in(getattr(entry, "form", [entry]))
        elif hasattr(field, "form"):
            yield from _labels_in(field.form)
        else:
            yield field.name, str(field.label.text)


# --- where a form stands ---------------------------------------------------------------------------------


def page_at(address: str) -> tuple[str, Mapping[str, Any]] | None:
    """The name and parts of one of our own pages that can be opened by this address; None for any other."""
    path, _mark, query = address.partition("?")
    adapter = current_app.create_url_adapter(request)
    try:
        endpoint, parts = adapter.match(path, "GET") if adapter else ("", {})
    except (HTTPException, RequestRedirect):
        return None
    return (endpoint, {**dict(parse_qsl(query)), **parts}) if endpoint else None


def takes_forms(address: str) -> bool:
    """Whether a form can be sent to this address."""
    adapter = current_app.create_url_adapter(request)
    try:
        return bool(adapter and adapter.match(address.partition("?")[0], "POST"))
    except (HTTPException, RequestRedirect):
        return False


def where_it_stands(stands_on: str, place: str) -> tuple[str, Mapping[str, Any]] | None:
    """The page on which the form can be seen again."""
    candidates: Sequence[str] = (stands_on, place)
    return next((page for address in candidates if (page := page_at(address))), None)
