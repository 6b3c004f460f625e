"""The calculation on paper: the same tables, figures and charts as the page, as blocks of a document."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from flask_babel import force_locale
from flask_babel import gettext as _

from app import charts
from app.benefits import labels, paper_tables, results, tables
from app.benefits.inputs import Inputs
from app.benefits.pictures import pictures
from app.benefits.values import BenefitEntry
from app.benefits.working import Working, working_of
from app.charts import Language
from app.pdf.blocks import (
    Answer,
    Block,
    Fact,
    Facts,
    Figure,
    FigurePair,
    KeyFigure,
    KeyFigures,
    Notice,
    Paragraphs,
    Section,
)


def calculation_sections(
    inputs: Inputs, language: Language, *, pre_study: bool = False
) -> tuple[Section, ...]:
    """The whole calculation: result, costs, benefits with their working, who pays, assumptions.

    `inputs` come from `queries.inputs_for` or, for a submitted version, `snapshot.inputs_from_json`.
    """
    with force_locale(language):
        made = (
            Section(_("Kalkylens resultat"), tuple(_result(inputs, language, pre_study))),
            Section(_("Kostnader"), tuple(_costs(inputs, language))),
            Section(_("Nyttor i kronor"), tuple(_benefits(inputs, language)), _workings(inputs, language)),
            Section(_("Nyttor utan pris"), tuple(_described(tables.unpriced(inputs)))),
            Section(_("Vem betalar och vem får nytta"), tuple(_shares(inputs, language))),
            Section(_("Kalkylens förutsättningar"), (_assumptions(inputs, language),)),
        )
        return tuple(section for section in made if section.blocks)


def result_sections(inputs: Inputs, language: Language, *, pre_study: bool = False) -> tuple[Section, ...]:
    """What a decision needs of the calculation: finding, figures, charts and years, what investments cost the
    budget, and the benefits that have no price."""
    with force_locale(language):
        made = (
            Section(_("Kalkyl"), tuple(_result(inputs, language, pre_study, after_the_first_page=True))),
            Section(_("Kapitalkostnad"), tuple(_capital(inputs, language))),
            Section(_("Nyttor utan pris"), tuple(_described(tables.unpriced(inputs)))),
        )
        return tuple(section for section in made if section.blocks)


def key_figures(inputs: Inputs, language: Language) -> KeyFigures:
    """The four figures for a first page: applied amount, net present value, ratio, break-even year; without a
    price on any benefit there is no ratio, and the total cost says more."""
    with force_locale(language):
        shown = results.key_figures(inputs, language)
        return _figures([shown[0], *shown[3:6]] if results.is_priced(inputs.calculation) else shown[:4])


def over_time(inputs: Inputs, language: Language) -> Figure | FigurePair | None:
    """The charts of money over time; None without amounts."""
    with force_locale(language):
        drawn = pictures(inputs, language)
        shown = [
            _figure(chart, drawn.source, charts.NARROW)
            for chart in (drawn.yearly, drawn.cumulative)
            if chart is not None
        ]
        return FigurePair(*shown) if len(shown) > 1 else next(iter(shown), None)


def _result(
    inputs: Inputs, language: Language, pre_study: bool, *, after_the_first_page: bool = False
) -> Iterable[Block]:
    """`after_the_first_page`: without the figures that it has shown."""
    yield Paragraphs((results.headline(inputs.calculation),))
    if not after_the_first_page:
        yield key_figures(inputs, language)
    if results.is_priced(inputs.calculation):
        shown = results.key_figures(inputs, language)
        yield _figures([*shown[1:3], *shown[6:]])  # the four that are not among `key_figures`
    for remark in results.gap_remarks(inputs):
        yield Notice(_("Räknas inte: %(line)s", line=remark.title), remark.text)
    for remark in results.warning_remarks(inputs, pre_study=pre_study):
        yield Notice(remark.title, remark.text)
    drawn = over_time(inputs, language)
    if drawn:
        yield drawn
        yield paper_tables.year_table(inputs, language)


def _figures(shown: Sequence[results.ResultFigure]) -> KeyFigures:
    return KeyFigures(tuple(KeyFigure(item.label, item.value, item.note) for item in shown))


def _figure(chart: charts.Chart, source: str, width: int) -> Figure:
    return Figure(charts.svg(chart, width), chart.title, chart.finding, source, wide=width == charts.WIDE)


def _costs(inputs: Inputs, language: Language) -> Iterable[Block]:
    table = tables.cost_lines(inputs)
    if not table.rows:
        return
    yield paper_tables.cost_table(table, language)
    yield from paper_tables.source_table(table)
    yield from _capital(inputs, language)


def _capital(inputs: Inputs, language: Language) -> Iterable[Block]:
    capital = tables.capital(inputs.calculation)
    if capital:
        yield paper_tables.capital_table(capital, inputs, language)


def _benefits(inputs: Inputs, language: Language) -> Iterable[Block]:
    table = tables.benefit_lines(inputs)
    if table.rows:
        yield paper_tables.benefit_table(table, inputs, language)


def _workings(inputs: Inputs, language: Language) -> tuple[Section, ...]:
    return tuple(
        Section(row.entry.values.description, tuple(_working(row.entry, working_of(row, language), language)))
        for row in tables.benefit_lines(inputs).rows
    )


def _working(entry: BenefitEntry, working: Working | None, language: Language) -> Iterable[Block]:
    if working:
        for step in working.steps:
            yield Paragraphs((f"{step.label}: {step.words}\n{step.numbers} = {step.result}",))
        yield paper_tables.working_table(working, language)
    yield Facts(_home_facts(entry))


def _home_facts(entry: BenefitEntry) -> tuple[Fact, ...]:
    values = entry.values
    return (
        Fact(_("Så tas nyttan hem"), values.taken_home_how or "–"),
        Fact(_("Ansvarig roll"), values.owner_role or "–"),
        Fact(_("Indikator"), values.indicator or "–"),
        Fact(_("Källor"), values.source or "–"),
        Fact(_("Siffrornas säkerhet"), labels.evidence_of(values.evidence)),
    )


def _described(entries: Sequence[BenefitEntry]) -> Iterable[Block]:
    for entry in entries:
        values = entry.values
        who = f"{labels.name_of(values.category)}, {labels.name_of(values.beneficiary)}, {entry.department}"
        texts = (who, *(f"{fact.label}: {fact.value}" for fact in _home_facts(entry)))
        yield Answer(values.description, Paragraphs(("\n".join(texts),)))


def _shares(inputs: Inputs, language: Language) -> Iterable[Block]:
    if not inputs.calculation.rows:
        return
    drawn = pictures(inputs, language)
    if drawn.pay_gain:
        yield _figure(drawn.pay_gain, drawn.source, charts.WIDE)
    yield paper_tables.department_table(inputs, language)
    if not results.is_priced(inputs.calculation):
        return
    for caption, head, rows in (
        (_("Nytta per slag, kr"), _("Slag"), tables.by_category(inputs.calculation)),
        (_("Nytta per mottagare, kr"), _("För vem"), tables.by_beneficiary(inputs.calculation)),
    ):
        yield paper_tables.share_table(caption, head, rows, language)


def _assumptions(inputs: Inputs, language: Language) -> Block:
    return Facts(tuple(Fact(name, value) for name, value in results.assumptions(inputs, language)))
