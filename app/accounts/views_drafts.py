"""What a person has typed and not saved: kept while it is written, listed, thrown away."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from flask import abort, flash, g, jsonify, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from app import drafts
from app.accounts.blueprint import bp
from app.accounts.policy import signed_in
from app.accounts.session import now, viewer
from app.drafts import Draft
from app.web import keys, typed, wording
from app.web.access import public, requires
from app.web.formats import clock
from app.web.keys import beside_the_pen, repeatable


@bp.post("/utkast")
@public
@repeatable
@beside_the_pen
def keep() -> ResponseReturnValue:
    """Keep what is typed (static/js/autosave.js). The key says whose it is, with or without a session."""
    key, place = keys.sent(), request.args.get(typed.TO, "")
    if key is None or not key.written_in or not typed.takes_forms(place):
        return jsonify(message=_("Sidan är för gammal. Öppna den på nytt.")), 400
    if not typed.keep_at(key, place, typed.sent_fields()):
        return jsonify(message=_("Du har för många utkast. Kasta några under Mina utkast.")), 409
    time = clock(now())
    if g.viewer is None or g.viewer.id != key.person_id:
        return jsonify(
            message=_("Du är utloggad. Utkastet är sparat %(time)s. Logga in i en ny flik.", time=time),
            signed_out=True,
        )
    return jsonify(message=_("Utkast sparat %(time)s", time=time))


@bp.post("/utkast/kasta")
@requires(signed_in)
def throw_away_shown() -> ResponseReturnValue:
    """Forget what the opened form holds, and show the form as it is saved."""
    key, place = keys.sent(), request.args.get(typed.TO, "")
    page = typed.where_it_stands(key.stands_on, place) if key and place else None
    if key is None or page is None:
        return redirect(url_for("accounts.own_drafts"), 303)
    drafts.settle(typed.source(key, place))
    flash(_("Utkastet är kastat. Här är det som senast sparades."), "success")
    return redirect(url_for(page[0], **page[1]), 303)


@dataclass(frozen=True, slots=True)
class OwnDraft:
    """A draft as its writer sees it in the list."""

    draft: Draft
    title: str
    """What the form is called, and its case; empty when that is not known any more."""
    href: str | None
    """The page with the form; None when it can no longer be opened."""
    fields: list[typed.TypedField]


@bp.get("/mina-utkast")
@requires(signed_in)
def own_drafts() -> ResponseReturnValue:
    """Everything that the person has typed and not saved, also what has lost its form."""
    found = drafts.of(viewer().id)
    pages = [typed.where_it_stands(draft.stands_on, draft.place) for draft in found]
    named = zip(found, pages, wording.titles(pages), strict=True)
    return render_template("accounts/drafts.html", drafts=[_own(*one) for one in named])


def _own(draft: Draft, page: wording.Page | None, title: str) -> OwnDraft:
    parts: dict[str, Any] = {keys.SHOWN: draft.id}
    fields = [(name, text) for name, text in draft.fields]
    return OwnDraft(
        draft,
        title,
        url_for(page[0], **(parts | dict(page[1]))) if page else None,
        [typed.TypedField(name, label, text) for label, (name, text) in typed.zip_labels(page, fields)],
    )


@bp.post("/mina-utkast/<int:draft_id>/kasta")
@requires(signed_in)
def throw_away(draft_id: int) -> ResponseReturnValue:
    """Forget one draft."""
    if not drafts.throw_away(viewer().id, draft_id):
        abort(404)
    flash(_("Utkastet är kastat."), "success")
    return redirect(url_for("accounts.own_drafts"))
