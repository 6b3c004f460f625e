"""A follow-up on paper, from the document that was frozen when it was sent."""

from __future__ import annotations

from flask_babel import force_locale
from flask_babel import gettext as _

from app import pdf
from app.charts import Language
from app.core.clock import local_day
from app.follow_up.models import FollowUpVersion
from app.follow_up.reading import facts, key_figures, sections_of
from app.follow_up.words import name_of
from app.pdf.blocks import Fact, Report
from app.web.formats import iso_date


def follow_up_pdf(version: FollowUpVersion, language: Language, order: pdf.Order) -> bytes:
    """The follow-up as a PDF, as it was sent."""
    with force_locale(language):
        return order.render(follow_up_document(version, language))


def follow_up_document(version: FollowUpVersion, language: Language) -> pdf.Document:
    """The follow-up as a document, in the language of the moment."""
    said = version.content
    title = _("%(follow_up)s: %(title)s", follow_up=name_of(said["months"]), title=said["title"])
    return pdf.Document(
        "pdf/follow_up.html",
        title,
        language,
        said["case_number"] or None,
        str(version.number),
        local_day(version.sent_at),
        Report(
            "",  # the title says it all
            (*facts(said), Fact(_("Skickad"), iso_date(version.sent_at))),
            None,
            (key_figures(said),),
            sections_of(said),
        ),
    )
