"""What a reader of a case should watch: found in its figures and its own words, gravest first."""

from __future__ import annotations

import re
from collections.abc import Iterator
from decimal import Decimal

from flask_babel import gettext as _

from app.applications.content import rows_of
from app.applications.paper_parts import answer, risk_value
from app.applications.sections import section_by_key
from app.benefits import results, tables
from app.charts import Language
from app.decisions.dossier import Dossier
from app.projects.models import ProjectKind
from app.web.formats import kronor, percent

_ORDINARY_SPACE = re.compile(r"[ \t\r\n]+")
"""Not the spaces that hold an amount together."""
HIGH_RISK = 15
"""Probability x consequence from which a risk is named: 3 x 5."""
UNEVEN = Decimal(25)
"""Per cent between a department's shares of cost and benefit from which it is named."""


def shortened(text: str, limit: int) -> str:
    """The text in one paragraph; when it is too long, cut after a whole sentence, else after a whole word."""
    whole = _ORDINARY_SPACE.sub(" ", text).strip()
    if len(whole) <= limit:
        return whole
    kept = whole[: limit - 2]
    sentences = kept.rpartition(". ")[0]
    if len(sentences) > limit // 2:
        return f"{sentences}. …"
    return f"{kept.rsplit(' ', 1)[0].rstrip('.,;:')} …"


def watch_points(dossier: Dossier, language: Language) -> tuple[str, ...]:
    """One sentence for each thing to watch."""
    return (
        *(remark.text for remark in dossier.remarks),
        *_calculation(dossier, language),
        *_operation(dossier),
        *_shares(dossier, language),
        *_risks(dossier),
    )


def _calculation(dossier: Dossier, language: Language) -> Iterator[str]:
    inputs, calculation = dossier.inputs, dossier.inputs.calculation
    for remark in results.gap_remarks(inputs):
        yield _("Räknas inte: %(line)s.", line=remark.title)
    if _is_pre_study(dossier):
        return  # its benefits and its operation are what it is to find out
    if results.is_priced(calculation) and calculation.break_even_year is None:
        value = tables.yearly(calculation).total.present_value
        yield _(
            "Nyttan överstiger aldrig kostnaden inom kalkylperioden: nettonuvärdet är %(value)s.",
            value=kronor(value, language),
        )
    for remark in results.warning_remarks(inputs):
        yield f"{remark.title}."


def _is_pre_study(dossier: Dossier) -> bool:
    return bool(dossier.version.content["kind"] == ProjectKind.PRE_STUDY)


def _operation(dossier: Dossier) -> Iterator[str]:
    """Is the service paid for as long as its benefits are counted?"""
    content, years = dossier.version.content, dossier.inputs.calculation.years
    if _is_pre_study(dossier) or not years:
        return
    until = answer(content, "operation", "financed_until")
    if not until:
        yield _("Driften saknar finansiering.")
    elif int(until[:4]) < years[-1]:
        yield _(
            "Driften är finansierad till och med %(until)s, men kalkylen räknar till och med %(year)s.",
            until=until,
            year=years[-1],
        )


def _shares(dossier: Dossier, language: Language) -> Iterator[str]:
    """Does somebody pay for what somebody else gains?"""
    for row in tables.departments(dossier.inputs.calculation):
        if row.cost_percent is None or row.benefit_percent is None:
            continue
        if abs(row.cost_percent - row.benefit_percent) >= UNEVEN:
            yield _(
                "%(department)s bär %(cost)s av kostnaden och får %(benefit)s av nyttan.",
                department=row.department,
                cost=percent(row.cost_percent / 100, 0, language),
                benefit=percent(row.benefit_percent / 100, 0, language),
            )


def _risks(dossier: Dossier) -> Iterator[str]:
    rows = rows_of(dossier.version.content["sections"].get("risks", {}), section_by_key("risks").tables[0])
    for row in sorted(rows, key=risk_value, reverse=True):
        if risk_value(row) >= HIGH_RISK:
            yield _("Hög risk (%(value)s av 25): %(risk)s", value=risk_value(row), risk=row.get("risk", ""))
