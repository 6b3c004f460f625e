"""A form that is sent twice has one effect, and gets the same answer twice.

Every page gives its forms a key. Where a sent form led to is kept under that key, in the same transaction as
its effect: a double click, or a browser that sends again after a broken connection, is led there too. The
same key with other fields is something else that somebody has written, and is never swallowed.
"""

from __future__ import annotations

import hashlib
import json
import secrets
from datetime import UTC, datetime, timedelta

from flask import Flask, Response, current_app, g, redirect, request, session
from sqlalchemy import JSON, ForeignKey, Index, String, Text, UniqueConstraint, delete, select
from sqlalchemy.orm import Mapped, mapped_column

from app.db import Base, UTCDateTime, db
from app.web import metrics

FIELD = "form_key"
KEPT = timedelta(days=1)
_CHANGING = frozenset({FIELD, "csrf_token"})


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
    messages: Mapped[list[list[str]]] = mapped_column(JSON, default=list)
    """What the sender was told on the next page."""
    sent_at: Mapped[datetime] = mapped_column(UTCDateTime)


def install(app: Flask) -> None:
    """Let templates give their forms a key."""
    app.jinja_env.globals["new_form_key"] = lambda: secrets.token_hex(12)


def answered_before() -> Response | None:
    """The answer to this very form, if it has been sent before."""
    digest = _digest()
    if digest is None:
        return None
    found = db.session.scalar(
        select(FormReceipt).where(FormReceipt.person_id == g.viewer.id, FormReceipt.digest == digest)
    )
    if found is None:
        return None
    metrics.receipts_reused.inc()
    session["_flashes"] = [(category, text) for category, text in found.messages]
    return current_app.make_response(redirect(found.location, 303))


def remember(response: Response) -> None:
    """Keep where the form led, to be committed with its effect. A page that asks for more is no effect."""
    digest = _digest()
    if digest is None or response.status_code not in (302, 303):
        return
    now = datetime.now(UTC)
    db.session.execute(delete(FormReceipt).where(FormReceipt.sent_at < now - KEPT))
    receipt = FormReceipt(
        person_id=g.viewer.id, digest=digest, location=response.location or "/", sent_at=now
    )
    receipt.messages = [[category, str(text)] for category, text in session.get("_flashes", ())]
    db.session.add(receipt)
    db.session.flush()


def _digest() -> str | None:
    """What tells this sent form from every other; None for what needs no receipt."""
    key = request.form.get(FIELD) if request.method == "POST" and g.get("viewer") else None
    if not key or request.files:  # a file is kept once under its own hash
        return None
    filled = [[name, text] for name, text in request.form.items(multi=True) if name not in _CHANGING]
    return hashlib.sha256(json.dumps([request.path, key, filled]).encode()).hexdigest()
