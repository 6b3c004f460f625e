"""The follow-ups of all projects, for those who follow several."""

from __future__ import annotations

from flask import render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from app.accounts.session import today, viewer
from app.core.follow_up import Standing
from app.follow_up import policy, waiting, words
from app.follow_up.blueprint import bp
from app.web.access import requires
from app.web.addresses import record_number
from app.web.pages import WORDY_PAGE_SIZE, Page, page_number


@bp.get("/uppfoljningar")
@requires(policy.may_see_list)
def all_follow_ups() -> ResponseReturnValue:
    """The follow-ups of every project that the viewer sees, the earliest due first."""
    wanted = _wanted()
    page = Page(page_number(), 0, WORDY_PAGE_SIZE)
    rows, count = waiting.listed(viewer(), wanted, today(), limit=page.size, offset=page.offset)
    counted = waiting.counts(viewer(), wanted, today())
    return render_template(
        "follow_up/list.html",
        rows=rows,
        page=Page(page.number, count, page.size),
        wanted=wanted,
        filters=_filters(wanted),
        clear=url_for(".all_follow_ups") if wanted.department_id or wanted.year else None,
        standings=[(key, tag, counted[key]) for key, tag in words.STANDINGS.items()],
        everything=sum(counted.values()),
        keep=_kept(wanted),
        words=words,
        today=today(),
    )


def _wanted() -> waiting.Wanted:
    asked = request.args.get("lage", "")
    year = record_number(request.args.get("ar", ""))
    return waiting.Wanted(
        Standing(asked) if asked in set(Standing) else None,
        record_number(request.args.get("forvaltning", "")),
        year if year and year in YEARS else None,
    )


YEARS = range(2000, 2200)
"""Those that an address may ask for."""


def _filters(wanted: waiting.Wanted) -> list[dict[str, object]]:
    departments = [("", _("Alla förvaltningar")), *waiting.departments_with_any(viewer())]
    years = [("", _("Alla år")), *((year, str(year)) for year in waiting.years_with_any(viewer()))]
    return [
        {
            "name": "forvaltning",
            "label": _("Förvaltning"),
            "options": departments,
            "value": wanted.department_id or "",
        },
        {"name": "ar", "label": _("Uppföljningens år"), "options": years, "value": wanted.year or ""},
    ]


def _kept(wanted: waiting.Wanted) -> dict[str, object]:
    """What the address holds besides where the follow-ups stand."""
    kept = {"forvaltning": wanted.department_id, "ar": wanted.year}
    return {name: value for name, value in kept.items() if value}
