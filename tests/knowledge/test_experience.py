"""What others have come to, beside an application's own figures: counted daily, never of fewer than three."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta
from decimal import Decimal

import pytest
from bs4 import BeautifulSoup

from app.benefits import queries as benefits
from app.core.calibration import ASSUMED, Assumption, Expectation, Sums, added_up
from app.core.errors import InputError
from app.core.inputs import LAST_YEAR
from app.core.tempered import tempered
from app.db import db, transaction
from app.knowledge import experience
from app.knowledge.counting import ALL, count_outcomes, counted, is_counted
from app.knowledge.models import CountedOutcomes
from app.knowledge.outcomes import cases
from app.programmes.models import Programme
from app.programmes.queries import outcomes_on
from app.programmes.service import NotLaterError, set_outcomes
from app.projects.models import Project
from app.upkeep import worker
from tests.conftest import NOW, TODAY, Browser, Cast
from tests.drafting import filled_in, form_on
from tests.realisation.measuring_story import measured
from tests.running_story import granted, running
from tests.story import submitted

LATER = date(2029, 2, 1)
TITLE = "En tjänst som ingen annan ser"
TEN = Assumption(
    share=Expectation(Decimal("0.5"), Decimal("0.2"), 10),
    months_late=Expectation(Decimal(12), Decimal(4), 10),
)


def came(programme: Programme, cases: int, trait: str = "", value: str = "") -> None:
    """So many projects, as if they had been counted: each got four tenths, ten months late."""
    row = CountedOutcomes(
        programme_id=programme.id, trait=trait, value=value, counted_on=TODAY,
        cases=cases, shares=Decimal("0.4") * cases, shares_squared=Decimal("0.16") * cases,
        late_cases=cases, months=Decimal(10) * cases, months_squared=Decimal(100) * cases,
        promised=Decimal(1_000_000), realised=Decimal(400_000),
    )  # fmt: skip
    with transaction():
        db.session.add(row)


def read(browser: Browser, project: Project) -> str:
    """The page of its calculation."""
    text = browser.get(f"/projekt/{project.id}/kalkyl").text.replace("\xa0", " ")
    return BeautifulSoup(text, "html.parser").get_text(" ")


# --- counted ---------------------------------------------------------------------------------------------


def test_what_is_counted_is_what_every_project_of_the_programme_came_to(
    cast: Cast, programme: Programme
) -> None:
    measured(cast, programme)
    running(cast, programme, title=TITLE)
    with transaction():
        count_outcomes(LATER)
    found = cases(Project.programme_id == programme.id, LATER)
    assert len(found) == 2
    (all_of_them,) = counted(programme.id, ALL)
    assert all_of_them.counted_on == LATER
    assert_about(all_of_them.sums, added_up(found))
    department = found[0].traits["department"]
    (one,) = counted(programme.id, ("department", department))
    assert one.cases == 2


def assert_about(found: Sums, expected: Sums) -> None:
    """The same, but for what the columns round."""
    assert (found.promised, found.realised) == (expected.promised, expected.realised)
    for kept, summed in ((found.shares, expected.shares), (found.late, expected.late)):
        assert kept.cases == summed.cases
        assert abs(kept.total - summed.total) < Decimal("0.0001")
        assert abs(kept.squares - summed.squares) < Decimal("0.0001")


def test_it_is_counted_once_a_day_and_what_is_not_there_any_more_is_forgotten(
    cast: Cast, programme: Programme, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(worker, "clock", lambda: NOW)
    came(programme, 7, "category", "quality")
    with transaction():
        db.session.execute(CountedOutcomes.__table__.update().values(counted_on=TODAY - timedelta(days=1)))  # type: ignore[attr-defined] # a table
    assert not is_counted(TODAY)
    assert worker.count_what_came(lambda: True) == 1
    assert is_counted(TODAY)
    assert worker.count_what_came(lambda: True) == 0
    assert [row.trait for row in db.session.query(CountedOutcomes)] == [""]


# --- beside a calculation --------------------------------------------------------------------------------


def test_few_measured_projects_are_not_told_of(browser: Browser, cast: Cast, programme: Programme) -> None:
    project = submitted(cast, programme)
    came(programme, 2)
    text = read(browser.sign_in(cast.leader), project)
    assert "För få projekt är mätta än" in text
    assert "antar att 70 % av nyttan kommer, 9 månader för sent" in text
    assert "40 %" not in text


def test_the_application_is_set_beside_what_others_came_to(
    browser: Browser, cast: Cast, programme: Programme
) -> None:
    project = submitted(cast, programme)
    came(programme, 6)
    text = read(browser.sign_in(cast.leader), project)
    assert "I programmets 6 mätta projekt har 40 % av nyttan kommit." in text
    assert "Att vänta sig" in text
    # (4 x 0.7 + 6 x 0.4) / 10, (4 x 9 + 6 x 10) / 10
    assert "52 %" in text
    assert "10" in text


def test_those_of_the_same_kind_come_first_when_they_are_enough(
    browser: Browser, cast: Cast, programme: Programme
) -> None:
    project = submitted(cast, programme)
    kind = experience.main_category(benefits.inputs_for(project, TODAY))
    came(programme, 9)
    came(programme, 3, "category", kind)
    text = read(browser.sign_in(cast.secretary), project)
    assert "I programmets 3 mätta projekt med mest nytta av samma slag" in text


def test_the_figures_are_those_of_the_same_calculation_tempered(cast: Cast, programme: Programme) -> None:
    project = submitted(cast, programme)
    came(programme, 6)
    inputs = benefits.inputs_for(project, TODAY)
    like = experience.like_this(project, inputs, ASSUMED)
    plain, expected, low, high = experience.rows(inputs, like.found)
    assert plain.present_value == round(inputs.calculation.net_present_value)
    assert low.present_value <= expected.present_value <= high.present_value < plain.present_value
    again = tempered(*inputs._complete, share=Decimal("0.52"), months_late=Decimal("9.6"))
    assert expected.present_value == round(again.net_present_value)


def test_what_cannot_come_later_is_not_set_beside_anything(
    browser: Browser, cast: Cast, programme: Programme, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A day or a number at the very end of what can be counted with: the page opens without it."""
    project = submitted(cast, programme)
    inputs = benefits.inputs_for(project, TODAY)
    late = [
        replace(entry, values=replace(entry.values, starts_on=date(LAST_YEAR, 12, 1)))
        for entry in inputs.benefits
    ]
    at_the_end = replace(inputs, benefits=tuple(late), base_year=LAST_YEAR)
    assert at_the_end.calculation.rows
    with pytest.raises(InputError):
        at_the_end.tempered(share=Decimal(1), months_late=Decimal(9))
    monkeypatch.setattr("app.benefits.views.inputs_as_read_by", lambda *_asked: at_the_end)
    text = read(browser.sign_in(cast.leader), project)
    assert "Kalkylens resultat" in text
    assert "Vad liknande projekt" not in text


def test_a_decided_case_stands_by_its_promise(browser: Browser, cast: Cast, programme: Programme) -> None:
    project = granted(cast, programme)
    came(programme, 6)
    assert "Vad liknande projekt" not in read(browser.sign_in(cast.leader), project)


def test_nothing_tells_which_projects_they_were(browser: Browser, cast: Cast, programme: Programme) -> None:
    measured(cast, programme, title=TITLE)
    with transaction():
        count_outcomes(LATER)
    came_to = submitted(cast, programme, title="En annan")
    text = read(browser.sign_in(cast.other_leader), came_to)
    assert TITLE not in text


# --- what is assumed -------------------------------------------------------------------------------------


def test_what_the_programme_has_decided_is_assumed_from_its_day(cast: Cast, programme: Programme) -> None:
    day = date(2028, 1, 1)
    with transaction():
        set_outcomes(cast.administrator, programme, TEN, day, reference="KS § 7", now=NOW)
    assert experience.assumption_on(programme.id, day) == TEN
    assert experience.assumption_on(programme.id, day - timedelta(days=1)) == ASSUMED
    with pytest.raises(NotLaterError), transaction():
        set_outcomes(cast.administrator, programme, TEN, day, reference="KS § 8", now=NOW)


def test_the_administrator_decides_what_is_assumed(
    browser: Browser, cast: Cast, programme: Programme
) -> None:
    browser.sign_in(cast.administrator)
    address = "/program/installningar/utfall"
    assert "Då antas 70" in browser.get("/program/installningar").text
    sent = filled_in(form_on(browser.get(address).text))
    assert (sent["share"], sent["months"], sent["cases"]) == ("70", "9", "4")
    sent |= {"valid_from": "2028-01-01", "reference": "KS § 7", "share": "55", "cases": "12"}
    for name, wrong in (("share", "-1"), ("share_spread", "0"), ("months", "x"), ("cases", "0")):
        refused = browser.post(address, data=sent | {name: wrong})
        assert refused.status_code == 422, name
        assert "error-summary" in refused.text
    assert browser.post(address, data=sent).status_code == 302
    kept = outcomes_on(programme.id, date(2028, 1, 1))
    assert kept is not None
    assert kept.assumption.share == replace(ASSUMED.share, mean=Decimal("0.55"), cases=12)
    assert "KS § 7" in browser.get("/program/installningar").text
