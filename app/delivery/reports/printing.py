"""All reports of a period in one document, made beside the pages for whoever has asked for it."""

from __future__ import annotations

from datetime import date
from functools import partial

from flask_babel import gettext as _

from app.charts import Language
from app.delivery.reports.collecting import Collection, asked_collection
from app.delivery.reports.policy import may_order_period
from app.jobs.kinds import Document, JobFailedError, NotNowError, Outcome, Work, kind
from app.pdf import BusyError, NotYetError, PdfError
from app.web import paper

PERIOD = "period_reports"


@kind(PERIOD, load=asked_collection, allowed=may_order_period)
def print_period(work: Work, collection: Collection) -> Outcome:
    """The whole period as one PDF. Reports that have been made before are not made again."""
    from app.delivery.reports.period_documents import period_pdf

    work.word = _("Rapporterna sätts.")
    language: Language = "en" if work.viewer.language == "en" else "sv"
    day = date.fromisoformat(work.arguments["day"])
    try:
        content = paper.made(partial(period_pdf, collection, day, language), watch=work.watch)
    except (BusyError, NotYetError) as error:
        raise NotNowError from error
    except PdfError as error:
        raise JobFailedError(_("Dokumentet gick inte att göra. Be administratören om hjälp.")) from error
    name = f"lagesrapporter-{collection.period.ends_on}.pdf"
    return Outcome(Document(content, name, "application/pdf"))
