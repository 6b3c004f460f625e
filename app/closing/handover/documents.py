"""The handover plan on paper: what remains, who has it, and what receivers have answered."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date

from flask_babel import force_locale
from flask_babel import gettext as _

from app import pdf
from app.charts import Language
from app.closing.handover import queries
from app.closing.handover.gate import handover_lacks
from app.closing.handover.models import RestItem
from app.closing.handover.queries import ENDS_IN
from app.closing.handover.words import answer_word, kind_word, rest_tag
from app.core.workflow import State
from app.pdf.blocks import Block, Bullets, Column, Fact, Notice, Paragraphs, Report, Section, Table
from app.projects.models import Project
from app.web.formats import iso_date
from app.web.tags import state_tag


def handover_pdf(project: Project, today: date, language: Language, order: pdf.Order) -> bytes:
    """The plan as a PDF, as it stands."""
    with force_locale(language):
        return order.render(handover_document(project, today, language))


def handover_document(project: Project, today: date, language: Language) -> pdf.Document:
    """The plan as a document, in the language of the moment."""
    items = queries.items_of(project.id)
    return pdf.Document(
        "pdf/handover.html",
        project.title,
        language,
        project.case_number,
        "",
        today,
        Report(
            _("Det som återstår efter projektet, och vem som har tagit emot det"),
            tuple(_facts(project, items)),
            None,
            tuple(_summary(project)),
            tuple(_sections(items)),
            contents=False,
        ),
    )


def _facts(project: Project, items: Sequence[RestItem]) -> Iterator[Fact]:
    left = [item for item in items if item.is_open]
    held = sum(item.held(project.leader_id) for item in left)
    yield Fact(_("Ansvarig förvaltning"), project.lead_department.name)
    yield Fact(_("Projektledare"), project.leader.name)
    yield Fact(_("Status"), str(state_tag(project.state).label))
    yield Fact(_("Återstår"), str(len(left)))
    yield Fact(_("Därav mottagna"), str(held))


def _summary(project: Project) -> Iterator[Block]:
    confirmed = queries.nothing_left_in(project)
    if confirmed:
        text = _(
            "%(name)s bekräftade %(day)s att inget återstår.",
            name=confirmed.confirmed_by.name,
            day=iso_date(confirmed.confirmed_at),
        )
        yield Notice(_("Inget återstår"), "\n".join(filter(None, (text, confirmed.words))))
    lacks = handover_lacks(project) if State(project.state) in ENDS_IN else []
    if lacks:
        yield Notice(_("Det här saknas innan projektet kan lämnas över"), "\n".join(lacks))


def _sections(items: Sequence[RestItem]) -> Iterator[Section]:
    left, closed = ([item for item in items if item.is_open is state] for state in (True, False))
    none = Paragraphs((_("Inget på restlistan"),))
    yield Section(_("Restlista"), (_left(left) if left else none,))
    answers = [answer for item in items for answer in reversed(item.answers)]
    if answers:
        said = tuple(
            _(
                "%(day)s: %(who)s, %(department)s, %(did)s ”%(item)s”.",
                day=iso_date(row.answered_at),
                who=row.answered_by.name,
                department=row.department,
                did=str(answer_word(row.answer)),
                item=row.text.removesuffix("."),
            )
            + (f" {row.words}" if row.words else "")
            for row in sorted(answers, key=lambda row: row.id)
        )
        yield Section(_("Mottagarnas svar"), (Bullets(said),))
    if closed:
        yield Section(_("Avslutade restpunkter"), (_closed(closed),))


def _left(items: Sequence[RestItem]) -> Table:
    return Table(
        "",
        (
            Column(_("Restpunkt"), share=28),
            Column(_("Slag"), share=13),
            Column(_("Mottagare"), share=17),
            Column(_("Ansvarig roll"), share=13),
            Column(_("Senast"), share=12),
            Column(_("Läge"), share=17),
        ),
        tuple(
            (
                item.text,
                str(kind_word(item.kind)),
                item.department.name,
                item.owner,
                iso_date(item.due_on),
                _standing(item),
            )
            for item in items
        ),
    )


def _standing(item: RestItem) -> str:
    label = str(rest_tag(item).label)
    return f"{label}, {item.held_by.name}" if item.held_by else label


def _closed(items: Sequence[RestItem]) -> Table:
    headings = (_("Restpunkt"), _("Hur det gick"), _("Avslutad"), _("Att veta efteråt"))
    rows = (
        (item.text, str(rest_tag(item).label), iso_date(item.closed_on), item.note or "–") for item in items
    )
    return Table("", tuple(Column(heading) for heading in headings), tuple(rows))
