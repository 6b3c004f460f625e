"""The card of a service on paper: who answers for it, what it costs, who pays and for how long."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from flask_babel import force_locale
from flask_babel import gettext as _

from app import pdf
from app.charts import Language
from app.operations.pages import ServicePage
from app.operations.words import ANSWERS, YEARLY_KINDS, service_tag
from app.pdf.blocks import Block, Bullets, Column, Fact, Facts, Notice, Paragraphs, Report, Section, Table
from app.web.formats import exact, iso_date


def service_pdf(page: ServicePage, today: date, language: Language, order: pdf.Order) -> bytes:
    """The card as a PDF, as the service stands."""
    with force_locale(language):
        return order.render(service_document(page, today, language))


def service_document(page: ServicePage, today: date, language: Language) -> pdf.Document:
    """The card as a document, in the language of the moment: the figures are those of the page."""
    service, project = page.service, page.project
    return pdf.Document(
        "pdf/service.html",
        service.title,
        language,
        project.case_number if project else None,
        str(service.version),
        today,
        Report(
            _("Vem som ansvarar för tjänsten, vad den kostar och vem som betalar"),
            tuple(_facts(page)),
            None,
            tuple(_missing(page)),
            tuple(_sections(page, language)),
            contents=False,
        ),
    )


def _facts(page: ServicePage) -> Iterator[Fact]:
    service = page.service
    yield Fact(_("Ägande förvaltning"), service.department.name)
    yield Fact(_("Läge"), str(service_tag(service.standing).label))
    yield Fact(_("I drift från"), iso_date(service.launched_on))
    yield Fact(_("Finansierad till och med"), iso_date(service.financed_until))
    yield Fact(_("Nästa granskning"), iso_date(service.review_due_on))


def _missing(page: ServicePage) -> Iterator[Block]:
    if page.lacks:
        title = _("Det här saknas innan någon kan ta emot driftansvaret")
        yield Notice(title, "\n".join(str(lack) for lack in page.lacks))


def _sections(page: ServicePage, language: Language) -> Iterator[Section]:
    yield Section(_("Ansvar"), (_holders(page),))
    yield Section(_("Kostnad och finansiering"), tuple(_money(page, language)))
    yield Section(_("Om tjänsten"), (Facts(tuple(_about(page))),))
    yield Section(_("Beroenden"), tuple(_dependencies(page)))
    if page.answers:
        yield Section(_("Mottagarens svar"), (Bullets(tuple(_answers(page))),))


def _holders(page: ServicePage) -> Table:
    headings = (_("Ansvar"), _("Roll"), _("Förvaltning"), _("Har rollen nu"))
    left = _("har slutat")
    rows = (
        (
            str(row.label),
            row.role or "–",
            row.department or "–",
            (row.person or _("Ingen än")) + (f" ({left})" if row.gone else ""),
        )
        for row in page.holders
    )
    return Table("", tuple(Column(heading) for heading in headings), tuple(rows))


def _money(page: ServicePage, language: Language) -> Iterator[Block]:
    service = page.service
    payer = [service.payer_department.name if service.payer_department else "", service.payer]
    yield Facts((Fact(_("Betalas av"), ", ".join(filter(None, payer)) or "–"),))
    if not page.costs:
        yield Paragraphs((_("Ingen kostnad är angiven"),))
    else:
        kinds = tuple(Column(str(YEARLY_KINDS[kind]), numeric=True) for kind in page.kinds)
        yield Table(
            _("Planerad kostnad per år"),
            (Column(_("År")), *kinds, Column(_("Summa"), numeric=True), Column(_("Pengar"))),
            tuple(
                (
                    str(row.year),
                    *(exact(amount, language) if amount else "–" for amount in row.by_kind),
                    exact(row.total, language),
                    _("Finansierad") if row.financed else _("Inte finansierad"),
                )
                for row in page.costs
            ),
        )
    carried = [(row, row.carried) for row in page.carried if row.carried is not None]
    if carried:
        yield Table(
            _("Vad tjänsten har kostat"),
            (
                Column(_("År")),
                Column(_("Utfall"), numeric=True),
                Column(_("Planerat"), numeric=True),
                Column(_("Källa")),
            ),
            tuple(
                (str(row.year), exact(amount, language), exact(row.planned, language), row.source)
                for row, amount in carried
            ),
        )


def _about(page: ServicePage) -> Iterator[Fact]:
    service = page.service
    levels = (service.confidentiality or "–", service.integrity or "–", service.availability or "–")
    yield Fact(_("Plattform"), service.platform or "–")
    yield Fact(_("Objektfamilj"), service.object_family or "–")
    yield Fact(_("Servicenivå"), service.service_level or "–")
    yield Fact(_("Informationsklass"), _("K %(k)s, R %(r)s, T %(t)s", k=levels[0], r=levels[1], t=levels[2]))
    yield Fact(_("Leverantör"), service.supplier or "–")
    ends = iso_date(service.contract_ends_on)
    if page.notice_by:
        ends += ", " + _("säg upp eller ersätt senast %(day)s", day=iso_date(page.notice_by))
    yield Fact(_("Avtalet går ut"), ends)
    yield Fact(_("Ska avvecklas"), iso_date(service.decommission_on))


def _dependencies(page: ServicePage) -> Iterator[Block]:
    if page.leans_on:
        yield Paragraphs((_("Tjänsten behöver"),))
        yield Bullets(tuple(name for name, _number in page.leans_on))
    if page.leaning:
        yield Paragraphs((_("Behövs av"),))
        yield Bullets(tuple(row.title for row in page.leaning))
    if not page.leans_on and not page.leaning:
        yield Paragraphs((_("Inga beroenden är angivna."),))


def _answers(page: ServicePage) -> Iterator[str]:
    for row in page.answers:
        said = _(
            "%(day)s: %(who)s, %(department)s, %(did)s driftansvaret.",
            day=iso_date(row.answered_at),
            who=row.answered_by.name,
            department=row.content["department"],
            did=str(ANSWERS[row.answer]),
        )
        yield f"{said} ”{row.words}”" if row.words else said
