"""What the pages of final reports show, gathered for the templates."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from flask import url_for
from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l

from app.accounts.access import Viewer
from app.closing.final_report import policy, rules, service, words
from app.closing.final_report.gathering import ground_of
from app.closing.final_report.ground import Ground
from app.closing.final_report.models import FinalReportRemark, FinalReportVersion
from app.closing.final_report.queries import FinalReportOf
from app.closing.final_report.sections import GOALS, GROUPS, Section, sections_for
from app.core.final_report import FinalAction
from app.core.lacks import Lack
from app.web.tags import Tag, lacks_tag


@dataclass(frozen=True)
class FinalReportPage:
    """Everything on the page of a project's final report."""

    found: FinalReportOf
    tag: Tag
    groups: Sequence[dict[str, Any]]
    """The sections to write, with what each lacks; nothing for whoever only reads."""
    lacks: Sequence[Lack]
    returned: FinalReportRemark | None
    """Why it came back, while it is being put right."""
    may_write: bool
    may_treat: bool


def final_report_page(viewer: Viewer, found: FinalReportOf, today: date) -> FinalReportPage:
    """Gather the page for the viewer."""
    may_write = bool(policy.may_write(viewer, found))
    ground = ground_of(found.project) if may_write else None
    lacks = rules.lacks_in(ground, service.begun(found, ground), today) if ground else []
    return FinalReportPage(
        found=found,
        tag=words.final_report_tag(found.state),
        groups=_tasks(found, ground, lacks) if ground else (),
        lacks=lacks,
        returned=returned(found) if may_write else None,
        may_write=may_write,
        may_treat=bool(policy.may_treat(viewer, found)),
    )


def returned(found: FinalReportOf) -> FinalReportRemark | None:
    """Why the report came back last; None when it did not, or has been sent again."""
    remark = found.remark_on(found.newest) if found.newest else None
    return remark if remark and remark.kind == FinalAction.RETURN else None


_CHAPTERS: Sequence[tuple[Any, frozenset[Section]]] = (
    (_l("Det här var projektet"), frozenset({Section.SUMMARY, Section.SCOPE})),
    (
        _l("Resultat"),
        frozenset({*GOALS, Section.TIME, Section.MONEY, Section.CHANGES}),
    ),
    (_l("Arbetssätt och erfarenheter"), frozenset({Section.WAYS, *GROUPS, Section.RECOMMENDATIONS})),
)


def _tasks(found: FinalReportOf, ground: Ground, lacks: Sequence[Lack]) -> list[dict[str, Any]]:
    missing = Counter(lack.section for lack in lacks)
    return [
        {
            "title": title,
            "tasks": [
                {
                    "title": words.SECTIONS[section],
                    "href": section_url(found, section),
                    "tag": lacks_tag(missing[section]),
                }
                for section in sections_for(ground)
                if section in sections
            ],
        }
        for title, sections in _CHAPTERS
    ]


def section_url(found: FinalReportOf, section: Section, field: str = "") -> str:
    """Where a section is written; at its field, if one is named."""
    return url_for(
        "final_report.section", project_id=found.project.id, section=section.value, _anchor=field or None
    )


def neighbours(ground: Ground, section: Section) -> tuple[Section | None, Section | None]:
    """The sections before and after this one."""
    there = sections_for(ground)
    here = there.index(section)
    return (there[here - 1] if here else None), (there[here + 1] if here + 1 < len(there) else None)


def ended_text(version: FinalReportVersion) -> str:
    """How the project ended, for the head of the report."""
    said = version.content
    if said["termination"]:
        return _("Projektet avbröts %(day)s.", day=said["termination"]["on"])
    return _("Projektet slutade %(day)s.", day=said["end"]["ended_on"])
