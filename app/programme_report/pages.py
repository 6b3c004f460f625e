"""What the pages of reports show, gathered for the templates."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from flask import url_for
from flask_babel import gettext as _

from app.accounts.access import Viewer
from app.charts import Language
from app.core.lacks import Lack
from app.pdf.blocks import Answer, KeyFigure, Section
from app.programme_report import policy, rules, service, words
from app.programme_report.comparing import Comparison, comparison
from app.programme_report.document import frozen
from app.programme_report.figures import Told, first_figures
from app.programme_report.gathering import Asked, figures_of
from app.programme_report.pictures import Picture, pictures
from app.programme_report.queries import ReportOf, VersionOf
from app.programme_report.questions import Part
from app.programme_report.reading import parts_of_report, summary
from app.programmes.queries import goals_of
from app.web.language import current_language
from app.web.tags import lacks_tag


def report_url(found: ReportOf) -> str:
    """The page of a report."""
    return url_for("programme_report.report", report_id=found.report.id)


def lack_url(found: ReportOf, lack: Lack) -> str:
    """Where what is missing is written."""
    if lack.field == rules.DAY:
        return url_for("programme_report.day", report_id=found.report.id)
    return url_for(
        "programme_report.part", report_id=found.report.id, part=lack.section.value, _anchor=lack.field
    )


def name_of(found: ReportOf) -> str:
    """`Tertial 1 2027`."""
    return words.kind_and_year(found.report.kind, found.report.year)


def title_of(opened: VersionOf) -> str:
    """What a version is called where it stands among other things."""
    return _(
        "Programrapport %(period)s, version %(number)s",
        period=name_of(opened.found),
        number=opened.version.number,
    )


def parts_to_write(found: ReportOf) -> list[Part]:
    """The parts of this report: none for goals where the programme has none."""
    return [part for part in Part if part is not Part.GOALS or goals_of(found.programme.id)]


@dataclass(frozen=True)
class ReportPage:
    """Everything on the page of a report."""

    name: str
    may_write: bool
    may_revise: bool
    tasks: Sequence[Mapping[str, Any]]
    lacks: Sequence[Lack]


def report_page(viewer: Viewer, found: ReportOf, today: date) -> ReportPage:
    """Gather the page for the viewer."""
    may_write = bool(policy.may_write(viewer, found))
    lacks = lacks_of(found, today) if may_write else []
    return ReportPage(
        name_of(found),
        may_write,
        bool(policy.may_revise(viewer, found)),
        [_task(found, part, lacks) for part in parts_to_write(found)] if may_write else (),
        lacks,
    )


def lacks_of(found: ReportOf, today: date) -> list[Lack]:
    """What stands against issuing what is written."""
    return rules.lacks_in(found, service.begun(found), goals_of(found.programme.id), today)


def _task(found: ReportOf, part: Part, lacks: Sequence[Lack]) -> dict[str, Any]:
    return {
        "title": words.PARTS[part],
        "href": url_for("programme_report.part", report_id=found.report.id, part=part.value),
        "tag": lacks_tag(sum(lack.section is part for lack in lacks)),
    }


@dataclass(frozen=True)
class Shown:
    """A report as it is read, a part at a time: first what a reader has five minutes for."""

    told: Told
    figures: Sequence[KeyFigure]
    summary: Sequence[Answer]
    pictures: Sequence[Picture]
    links: Sequence[Mapping[str, Any]]
    """To each part, with where one is."""
    section: Section | None
    """The part that is asked for; None: the summary."""


def shown(content: Mapping[str, Any], asked: str, address: Callable[..., str]) -> Shown:
    """A frozen document in the reader's language; `asked` is the part that an address names."""
    told = told_of(content)
    parts = dict(parts_of_report(told))
    there = next((part for part in parts if part.value == asked), Part.SUMMARY)
    links = [
        {
            "label": str(words.PARTS[part]),
            "href": address(**({} if part is Part.SUMMARY else {"del": part.value})),
            "current": part is there,
        }
        for part in (Part.SUMMARY, *parts)
    ]
    return Shown(
        told,
        figures(told),
        summary(told),
        pictures(told),
        links,
        parts.get(there),
    )


def figures(told: Told) -> list[KeyFigure]:
    """The figures that come first."""
    return [figure for row in first_figures(told) for figure in row.figures]


def told_of(content: Mapping[str, Any]) -> Told:
    """A frozen document in the reader's language."""
    return Told(content, "en" if current_language() == "en" else "sv")


def compared(opened: VersionOf) -> Comparison:
    """A version beside the one before it."""
    before = opened.before
    if before is None:
        raise ValueError("the first version has none before it")
    language: Language = "en" if current_language() == "en" else "sv"
    return comparison(before.content, opened.version.content, language)


def preview(found: ReportOf, today: date) -> dict[str, Any]:
    """What would be issued today: words as they are typed, figures as they are known."""
    asked = Asked(found.programme, found.kind, found.span, found.report.as_at, today)
    goals = goals_of(found.programme.id)
    number = len(found.versions) + 1
    return frozen(asked, service.begun(found), goals, figures_of(asked), found.report.year) | {
        "number": number,
        "reason": found.report.reason,
    }
