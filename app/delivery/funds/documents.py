"""A requisition on paper: what is asked for, what it covers, who checked it and who paid it."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal

from flask_babel import force_locale
from flask_babel import gettext as _

from app import pdf
from app.charts import Language
from app.core.clock import local_day
from app.delivery.funds import queries
from app.delivery.funds.queries import AccountRow, RequisitionOf, Sums
from app.delivery.funds.words import requisition_tag
from app.pdf.blocks import Bullets, Column, Fact, Facts, Paragraphs, Report, Section, Table
from app.web.formats import exact, file_size, iso_date, number


def requisition_pdf(found: RequisitionOf, language: Language, order: pdf.Order) -> bytes:
    """The requisition as a PDF, in its newest version."""
    with force_locale(language):
        return order.render(requisition_document(found, language))


def requisition_document(found: RequisitionOf, language: Language) -> pdf.Document:
    """The requisition as a document, in the language of the moment."""
    latest, project = found.latest, found.project
    title = _("Rekvisition %(number)s", number=found.requisition.number)
    return pdf.Document(
        "pdf/requisition.html",
        f"{title}: {project.title}",
        language,
        project.case_number,
        str(latest.number),
        local_day(latest.sent_at),
        Report(
            f"{latest.department.name} {latest.year}",
            tuple(_facts(found, language)),
            None,
            (),
            tuple(_sections(found, language)),
            contents=False,
        ),
    )


def _facts(found: RequisitionOf, language: Language) -> Iterator[Fact]:
    latest, project = found.latest, found.project
    yield Fact(_("Belopp"), exact(latest.amount, language))
    yield Fact(_("Förvaltning"), latest.department.name)
    yield Fact(_("Budgetår"), str(latest.year))
    yield Fact(_("Projektledare"), project.leader.name)
    yield Fact(_("Ansvarig förvaltning"), project.lead_department.name)
    yield Fact(_("Status"), str(requisition_tag(found.requisition.state).label))


def _sections(found: RequisitionOf, language: Language) -> Iterator[Section]:
    row, latest = found.requisition, found.latest
    files = tuple(f"{file.filename} ({file_size(file.size, language)})" for file in latest.files)
    yield Section(_("Avser"), (Paragraphs.of(latest.covers),))
    yield Section(_("Underlag"), (Bullets(files) if files else Paragraphs((_("Inget underlag"),)),))
    facts = [
        Fact(_("Skickad"), _("%(day)s av %(who)s", day=iso_date(latest.sent_at), who=latest.sent_by.name))
    ]
    if row.checked_by:
        text = _("%(day)s av %(who)s", day=iso_date(row.checked_at), who=row.checked_by.name)
        facts.append(Fact(_("Kontrollerad"), text))
    if row.paid_by:
        text = _("%(day)s av %(who)s", day=iso_date(row.paid_on), who=row.paid_by.name)
        facts += [Fact(_("Utbetald"), text), Fact(_("Betalningens nummer"), row.payment_reference)]
    yield Section(_("Kontroll och utbetalning"), (Facts(tuple(facts)),))
    if row.repayments:
        yield Section(_("Återbetalningar"), (_repayment_table(found, language),))
    accounts = queries.accounts_of(found.project.id)
    yield Section(_("Projektets pengar"), (account_table(accounts, language),))


def account_table(accounts: list[AccountRow], language: Language) -> Table:
    """Money by department and budget year, with sums; öre are shown when there are any."""
    total = queries.sums_of(accounts)
    with_repaid = bool(total.repaid)
    amounts = [amount for row in accounts for amount in _amounts(row.sums, with_repaid=with_repaid)]
    places = 0 if all(amount == amount.to_integral_value() for amount in amounts) else 2

    def cells(sums: Sums) -> tuple[str, ...]:
        return tuple(number(amount, places, language) for amount in _amounts(sums, with_repaid=with_repaid))

    headings = [_("Beviljat"), _("Rekvirerat"), _("Utbetalt"), _("Återfört"), _("Kvar att rekvirera")]
    if total.repaid:
        headings.insert(3, _("Återbetalt"))
    return Table(
        _("Pengar per förvaltning och budgetår, kr"),
        (Column(_("Förvaltning")), Column(_("Budgetår")), *(Column(heading, True) for heading in headings)),
        tuple((row.department, str(row.year), *cells(row.sums)) for row in accounts),
        ((_("Summa"), "", *cells(total)),),
    )


def _amounts(sums: Sums, *, with_repaid: bool) -> tuple[Decimal, ...]:
    repaid = (sums.repaid,) if with_repaid else ()
    return sums.granted, sums.requisitioned, sums.paid, *repaid, sums.returned, sums.remaining


def _repayment_table(found: RequisitionOf, language: Language) -> Table:
    """What came back of the requisition, with what is still used of it."""
    rows = tuple(
        (
            row.reference,
            iso_date(row.repaid_on),
            row.registered_by.name,
            row.reason,
            exact(row.amount, language),
        )
        for row in found.requisition.repayments
    )
    headings = (_("Återbetalningens nummer"), _("Dag"), _("Bokförd av"), _("Skäl"))
    return Table(
        _("Det som är återbetalt av rekvisitionen"),
        (*(Column(heading) for heading in headings), Column(_("Belopp"), True)),
        rows,
        ((_("Utbetalt och inte återbetalt"), "", "", "", exact(found.used, language)),),
    )
