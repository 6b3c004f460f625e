"""A final report on paper, from the document that was frozen when it was sent."""

from __future__ import annotations

from flask_babel import force_locale
from flask_babel import gettext as _

from app import pdf
from app.charts import Language
from app.closing.final_report.models import FinalReportVersion
from app.closing.final_report.over_time import kept_in
from app.closing.final_report.reading import facts, key_figures, sections_of
from app.core.clock import local_day
from app.delivery.reports.documents import pictured
from app.delivery.reports.pictures import pictures_of
from app.pdf.blocks import Fact, Report
from app.web.formats import iso_date


def final_report_pdf(version: FinalReportVersion, language: Language, order: pdf.Order) -> bytes:
    """The report as a PDF, as it was sent."""
    with force_locale(language):
        return order.render(final_report_document(version, language))


def final_report_document(version: FinalReportVersion, language: Language) -> pdf.Document:
    """The report as a document, in the language of the moment."""
    said, kept = version.content, kept_in(version.content)
    title = _("Slutrapport: %(title)s", title=said["title"])
    return pdf.Document(
        "pdf/final_report.html",
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
            sections_of(said, *pictured(pictures_of(kept, language) if kept else ())),
        ),
    )
