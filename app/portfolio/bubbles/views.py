"""The page of bubbles."""

from __future__ import annotations

from flask import render_template, request
from flask.typing import ResponseReturnValue

from app.accounts.session import today, viewer
from app.portfolio import listing, policy
from app.portfolio.above import above
from app.portfolio.blueprint import bp
from app.portfolio.bubbles import pages, pictures
from app.portfolio.moment import moment_of
from app.web.access import requires
from app.web.language import current_language
from app.web.pages import page_number


@bp.get("/portfolj/bubblor")
@requires(policy.may_see_portfolio)
def bubbles() -> ResponseReturnValue:
    """Where the large money is, what comes back for it and how late: of the same cases as the list."""
    wanted = listing.asked_for(request.args)
    page = pages.bubble_page(viewer(), wanted, page_number(), today())
    day = moment_of(wanted.on, today()).day
    return render_template(
        "portfolio/bubbles.html",
        page=page,
        figure=pictures.bubble_figure(page, day, current_language()),
        weak=page.weak[: pages.NAMED],
        **above(viewer(), "portfolio.bubbles", wanted, request.args, today()),
    )
