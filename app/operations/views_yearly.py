"""The pages on which a service is reviewed, and on which what it has cost is entered."""

from __future__ import annotations

from functools import partial
from typing import Any

from flask import abort, flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from app.accounts.session import now, today, viewer
from app.core.operation import cost_in
from app.operations import pages, policy, queries, yearly
from app.operations.blueprint import ONE, bp
from app.operations.forms_yearly import CarriedForm, ReviewForm
from app.operations.queries import ServiceOf, YearOf
from app.web.access import requires
from app.web.changing import on_saved, status_of
from app.web.opened import AUTO


@bp.route(f"{ONE}/granska", methods=["GET", "POST"])
@requires(policy.may_review, load=queries.service_for)
def review(found: ServiceOf) -> ResponseReturnValue:
    """Say whether the service is still right, and how it is used."""
    form = on_saved(partial(ReviewForm, data=pages.as_it_stands(found)))
    if form.validate_on_submit():
        yearly.review(viewer(), found, form.values(), now())
        flash(_("Granskningen är sparad."), "success")
        return redirect(url_for(".service", service_id=found.service.id))
    page = render_template(
        "operations/review.html",
        service=found.service,
        form=form,
        page=pages.service_page(viewer(), found, today()),
        early=not yearly.can_be_reviewed(found.service, today()),
    )
    return page, status_of(form)


@bp.route(f"{ONE}/utfall/<int:year>", methods=["GET", "POST"])
@requires(policy.may_enter_cost_of, load=queries.year_for)
def carried(found: YearOf) -> ResponseReturnValue:
    """Enter what the service has cost in a year."""
    if not pages.first_year(found.of.service) <= found.year <= today().year:
        abort(404)
    form = on_saved(partial(_carried_form, found))
    if form.validate_on_submit():
        yearly.enter_cost(
            viewer(), found.of, found.year, form.amounts(), source=form.source.data or "", now=now()
        )
        flash(_("Kostnaden är sparad."), "success")
        return redirect(url_for(".service", service_id=found.of.service.id))
    service = found.of.service
    page = render_template(
        "operations/carried.html",
        service=service,
        form=form,
        year=found.year,
        planned=cost_in(service.yearly, found.year),
    )
    return page, status_of(form)


def _carried_form(found: YearOf, formdata: Any = AUTO) -> CarriedForm:
    rows = [row for row in queries.carried_of(found.of.service.id) if row.year == found.year]
    said: dict[str, Any] = {row.kind: row.amount for row in rows}
    return CarriedForm(formdata, data={**said, "source": rows[0].source if rows else ""})
