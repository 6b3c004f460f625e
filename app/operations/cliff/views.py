"""The page of the cost cliff."""

from __future__ import annotations

from flask import render_template, request
from flask.typing import ResponseReturnValue

from app.accounts.queries import departments
from app.accounts.session import today, viewer
from app.operations import policy
from app.operations.blueprint import bp
from app.operations.cliff import listing, pages, pictures, queries
from app.web.access import requires
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
    )
