"""A whole case, made beside the pages for whoever has asked for it."""

from __future__ import annotations

from datetime import date
from functools import partial

from flask_babel import gettext as _

from app.accounts.access import Viewer
from app.casefile.policy import may_print_case
from app.charts import Language
from app.jobs.kinds import Document, JobFailedError, NotNowError, Outcome, Work, kind
from app.pdf import BusyError, NotYetError, PdfError
from app.projects.models import Project
from app.projects.queries import project_for
from app.web import paper

CASE = "whole_case"


def asked_case(viewer: Viewer, project_id: int, day: str) -> Project | None:
    """The case, as far as the viewer may know of it; the day is the one that it is put together for."""
    date.fromisoformat(day)
    return project_for(viewer, project_id)


@kind(CASE, load=asked_case, allowed=may_print_case)
def print_case(work: Work, project: Project) -> Outcome:
    """The whole case as one document. Parts that have been made before are not made again."""
    from app.casefile.documents import Wanted, case_pdf

    work.word = _("Ärendet sätts.")
    language: Language = "en" if work.viewer.language == "en" else "sv"
    wanted = Wanted(work.viewer, project, date.fromisoformat(work.arguments["day"]))
    try:
        content = paper.made(partial(case_pdf, wanted, language), watch=work.watch)
    except (BusyError, NotYetError) as error:
        raise NotNowError from error
    except PdfError as error:
        raise JobFailedError(_("Dokumentet gick inte att göra. Be administratören om hjälp.")) from error
    name = f"arende-{project.case_number or project.id}.pdf"
    return Outcome(Document(content, name, "application/pdf"))
