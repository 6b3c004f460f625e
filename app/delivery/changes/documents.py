"""A request on paper, from the document that was kept when it was sent, with what was decided on it."""

from __future__ import annotations

from collections.abc import Iterator

from flask_babel import force_locale
from flask_babel import gettext as _

from app import pdf
from app.charts import Language
from app.core.clock import local_day
from app.decisions.models import DecisionKind
from app.delivery.changes.models import ChangeDecision
from app.delivery.changes.queries import ChangeOf
from app.delivery.changes.shown import ShownPart, parts_in
from app.delivery.changes.words import DECISIONS, change_tag
from app.pdf.blocks import Fact, Facts, Paragraphs, Report, Section, Table
from app.web.formats import exact, iso_date


def change_pdf(found: ChangeOf, language: Language, order: pdf.Order) -> bytes:
    """The request as a PDF, as it was last sent."""
    with force_locale(language):
        return order.render(change_document(found, language))


def change_document(found: ChangeOf, language: Language) -> pdf.Document:
    """The request as a document, in the language of the moment."""
    version, said = found.latest, found.latest.content
    title = _("Ändringsbegäran %(number)s", number=said["number"])
    return pdf.Document(
        "pdf/change_request.html",
        f"{title}: {said['title']}",
        language,
        said["case_number"] or None,
        str(version.number),
        local_day(version.sent_at),
        Report(
            said["lead_department"],
            tuple(_facts(found)),
            None,
            (),
            tuple(_sections(found)),
            contents=False,
        ),
    )


def _facts(found: ChangeOf) -> Iterator[Fact]:
    said = found.latest.content
    yield Fact(_("Projektledare"), said["leader"])
    yield Fact(_("Ansvarig förvaltning"), said["lead_department"])
    yield Fact(_("Skickad"), iso_date(found.latest.sent_at))
    yield Fact(_("Status"), str(change_tag(found.request, found.project).label))


def _sections(found: ChangeOf) -> Iterator[Section]:
    if found.request.decision is not None:
        yield Section(_("Beslut"), (Facts(tuple(decision_facts(found.request.decision))),))
    yield Section(_("Varför projektet behöver ändras"), (Paragraphs.of(found.wanted_as_sent.reason),))
    for part in parts_in(found.latest.content):
        yield Section(part.title, tuple(_blocks(part)))


def _blocks(part: ShownPart) -> Iterator[Facts | Table]:
    if part.facts:
        yield Facts(tuple(Fact(label, value) for label, value in part.facts))
    yield from part.tables


def decision_facts(decision: ChangeDecision) -> Iterator[Fact]:
    """What was decided, by whom and why."""
    yield Fact(_("Beslut"), str(DECISIONS[DecisionKind(decision.kind)].label))
    yield Fact(_("Beslutat den"), iso_date(decision.decided_on))
    yield Fact(_("Beslutat av"), decision.decider)
    if decision.amount:
        yield Fact(_("Beviljat belopp"), str(exact(decision.amount)))
    yield Fact(_("Skäl"), decision.reasons)
    if decision.reference:
        yield Fact(_("Beslutets nummer"), decision.reference)
    if decision.baseline is not None:
        yield Fact(_("Ny baslinje"), str(decision.baseline.number))
