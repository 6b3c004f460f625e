"""The page of the cost cliff."""

from __future__ import annotations

from flask import render_template, request
from flask.typing import ResponseReturnValue

from app.accounts.queries import departments
from app.accounts.session import today, viewer
from app.operations import policy
from app.operations.blueprint import bp
from app.operations.cliff import listing, pages, pictures, queries, taking_along
from app.web.access import requires
from app.web.downloads import rows_response
from app.web.language import current_language
from app.web.pages import Page, page_number


@bp.get("/drift/kostnader")
@requires(policy.may_see_register)
def cost_cliff() -> ResponseReturnValue:
    """What services cost, year by year and department by department, and which of them lack money when."""
    wanted = listing.asked_for(request.args, today())
    page = pages.cliff_page(viewer(), wanted, today())
    lacking = queries.without_money(viewer(), wanted.department_id, page.year)
    part = Page(page_number(), len(lacking)).within()
    return render_template(
        "operations/cost_cliff.html",
        page=page,
        figure=pictures.cliff_figure(page, today(), current_language()),
        rows=lacking[part.offset : part.last],
        part=part,
        wanted=wanted,
        filters=listing.filters(wanted, page.year, departments(), today()),
        taken_along=listing.taken_along(wanted),
    )


@bp.get("/drift/kostnader.csv")
@requires(policy.may_see_register)
def cliff_as_csv() -> ResponseReturnValue:
    """What each department bears year by year, with the same filter, as values between semicolons."""
    return _taken_along("csv")


@bp.get("/drift/kostnader.xlsx")
@requires(policy.may_see_register)
def cliff_as_xlsx() -> ResponseReturnValue:
    """The same as a workbook."""
    return _taken_along("xlsx")


def _taken_along(kind: str) -> ResponseReturnValue:
    page = pages.cliff_page(viewer(), listing.asked_for(request.args, today()), today())
    return rows_response(taking_along.sheet(page), {}, kind, f"kostnader-{today().isoformat()}")
