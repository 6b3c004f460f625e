"""The tables of a calculation as a document sets them: text already written in the reader's language."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from decimal import Decimal

from flask_babel import gettext as _

from app.benefits import labels, results, tables
from app.benefits.inputs import Inputs
from app.benefits.rounding import ZERO
from app.benefits.working import Working
from app.charts import Language
from app.pdf.blocks import Column, Table
from app.web.formats import iso_date, number, percent

_HUNDRED = Decimal(100)


def year_table(inputs: Inputs, language: Language) -> Table:
    """The calculation year by year."""
    table = tables.yearly(inputs.calculation)

    def cells(row: tables.YearRow, name: str) -> tuple[str, ...]:
        amounts = (row.one_off, row.recurring, row.benefit, row.net)
        factor = "" if row.factor is None else number(row.factor, 4, language)
        so_far = "" if row.cumulative is None else number(row.cumulative, 0, language)
        return (name, *_kronor(amounts, language), factor, *_kronor([row.present_value], language), so_far)

    return Table(
        _("Kostnad och nytta per år, kr"),
        (
            Column(_("År")),
            Column(_("Engångskostnad"), True),
            Column(_("Drift"), True),
            Column(_("Nytta"), True),
            Column(_("Netto"), True),
            Column(_("Faktor"), True),
            Column(_("Nuvärde"), True),
            Column(_("Ackumulerat"), True),
        ),
        tuple(cells(row, str(row.year)) for row in table.rows),
        (cells(table.total, _("Summa")),),
        _("Fasta priser: %(years)s.", years=results.price_note(inputs)),
    )


def cost_table(table: tables.CostTable, language: Language) -> Table:
    """The cost lines and who pays them."""
    return Table(
        _("Kostnadsrader, kr"),
        (
            Column(_("Kostnad"), share=24),
            Column(_("Slag"), share=17),
            Column(_("Förvaltning"), share=23),
            Column(_("Betalas av"), share=13),
            Column(_("År"), share=12),
            Column(_("Summa"), True, 11),
        ),
        tuple(
            (
                row.entry.values.description,
                labels.name_of(row.entry.values.kind),
                row.entry.department,
                labels.name_of(row.entry.values.financier),
                row.years,
                number(row.total, 0, language) if row.counted else _("räknas inte än"),
            )
            for row in table.rows
        ),
        (
            (_("Summa"), "", "", "", "", number(table.total, 0, language)),
            (_("varav programmet"), "", "", "", "", number(table.programme, 0, language)),
            (_("varav egen budget"), "", "", "", "", number(table.own_budget, 0, language)),
        ),
    )


def source_table(table: tables.CostTable) -> Iterator[Table]:
    """Where the costs are from, each source once; nothing when no line says it."""
    told: dict[str, list[str]] = {}
    for row in table.rows:
        if row.entry.values.source:
            told.setdefault(row.entry.values.source, []).append(row.entry.values.description)
    if told:
        yield Table(
            _("Källor till kostnaderna"),
            (Column(_("Kostnad"), share=45), Column(_("Källa"), share=55)),
            tuple(("; ".join(costs), source) for source, costs in told.items()),
        )


def capital_table(table: tables.CapitalTable, inputs: Inputs, language: Language) -> Table:
    """What the investments burden each year with."""
    return Table(
        _("Kapitalkostnad för investeringarna, kr"),
        (
            Column(_("År")),
            Column(_("Ingående värde"), True),
            Column(_("Avskrivning"), True),
            Column(_("Ränta"), True),
            Column(_("Kapitalkostnad"), True),
            Column(_("Utgående värde"), True),
        ),
        tuple(
            (
                str(row.year),
                *_kronor((row.opening, row.depreciation, row.interest, row.cost, row.closing), language),
            )
            for row in table.rows
        ),
        ((_("Summa"), "", *_kronor((table.invested, table.interest, table.cost), language), ""),),
        _(
            "Rak avskrivning, internränta %(rate)s på ingående värde. Samma pengar som investeringen i "
            "årstabellen, sedda av budgeten.",
            rate=percent(inputs.settings.internal_rate, language=language),
        ),
    )


def benefit_table(table: tables.BenefitTable, inputs: Inputs, language: Language) -> Table:
    """The benefits that have a price."""
    return Table(
        _("Nyttor i kronor, hela kalkylperioden"),
        (
            Column(_("Nytta"), share=22),
            Column(_("Slag"), share=17),
            Column(_("För vem"), share=15),
            Column(_("Förvaltning"), share=23),
            Column(_("Från"), share=12),
            Column(_("Summa"), True, 11),
        ),
        tuple(
            (
                row.entry.values.description,
                labels.name_of(row.entry.values.category),
                labels.name_of(row.entry.values.beneficiary),
                row.entry.department,
                iso_date(row.entry.values.starts_on),
                _("räknas inte än") if row.total is None else number(row.total, 0, language),
            )
            for row in table.rows
        ),
        ((_("Summa"), "", "", "", "", number(table.total, 0, language)),),
        results.price_note(inputs),
    )


def working_table(working: Working, language: Language) -> Table:
    """How the amount of each year came about."""
    return Table(
        _("Uträkning per år, kr"),
        (
            Column(_("År")),
            Column(_("Månader × upptrappning")),
            Column(_("Uträkning")),
            Column(_("Nytta per år"), True),
        ),
        tuple(
            (year.years, year.months, year.numbers, number(year.amount, 0, language))
            for year in working.years
        ),
    )


def department_table(inputs: Inputs, language: Language) -> Table:
    """Who pays and who gains."""
    rows = tables.departments(inputs.calculation)
    costs, benefits = (sum(column, ZERO) for column in zip(*((r.cost, r.benefit) for r in rows), strict=True))
    return Table(
        _("Per förvaltning, kr"),
        (
            Column(_("Förvaltning")),
            Column(_("Kostnad"), True),
            Column(_("Andel"), True),
            Column(_("Nytta"), True),
            Column(_("Andel"), True),
            Column(_("Netto"), True),
        ),
        tuple(
            (
                row.department,
                number(row.cost, 0, language),
                _percent(row.cost_percent, language),
                number(row.benefit, 0, language),
                _percent(row.benefit_percent, language),
                number(row.net, 0, language),
            )
            for row in rows
        ),
        (
            (
                _("Summa"),
                number(costs, 0, language),
                _percent(_whole(costs), language),
                number(benefits, 0, language),
                _percent(_whole(benefits), language),
                number(benefits - costs, 0, language),
            ),
        ),
    )


def share_table(caption: str, head: str, rows: tuple[tables.ShareRow, ...], language: Language) -> Table:
    """The benefits by category or by whom they are for."""
    total = sum((row.amount for row in rows), ZERO)
    return Table(
        caption,
        (Column(head), Column(_("Nytta"), True), Column(_("Andel"), True)),
        tuple(
            (labels.name_of(row.group), number(row.amount, 0, language), _percent(row.percent, language))
            for row in rows
        ),
        ((_("Summa"), number(total, 0, language), _percent(_whole(total), language)),),
    )


def _whole(amount: Decimal) -> Decimal | None:
    """The sum of the shares, as `tables` gives them."""
    return _HUNDRED if amount else None


def _percent(value: Decimal | None, language: Language) -> str:
    return percent(None if value is None else value / 100, 0, language)


def _kronor(amounts: Iterable[Decimal], language: Language) -> tuple[str, ...]:
    return tuple(number(amount, 0, language) for amount in amounts)
