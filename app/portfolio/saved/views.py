"""The pages of saved views."""

from __future__ import annotations

from flask import flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from app.accounts.session import now, today, viewer
from app.portfolio import listing
from app.portfolio.blueprint import bp
from app.portfolio.policy import may_see_portfolio
from app.portfolio.saved import links, policy, queries, service
from app.portfolio.saved.forms import SavedViewForm
from app.portfolio.saved.models import SavedView
from app.portfolio.saved.service import NamedError
from app.web.access import requires
from app.web.changing import status_of


@bp.get("/portfolj/urval")
@requires(may_see_portfolio)
def saved_views() -> ResponseReturnValue:
    """The views that stand above the viewer's portfolio."""
    rows = [
        (view, links.href_of(view), links.in_words(links.asked_by(view), today()))
        for view in queries.views_of(viewer())
    ]
    may_remove = {view.id for view, _href, _words in rows if policy.may_remove_view(viewer(), view)}
    return render_template("portfolio/saved_views.html", rows=rows, may_remove=may_remove)


@bp.route("/portfolj/urval/nytt", methods=["GET", "POST"])
@requires(may_see_portfolio)
def save_view() -> ResponseReturnValue:
    """Keep what the address asks for under a name."""
    wanted = listing.asked_for(request.args)
    form = SavedViewForm(for_all=bool(policy.may_save_for_all(viewer())))
    if form.validate_on_submit():
        try:
            view = service.save_view(
                viewer(), form.name.data or "", links.kept(wanted), for_all=form.is_for_all, now=now()
            )
        except NamedError:
            form.refused()
        else:
            flash(_("Urvalet är sparat."), "success")
            return redirect(links.href_of(view))
    page = render_template("portfolio/save_view.html", form=form, words=links.in_words(wanted, today()))
    return page, status_of(form)


@bp.post("/portfolj/urval/<int:view_id>/ta-bort")
@requires(policy.may_remove_view, load=queries.view_for)
def remove_view(view: SavedView) -> ResponseReturnValue:
    """Take a view away."""
    service.remove_view(viewer(), view, now())
    flash(_("Urvalet är borttaget."), "success")
    return redirect(url_for(".saved_views"))
