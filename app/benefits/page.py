"""What the page of a calculation shows, gathered in one place so that its view and template only place it."""

from __future__ import annotations

from dataclasses import dataclass

from app import charts
from app.benefits import results, tables
from app.benefits.inputs import Inputs
from app.benefits.pictures import Pictures, pictures
from app.benefits.values import BenefitEntry
from app.benefits.working import Working, working_of
from app.charts import Language


@dataclass(frozen=True)
class CalculationPage:
    """A calculation as it is read."""

    headline: str
    price_note: str
    figures: list[results.ResultFigure]
    gaps: list[results.Remark]
    warnings: list[results.Remark]
    pictures: Pictures
    years: tables.YearTable
    costs: tables.CostTable
    benefits: tables.BenefitTable
    unpriced: tuple[BenefitEntry, ...]
    capital: tables.CapitalTable | None
    departments: tuple[tables.DepartmentRow, ...]
    categories: tuple[tables.ShareRow, ...]
    beneficiaries: tuple[tables.ShareRow, ...]
    assumptions: list[tuple[str, str]]

    @property
    def drawn(self) -> list[tuple[charts.Chart, object]]:
        """The charts of money over time, with their pictures."""
        shown = (self.pictures.yearly, self.pictures.cumulative)
        return [(chart, charts.svg(chart)) for chart in shown if chart is not None]

    @property
    def drawn_pay_gain(self) -> object:
        """Who pays and who gains, as a picture."""
        return charts.svg(self.pictures.pay_gain) if self.pictures.pay_gain else None


@dataclass(frozen=True)
class WorkingsPage:
    """How each benefit in kronor was counted, and how it is taken home."""

    price_note: str
    benefits: list[tuple[BenefitEntry, Working | None]]


def workings_of(inputs: Inputs, language: Language) -> WorkingsPage:
    """The workings in the order of the calculation's lines."""
    rows = tables.benefit_lines(inputs).rows
    return WorkingsPage(results.price_note(inputs), [(row.entry, working_of(row, language)) for row in rows])


def page_of(inputs: Inputs, language: Language, *, pre_study: bool) -> CalculationPage:
    """Everything that the page shows."""
    calculation = inputs.calculation
    return CalculationPage(
        headline=results.headline(calculation),
        price_note=results.price_note(inputs),
        figures=results.key_figures(inputs, language),
        gaps=results.gap_remarks(inputs),
        warnings=results.warning_remarks(inputs, pre_study=pre_study),
        pictures=pictures(inputs, language),
        years=tables.yearly(calculation),
        costs=tables.cost_lines(inputs),
        benefits=tables.benefit_lines(inputs),
        unpriced=tables.unpriced(inputs),
        capital=tables.capital(calculation),
        departments=tables.departments(calculation),
        categories=tables.by_category(calculation),
        beneficiaries=tables.by_beneficiary(calculation),
        assumptions=results.assumptions(inputs, language),
    )
