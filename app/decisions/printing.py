"""The documents of a large meeting, made beside the pages for whoever has asked for them."""

from __future__ import annotations

from functools import partial

from flask_babel import gettext as _

from app.accounts.access import Viewer
from app.charts import Language
from app.decisions.policy import may_print_pack, may_read_packs
from app.decisions.queries import Agenda, pack_for
from app.jobs.kinds import Document, JobFailedError, NotNowError, Outcome, Work, kind
from app.pdf import BusyError, NotYetError, PdfError
from app.web import paper

PACK = "meeting_pack"

MANY_CASES = 10
"""From so many cases on, it takes longer than anybody should wait for a page."""


def agenda_for(viewer: Viewer, pack_id: int) -> Agenda | None:
    """The meeting; whoever reads no packs does not learn which there are."""
    return pack_for(viewer, pack_id) if may_read_packs(viewer) else None


def filename(agenda: Agenda) -> str:
    """What the documents of a meeting are called when they are saved."""
    return f"moteshandlingar-{agenda.pack.meeting_on}.pdf"


@kind(PACK, load=agenda_for, allowed=may_print_pack)
def print_pack(work: Work, agenda: Agenda) -> Outcome:
    """The whole pack as one PDF. Parts that have been made before are not made again, whoever made them."""
    from app.decisions.pack_documents import pack_pdf

    work.word = _("Handlingarna sätts.")
    language: Language = "en" if work.viewer.language == "en" else "sv"
    try:
        content = paper.made(partial(pack_pdf, agenda, language), watch=work.watch)
    except (BusyError, NotYetError) as error:
        raise NotNowError from error
    except PdfError as error:
        raise JobFailedError(_("Dokumentet gick inte att göra. Be administratören om hjälp.")) from error
    return Outcome(Document(content, filename(agenda), "application/pdf"))
