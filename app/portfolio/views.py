"""The portfolio as a page."""

from __future__ import annotations

from flask import render_template, request
from flask.typing import ResponseReturnValue

from app.accounts.session import today, viewer
from app.portfolio import listing, pages, policy, taking_along, words
from app.portfolio.above import above
from app.portfolio.blueprint import bp
from app.portfolio.bubbles import views as bubbles
from app.portfolio.columns import ON_PAGE
from app.portfolio.saved import views as saved_views
from app.portfolio.timeline import views as timeline
from app.web.access import requires
from app.web.downloads import rows_response
from app.web.pages import page_number

__all__ = ["bp", "bubbles", "saved_views", "timeline"]

bp.add_app_template_filter(words.lit_tag)


@bp.get("/portfolj")
@requires(policy.may_see_portfolio)
def portfolio() -> ResponseReturnValue:
    """Every case that the viewer may see: where they stand, money, benefits, risk, what is late."""
    wanted = listing.asked_for(request.args)
    return render_template(
        "portfolio/portfolio.html",
        page=pages.portfolio_page(viewer(), wanted, page_number(), today()),
        columns=[column.as_head for column in ON_PAGE],
        late_things=words.LATE_THINGS,
        **above(viewer(), "portfolio.portfolio", wanted, request.args, today()),
    )


@bp.get("/portfolj.csv")
@requires(policy.may_see_portfolio)
def as_csv() -> ResponseReturnValue:
    """Everything that the page counts, with the same filter and order, as values between semicolons."""
    return _taken_along("csv")


@bp.get("/portfolj.xlsx")
@requires(policy.may_see_portfolio)
def as_xlsx() -> ResponseReturnValue:
    """The same as a workbook."""
    return _taken_along("xlsx")


@bp.get("/portfolj.json")
@requires(policy.may_see_portfolio)
def as_json() -> ResponseReturnValue:
    """The same for machines, with its sums."""
    return _taken_along("json")


def _taken_along(kind: str) -> ResponseReturnValue:
    wanted = listing.asked_for(request.args)
    sheet, about = taking_along.sheet(viewer(), wanted, today(), in_words=kind != "json")
    return rows_response(sheet, about, kind, f"portfolj-{about['day']}")
