"""What an interrupted project leaves, on paper."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from flask_babel import force_locale
from flask_babel import gettext as _

from app import pdf
from app.charts import Language
from app.closing.termination.pages import Left
from app.closing.termination.words import contract_tag, fate_word, lack_text, not_reached_word
from app.closing.termination.written_off import BenefitRow, Worth
from app.delivery.funds.documents import account_table
from app.pdf.blocks import (
    Block,
    Bullets,
    Column,
    Fact,
    Facts,
    KeyFigure,
    KeyFigures,
    Paragraphs,
    Report,
    Section,
    Table,
)
from app.projects.models import Project
from app.web.formats import decimal_text, exact, iso_date, number, percent


def termination_pdf(project: Project, left: Left, day: date, language: Language, order: pdf.Order) -> bytes:
    """What is left, as a PDF of the day."""
    with force_locale(language):
        return order.render(termination_document(project, left, day, language))


def termination_document(project: Project, left: Left, day: date, language: Language) -> pdf.Document:
    """What is left as a document, in the language of the moment."""
    title = _("Vad projektet lämnar: %(title)s", title=project.title)
    return pdf.Document(
        "pdf/termination.html",
        title,
        language,
        project.case_number,
        None,
        day,
        Report(
            "",  # the title says it all
            (
                Fact(_("Projektledare"), project.leader.name),
                Fact(_("Ansvarig förvaltning"), project.lead_department.name),
                Fact(_("Avbrott beslutat"), iso_date(left.termination.decided_on)),
                Fact(_("Beslutat av"), left.termination.decided_by),
            ),
            None,
            (_figures(left, language),),
            tuple(_sections(left, language)),
            contents=False,
        ),
    )


def _figures(left: Left, language: Language) -> KeyFigures:
    money = left.money
    return KeyFigures(
        (
            KeyFigure(
                _("Beviljat"),
                exact(money.granted, language),
                _("varav använt %(amount)s", amount=exact(left.used, language)),
            ),
            KeyFigure(
                _("Återfört till ramen"),
                exact(money.returned, language),
                _("utbetalt %(amount)s", amount=exact(money.used, language)),
            ),
            KeyFigure(
                _("Total kostnad"),
                exact(left.actuals.total, language),
                _("%(hours)s timmar", hours=decimal_text(left.actuals.hours, language)),
            ),
        )
    )


def _sections(left: Left, language: Language) -> Iterator[Section]:
    if left.lacks:
        lacks = Bullets(tuple(lack_text(lack) for lack in left.lacks))
        yield Section(_("Det här saknas innan projektet är avslutat"), (lacks,))
    decision = Facts((Fact(_("Programmets beslut"), left.termination.reference or "–"),))
    yield Section(_("Skäl"), (Paragraphs.of(left.termination.reasons), decision))
    yield Section(_("Levererat"), tuple(_delivered(left)))
    yield Section(_("Förbrukat"), tuple(_spent(left, language)))
    yield Section(_("Beviljade pengar"), (account_table(list(left.accounts), language),))
    yield Section(_("Utlovad nytta"), tuple(_benefits(left, language)))
    yield Section(_("Kan återanvändas"), (_reusable(left),))
    yield Section(_("Avtal"), (_contracts(left, language),))
    if left.fallen:
        yield Section(_("Ändringar som aldrig avgjordes"), (_fallen(left, language),))


def _delivered(left: Left) -> Iterator[Block]:
    yield Paragraphs.of(left.account.delivered or _("Inget är redovisat än."))
    if left.milestones:
        yield Table(
            _("Milstolpar"),
            (Column(_("Det här är klart")), Column(_("Planerat datum")), Column(_("Nådd"))),
            tuple(
                (
                    row.name,
                    iso_date(row.planned_on),
                    iso_date(row.reached_on) if row.reached_on else str(not_reached_word(left.ended)),
                )
                for row in left.milestones
            ),
        )


def _unbooked(left: Left, language: Language) -> Iterator[Fact]:
    if left.unbooked:
        yield Fact(_("Utbetalt men inte bokfört"), exact(left.unbooked, language))


def _spent(left: Left, language: Language) -> Iterator[Block]:
    actuals = left.actuals
    priced = _(
        "%(hours)s timmar, %(amount)s",
        hours=decimal_text(actuals.priced_hours, language),
        amount=exact(actuals.priced_amount, language),
    )
    yield Facts(
        (
            Fact(_("Arbetade timmar"), decimal_text(actuals.hours, language)),
            Fact(_("Prissatta timmar"), priced),
            Fact(_("Total kostnad"), exact(actuals.total, language)),
            Fact(_("Använt av beviljade medel"), exact(left.used, language)),
            *_unbooked(left, language),
        )
    )
    if left.account.spent:
        yield Paragraphs.of(left.account.spent)


def _benefits(left: Left, language: Language) -> Iterator[Block]:
    if not left.benefits:
        yield Paragraphs((_("Ansökan har inga nyttor."),))
        return
    sums = left.benefit_sums
    together = (sums.promised, sums.coming, sums.written_off)
    totals = (
        (_("Summa"), *(number(worth.total, 0, language) for worth in together), ""),
        (_("Nuvärde"), *(number(worth.present, 0, language) for worth in together), ""),
    )
    yield Table(
        _("Räknat som i den beslutade ansökan, kr"),
        (
            Column(_("Nytta"), share=28),
            Column(_("Utlovad"), True, 14),
            Column(_("Kommer ändå"), True, 14),
            Column(_("Avskrivs"), True, 14),
            Column(_("Vad som blir av den"), share=30),
        ),
        tuple(
            (
                row.entry.values.description,
                *(_worth(worth, language) for worth in (row.promised, row.coming, row.written_off)),
                _fate(row, language),
            )
            for row in left.benefits
        ),
        totals if left.has_price else (),
    )


def _worth(worth: Worth | None, language: Language) -> str:
    return "–" if worth is None else number(worth.total, 0, language)


def _fate(row: BenefitRow, language: Language) -> str:
    outcome = row.outcome
    if outcome is None:
        return _("Inte redovisat")
    share = f" ({percent(outcome.share, language=language)})" if outcome.share else ""
    owner = f", {outcome.owner}" if outcome.owner else ""
    return f"{fate_word(outcome.fate)}{share}{owner}: {outcome.reason}"


def _fallen(left: Left, language: Language) -> Block:
    return Table(
        "",
        (Column(_("Begäran")), Column(_("Skickad")), Column(_("Varför")), Column(_("Begärt belopp"), True)),
        tuple(
            (str(row.number), iso_date(row.sent_at), row.reason, exact(row.amount, language))
            for row in left.fallen
        ),
    )


def _reusable(left: Left) -> Block:
    if left.reusable:
        return Table(
            "",
            (Column(_("Resultat")), Column(_("Till nytta för")), Column(_("Var det finns"))),
            tuple((row.result, row.useful_to, row.place) for row in left.reusable),
        )
    nothing = _("Inget från projektet kan återanvändas.")
    return Paragraphs((nothing if left.account.nothing_reusable else _("Inget är redovisat än."),))


def _contracts(left: Left, language: Language) -> Block:
    if left.contracts:
        return Table(
            "",
            (
                Column(_("Leverantör")),
                Column(_("Avtalets nummer")),
                Column(_("Status")),
                Column(_("Slutar gälla")),
                Column(_("Kostnad för att avsluta"), True),
            ),
            tuple(
                (
                    row.supplier,
                    row.reference or "–",
                    ", ".join(filter(None, (str(contract_tag(row.status).label), row.taken_over_by))),
                    iso_date(row.ends_on) if row.ends_on else "–",
                    exact(row.cost, language),
                )
                for row in left.contracts
            ),
            ((_("Summa"), "", "", "", exact(left.contract_cost, language)),),
        )
    nothing = _("Projektet har inga avtal att avsluta.")
    return Paragraphs((nothing if left.account.no_contracts else _("Inget är redovisat än."),))
