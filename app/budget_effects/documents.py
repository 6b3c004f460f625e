"""The benefits of a project on paper: what was promised, what has come, and what is taken home of it.

The same figures as on the pages of the project's benefits, on the day that it is asked for.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date

from flask_babel import force_locale
from flask_babel import gettext as _

from app import pdf
from app.accounts.access import Viewer
from app.budget_effects import pages
from app.budget_effects.pages import OfBenefit
from app.budget_effects.queries import EffectOf
from app.budget_effects.words import EARLY, effect_tag
from app.charts import Language
from app.core.budget_effects import Form, Sums, in_all
from app.pdf.blocks import Block, Column, Fact, KeyFigure, KeyFigures, Notice, Report, Section, Table
from app.projects.models import Project
from app.realisation import documents as measured
from app.realisation.pages import BenefitPage, BenefitsPage, benefit_page, benefits_page
from app.realisation.queries import BenefitOf, benefits_of, plans_of
from app.web.formats import exact, kronor
from app.web.tags import state_tag

Told = tuple[BenefitPage, OfBenefit]


def benefits_pdf(
    viewer: Viewer, project: Project, today: date, language: Language, order: pdf.Order
) -> bytes:
    """The benefits as a PDF, as they stand."""
    with force_locale(language):
        return order.render(benefits_document(viewer, project, today, language))


def benefits_document(viewer: Viewer, project: Project, today: date, language: Language) -> pdf.Document:
    """The benefits as a document, in the language of the moment."""
    plans = plans_of(project.id)
    found = [BenefitOf(project, row, plans.get(row.id)) for row in benefits_of(project.id)]
    told = [(benefit_page(viewer, one, today), pages.of_benefit(viewer, one)) for one in found]
    return pdf.Document(
        "pdf/benefits.html",
        project.title,
        language,
        project.case_number,
        None,
        today,
        Report(
            _("Vad projektet har lovat, vad som har kommit och vad som är hemtaget i budget"),
            tuple(_facts(project)),
            None,
            tuple(_summary(benefits_page(viewer, project, today), told, language)),
            tuple(_section(page, effects, language) for page, effects in told),
        ),
    )


def _facts(project: Project) -> Iterator[Fact]:
    yield Fact(_("Ansvarig förvaltning"), project.lead_department.name)
    yield Fact(_("Status"), str(state_tag(project.state).label))


def _summary(page: BenefitsPage, told: Sequence[Told], language: Language) -> Iterator[Block]:
    total, taken = page.total, in_all(effects.total for _page, effects in told)
    yield KeyFigures(
        (
            KeyFigure(_("Utlovat"), kronor(total.promised, language), _("i kalkylens alla år")),
            KeyFigure(_("Realiserat"), kronor(total.realised, language), _("det som inte är mätt är noll")),
            KeyFigure(
                _("Hemtaget i budget"),
                exact(taken.taken_home, language),
                _("av överenskommet %(amount)s", amount=exact(taken.agreed, language)),
            ),
        )
    )
    yield measured.every_benefit(page, language)


def _section(page: BenefitPage, effects: OfBenefit, language: Language) -> Section:
    return Section(
        page.row.benefit.name, (*measured.of_benefit(page, language), *_effects(effects, language))
    )


def _effects(page: OfBenefit, language: Language) -> Iterator[Block]:
    if page.early:
        yield Notice(_("Tidigt uttag"), _("Budgeten minskades innan något av nyttan var mätt."))
    if page.rows:
        columns = (
            Column(_("Budgeteffekt"), share=34),
            Column(_("Kostnadsställe"), share=18),
            Column(_("Läge"), share=18),
            Column(_("Belopp"), numeric=True, share=15),
            Column(_("Hemtaget"), numeric=True, share=15),
        )
        rows = tuple(_effect(row, language) for row in page.rows)
        yield Table(_("Budgeteffekter"), columns, rows, tuple(_sums(page.total, language)))


def _effect(of: EffectOf, language: Language) -> tuple[str, ...]:
    effect, is_money = of.effect, of.effect.form != Form.CAPACITY
    state = str(effect_tag(of.balance.state, effect.form).label)
    return (
        _("%(item)s, %(year)s", item=effect.item, year=effect.year),
        effect.cost_centre,
        f"{state}. {EARLY.label}." if of.balance.early else state,
        exact(effect.amount, language),
        exact(of.balance.taken, language) if is_money else "–",
    )


def _sums(total: Sums, language: Language) -> Iterator[tuple[str, ...]]:
    """What was declined or taken back is in no sum, and time that stays is no money."""
    taken = exact(total.taken_home, language)
    yield (_("Pengar som gäller"), "", "", exact(total.promised, language), taken)
    if total.kept:
        yield (_("Behållet som kapacitet"), "", "", exact(total.kept, language), "–")
