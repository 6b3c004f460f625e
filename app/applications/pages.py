"""What the pages of an application share: the list of tasks, the way between sections."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from itertools import groupby
from typing import Any

from flask import url_for
from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from flask_babel import ngettext

from app.applications import notes
from app.applications.completeness import Lack, Place, Progress, progress
from app.applications.declaration import Section, TableSpec
from app.applications.models import ApplicationSection
from app.applications.sections import sections_for, title_of
from app.projects.models import Project, ProjectKind
from app.web.formats import clock, iso_date, moment
from app.web.tags import Tag

PROGRESS_TAGS: Mapping[Progress, Tag] = {
    Progress.NOT_BEGUN: Tag(_l("Inte påbörjad"), "neutral", "circle"),
    Progress.BEGUN: Tag(_l("Pågår"), "active", "half"),
    Progress.DONE: Tag(_l("Klar"), "good", "check"),
    Progress.UNSAVED: Tag(_l("Utkastet är inte sparat"), "waiting", "triangle"),
}
OPTIONAL = Tag(_l("Frivillig"), "neutral", "dash")
"""Nothing is there, and nothing has to be."""

TO_ANSWER = Tag(_l("Att svara på"), "waiting", "triangle")
"""The secretariat has asked, whatever the section holds already."""


@dataclass(frozen=True, slots=True)
class Link:
    """A place to go to."""

    text: Any
    href: str


@dataclass(frozen=True, slots=True)
class LackGroup:
    """What is lacking in one section."""

    title: Any
    lacks: Sequence[Link]


def section_url(project: Project, key: str, anchor: str = "") -> str:
    """The page of a section."""
    return url_for("applications.section", project_id=project.id, key=key, _anchor=anchor or None)


@dataclass(frozen=True, slots=True)
class TaskList:
    """The sections under their headings, how many are done, the first that is not, and what is asked."""

    groups: Sequence[dict[str, Any]]
    done: int
    total: int
    next: Link | None
    questions: int
    """How many of the secretariat's questions have no answer yet."""


def task_list(project: Project, today: date) -> TaskList:
    """The sections as a task list. Questions come before what is merely not written yet."""
    states, asked = progress(project, today), notes.open_questions(project)
    groups: list[dict[str, Any]] = [
        {"title": title, "tasks": [_task(project, section, states, asked) for section in sections]}
        for title, sections in groupby(sections_for(project.kind), key=lambda section: str(section.group))
    ]
    tasks = [task for group in groups for task in group["tasks"] if task["tag"] is not OPTIONAL]
    left = [task for task in tasks if task["tag"] is not PROGRESS_TAGS[Progress.DONE]]
    left.sort(key=lambda task: task["tag"] is not TO_ANSWER)
    first = Link(left[0]["title"], left[0]["href"]) if left else None
    return TaskList(groups, len(tasks) - len(left), len(tasks), first, sum(asked.values()))


def _task(
    project: Project, section: Section, states: Mapping[str, Progress], asked: Mapping[str, int]
) -> dict[str, Any]:
    questions = asked.get(section.key, 0)
    hint = ngettext("%(num)s fråga väntar på svar.", "%(num)s frågor väntar på svar.", questions)
    return {
        "title": section.title,
        "href": section_url(project, section.key),
        "tag": _progress_tag(section, states, asked),
        "hint": hint if questions else None,
    }


def _progress_tag(section: Section, states: Mapping[str, Progress], asked: Mapping[str, int]) -> Tag:
    if asked.get(section.key):
        return TO_ANSWER
    if section.holds == "attachments" and states[section.key] is Progress.NOT_BEGUN:
        return OPTIONAL
    return PROGRESS_TAGS[states[section.key]]


def section_links(project: Project, current: str, today: date) -> list[dict[str, Any]]:
    """The sections as the narrow list beside the open one."""
    states, asked = progress(project, today), notes.open_questions(project)
    return [
        {
            "title": section.title,
            "href": section_url(project, section.key),
            "tag": _progress_tag(section, states, asked),
            "current": section.key == current,
        }
        for section in sections_for(project.kind)
    ]


def neighbours(project: Project, key: str) -> tuple[Link | None, Link]:
    """The section before, and the one after; after the last comes the check."""
    sections = sections_for(project.kind)
    index = [section.key for section in sections].index(key)
    before = sections[index - 1] if index else None
    after = sections[index + 1] if index + 1 < len(sections) else None
    check = Link(_("Kontrollera och skicka"), url_for("applications.check", project_id=project.id))
    return (
        Link(before.title, section_url(project, before.key)) if before else None,
        Link(after.title, section_url(project, after.key)) if after else check,
    )


def columns_of(table: TableSpec, kind: ProjectKind) -> list[dict[str, Any]]:
    """How the columns of a table are asked. Hints stand only over long answers: short ones share a line."""
    return [
        {"name": spec.key, "width": spec.width, "wide": spec.wide, "hint": spec.hint}
        for spec in table.columns_for(kind)
    ]


def example_of(table: TableSpec, kind: ProjectKind) -> list[dict[str, Any]]:
    """What a good row looks like."""
    return [{"key": spec.label, "value": spec.example} for spec in table.columns_for(kind) if spec.example]


def saved_text(saved: ApplicationSection | None, today: date) -> str:
    """When the section was saved, and by whom."""
    if saved is None or saved.saved_by is None:
        return ""
    when = clock(saved.saved_at) if iso_date(saved.saved_at) == today.isoformat() else moment(saved.saved_at)
    return _("Sparad %(when)s av %(who)s", when=when, who=saved.saved_by.name)


def lack_groups(project: Project, lacks: Sequence[Lack]) -> list[LackGroup]:
    """The lacks under their sections, each a link to the place where it is mended."""
    order = ["", *(section.key for section in sections_for(project.kind))]
    found = sorted(lacks, key=lambda lack: order.index(lack.section))
    return [
        LackGroup(
            title_of(key) if key else _("Projektets uppgifter"),
            [Link(lack.text, _place(project, lack)) for lack in group],
        )
        for key, group in groupby(found, key=lambda lack: lack.section)
    ]


def question_lacks(project: Project) -> list[Lack]:
    """Questions that wait for an answer, as lacks of their sections."""
    return [
        Lack(key, ngettext("Svara på %(num)s fråga.", "Svara på %(num)s frågor.", count))
        for key, count in notes.open_questions(project).items()
        if count
    ]


def _place(project: Project, lack: Lack) -> str:
    match lack.place:
        case Place.SECTION:
            return section_url(project, lack.section, lack.anchor)
        case Place.CALCULATION:
            return url_for("benefits.lines", project_id=project.id, _anchor=lack.anchor or None)
        case Place.DETAILS:
            return url_for("projects.details", project_id=project.id, _anchor=lack.anchor or None)
