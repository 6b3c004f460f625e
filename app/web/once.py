"""A form that is sent twice has one effect, and gets the same answer twice.

Every form has a key (`app.web.keys`). Whoever sends it first claims its receipt, in the same transaction as
its effect, and writes there where the sender was led: a double click, or a browser that sends again after a
broken connection, is led there too. The database lets nobody claim a receipt twice; where several write at
once, the second waits for the first. The same key with other fields is something else that somebody has
written, and is never swallowed.
"""

from __future__ import annotations

import hashlib
import json
from datetime import UTC, datetime, timedelta

from flask import Response, current_app, g, redirect, request, session
from sqlalchemy import JSON, ForeignKey, Index, String, Text, UniqueConstraint, delete, insert, select, update
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Mapped, mapped_column
from werkzeug.exceptions import BadRequest

from app.db import Base, UTCDateTime, db
from app.web import keys, metrics

KEPT = timedelta(days=1)
_CHANGING = frozenset({keys.FIELD, "csrf_token"})


class KeyMissingError(BadRequest):
    """A form that changes something came without its key, or with somebody else's."""


class FormReceipt(Base):
    """A form that has had its effect, and where its sender was led."""

    __tablename__ = "form_receipt"
    __recorded__ = False
    __table_args__ = (
        UniqueConstraint("person_id", "digest"),
        Index("ix_form_receipt_sent_at", "sent_at"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    person_id: Mapped[int] = mapped_column(ForeignKey("person.id", ondelete="RESTRICT"))
    digest: Mapped[str] = mapped_column(String(64))
    """Of the address, the page's key and everything that was filled in."""
    location: Mapped[str] = mapped_column(Text)
    """Empty while the first sender's answer is being made: nobody else sees it then."""
    messages: Mapped[list[list[str]]] = mapped_column(JSON, default=list)
    """What the sender was told on the next page."""
    sent_at: Mapped[datetime] = mapped_column(UTCDateTime)


def answered_before() -> Response | None:
    """The answer to this very form, if it has been sent before; else its receipt is claimed for this request.

    Raises KeyMissingError for a form without a key of the sender's own.
    """
    if not _needs_receipt():
        return None
    key = keys.sent()
    if key is None or key.person_id != g.viewer.id:
        raise KeyMissingError
    g.receipt = _digest(key.page)
    claim = {"person_id": g.viewer.id, "digest": g.receipt, "location": "", "messages": []}
    try:
        db.session.execute(insert(FormReceipt).values(claim | {"sent_at": datetime.now(UTC)}))
    except IntegrityError:
        db.session.rollback()
        return _answer_of(g.pop("receipt"))
    return None


def _needs_receipt() -> bool:
    if request.method != "POST" or g.get("viewer") is None or request.endpoint is None:
        return False
    return not keys.may_be_repeated()


def _answer_of(digest: str) -> Response:
    where = (FormReceipt.person_id == g.viewer.id, FormReceipt.digest == digest)
    found = db.session.scalars(select(FormReceipt).where(*where)).one()
    metrics.receipts_reused.inc()
    session["_flashes"] = [(category, text) for category, text in found.messages]
    return current_app.make_response(redirect(found.location, 303))


def remember(response: Response) -> None:
    """Keep where the form led, to be committed with its effect."""
    if (digest := g.pop("receipt", None)) is None:
        return
    told = [[category, str(text)] for category, text in session.get("_flashes", ())]
    where = (FormReceipt.person_id == g.viewer.id, FormReceipt.digest == digest)
    written = update(FormReceipt).where(*where).values(location=response.location or "/", messages=told)
    db.session.execute(written)
    db.session.execute(delete(FormReceipt).where(FormReceipt.sent_at < datetime.now(UTC) - KEPT))


def forget() -> None:
    """The form has had no effect: it can be sent again."""
    if (digest := g.pop("receipt", None)) is not None:
        where = (FormReceipt.person_id == g.viewer.id, FormReceipt.digest == digest)
        db.session.execute(delete(FormReceipt).where(*where))


def _digest(page: str) -> str:
    """What tells this sent form from every other."""
    filled = [[name, text] for name, text in request.form.items(multi=True) if name not in _CHANGING]
    files = request.prints_of_files  # type: ignore[attr-defined] # see web.incoming
    return hashlib.sha256(json.dumps([keys.here(), page, filled, files]).encode()).hexdigest()
