"""What a case consists of: every document that was fixed on its way, in the order of its steps."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from functools import partial
from typing import Any

from flask_babel import gettext as _

from app import pdf
from app.accounts.access import Viewer
from app.applications.documents import application, edition_of
from app.budget_effects.documents import benefits_document
from app.charts import Language
from app.closing.final_report.documents import final_report_document
from app.closing.final_report.queries import final_report_of
from app.closing.handover.documents import handover_document
from app.closing.handover.queries import items_of
from app.core.clock import local_day
from app.decisions.documents import memo
from app.decisions.dossier import dossier_of
from app.delivery.changes.documents import change_document
from app.delivery.changes.queries import change_for, changes_of
from app.delivery.reports.documents import report_document
from app.delivery.reports.queries import newest_of
from app.follow_up.documents import follow_up_document
from app.follow_up.queries import whole_of
from app.operations.documents import service_document
from app.operations.frozen import document_of
from app.operations.pages import service_page
from app.operations.queries import service_of
from app.operations.sharing.documents import sharing_document
from app.operations.sharing.pages import sharing_page
from app.operations.sharing.queries import standing_of, year_of
from app.projects.models import Project
from app.realisation.queries import benefits_of


@dataclass(frozen=True)
class Part:
    """A document of the case: what it is called, its day, how it is made, and the data that it shows."""

    name: str
    on: date
    document: Callable[[Language], pdf.Document]
    content: Mapping[str, Any] | None = None
    """As it was fixed; None for what is put together from the record."""


def parts_of(viewer: Viewer, project: Project, today: date) -> list[Part]:
    """The parts that there are, each as it was last sent. Drafts are none."""
    return [
        *_decided(project, today),
        *_reported(project, today),
        *_changed(viewer, project),
        *_left(project, today),
        *_came(viewer, project, today),
        *_operated(viewer, project, today),
    ]


def _decided(project: Project, today: date) -> Iterator[Part]:
    dossier = dossier_of(project, today)
    if dossier is not None:
        yield Part(_("Beslutsunderlag och beslut"), dossier.told_on, partial(memo, dossier))
    edition = edition_of(project, "", sees_draft=False, today=today)
    if edition is not None and edition.version is not None:
        yield Part(
            _("Ansökan, version %(number)s", number=edition.version.number),
            edition.day,
            partial(application, edition),
            edition.version.content,
        )


def _reported(project: Project, today: date) -> Iterator[Part]:
    """The charts over time stand in the last report: they tell of all before it."""
    sent = newest_of(project, today)
    for version in sent:
        yield Part(
            _("Lägesrapport %(period)s", period=version.content["period"]["name"]),
            local_day(version.sent_at),
            partial(report_document, version, over_time=version is sent[-1]),
            version.content,
        )


def _changed(viewer: Viewer, project: Project) -> Iterator[Part]:
    for request in reversed(changes_of(viewer, project)):
        found = change_for(viewer, project.id, request.number)
        if found is not None and found.request.versions:
            yield Part(
                _("Ändringsbegäran %(number)s", number=request.number),
                local_day(found.latest.sent_at),
                partial(change_document, found),
                found.latest.content,
            )


def _left(project: Project, today: date) -> Iterator[Part]:
    if items_of(project.id):
        yield Part(_("Överlämningsplan"), today, partial(handover_document, project, today))
    final = final_report_of(project).newest
    if final is not None:
        yield Part(
            _("Slutrapport"),
            local_day(final.sent_at),
            partial(final_report_document, final),
            final.content,
        )
    for one in whole_of(project).all:
        version = one.newest
        if version is not None:
            yield Part(
                _("Uppföljning %(number)s", number=one.follow_up.number),
                local_day(version.sent_at),
                partial(follow_up_document, version),
                version.content,
            )


def _came(viewer: Viewer, project: Project, today: date) -> Iterator[Part]:
    """What has come of what was promised, and what is taken home of it, as the registers have it."""
    if benefits_of(project.id):
        yield Part(_("Nyttor och hemtagning"), today, partial(benefits_document, viewer, project, today))


def _operated(viewer: Viewer, project: Project, today: date) -> Iterator[Part]:
    """What the project has launched as the register has it, and how each year of it is shared."""
    found = service_of(project)
    if found is None:
        return
    yield Part(
        _("Tjänstekort"),
        today,
        partial(service_document, service_page(viewer, found, today), today),
        document_of(found.service),
    )
    for year in standing_of(found.service.id):
        page = sharing_page(viewer, year_of(found, year))
        if page.standing is not None:
            day = local_day(page.standing.made_at)
            yield Part(
                _("Delad kostnad %(year)s", year=year),
                day,
                partial(sharing_document, page, day),
                page.standing.content,
            )
