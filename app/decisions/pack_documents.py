"""The documents of a meeting on paper: a cover that answers first, one page for each case, then the memos."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from flask_babel import force_locale, ngettext
from flask_babel import gettext as _

from app import pdf
from app.applications.paper_parts import answer, period, subtitle
from app.benefits.documents import key_figures, over_time
from app.charts import Language
from app.core.clock import local_day
from app.decisions.documents import decider_text, memo, proposal, watch_notice
from app.decisions.dossier import Dossier, dossier_for, left_of_frame
from app.decisions.models import MeetingPackItem
from app.decisions.queries import Agenda
from app.decisions.watch import shortened, watch_points
from app.decisions.words import proposal_text
from app.pdf.blocks import (
    CaseSummary,
    DecisionProposal,
    Fact,
    KeyFigure,
    KeyFigures,
    Paragraphs,
)
from app.pdf.covers import PackCover, PackEntry
from app.projects.models import ProjectKind
from app.web.formats import iso_date, kronor, number

_PROPOSAL_LENGTH = 600
_COVER_WATCH_LENGTH = 180
_WATCHED_ON_COVER = 2


@dataclass(frozen=True)
class Room:
    """How many signs of a case's summary and of what to watch its page holds, and whether charts fit too."""

    summary: int
    watch: int
    charts: bool = True


_ROOMS = (Room(1500, 300), Room(1000, 300), Room(600, 300), Room(300, 200), Room(300, 200, charts=False))
"""Tried in this order, until the page of a case is one page."""


@dataclass(frozen=True)
class Case:
    """A case on the agenda; `number` counts the cases that the reader may see."""

    number: int
    item: MeetingPackItem
    dossier: Dossier

    @property
    def name(self) -> str:
        """What the case is called throughout the pack."""
        return _("Ärende %(number)s", number=self.number)


def cases_of(agenda: Agenda) -> list[Case]:
    """The cases of the pack, each as it stood when the pack was made."""
    return [
        Case(number, item, dossier_for(item, agenda.pack))
        for number, item in enumerate(agenda.items, start=1)
    ]


def pack_pdf(agenda: Agenda, language: Language, order: pdf.Order) -> bytes:
    """The whole pack as one PDF."""
    cases = cases_of(agenda)
    with force_locale(language):
        memos = [order.begin(memo(case.dossier, language, case.name)) for case in cases]
        parts = [
            pdf.PackPart(page, _("%(case)s: sammanfattning", case=case.name))
            for case, page in zip(cases, one_page_each(cases, language, order), strict=True)
        ]
        parts += [
            pdf.PackPart(document, _("%(case)s: beslutsunderlag", case=case.name))
            for case, document in zip(cases, memos, strict=True)
        ]
        return order.pack(lambda start_pages: cover(agenda, cases, start_pages, language), parts)


def cover(
    agenda: Agenda, cases: Sequence[Case], start_pages: tuple[int, ...], language: Language
) -> pdf.Document:
    """How many cases, how much, what is proposed, what to watch, and where it stands."""
    pack = agenda.pack
    body = PackCover(
        _("Lilla utvecklingsrådet, möte %(day)s", day=iso_date(pack.meeting_on)),
        _cover_figures(agenda, language),
        tuple(_entry(case, len(cases), language) for case in cases),
        number(agenda.applied, 0, language),
        number(agenda.proposed, 0, language),
        tuple(_cover_watch(case, language) for case in cases if watch_points(case.dossier, language)),
        start_pages,
    )
    return pdf.Document(
        "pdf/pack_cover.html", pack.title, language, None, None, local_day(pack.created_at), body
    )


def one_page_each(cases: Sequence[Case], language: Language, order: pdf.Order) -> list[pdf.Ordered]:
    """The summaries, each with as much of the applicant's own words as one page holds."""
    pages: dict[int, pdf.Ordered] = {}
    for room in _ROOMS:
        long = [case for case in cases if case.number not in pages or pages[case.number].made.pages > 1]
        pages |= {case.number: order.begin(summary(case, language, room)) for case in long}
    return [pages[case.number] for case in cases]


def summary(case: Case, language: Language, room: Room) -> pdf.Document:
    """A case in short; nothing on it may grow without limit."""
    dossier, content = case.dossier, case.dossier.version.content
    asked = proposal(dossier, language)
    body = CaseSummary(
        subtitle(content),
        (
            Fact(_("Projektledare"), content["leader"]),
            Fact(_("Projekttid"), period(content)),
            Fact(_("Beslutas av"), decider_text(dossier, language)),
        ),
        key_figures(dossier.inputs, language),
        DecisionProposal(shortened(asked.text, _PROPOSAL_LENGTH), asked.amount, title=asked.title),
        (
            Paragraphs((shortened(answer(content, "summary", "summary"), room.summary),)),
            *watch_notice(dossier, language, room.watch),
        ),
        over_time(dossier.inputs, language) if room.charts else None,
        case.name,
    )
    return pdf.Document(
        "pdf/pack_summary.html",
        content["title"],
        language,
        dossier.project.case_number,
        str(dossier.version.number),
        dossier.told_on,
        body,
    )


def _cover_figures(agenda: Agenda, language: Language) -> KeyFigures:
    studies = sum(item.version.content["kind"] == ProjectKind.PRE_STUDY for item in agenda.items)
    others = len(agenda.items) - studies
    kinds = (
        ngettext("%(num)s genomförande", "%(num)s genomföranden", others) if others else "",
        ngettext("%(num)s förstudie", "%(num)s förstudier", studies) if studies else "",
    )
    left = left_of_frame(agenda.pack.programme_id, agenda.pack.created_at)
    return KeyFigures(
        (
            KeyFigure(_("Ärenden"), str(len(agenda.items)), ", ".join(filter(None, kinds))),
            KeyFigure(_("Sökt"), kronor(agenda.applied, language), _("av programmet, alla år")),
            KeyFigure(
                _("Föreslaget"),
                kronor(agenda.proposed, language),
                _("av %(left)s kvar i ramen", left=kronor(left, language)),
            ),
        )
    )


def _entry(case: Case, count: int, language: Language) -> PackEntry:
    content, item = case.dossier.version.content, case.item
    return PackEntry(
        case.number,
        content["title"],
        case.dossier.project.case_number or "–",
        content["lead_department"],
        number(item.version.applied_amount, 0, language),
        number(item.proposed_amount, 0, language),
        str(proposal_text(item.proposal)),
        case.number - 1,
        count + case.number - 1,
    )


def _cover_watch(case: Case, language: Language) -> str:
    points = watch_points(case.dossier, language)[:_WATCHED_ON_COVER]
    told = " ".join(shortened(point, _COVER_WATCH_LENGTH) for point in points)
    return f"{case.name}: {told}"
