"""The programme's settings: what is valid now, what comes and what was, and the forms that add a new row."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import replace
from typing import Any

from flask import flash, redirect, render_template, request
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from app.accounts.session import now, today, viewer
from app.core import alphabet
from app.core.calibration import ASSUMED
from app.programmes import policy, queries, service
from app.programmes.blueprint import bp
from app.programmes.forms_afterwards import FollowUpsForm, OutcomesForm
from app.programmes.forms_settings import (
    CalculationForm,
    CriteriaForm,
    DelegationForm,
    HourlyRateForm,
    PriceIndexForm,
)
from app.programmes.labels import VALIDITIES
from app.programmes.models import (
    CalculationSettings,
    Criterion,
    DelegationLimit,
    FollowUpSettings,
    HourlyRate,
    OutcomeSettings,
    PriceIndex,
    Programme,
)
from app.programmes.places import address, asked_for, places
from app.programmes.validity import criteria_sets, dated
from app.web.access import requires
from app.web.formats import iso_date
from app.web.forms import Form
from app.web.rows import rows_changed


@bp.get("/program/installningar")
@requires(policy.may_read_programme, load=asked_for)
def settings(record: Programme) -> ResponseReturnValue:
    """Everything that calculations and decisions rest on, with the day from which each is valid."""
    return render_template(
        "programmes/settings.html",
        programme=record,
        places=places(viewer(), record),
        may_manage=bool(policy.may_manage_programme(viewer())),
        validities=VALIDITIES,
        calculations=dated(queries.all_of(CalculationSettings, record.id), today()),
        price_indexes=dated(queries.all_of(PriceIndex, record.id), today()),
        hourly_rates=dated(
            queries.all_of(HourlyRate, record.id), today(), same=lambda row: row.staff_category
        ),
        delegations=dated(queries.all_of(DelegationLimit, record.id), today(), same=lambda row: row.decider),
        follow_ups=dated(queries.all_of(FollowUpSettings, record.id), today()),
        outcomes=dated(queries.all_of(OutcomeSettings, record.id), today()),
        assumed=ASSUMED,
        criteria=dated(criteria_sets(queries.criteria(record.id)), today()),
    )


@bp.route("/program/installningar/kalkyl", methods=["GET", "POST"])
@requires(policy.may_manage_programme, load=asked_for)
def new_calculation(record: Programme) -> ResponseReturnValue:
    """What calculations assume from a day on, beginning with what they assume now."""
    valid = queries.calculation_on(record.id, today())
    form = CalculationForm(data=_kept(valid, CalculationForm) if valid else None)
    return _form_page(
        record,
        form,
        "calculation",
        lambda typed: service.set_calculation(viewer(), record, **typed, now=now()),
    )


@bp.route("/program/installningar/prisindex", methods=["GET", "POST"])
@requires(policy.may_manage_programme, load=asked_for)
def new_price_index(record: Programme) -> ResponseReturnValue:
    """A whole price index, beginning with the one that is valid now."""
    valid = queries.price_index_on(record.id, today())
    form = PriceIndexForm(data=_index_typed(valid))
    if request.method == "POST" and rows_changed(form, request.form):
        return _shown(record, form, "price_index")

    def save(typed: dict[str, Any]) -> object:
        del typed["years"]
        return service.set_price_index(viewer(), record, **typed, values=form.values, now=now())

    return _form_page(record, form, "price_index", save)


def _index_typed(valid: PriceIndex | None) -> dict[str, object]:
    if valid is None:
        return {"years": [{}, {}]}
    years = [{"year": year, "value": value} for year, value in valid.by_year.items()]
    return {"name": valid.name, "years": years}


@bp.route("/program/installningar/timkostnad", methods=["GET", "POST"])
@requires(policy.may_manage_programme, load=asked_for)
def new_hourly_rate(record: Programme) -> ResponseReturnValue:
    """What an hour of a kind of staff costs from a day on."""
    return _form_page(
        record,
        HourlyRateForm(),
        "hourly_rate",
        lambda typed: service.set_hourly_rate(viewer(), record, **typed, now=now()),
        known=sorted({row.staff_category for row in queries.all_of(HourlyRate, record.id)}, key=alphabet.key),
    )


@bp.route("/program/installningar/uppfoljningar", methods=["GET", "POST"])
@requires(policy.may_manage_programme, load=asked_for)
def new_follow_ups(record: Programme) -> ResponseReturnValue:
    """When what projects leave is followed up from a day on, beginning with what is valid now."""
    valid = queries.follow_ups_on(record.id, today())
    form = FollowUpsForm(
        data={"months": ", ".join(map(str, valid.months)), "working_days": valid.working_days}
    )

    def save(typed: dict[str, Any]) -> object:
        schedule = replace(form.schedule, working_days=typed["working_days"])
        return service.set_follow_ups(
            viewer(), record, schedule, typed["valid_from"], reference=typed["reference"], now=now()
        )

    return _form_page(record, form, "follow_ups", save)


@bp.route("/program/installningar/utfall", methods=["GET", "POST"])
@requires(policy.may_manage_programme, load=asked_for)
def new_outcomes(record: Programme) -> ResponseReturnValue:
    """What is believed of benefits from a day on, beginning with what is believed now."""
    valid = queries.outcomes_on(record.id, today())
    assumed = valid.assumption if valid else ASSUMED
    form = OutcomesForm(
        data={
            "share": assumed.share.mean,
            "share_spread": assumed.share.spread,
            "months": assumed.months_late.mean,
            "months_spread": assumed.months_late.spread,
            "cases": assumed.share.cases,
        }
    )

    def save(typed: dict[str, Any]) -> object:
        return service.set_outcomes(
            viewer(), record, form.assumption, typed["valid_from"], reference=typed["reference"], now=now()
        )

    return _form_page(record, form, "outcomes", save)


@bp.route("/program/installningar/delegation", methods=["GET", "POST"])
@requires(policy.may_manage_programme, load=asked_for)
def new_delegation(record: Programme) -> ResponseReturnValue:
    """How much an office may decide on from a day on."""

    def save(typed: dict[str, Any]) -> object:
        del typed["unlimited"]
        return service.set_delegation(viewer(), record, **typed, now=now())

    known = sorted({row.decider for row in queries.all_of(DelegationLimit, record.id)}, key=alphabet.key)
    return _form_page(record, DelegationForm(), "delegation", save, known=known)


@bp.route("/program/installningar/kriterier", methods=["GET", "POST"])
@requires(policy.may_manage_programme, load=asked_for)
def new_criteria(record: Programme) -> ResponseReturnValue:
    """A new set of criteria, beginning with the one that is valid now."""
    valid = [_criterion_row(row) for row in queries.criteria_on(record.id, today())]
    form = CriteriaForm(data={"criteria": valid or [{}]})
    if request.method == "POST" and rows_changed(form, request.form):
        return _shown(record, form, "criteria")

    def save(typed: dict[str, Any]) -> object:
        texts = [
            service.CriterionText(
                entry.form["name"].data or "", entry.form["weight"].data, entry.form.anchors
            )
            for entry in form.criteria
        ]
        return service.set_criteria(
            viewer(), record, valid_from=typed["valid_from"], criteria=texts, now=now()
        )

    return _form_page(record, form, "criteria", save)


def _criterion_row(row: Criterion) -> dict[str, object]:
    anchors = {f"anchor_{anchor.score}": anchor.text for anchor in row.anchors}
    return {"name": row.name, "weight": row.weight, **anchors}


def _kept(row: object, form: type[Form]) -> dict[str, object]:
    """What a new row takes over from the one that is valid: not its first day, not its decision."""
    new_each_time = {"valid_from", "reference"}
    return {
        name: getattr(row, name) for name in dir(form) if hasattr(row, name) and name not in new_each_time
    }


def _form_page(
    programme: Programme,
    form: Any,
    template: str,
    save: Callable[[dict[str, Any]], object],
    **context: object,
) -> ResponseReturnValue:
    """Show the form; when it is sent without faults, save it and go back to the settings."""
    if form.validate_on_submit():
        typed = {name: value for name, value in form.data.items() if name != "csrf_token"}
        try:
            save(typed)
        except service.NotLaterError as error:
            form.valid_from.errors = [
                _("Ange ett senare datum än %(day)s, som redan är inlagt.", day=iso_date(error.latest))
            ]
        else:
            flash(_("Inställningen är sparad."), "success")
            return redirect(address("programmes.settings", programme))
    return _shown(programme, form, template, context)


def _shown(
    programme: Programme, form: Any, template: str, context: Mapping[str, object] | None = None
) -> ResponseReturnValue:
    page = render_template(
        f"programmes/{template}.html",
        form=form,
        programme=programme,
        back=address("programmes.settings", programme),
        **(context or {}),
    )
    return page, 422 if form.errors else 200
