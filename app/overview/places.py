"""The main navigation."""

from __future__ import annotations

from flask import Flask
from flask_babel import lazy_gettext as _l

from app.accessibility import queries as accessibility
from app.accessibility.policy import may_handle
from app.accounts.access import Viewer
from app.accounts.policy import may_administer, signed_in
from app.budget_effects.policy import may_see_register as may_see_effects
from app.closing.final_report.policy import may_see_list as may_see_final_reports
from app.closing.handover.policy import may_see_list as may_see_rest_items
from app.decisions.policy import may_read_packs
from app.delivery.funds.policy import may_see_list
from app.delivery.reports.policy import may_see_overview
from app.follow_up.policy import may_see_list as may_see_follow_ups
from app.knowledge.policy import may_read_lessons
from app.mail import queries as mail
from app.mail.policy import may_look_after
from app.notifications import queries as notifications
from app.operations.policy import may_see_register as may_see_services
from app.overview.policy import may_see_queue
from app.portfolio.policy import may_see_portfolio
from app.programme_report.policy import may_read_reports
from app.realisation.policy import may_see_register
from app.web.navigation import MANY, Place, add


def _unread(viewer: Viewer) -> int:
    return notifications.unread_count(viewer, at_most=MANY)


def _barriers(_viewer: Viewer) -> int:
    return accessibility.waiting()


def _stuck_mails(_viewer: Viewer) -> int:
    return mail.need_a_person()


def install(app: Flask) -> None:
    """Add the places in the order of how often people go there; those of one subject beside each other."""
    running, afterwards = _l("Genomförande"), _l("Nytta och drift")
    programme, administration = _l("Program och möten"), _l("Administration")
    add(
        app,
        Place(_l("Start"), "overview.start", signed_in),
        Place(_l("Ärenden"), "overview.queue", may_see_queue),
        Place(_l("Portfölj"), "portfolio.portfolio", may_see_portfolio),
        Place(_l("Rekvisitioner"), "funds.queue", may_see_list, subject=running),
        Place(_l("Ändringar"), "changes.queue", may_see_list, subject=running),
        Place(_l("Lägesrapporter"), "reports.all_reports", may_see_overview, subject=running),
        Place(_l("Restpunkter"), "handover.queue", may_see_rest_items, subject=running),
        Place(_l("Slutrapporter"), "final_report.all_reports", may_see_final_reports, subject=running),
        Place(_l("Uppföljningar"), "follow_up.all_follow_ups", may_see_follow_ups, subject=afterwards),
        Place(_l("Nyttor"), "realisation.all_benefits", may_see_register, subject=afterwards),
        Place(_l("Budgeteffekter"), "budget_effects.all_effects", may_see_effects, subject=afterwards),
        Place(_l("Driftansvar"), "operations.register", may_see_services, subject=afterwards),
        Place(_l("Lärdomar"), "knowledge.lessons", may_read_lessons, subject=afterwards),
        Place(_l("Möten"), "decisions.packs", may_read_packs, subject=programme),
        Place(_l("Programrapporter"), "programme_report.all_reports", may_read_reports, subject=programme),
        Place(_l("Programmet"), "programmes.programme", signed_in, subject=programme),
        Place(_l("Aviseringar"), "notifications.inbox", signed_in, _unread),
        Place(_l("Personer"), "accounts.people", may_administer, subject=administration),
        Place(_l("Synpunkter"), "accessibility.feedback", may_handle, _barriers, administration),
        Place(_l("Mejl"), "mail.mails", may_look_after, _stuck_mails, administration),
    )
