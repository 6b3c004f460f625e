"""The administrator's pages about mail: what has left, what waits, what nobody could send."""

from __future__ import annotations

from datetime import timedelta

from flask import Blueprint, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from app.accounts.session import now, viewer
from app.mail import queries, service
from app.mail.labels import REASONS, STATES
from app.mail.models import Mail, MailState, Reason
from app.mail.policy import may_look_after, may_send_again
from app.mail.reading import written_mail
from app.mail.sending import settings
from app.web.access import requires
from app.web.pages import PAGE_SIZE, Page, page_number

bp = Blueprint("mail", __name__)

QUIET_FOR = timedelta(minutes=10)
"""A mail that has waited so long says that no worker is at work."""

_SHOWN = (MailState.WAITING, MailState.SENT, MailState.FAILED, MailState.UNKNOWN, MailState.CLOSED)


def _state_asked_for() -> MailState | None:
    asked = request.args.get("lage", "")
    return MailState(asked) if asked in set(_SHOWN) else None


@bp.get("/admin/mejl")
@requires(may_look_after)
def mails() -> ResponseReturnValue:
    """All mails, the newest first; filtered by state."""
    state = _state_asked_for()
    page = Page(page_number(), queries.count(state)).within()
    since = queries.waiting_since(now())
    return render_template(
        "mail/mails.html",
        rows=queries.page_of_mails(state, limit=PAGE_SIZE, offset=page.offset),
        page=page,
        state=state,
        states=[(one.value, STATES[one].label) for one in _SHOWN],
        tags=STATES,
        needing=queries.need_a_person(),
        quiet_since=since if since is not None and now() - since > QUIET_FOR else None,
        to_folder=not settings().host,
    )


@bp.get("/admin/mejl/<int:mail_id>")
@requires(may_look_after, load=queries.mail_for)
def mail(record: Mail) -> ResponseReturnValue:
    """One mail: how it went; and what it says, where mails are written to files instead of being sent."""
    count = len(queries.items_of(record.id))
    return render_template(
        "mail/mail.html",
        mail=record,
        tag=STATES[MailState(record.state)],
        reason=REASONS.get(Reason(record.reason)),
        written=None if settings().host else written_mail(record.id),
        can_be_sent_again=bool(may_send_again(viewer(), record)),
        count=count,
        swept=count == 0 and record.ended_at is not None,
    )


@bp.post("/admin/mejl/<int:mail_id>/skicka-igen")
@requires(may_send_again, load=queries.mail_for)
def send_again(record: Mail) -> ResponseReturnValue:
    """Try one once more."""
    service.send_again(viewer(), record, now())
    flash(_("Mejlet väntar på att skickas igen."), "success")
    return redirect(url_for("mail.mail", mail_id=record.id))
