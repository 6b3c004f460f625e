"""The inbox: what has happened in the projects that a person has a part in."""

from __future__ import annotations

from flask import Blueprint, abort, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from app.accounts.session import now, viewer
from app.notifications import labels, mails, queries, service
from app.notifications.models import Notification
from app.notifications.places import place_of
from app.notifications.policy import may_read_own
from app.web.access import requires
from app.web.addresses import record_number
from app.web.pages import Page, page_number

__all__ = ["bp", "mails"]

bp = Blueprint("notifications", __name__)
IN_VIEW = 25
"""So many notifications are on a page: each of them has buttons, and the page stays light."""


@bp.get("/aviseringar")
@requires(may_read_own)
def inbox() -> ResponseReturnValue:
    """The person's notifications, the unread first."""
    reader = viewer()
    page = Page(page_number(), queries.count(reader), IN_VIEW)
    rows = queries.inbox(reader, limit=IN_VIEW, offset=page.offset)
    return render_template(
        "notifications/inbox.html",
        items=[
            {
                "notification": row,
                "heading": labels.heading(row),
                "title": labels.title(row),
                "href": _href(row),
                "particulars": labels.particulars(row.details),
            }
            for row in rows
        ],
        unread=queries.unread_count(reader),
        newest_id=queries.newest_id(reader.id),
        page=page,
    )


def _href(row: Notification) -> str:
    endpoint, parts = place_of(row)
    return url_for(endpoint, **parts)


@bp.post("/aviseringar/<int:notification_id>/oppna")
@requires(may_read_own, load=queries.own)
def open_project(record: Notification) -> ResponseReturnValue:
    """Mark as read and go to the project; whether it may still be read is decided there."""
    service.mark_read(record.person_id, record.id, now())
    return redirect(_href(record))


@bp.post("/aviseringar/<int:notification_id>/last")
@requires(may_read_own, load=queries.own)
def mark_read(record: Notification) -> ResponseReturnValue:
    """Mark one as read."""
    service.mark_read(record.person_id, record.id, now())
    return redirect(url_for("notifications.inbox"))


@bp.post("/aviseringar/lasta")
@requires(may_read_own)
def mark_all_read() -> ResponseReturnValue:
    """Mark everything as read that was there when the page was shown."""
    newest = record_number(request.form.get("newest", ""))
    if newest is None:
        abort(400)
    service.mark_all_read(viewer().id, newest, now())
    flash(_("Alla aviseringar är markerade som lästa."), "success")
    return redirect(url_for("notifications.inbox"))
