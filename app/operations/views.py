"""The register of services, the page of each, and what is written there."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import partial
from typing import Any

from flask import flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from app.accounts.queries import departments
from app.accounts.session import now, today, viewer
from app.operations import (
    forms,
    listing,
    pages,
    policy,
    queries,
    reminding,
    service,
    taking_along,
    views_yearly,
    words,
)
from app.operations import register as services
from app.operations.blueprint import ONE, bp
from app.operations.cliff import views as views_cliff
from app.operations.models import OperatedService
from app.operations.queries import ServiceOf
from app.operations.rules import IncompleteServiceError
from app.operations.sharing import views as views_sharing
from app.operations.values import HolderValues, ServiceValues
from app.projects.models import Project
from app.projects.queries import project_for
from app.web import paper
from app.web.access import requires
from app.web.changing import ChangeForm, on_saved, said_by, status_of
from app.web.downloads import rows_response
from app.web.language import current_language
from app.web.opened import AUTO
from app.web.pages import WORDY_PAGE_SIZE, Page, page_number
from app.web.rows import rows_changed

__all__ = ["bp", "reminding", "views_cliff", "views_sharing", "views_yearly"]

for _filter in (words.service_tag, words.yearly_kind, words.part_word, words.service_answer):
    bp.add_app_template_filter(_filter)


@bp.get("/drift")
@requires(policy.may_see_register)
def register() -> ResponseReturnValue:
    """The services of the city that the viewer may see, and how many have what kind of fault."""
    asked = listing.asked_for(request.args, today())
    everything, cost, numbers = services.counts(viewer(), asked)
    page = Page(page_number(), listing.rows_shown(asked, everything, numbers), WORDY_PAGE_SIZE).within()
    return render_template(
        "operations/register.html",
        rows=services.page_of(viewer(), asked, limit=page.size, offset=page.offset),
        page=page,
        asked=asked,
        cost=cost,
        tabs=listing.tabs(asked, everything, numbers),
        filters=listing.filters(asked, departments()),
        filtered=listing.is_filtered(asked, today()),
        taken_along=listing.taken_along(request.args),
        may_register=bool(policy.may_register(viewer())),
    )


@bp.get("/drift.csv")
@requires(policy.may_see_register)
def as_csv() -> ResponseReturnValue:
    """Every service that the page counts, with the same filter, as values between semicolons."""
    return _taken_along("csv")


@bp.get("/drift.xlsx")
@requires(policy.may_see_register)
def as_xlsx() -> ResponseReturnValue:
    """The same as a workbook."""
    return _taken_along("xlsx")


def _taken_along(kind: str) -> ResponseReturnValue:
    asked = listing.asked_for(request.args, today())
    return rows_response(taking_along.sheet(viewer(), asked), {}, kind, f"drift-{today().isoformat()}")


@bp.route("/drift/ny", methods=["GET", "POST"])
@requires(policy.may_register)
def new() -> ResponseReturnValue:
    """Write down a service that no project of the programme has launched."""
    form = forms.NewServiceForm()
    form.offer(departments())
    if not form.validate_on_submit():
        return render_template("operations/new.html", form=form), status_of(form)
    made = service.register(viewer(), *form.values(), now())
    flash(_("Tjänsten är registrerad. Skriv vem som förvaltar den och vad den kostar."), "success")
    return redirect(url_for(".service", service_id=made.id))


@bp.get(ONE, endpoint="service")
@requires(policy.may_see, load=queries.service_for)
def one_service(found: ServiceOf) -> ResponseReturnValue:
    """A service: who answers for it, what it costs, what it depends on."""
    page = pages.service_page(viewer(), found, today())
    return render_template("operations/service.html", page=page, project=page.project, today=today())


@bp.get(f"{ONE}.pdf")
@requires(policy.may_see, load=queries.service_for)
def card(found: ServiceOf) -> ResponseReturnValue:
    """The same as a document."""
    from app.operations.documents import service_pdf

    page, language, day = pages.service_page(viewer(), found, today()), current_language(), today()
    return paper.answer(
        lambda order: service_pdf(page, day, language, order), f"tjanst-{found.service.id}.pdf"
    )


@bp.get("/projekt/<int:project_id>/drift", endpoint="project")
@requires(policy.may_read_operation, load=project_for)
def of_project(project: Project) -> ResponseReturnValue:
    """The same, from the project that launches it; or how to begin."""
    found = queries.service_of(project)
    page = pages.service_page(viewer(), found, today()) if found else None
    may_begin = bool(policy.may_begin(viewer(), project))
    return render_template(
        "operations/service.html", page=page, project=project, today=today(), may_begin=may_begin
    )


@bp.post("/projekt/<int:project_id>/drift")
@requires(policy.may_begin, load=project_for)
def begin(project: Project) -> ResponseReturnValue:
    """Let the service begin with what the decided application says."""
    service.begin(viewer(), project, now())
    return redirect(url_for(".project", project_id=project.id))


# --- describing it ---------------------------------------------------------------------------------------

SERVICE, HOLDERS = (tuple(values.__dataclass_fields__) for values in (ServiceValues, HolderValues))


@bp.route(f"{ONE}/tjansten", methods=["GET", "POST"])
@requires(policy.may_write, load=queries.service_for)
def describe(found: ServiceOf) -> ResponseReturnValue:
    """What it is."""
    form = on_saved(partial(forms.ServiceForm, data=said_by(found.service, *SERVICE)))
    return _written(found, "describe", form, partial(service.save_service, viewer(), found))


@bp.route(f"{ONE}/ansvar", methods=["GET", "POST"])
@requires(policy.may_write, load=queries.service_for)
def holders(found: ServiceOf) -> ResponseReturnValue:
    """Which roles answer for it, and who holds them."""
    form = on_saved(partial(_holders_form, found))
    try:
        return _written(found, "holders", form, partial(service.save_holders, viewer(), found))
    except service.OutsideDepartmentError as error:
        form[error.field].errors = [_("Personen har ingen roll i den förvaltningen. Välj någon annan.")]
        return _page(found, "holders", form)


def _holders_form(found: ServiceOf, formdata: Any = AUTO) -> forms.HoldersForm:
    form = forms.HoldersForm(formdata, data=said_by(found.service, *HOLDERS))
    form.offer(departments(), queries.employed())
    return form


@bp.route(f"{ONE}/pengar", methods=["GET", "POST"])
@requires(policy.may_write, load=queries.service_for)
def money(found: ServiceOf) -> ResponseReturnValue:
    """What it costs, who pays, for how long."""
    form = on_saved(partial(_money_form, found))
    return _written(found, "money", form, partial(service.save_money, viewer(), found))


def _money_form(found: ServiceOf, formdata: Any = AUTO) -> forms.MoneyForm:
    rows = [said_by(row, "kind", "from_year", "to_year", "amount") for row in found.service.costs]
    said = said_by(found.service, "payer_department_id", "payer", "financed_until")
    form = forms.MoneyForm(formdata, data={**said, "costs": rows})
    form.offer(departments())
    return form


@bp.route(f"{ONE}/beroenden", methods=["GET", "POST"])
@requires(policy.may_write, load=queries.service_for)
def dependencies(found: ServiceOf) -> ResponseReturnValue:
    """What it cannot do without."""
    offered = queries.can_lean_on(viewer(), found)
    form = on_saved(partial(_dependencies_form, found, offered))
    complete = _is_complete(form)
    form.offer(offered)  # for a row that has just been added too
    if not complete:
        return _page(found, "dependencies", form)
    service.save_dependencies(viewer(), found, form.values(), now())
    return _back(found, _("Sparat."))


def _dependencies_form(
    found: ServiceOf, offered: Sequence[OperatedService], formdata: Any = AUTO
) -> forms.DependenciesForm:
    rows = [said_by(row, "on_service_id", "platform") for row in found.service.dependencies]
    form = forms.DependenciesForm(formdata, data={"rows": rows})
    form.offer(offered)
    return form


def _written(
    found: ServiceOf, name: str, form: ChangeForm, write: Callable[..., None]
) -> ResponseReturnValue:
    if _is_complete(form):
        write(form.values(), now())  # type: ignore[attr-defined] # each of these forms has its own values
        return _back(found, _("Sparat."))
    return _page(found, name, form)


def _is_complete(form: ChangeForm) -> bool:
    return not (request.method == "POST" and rows_changed(form, request.form)) and form.validate_on_submit()


def _page(found: ServiceOf, name: str, form: ChangeForm, **more: Any) -> ResponseReturnValue:
    page = render_template(f"operations/{name}.html", found=found, service=found.service, form=form, **more)
    return page, status_of(form)


def _back(found: ServiceOf, done: str) -> ResponseReturnValue:
    flash(done, "success")
    return redirect(url_for(".service", service_id=found.service.id))


# --- answering for it ------------------------------------------------------------------------------------


@bp.post(f"{ONE}/fraga")
@requires(policy.may_ask, load=queries.service_for)
def ask(found: ServiceOf) -> ResponseReturnValue:
    """Ask the department that is to own it."""
    try:
        service.ask(viewer(), found, now())
    except IncompleteServiceError:
        flash(_("Något saknas innan någon kan ta emot driftansvaret. Det står överst på sidan."), "error")
        return redirect(url_for(".service", service_id=found.service.id))
    return _back(found, _("Verksamhetschefen är tillfrågad."))


@bp.route(f"{ONE}/svara", methods=["GET", "POST"])
@requires(policy.may_answer, load=queries.service_for)
def answer(found: ServiceOf) -> ResponseReturnValue:
    """Accept for one's department, or decline."""
    form = on_saved(partial(forms.AcceptForm, data=pages.as_it_stands(found)))
    page = pages.service_page(viewer(), found, today())
    if not form.validate_on_submit():
        return _page(found, "answer", form, page=page)
    verb = service.accept if form.answer.data == "accepted" else service.decline
    try:
        verb(viewer(), found, form.words.data or "", now())
    except IncompleteServiceError:
        form.answer.errors = [_("Något saknas. Det måste finnas innan förvaltningen kan ta emot.")]
        return _page(found, "answer", form, page=page)
    return _back(found, _("Svaret är sparat."))


@bp.route(f"{ONE}/avveckla", methods=["GET", "POST"])
@requires(policy.may_decommission, load=queries.service_for)
def decommission(found: ServiceOf) -> ResponseReturnValue:
    """Say that it is no more."""
    form = on_saved(partial(forms.DecommissionForm, data=pages.as_it_stands(found)))
    if form.validate_on_submit() and form.on.data > today():
        form.on.errors = [_("Ange en dag som har varit.")]
    elif form.validate_on_submit():
        service.decommission(viewer(), found, form.on.data, form.words.data or "", now())
        return _back(found, _("Tjänsten är avvecklad."))
    return _page(found, "decommission", form)
