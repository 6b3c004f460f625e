"""The pages of a project's costs and hours."""

from __future__ import annotations

from flask import flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from flask_babel import ngettext

from app.accounts.session import now, today, viewer
from app.core.costs import Financier
from app.delivery.costs import pages, policy, queries, service, views_reading
from app.delivery.costs.blueprint import bp
from app.delivery.costs.forms import AssessForm, EntriesForm, VoidForm, said_last
from app.delivery.costs.queries import EffortOf, EntryOf
from app.delivery.costs.words import OUTSIDE, VOIDED
from app.projects.models import Project
from app.projects.queries import project_for
from app.web.access import requires
from app.web.rows import rows_changed

__all__ = ["bp", "views_reading"]


@bp.get("/projekt/<int:project_id>/kostnader")
@requires(policy.may_read_costs, load=project_for)
def costs(project: Project) -> ResponseReturnValue:
    """What the project has cost and how much was worked, against its plan; and every entry."""
    return render_template(
        "delivery/costs/costs.html",
        project=project,
        page=pages.cost_page(project, today()),
        against_plan=pages.against_plan,
        financiers=tuple(Financier),
        outside=OUTSIDE,
        voided=VOIDED,
        may_enter=bool(policy.may_enter(viewer(), project)),
    )


@bp.route("/projekt/<int:project_id>/kostnader/nya", methods=["GET", "POST"])
@requires(policy.may_enter, load=project_for)
def enter(project: Project) -> ResponseReturnValue:
    """Enter what was paid and worked: several at once."""
    form = EntriesForm(data={"entries": [{"booked_on": today()}]})
    changed = request.method == "POST" and rows_changed(form, request.form)
    form.offer(service.lines_of(project), today())
    if not changed and form.validate_on_submit():
        rows = service.enter(viewer(), project, form.values(), now())
        flash(ngettext("%(num)s post är bokförd.", "%(num)s poster är bokförda.", len(rows)), "success")
        return _to(project)
    page = render_template("delivery/costs/enter.html", project=project, form=form)
    return page, 422 if form.errors else 200


@bp.route("/projekt/<int:project_id>/kostnader/<int:entry_id>/makulera", methods=["GET", "POST"])
@requires(policy.may_void, load=queries.entry_for)
def void(found: EntryOf) -> ResponseReturnValue:
    """Say that an entry does not count, and why."""
    form = VoidForm()
    if form.validate_on_submit():
        service.void(viewer(), found, reason=form.reason.data or "", now=now())
        flash(_("Posten är makulerad."), "success")
        return _to(found.project)
    page = render_template(
        "delivery/costs/void.html", project=found.project, entry=found.entry, form=form, outside=OUTSIDE
    )
    return page, 422 if form.errors else 200


@bp.route("/projekt/<int:project_id>/kostnader/roll/<int:effort_id>", methods=["GET", "POST"])
@requires(policy.may_assess, load=queries.effort_for)
def assess(found: EffortOf) -> ResponseReturnValue:
    """Judge how much a role has worked."""
    form = AssessForm(data=said_last(found.last, today()))
    if form.validate_on_submit() and form.has_come(today()):
        service.assess(viewer(), found, form.values(), now())
        flash(_("Bedömningen är sparad."), "success")
        return _to(found.project)
    page = render_template(
        "delivery/costs/assess.html", project=found.project, line=found.line, last=found.last, form=form
    )
    return page, 422 if form.errors else 200


def _to(project: Project) -> ResponseReturnValue:
    return redirect(url_for("costs.costs", project_id=project.id))
