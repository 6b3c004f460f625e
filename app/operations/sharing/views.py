"""The pages on which it is said how a year is shared, and on which departments answer for their shares."""

from __future__ import annotations

from functools import partial
from typing import Any

from flask import flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from app.accounts.queries import departments
from app.accounts.session import now, today, viewer
from app.core.sharing import ShareState
from app.operations import policy as services
from app.operations import queries as of_services
from app.operations.blueprint import ONE, bp
from app.operations.queries import ServiceOf
from app.operations.sharing import listing, pages, policy, queries, register, reminding, service, words
from app.operations.sharing.forms import KeyForm, ShareAnswerForm, WithdrawSharingForm
from app.operations.sharing.queries import ShareOf, SharingOf
from app.operations.sharing.taking_along import sheet
from app.web import paper
from app.web.access import requires
from app.web.changing import on_saved, said_by, status_of
from app.web.downloads import rows_response
from app.web.language import current_language
from app.web.opened import AUTO
from app.web.pages import Page, page_number
from app.web.rows import rows_changed

__all__ = ["reminding"]

SHARING = f"{ONE}/delning"
YEAR = f"{SHARING}/<int:year>"

for _filter in (
    words.share_tag, words.sharing_tag, words.sharing_reason, words.shared_cost, words.share_answer,
):  # fmt: skip
    bp.add_app_template_filter(_filter)


# --- the bills of a department ---------------------------------------------------------------------------


@bp.get("/drift/andelar")
@requires(services.may_see_register)
def bills() -> ResponseReturnValue:
    """What the viewer's departments pay of shared services in a year."""
    wanted = listing.asked_for(request.args, today())
    count, kronor = register.sums(viewer(), wanted)
    page = Page(page_number(), count).within()
    return render_template(
        "operations/bills.html",
        rows=register.bills(viewer(), wanted, limit=page.size, offset=page.offset),
        page=page,
        wanted=wanted,
        kronor=kronor,
        filters=listing.filters(wanted, register.years(viewer()), departments(), today()),
        filtered=wanted != listing.asked_for({}, today()),
        taken_along=listing.taken_along(request.args),
    )


@bp.get("/drift/andelar.csv")
@requires(services.may_see_register)
def bills_as_csv() -> ResponseReturnValue:
    """Every bill that the page counts, with the same filter, as values between semicolons."""
    return _taken_along("csv")


@bp.get("/drift/andelar.xlsx")
@requires(services.may_see_register)
def bills_as_xlsx() -> ResponseReturnValue:
    """The same as a workbook."""
    return _taken_along("xlsx")


def _taken_along(kind: str) -> ResponseReturnValue:
    wanted = listing.asked_for(request.args, today())
    return rows_response(sheet(viewer(), wanted), {}, kind, f"andelar-{wanted.year}")


# --- how a service is shared -----------------------------------------------------------------------------


@bp.get(SHARING)
@requires(services.may_see, load=of_services.service_for)
def sharing(found: ServiceOf) -> ResponseReturnValue:
    """Every year of a service, and how far its departments have come."""
    may_propose = bool(services.may_write(viewer(), found))
    rows = pages.years_of(found)
    return render_template(
        "operations/sharing.html", service=found.service, rows=rows, may_propose=may_propose
    )


@bp.get(YEAR)
@requires(policy.may_see_year, load=queries.sharing_for)
def sharing_year(found: SharingOf) -> ResponseReturnValue:
    """The key of a year, each department's bill, and what they have answered."""
    page = pages.sharing_page(viewer(), found)
    return render_template("operations/sharing_year.html", page=page, service=page.service, today=today())


@bp.get(f"{YEAR}/<int:department_id>.pdf")
@requires(policy.may_see_share, load=queries.share_for)
def share_bill(found: ShareOf) -> ResponseReturnValue:
    """A department's bill as a document."""
    from app.operations.sharing.documents import bill_pdf

    page, language, day = pages.sharing_page(viewer(), found.found), current_language(), today()
    return paper.answer(
        lambda order: bill_pdf(page, found.share, day, language, order),
        f"andel-{page.service.id}-{page.year}-{found.share.department_id}.pdf",
    )


@bp.route(f"{YEAR}/nyckel", methods=["GET", "POST"])
@requires(policy.may_propose, load=queries.sharing_for)
def share_key(found: SharingOf) -> ResponseReturnValue:
    """Say by which key the year is shared."""
    form = on_saved(partial(_key_form, found))
    sent = request.method == "POST" and not rows_changed(form, request.form)
    complete = sent and form.validate_on_submit()
    form.offer(departments())  # for a row that has just been added too
    if complete and form.measured_on.data > today():
        form.measured_on.errors = [str(service.NOT_YET)]
    elif complete:
        service.propose(viewer(), found, form.values(), now())
        return _back(found, _("Nyckeln är sparad, och förvaltningarna är tillfrågade."))
    return _page(found, "share_key", form)


def _key_form(found: SharingOf, formdata: Any = AUTO) -> KeyForm:
    """What the year says already; else what the year before said, to be measured anew."""
    last = found.standing or queries.year_of(found.of, found.year - 1).standing
    said = said_by(last, "basis", "unit", "source") if last else {}
    if last is None or not last.shares:
        said["quantities"] = [{"department_id": found.of.service.department_id}, {}]
    elif last is found.standing:
        said |= said_by(last, "measured_on", "words")
        said["quantities"] = [said_by(row, "department_id", "quantity") for row in last.shares]
    else:
        said["quantities"] = [said_by(row, "department_id") for row in last.shares]
    form = KeyForm(formdata, data=said)
    form.offer(departments())
    return form


@bp.route(f"{YEAR}/aterta", methods=["GET", "POST"])
@requires(policy.may_withdraw, load=queries.sharing_for)
def share_withdraw(found: SharingOf) -> ResponseReturnValue:
    """Say that the year is not shared."""
    form = on_saved(partial(WithdrawSharingForm, data=pages.as_it_stands(found)))
    if form.validate_on_submit():
        service.withdraw(viewer(), found, form.words.data or "", now())
        return _back(found, _("Fördelningen är tillbakatagen."))
    return _page(found, "share_withdraw", form)


@bp.route(f"{YEAR}/svara/<int:department_id>", methods=["GET", "POST"])
@requires(policy.may_answer_share, load=queries.share_for)
def share_answer(found: ShareOf) -> ResponseReturnValue:
    """Accept a department's share, or decline it."""
    form = on_saved(partial(ShareAnswerForm, data=pages.as_it_stands(found.found)))
    if form.validate_on_submit():
        service.answer(viewer(), found, ShareState(form.answer.data), form.words.data or "", now())
        return _back(found.found, _("Svaret är sparat."))
    return _page(found.found, "share_answer", form, share=found.share)


def _page(found: SharingOf, name: str, form: Any, **more: Any) -> ResponseReturnValue:
    page = pages.sharing_page(viewer(), found)
    shown = render_template(f"operations/{name}.html", page=page, service=page.service, form=form, **more)
    return shown, status_of(form)


def _back(found: SharingOf, done: str) -> ResponseReturnValue:
    flash(done, "success")
    return redirect(url_for(".sharing_year", service_id=found.of.service.id, year=found.year))
