"""The main navigation."""

from __future__ import annotations

from flask import Flask
from flask_babel import lazy_gettext as _l

from app.accessibility import queries as accessibility
from app.accessibility.policy import may_handle
from app.accounts.access import Viewer
from app.accounts.policy import may_administer, signed_in
from app.closing.final_report.policy import may_see_list as may_see_final_reports
from app.closing.handover.policy import may_see_list as may_see_rest_items
from app.decisions.policy import may_read_packs
from app.delivery.funds.policy import may_see_list
from app.delivery.reports.policy import may_see_overview
from app.mail import queries as mail
from app.mail.policy import may_look_after
from app.notifications import queries as notifications
from app.overview.policy import may_see_queue
from app.web.navigation import MANY, Place, add


def _unread(viewer: Viewer) -> int:
    return notifications.unread_count(viewer, at_most=MANY)


def _barriers(_viewer: Viewer) -> int:
    return accessibility.waiting()


def _stuck_mails(_viewer: Viewer) -> int:
    return mail.need_a_person()


def install(app: Flask) -> None:
    """Add the places in the order of how often people go there."""
    add(
        app,
        Place(_l("Start"), "overview.start", signed_in),
        Place(_l("Ärenden"), "overview.queue", may_see_queue),
        Place(_l("Rekvisitioner"), "funds.queue", may_see_list),
        Place(_l("Ändringar"), "changes.queue", may_see_list),
        Place(_l("Lägesrapporter"), "reports.all_reports", may_see_overview),
        Place(_l("Restpunkter"), "handover.queue", may_see_rest_items),
        Place(_l("Slutrapporter"), "final_report.all_reports", may_see_final_reports),
        Place(_l("Möten"), "decisions.packs", may_read_packs),
        Place(_l("Programmet"), "programmes.programme", signed_in),
        Place(_l("Aviseringar"), "notifications.inbox", signed_in, _unread),
        Place(_l("Personer"), "accounts.people", may_administer),
        Place(_l("Synpunkter"), "accessibility.feedback", may_handle, _barriers),
        Place(_l("Mejl"), "mail.mails", may_look_after, _stuck_mails),
    )
