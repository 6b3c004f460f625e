"""A benefit on paper: what was promised, how it is measured, what has come, and how it ended.

The document of all a project's benefits is put together by the last step that has something to say of them
(`budget_effects/documents.py`); here is what this step says.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from flask_babel import gettext as _

from app.benefits.labels import name_of
from app.charts import Language
from app.core.benefits import BenefitCategory
from app.pdf.blocks import Block, Bullets, Column, Fact, Facts, Paragraphs, Table
from app.realisation.models import Benefit, BenefitPlan
from app.realisation.pages import BenefitPage, BenefitsPage, Row, Told
from app.realisation.queries import End
from app.realisation.words import OFTEN, direction_word, end_tag, realised_tag
from app.web.formats import decimal_text, iso_date, number, percent


def every_benefit(page: BenefitsPage, language: Language) -> Table:
    """One row each, with their sum."""
    columns = (
        Column(_("Nytta")),
        Column(_("Läge")),
        Column(_("Ägare")),
        Column(_("Utlovat, kr"), numeric=True),
        Column(_("Realiserat, kr"), numeric=True),
    )
    rows = tuple(_row(row, language) for row in page.rows)
    total = page.total
    whole = (_("Summa"), "", "", number(total.promised, 0, language), number(total.realised, 0, language))
    return Table("", columns, rows, (whole,) if len(rows) > 1 else ())


def _row(row: Row, language: Language) -> tuple[str, ...]:
    benefit, owner = row.benefit, _("Ingen")
    if row.plan:
        owner = _("%(role)s, %(department)s", role=row.plan.owner_role, department=row.plan.department.name)
    amounts = (_("i ord"), "–")
    if benefit.promised_total is not None:
        amounts = (number(row.came.promised, 0, language), number(row.came.realised, 0, language))
    return (benefit.name, str(realised_tag(row.light, benefit.outcome).label), owner, *amounts)


def of_benefit(page: BenefitPage, language: Language) -> Iterator[Block]:
    """Everything that is said of one: how it is measured, and what was."""
    benefit, plan = page.row.benefit, page.row.plan
    yield Facts((*_promise(benefit, page.row), *(_measuring(plan, language) if plan else ())))
    if not plan:
        yield Paragraphs((_unplanned(),))
    if page.years:
        yield _years(page, language)
    if page.standing:
        yield _measurements(page.standing, language)
    elif plan:
        yield Paragraphs((_("Inget är mätt än."),))
    said = [*_forecasts(page, language), *_decisions(page, language), *map(_end, reversed(page.ends))]
    if said:
        yield Bullets(tuple(said))


def _unplanned() -> str:
    return _("Ingen har sagt vem som äger nyttan, eller hur den mäts. Tills dess räknas den som noll.")


def _promise(benefit: Benefit, row: Row) -> Iterator[Fact]:
    yield Fact(_("Läge"), str(realised_tag(row.light, benefit.outcome).label))
    yield Fact(_("Kategori"), name_of(BenefitCategory(benefit.category)))
    yield Fact(_("Uppstår i"), benefit.department.name)
    starts = iso_date(benefit.starts_on) if benefit.starts_on else _("Ingen dag är satt")
    yield Fact(_("Från och med"), starts)


def _measuring(plan: BenefitPlan, language: Language) -> Iterator[Fact]:
    indicator = plan.indicator
    better = direction_word(indicator.direction)
    yield Fact(
        _("Ägare"), _("%(role)s, %(department)s", role=plan.owner_role, department=plan.department.name)
    )
    yield Fact(
        _("Indikator"),
        _("%(name)s, %(unit)s. %(better)s.", name=indicator.name, unit=indicator.unit, better=better),
    )
    yield Fact(
        _("Utgångsvärde"),
        _(
            "%(value)s den %(day)s. Källa: %(source)s",
            value=decimal_text(plan.baseline, language),
            day=iso_date(plan.baseline_on),
            source=plan.baseline_source,
        ),
    )
    value, day = decimal_text(plan.target, language), iso_date(plan.target_on)
    yield Fact(_("Målvärde"), _("%(value)s den %(day)s", value=value, day=day))
    yield Fact(_("Nyttans andel av indikatorn"), percent(plan.share, language=language))
    yield Fact(_("Så mäts den"), plan.how)
    yield Fact(_("Hur ofta"), str(OFTEN[plan.every_months]))


def _years(page: BenefitPage, language: Language) -> Table:
    came = page.row.came
    return Table(
        _(
            "Utlovat och realiserat, kronor i prisnivå %(year)s",
            year=page.row.benefit.price_year,
        ),
        (Column(_("År")), Column(_("Utlovat"), numeric=True), Column(_("Realiserat"), numeric=True)),
        tuple(
            (str(year), number(row.promised, 0, language), number(row.realised, 0, language))
            for year, row in page.years
        ),
        ((_("Summa"), number(came.promised, 0, language), number(came.realised, 0, language)),),
    )


def _measurements(told: Sequence[Told], language: Language) -> Table:
    """Those that stand; what was put right is read on the page, with its history."""
    columns = (
        Column(_("Period"), share=18),
        Column(_("Indikatorns värde"), numeric=True, share=16),
        Column(_("Av det väntade"), numeric=True, share=14),
        Column(_("Värde före andel, kr"), numeric=True, share=16),
        Column(_("Källa och skäl"), share=36),
    )
    return Table(_("Mätningar"), columns, tuple(_measured(row, language) for row in told))


def _measured(told: Told, language: Language) -> tuple[str, ...]:
    row = told.measurement
    first, last = row.begins_on.isoformat()[:7], row.ends_on.isoformat()[:7]
    return (
        first if first == last else f"{first} – {last}",
        decimal_text(row.indicator_value, language),
        percent(told.fulfilment, 0, language),
        "–" if row.value is None else number(row.value, 0, language),
        "\n".join(filter(None, (row.source, row.explanation))),
    )


def _forecasts(page: BenefitPage, language: Language) -> Iterator[str]:
    for row in reversed(page.forecasts):
        yield _(
            "Prognos %(day)s: %(yearly)s kr per år från och med %(starts)s. %(reason)s",
            day=iso_date(row.made_at),
            yearly=number(row.yearly, 0, language),
            starts=iso_date(row.starts_on),
            reason=row.reason,
        )


def _decisions(page: BenefitPage, language: Language) -> Iterator[str]:
    for row in reversed(page.decisions):
        yield _(
            "Ändrat löfte %(day)s: från %(before)s till %(yearly)s kr per år. %(reference)s. %(reason)s",
            day=iso_date(row.decided_on),
            before=number(row.yearly_before, 0, language),
            yearly=number(row.yearly, 0, language),
            reference=row.reference,
            reason=row.reason,
        )


def _end(end: End) -> str:
    said = _(
        "%(outcome)s enligt %(who)s %(day)s. %(reason)s",
        outcome=str(end_tag(end.closing.outcome).label),
        who=end.closing.proposed_by.name,
        day=iso_date(end.closing.proposed_at),
        reason=end.closing.reason,
    )
    return f"{said} {_judged(end)}"


def _judged(end: End) -> str:
    verdict = end.verdict
    if verdict is None:
        return _("Programsekretariatet har inte prövat det än.")
    day, who = iso_date(verdict.judged_at), verdict.judged_by.name
    if verdict.verified:
        return _("Godkänt %(day)s av %(who)s.", day=day, who=who)
    return _("Skickat tillbaka %(day)s av %(who)s: %(words)s", day=day, who=who, words=verdict.words)
