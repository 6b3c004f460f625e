"""A whole case as one document that lasts: a cover that tells what it came to, then every part."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from flask_babel import force_locale
from flask_babel import gettext as _

from app import pdf
from app.accounts.access import Viewer
from app.casefile.contents import Part, parts_of
from app.casefile.data import data_of
from app.charts import Language
from app.core.clock import local_day
from app.delivery.funds.queries import accounts_of, sums_of
from app.pdf.blocks import (
    Fact,
    KeyFigure,
    KeyFigures,
)
from app.pdf.covers import CaseCover, CaseEntry
from app.projects.models import Project
from app.realisation.queries import benefits_of
from app.web.formats import iso_date, kronor
from app.web.tags import state_tag

DATA = "arende.json"
ZERO = Decimal(0)


@dataclass(frozen=True)
class Wanted:
    """Whose case, for whom, and on which day it is put together."""

    viewer: Viewer
    project: Project
    day: date


def case_pdf(wanted: Wanted, language: Language, order: pdf.Order) -> bytes:
    """The case as PDF/A, with its data attached."""
    with force_locale(language):
        parts = parts_of(wanted.viewer, wanted.project, wanted.day)
        made = [pdf.PackPart(order.begin(part.document(language)), part.name) for part in parts]
        data = pdf.AttachedFile(
            DATA, "application/json", _("Ärendets uppgifter"), data_of(wanted.project, parts, wanted.day)
        )
        return order.pack(lambda starts: cover(wanted, parts, starts, language), made, [data])


def cover(wanted: Wanted, parts: Sequence[Part], starts: tuple[int, ...], language: Language) -> pdf.Document:
    """What the case is, what it came to, and where each part begins."""
    project = wanted.project
    body = CaseCover(
        project.lead_department.name,
        tuple(_facts(project)),
        figures(project, language),
        tuple(CaseEntry(part.name, iso_date(part.on)) for part in parts),
        starts,
        DATA,
    )
    return pdf.Document(
        "pdf/case_cover.html", project.title, language, project.case_number, None, wanted.day, body
    )


def _facts(project: Project) -> list[Fact]:
    since = iso_date(local_day(project.state_since))
    return [
        Fact(_("Läge"), _("%(state)s sedan %(day)s", state=state_tag(project.state).label, day=since)),
        Fact(_("Projektledare"), project.leader.name),
    ]


def figures(project: Project, language: Language) -> tuple[KeyFigures, ...]:
    """Granted, used, promised and realised: the same figures as on the project's pages."""
    money, benefits = sums_of(accounts_of(project.id)), benefits_of(project.id)
    promised = sum((row.promised_total or ZERO for row in benefits), ZERO)
    realised = sum((row.realised for row in benefits), ZERO)
    return (
        KeyFigures(
            (
                KeyFigure(_("Beviljat"), kronor(money.granted, language), _("ur programmets ram")),
                KeyFigure(_("Använt"), kronor(money.used, language), _("utbetalt och inte återbetalt")),
            )
        ),
        KeyFigures(
            (
                KeyFigure(_("Lovad nytta"), kronor(promised, language), _("under hela kalkylperioden")),
                KeyFigure(_("Uppmätt nytta"), kronor(realised, language), _("det som inte är mätt är noll")),
            )
        ),
    )
