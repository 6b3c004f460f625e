"""The pages of lessons: all of them, and those that an application is offered."""

from __future__ import annotations

from flask import Blueprint, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from flask_babel import ngettext

from app.accounts.queries import department_names
from app.accounts.session import now, today, viewer
from app.applications.notes import announce
from app.benefits import beside
from app.closing.final_report.words import AREAS
from app.core.calibration import ASSUMED
from app.core.final_report import Area
from app.core.lessons import Answer, Kind
from app.knowledge import experience, forms, outcomes, policy, queries, service, words
from app.knowledge.conditions import conditions_by_year
from app.knowledge.notes import LessonNotes
from app.knowledge.offering import offers
from app.knowledge.queries import PointOf, Wanted
from app.programmes.queries import outcomes_on, the_programme
from app.projects.models import Project
from app.projects.queries import project_for, visible_to
from app.web.access import requires
from app.web.addresses import record_number
from app.web.changing import status_of
from app.web.pages import Page, page_number

bp = Blueprint("knowledge", __name__)
bp.record_once(lambda setup: announce(setup.app, LessonNotes()))
bp.record_once(lambda setup: beside.announce(setup.app, experience.beside))
bp.add_app_template_filter(words.lesson_tag)
bp.add_app_template_filter(words.answer_tag)
bp.add_app_template_filter(words.told_by, "lesson_told_by")

PAGE_SIZE = 20
LONGEST = 200
"""Letters of what is looked for."""


@bp.get("/lardomar")
@requires(policy.may_read_lessons)
def lessons() -> ResponseReturnValue:
    """What finished projects have learned: searched, or the newest first."""
    wanted = _wanted()
    page = Page(page_number(), 0, PAGE_SIZE)
    rows, count = queries.lessons(viewer(), wanted, limit=page.size, offset=page.offset)
    return render_template(
        "knowledge/lessons.html",
        rows=rows,
        page=Page(page.number, count, page.size),
        wanted=wanted,
        filters=_filters(wanted),
        may_compare=bool(policy.may_read_outcomes(viewer())),
        result=ngettext("%(num)s lärdom", "%(num)s lärdomar", count),
    )


def _wanted() -> Wanted:
    kind, area = request.args.get("slag", ""), request.args.get("om", "")
    return Wanted(
        request.args.get("q", "").strip()[:LONGEST],
        Kind(kind) if kind in set(Kind) else None,
        Area(area) if area in set(Area) else None,
        record_number(request.args.get("forvaltning", "")),
    )


def _filters(wanted: Wanted) -> list[dict[str, object]]:
    kinds = [("", _("Alla slag")), *((kind.value, tag.label) for kind, tag in words.KINDS.items())]
    areas = [("", _("Allt")), *((area.value, label) for area, label in AREAS.items())]
    departments = [("", _("Alla förvaltningar")), *department_names().items()]
    return [
        {"name": "q", "label": _("Sök i lärdomar"), "value": wanted.words},
        {"name": "slag", "label": _("Slag"), "options": kinds, "value": wanted.kind or ""},
        {"name": "om", "label": _("Handlar om"), "options": areas, "value": wanted.area or ""},
        {
            "name": "forvaltning",
            "label": _("Förvaltning"),
            "options": departments,
            "value": wanted.department_id or "",
        },
    ]


@bp.get("/lardomar/utfall")
@requires(policy.may_read_outcomes)
def came() -> ResponseReturnValue:
    """How much of what was promised has come, and how late: together, and by what projects are like."""
    found = outcomes.cases(visible_to(viewer()), today())
    programme = the_programme()
    settings = outcomes_on(programme.id, today()) if programme else None
    assumed = settings.assumption if settings else ASSUMED
    return render_template(
        "knowledge/outcomes.html",
        outcomes=outcomes.outcomes_of(found, assumed),
        traits=words.TRAITS,
        names={**words.CATEGORIES, **words.SIZES, **words.GRADES},
        assumed=assumed.share,
        settings=settings,
        conditions=conditions_by_year(visible_to(viewer()), today()),
        became=words.CONDITIONS,
    )


AT = "/projekt/<int:project_id>/lardomar"


@bp.get(AT)
@requires(policy.may_read_points, load=project_for)
def points(project: Project) -> ResponseReturnValue:
    """What the application answers to lessons of others; for its leader also those to answer."""
    may_answer = bool(policy.may_answer_points(viewer(), project))
    answers = queries.answers_in(viewer(), project)
    offered = offers(viewer(), project) if may_answer else []
    return render_template(
        "knowledge/points.html",
        project=project,
        offers=offered,
        answers=answers,
        answered=queries.read(viewer(), list(answers)),
        may_answer=may_answer,
    )


@bp.route(f"{AT}/<int:lesson_id>", methods=["GET", "POST"])
@requires(policy.may_answer, load=queries.point_for)
def answer(point: PointOf) -> ResponseReturnValue:
    """Answer a lesson: what the project does with it."""
    before = queries.answers_in(viewer(), point.project).get(point.lesson.id)
    data = {"answer": before.answer, "words": before.words} if before else None
    form = forms.LessonAnswerForm(data=data)
    if not form.validate_on_submit():
        lesson = queries.read(viewer(), [point.lesson.id])[0]
        page = render_template("knowledge/answer.html", project=point.project, lesson=lesson, form=form)
        return page, status_of(form)
    service.answer(viewer(), point, Answer(form.answer.data), form.words.data or "", now())
    flash(_("Svaret är sparat."), "success")
    return redirect(url_for(".points", project_id=point.project.id))
