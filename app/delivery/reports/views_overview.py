"""All reports of a period beside each other, and the periods themselves."""

from __future__ import annotations

from flask import flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from app.accounts.session import now, today, viewer
from app.delivery.reports import overview, periods, policy, queries, service
from app.delivery.reports.blueprint import bp
from app.delivery.reports.collecting import Collection, collection_for
from app.delivery.reports.forms import PeriodForm
from app.delivery.reports.printing import PERIOD
from app.jobs import service as jobs
from app.programmes.queries import the_programme
from app.web.access import requires
from app.web.addresses import record_number
from app.web.pages import page_number


@bp.get("/lagesrapporter")
@requires(policy.may_see_overview)
def all_reports() -> ResponseReturnValue:
    """The reports of a period: what is late, what costs more, what needs somebody."""
    wanted = record_number(request.args.get("period", ""))
    asked = overview.Asked(wanted, request.args.get("lage", ""), page_number())
    page = overview.overview_page(viewer(), asked, today())
    return render_template(
        "delivery/reports/overview.html", page=page, may_set=bool(policy.may_set_periods(viewer()))
    )


@bp.post("/lagesrapporter/<int:period_id>/bestall")
@requires(policy.may_order_period, load=collection_for)
def order_period(collection: Collection) -> ResponseReturnValue:
    """Have all reports of a period made as one document, and be told when it is there."""
    asked = {
        "period_id": collection.period.id,
        "project_ids": list(collection.project_ids),
        "day": today().isoformat(),
    }
    title = _("Lägesrapporter %(period)s", period=collection.period.name)
    job = jobs.ask(viewer(), PERIOD, asked, title, now())
    return redirect(url_for("jobs.job", job_id=job.id))


@bp.route("/lagesrapporter/perioder", methods=["GET", "POST"])
@requires(policy.may_set_periods)
def all_periods() -> ResponseReturnValue:
    """The periods, and a form for the next, filled in with what the calendar proposes."""
    programme = the_programme()
    if programme is None:
        return render_template("projects/no_programme.html")
    known = queries.periods_of(programme.id)
    next_one = periods.proposed(known, today())
    form = PeriodForm(
        data={
            "name": periods.name_of(next_one), "starts_on": next_one.starts_on, "ends_on": next_one.ends_on,
            "due_on": next_one.due_on,
        }
    )  # fmt: skip
    if form.validate_on_submit():
        try:
            service.add_period(
                viewer(),
                programme.id,
                name=form.name.data or "",
                starts_on=form.starts_on.data,
                ends_on=form.ends_on.data,
                due_on=form.due_on.data,
                now=now(),
            )
        except service.PeriodExistsError:
            form.ends_on.errors = [_("Det finns redan en period som slutar den dagen.")]
        else:
            flash(_("Perioden är tillagd."), "success")
            return redirect(url_for(".all_periods"))
    page = render_template("delivery/reports/periods.html", form=form, periods=known, programme=programme)
    return page, 422 if form.errors else 200
