"""The page of the timeline."""

from __future__ import annotations

from flask import render_template, request
from flask.typing import ResponseReturnValue

from app.accounts.session import today, viewer
from app.portfolio import listing, policy
from app.portfolio.above import above
from app.portfolio.blueprint import bp
from app.portfolio.moment import moment_of
from app.portfolio.timeline import pages, pictures, words
from app.web.access import requires
from app.web.pages import page_number


@bp.get("/portfolj/tidslinje")
@requires(policy.may_see_portfolio)
def timeline() -> ResponseReturnValue:
    """When projects were to be ready, when they will be, what comes after: of the same cases as the list."""
    wanted = listing.asked_for(request.args)
    page = pages.timeline_page(viewer(), wanted, page_number(), today())
    day = moment_of(wanted.on, today()).day
    return render_template(
        "portfolio/timeline.html",
        page=page,
        figure=pictures.timeline_figure(page.late, day),
        endings=words.ENDINGS,
        delay_tag=words.delay_tag,
        followed_up=words.followed_up,
        **above(viewer(), "portfolio.timeline", wanted, request.args, today()),
    )
