"""How a year is shared on paper: the key, each department's bill, what they have answered."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from flask_babel import force_locale
from flask_babel import gettext as _

from app import pdf
from app.charts import Language
from app.core.clock import local_day
from app.core.operation import ZERO
from app.operations.models_sharing import ServiceShare, ServiceSharing
from app.operations.sharing.pages import SharingPage
from app.operations.sharing.words import ANSWERS, COSTS, share_tag
from app.pdf.blocks import Block, Bullets, Column, Fact, Facts, Paragraphs, Report, Section, Table
from app.web.formats import decimal_text, exact, iso_date, kronor


def bill_pdf(
    page: SharingPage, share: ServiceShare, today: date, language: Language, order: pdf.Order
) -> bytes:
    """A department's bill as a PDF."""
    with force_locale(language):
        return order.render(sharing_document(page, today, language, share))


def sharing_document(
    page: SharingPage, today: date, language: Language, share: ServiceShare | None = None
) -> pdf.Document:
    """The key and its bills as a document, in the language of the moment: the figures are those of the page.
    With a share it is that department's bill, else that of all of them."""
    sharing, service = page.standing, page.service
    if sharing is None:
        raise LookupError(f"nobody shares what service {service.id} costs in {page.year}")
    summary = _("Hur kostnaden för %(year)s delas mellan förvaltningarna", year=page.year)
    if share is not None:
        summary = _(
            "%(department)s betalar %(amount)s för %(year)s",
            department=share.department.name,
            amount=kronor(share.kronor, language),
            year=page.year,
        )
    return pdf.Document(
        "pdf/sharing.html",
        service.title,
        language,
        None,
        str(sharing.number),
        today,
        Report(
            summary,
            tuple(_facts(page, sharing, share, language)),
            None,
            (),
            tuple(_sections(page, sharing, language)),
            contents=False,
        ),
    )


def _facts(
    page: SharingPage, sharing: ServiceSharing, share: ServiceShare | None, language: Language
) -> Iterator[Fact]:
    if share is not None:
        yield Fact(_("Förvaltning"), share.department.name)
        yield Fact(_("Att betala"), kronor(share.kronor, language))
        yield Fact(_("Med ören"), exact(share.amount, language))
    yield Fact(_("År"), str(page.year))
    yield Fact(_("Att dela"), f"{exact(sharing.cost, language)}, {COSTS[sharing.of_cost]}")
    yield Fact(
        _("Version"),
        _("%(number)s, %(day)s", number=sharing.number, day=iso_date(local_day(sharing.made_at))),
    )


def _sections(page: SharingPage, sharing: ServiceSharing, language: Language) -> Iterator[Section]:
    yield Section(_("Fördelningsnyckel"), tuple(_key(sharing)))
    yield Section(_("Förvaltningarnas andelar"), (_shares(page, sharing, language),))
    answers = tuple(_answers(page))
    if answers:
        yield Section(_("Förvaltningarnas svar"), (Bullets(answers),))


def _key(sharing: ServiceSharing) -> Iterator[Block]:
    yield Facts(
        (
            Fact(_("Fördelas efter"), sharing.basis),
            Fact(_("Uppmätt den"), iso_date(sharing.measured_on)),
            Fact(_("Källa"), sharing.source),
            Fact(_("Föreslagen av"), sharing.proposed_by.name),
            Fact(_("Svara senast"), iso_date(sharing.answer_by)),
        )
    )
    if sharing.words:
        yield Paragraphs((sharing.words,))


def _shares(page: SharingPage, sharing: ServiceSharing, language: Language) -> Table:
    rows = (
        (
            row.share.department.name,
            decimal_text(row.share.quantity, language),
            kronor(row.share.kronor, language),
            str(share_tag(row.state).label),
        )
        for row in page.rows
    )
    measured = sum((row.share.quantity for row in page.rows), ZERO)
    return Table(
        "",
        (
            Column(_("Förvaltning")),
            Column(sharing.unit, numeric=True),
            Column(_("Andel"), numeric=True),
            Column(_("Svar")),
        ),
        tuple(rows),
        ((_("Summa"), decimal_text(measured, language), kronor(page.kronor, language), ""),),
    )


def _answers(page: SharingPage) -> Iterator[str]:
    for row in page.rows:
        if row.answer is None:
            continue
        said = _(
            "%(day)s: %(who)s, %(department)s, %(did)s andelen.",
            day=iso_date(row.answer.answered_at),
            who=row.answer.answered_by.name,
            department=row.share.department.name,
            did=str(ANSWERS[row.answer.answer]),
        )
        yield f"{said} ”{row.answer.words}”" if row.answer.words else said
