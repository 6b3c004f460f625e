"""An issued report as a document, made beside the pages for whoever has asked for it."""

from __future__ import annotations

from functools import partial

from flask_babel import gettext as _

from app.charts import Language
from app.jobs.kinds import Document, JobFailedError, NotNowError, Outcome, Work, kind
from app.pdf import BusyError, NotYetError, PdfError
from app.programme_report.policy import may_read_reports
from app.programme_report.queries import VersionOf, version_for
from app.web import paper

REPORT = "programme_report"


@kind(REPORT, load=version_for, allowed=may_read_reports)
def print_report(work: Work, found: VersionOf) -> Outcome:
    """The whole report as one PDF. Parts that have been made before are not made again."""
    from app.programme_report.documents import report_pdf

    work.word = _("Rapporten sätts.")
    language: Language = "en" if work.viewer.language == "en" else "sv"
    content = found.version.content
    try:
        made = paper.made(partial(report_pdf, content, language), watch=work.watch)
    except (BusyError, NotYetError) as error:
        raise NotNowError from error
    except PdfError as error:
        raise JobFailedError(_("Dokumentet gick inte att göra. Be administratören om hjälp.")) from error
    name = f"programrapport-{content['kind']}-{content['year']}-version-{found.version.number}.pdf"
    return Outcome(Document(made, name, "application/pdf"))
