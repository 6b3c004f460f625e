"""A later version is read beside the one before it: what differs is shown, and nothing else."""

from __future__ import annotations

from datetime import date, timedelta
from decimal import Decimal

from app.db import transaction
from app.programme_report.comparing import comparison, figures
from app.programmes.ledger import change_frame
from app.programmes.models import Programme
from tests.conftest import Browser, Cast
from tests.programme_report.report_story import ISSUED, found, issued, revised

LATER = ISSUED + timedelta(days=40)
AS_AT = date(2029, 2, 28)


def test_it_tells_what_has_changed_and_only_that(browser: Browser, cast: Cast, programme: Programme) -> None:
    report_id = issued(cast, programme)
    with transaction():
        change_frame(
            cast.administrator,
            programme,
            Decimal(5),
            reference="KF",
            booked_on=AS_AT - timedelta(days=9),
            now=ISSUED + timedelta(days=10),
        )
    revised(cast, programme, report_id, AS_AT, LATER, worries="Ramen är <b>större</b>.")
    first, second = (version.content for version in found(cast.council, report_id).versions)
    differing = {
        row.name: row.after - row.before for row in figures(first, second) if row.after != row.before
    }
    assert differing["Ram, kr"] == differing["Kvar att bevilja, kr"] == 5
    said = comparison(first, second, "sv")
    assert [text.name for text in said.rewritten] == ["Det som oroar"]
    assert "Det viktigaste" in said.same
    nothing = comparison(first, first, "sv")
    assert not nothing.rewritten
    assert not nothing.projects
    browser.sign_in(cast.council)
    page = browser.get(f"/programrapporter/{report_id}/version/2/jamfor").text
    assert "En rapport kom sent." in page
    assert "Ramen är &lt;b&gt;större&lt;/b&gt;." in page
    assert "Ett projekt är försenat." in page
    assert browser.get(f"/programrapporter/{report_id}/version/1/jamfor").status_code == 404


def test_a_project_that_came_or_went_says_only_that(cast: Cast, programme: Programme) -> None:
    newest = found(cast.secretary, issued(cast, programme)).newest
    assert newest is not None
    whole = newest.content
    fewer = {**whole, "projects": whole["projects"][1:]}
    title = whole["projects"][0]["title"]
    assert comparison(fewer, whole, "sv").projects == [(title, "Ärendet", "Fanns inte med", "Finns med")]
    assert comparison(whole, fewer, "sv").projects == [(title, "Ärendet", "Finns med", "Finns inte med")]
