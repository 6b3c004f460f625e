"""The page of the cost cliff: what services cost against money that is promised, as far as each may see."""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import date
from decimal import Decimal

from sqlalchemy import select, update

from app.accounts.access import Viewer
from app.core.benefits import BenefitCategory
from app.core.operation import YearlyCost, YearlyKind
from app.core.realisation import BenefitEnd, BenefitStanding
from app.core.sharing import ShareState
from app.db import db, transaction
from app.operations import queries, service
from app.operations.cliff import pages
from app.operations.cliff.beside import Series
from app.operations.cliff.pages import Wanted
from app.operations.cliff.queries import without_money
from app.operations.sharing import service as sharing
from app.operations.values import HolderValues, MoneyValues
from app.programme_report import operating
from app.programmes.models import Programme
from app.projects.models import Project
from app.realisation.models import Benefit
from tests.conftest import TODAY, Browser, Cast
from tests.operating_story import accepted, older
from tests.realisation.measuring_story import measured
from tests.running_story import PLANNED, running
from tests.sharing_story import YEAR, answered, proposed, share_of, year_of

EVERYTHING = Wanted(None, None)


def costing(
    cast: Cast, number: int, *costs: YearlyCost, until: date | None, payer: int | None = None
) -> None:
    """The older service costs this."""
    found = queries.service_for(cast.secretary, number)
    assert found is not None
    money = MoneyValues(payer_department_id=payer, payer="Ramen", financed_until=until, costs=costs)
    with transaction():
        service.save_money(cast.secretary, found, money, PLANNED)


def yearly(amount: str, kind: YearlyKind = YearlyKind.OPERATION, first: int = 2027) -> YearlyCost:
    return YearlyCost(kind, first, 2040, Decimal(amount))


def plain(text: str) -> str:
    return text.replace("\u00a0", " ").replace("&nbsp;", " ")


def cells(text: str, caption: str) -> list[list[str]]:
    """The rows of a table, cell by cell."""
    table = re.search(rf'aria-label="{caption}".*?<tbody>(.*?)</tbody>', plain(text), re.DOTALL)
    assert table is not None, caption
    rows = re.findall(r"<tr.*?>(.*?)</tr>", table[1], re.DOTALL)
    return [
        [re.sub(r"<[^>]*>", " ", cell).strip() for cell in re.findall(r"<t[hd].*?</t[hd]>", row, re.DOTALL)]
        for row in rows
    ]


def test_the_years_show_what_has_money_what_has_not_and_who_loses_it(browser: Browser, cast: Cast) -> None:
    number = older(cast)
    costing(cast, number, yearly("120000.50"), yearly("5000", YearlyKind.CAPITAL), until=date(2029, 12, 31))
    browser.sign_in(cast.secretary)
    page = browser.get("/drift/kostnader").text
    years = {row[0]: row[1:] for row in cells(page, "År för år")}
    assert list(years) == [str(year) for year in range(2027, 2038)]
    assert years["2029"][:7] == ["120 000,50", "5 000", "125 000,50", "125 000,50", "0", "0", "0"]
    assert years["2030"][:7] == ["120 000,50", "5 000", "125 000,50", "0", "125 000,50", "1", "0"]
    assert years["2031"][5] == "0"
    assert "2030 saknas 125 001 kr av 125 001 kr." in plain(page)
    assert "Störst är fallet 2030, då 1 tjänst förlorar sina pengar." in page
    assert 'class="chart"' in page
    assert "Förlorar pengarna" in page
    assert f'href="/drift/{number}"' in page
    later = browser.get("/drift/kostnader?ar=2031").text
    assert "Förlorar pengarna" not in later
    assert f'href="/drift/{number}"' in later
    before = browser.get("/drift/kostnader?ar=2028").text
    assert f'href="/drift/{number}"' not in before
    assert "Alla tjänster som kostar något har pengar det året." in before


def test_whoever_pays_bears_the_cost_and_the_owner_until_somebody_does(browser: Browser, cast: Cast) -> None:
    costing(cast, older(cast), yearly("700"), until=date(2028, 12, 31), payer=cast.other_department.id)
    costing(cast, older(cast, "Parkering på nätet"), yearly("30"), until=None)
    browser.sign_in(cast.secretary)
    rows = cells(browser.get("/drift/kostnader?ar=2028").text, "Förvaltningar 2028")
    assert rows == [
        [cast.other_department.name, "700", "0", "700", "700", "0"],
        [cast.department.name, "30", "0", "30", "0", "30"],
        ["Alla", "730", "0", "730", "700", "30"],
    ]
    only = browser.get(f"/drift/kostnader?forvaltning={cast.other_department.id}&ar=2029").text
    assert cells(only, "Förvaltningar 2029")[0] == [cast.other_department.name, "700", "0", "700", "0", "700"]
    assert "Parkering på nätet" not in only


def test_a_year_costs_here_what_the_register_and_the_page_of_each_say(
    browser: Browser, cast: Cast, programme: Programme
) -> None:
    project = running(cast, programme)
    accepted(cast, project)
    costing(cast, older(cast), yearly("400.25"), until=date(2029, 6, 30))
    browser.sign_in(cast.secretary)
    whole = cells(browser.get("/drift/kostnader").text, "År för år")
    for year in (2027, 2029, 2033):
        register = plain(browser.get(f"/drift?ar={year}").text)
        summed = next(row[3] for row in whole if row[0] == str(year))
        assert f"{summed} kr {year}" in register


def test_what_the_service_will_not_live_to_costs_nothing(cast: Cast) -> None:
    number = older(cast)
    costing(cast, number, yearly("400"), until=None)
    found = queries.service_for(cast.secretary, number)
    assert found is not None
    with transaction():
        service.decommission(cast.manager, found, date(2027, 3, 1), "Ersatt.", PLANNED)
    assert pages.cliff_page(cast.secretary, EVERYTHING, TODAY).is_empty


def test_everybody_sees_the_cost_of_what_they_may_see_and_no_more(cast: Cast) -> None:
    own, other = older(cast), older(cast, "Parkering på nätet")
    costing(cast, own, yearly("700"), until=None)
    costing(cast, other, yearly("30"), until=None)
    found = queries.service_for(cast.secretary, other)
    assert found is not None
    with transaction():
        elsewhere = HolderValues(department_id=cast.other_department.id, owner_role="Chef")
        service.save_holders(cast.secretary, found, elsewhere, PLANNED)

    def seen(viewer: Viewer) -> tuple[Decimal, set[int]]:
        page = pages.cliff_page(viewer, EVERYTHING, TODAY)
        lacking = {row.paid.service_id for row in without_money(viewer, None, 2028)}
        return page.whole[2028].whole, lacking

    assert seen(cast.secretary) == (Decimal(730), {own, other})
    assert seen(cast.manager) == (Decimal(700), {own})
    assert seen(cast.other_manager) == (Decimal(30), {other})


def test_what_benefits_come_to_stands_beside_as_far_as_the_viewer_sees_the_case(
    cast: Cast, programme: Programme
) -> None:
    measured(cast, programme)
    with transaction():
        financial = {"category": BenefitCategory.FINANCIAL.value}
        db.session.execute(update(Benefit).values(financial).execution_options(synchronize_session=False))
    benefits = {row.label: row.amounts for row in _beside(cast.secretary)}
    promised, realised = benefits["Utlovad nytta"], benefits["Realiserad nytta"]
    assert promised[2029] > 0
    assert set(realised) == {2028}
    assert realised[2028] == sum(row.realised for row in db.session.scalars(select(Benefit))) > 0
    assert not any(any(row.amounts.values()) for row in _beside(cast.nobody))
    with transaction():
        gone = {"outcome": BenefitEnd.ABANDONED.value, "standing": BenefitStanding.CLOSED.value}
        db.session.execute(update(Benefit).values(gone).execution_options(synchronize_session=False))
    assert not any(_beside(cast.secretary)[0].amounts.values())


def _beside(viewer: Viewer) -> list[Series]:
    page = pages.cliff_page(viewer, EVERYTHING, date(2028, 12, 31))
    return [replace(row, label=str(row.label)) for row in page.beside]


def shared(cast: Cast, programme: Programme) -> Project:
    """Its service costs 310 000 kronor a year from 2028, which two departments share as two to one."""
    project = running(cast, programme)
    proposed(cast, project)
    return project


def borne(cast: Cast, year: int) -> dict[str, Decimal]:
    """What each department bears in a year, by its name."""
    page = pages.cliff_page(cast.secretary, Wanted(None, year), TODAY)
    return {name: cost.whole for name, cost in page.departments}


def test_a_shared_service_is_borne_by_those_who_have_accepted_their_bills(
    browser: Browser, cast: Cast, programme: Programme
) -> None:
    project = shared(cast, programme)
    whole, own, other = Decimal(310_000), cast.department.name, cast.other_department.name
    assert borne(cast, YEAR) == {own: whole}, "nobody has accepted"
    answered(cast.other_manager, project, cast.other_department.id, ShareState.ACCEPTED)
    bills = {
        part.department_id: part.amount
        for part in share_of(cast.secretary, project, cast.department.id).sharing.shares
    }
    expected = {own: bills[cast.department.id], other: bills[cast.other_department.id]}
    assert sum(expected.values()) == whole
    assert borne(cast, YEAR) == expected
    assert borne(cast, YEAR + 1) == expected, "the key also holds for the year after"
    assert pages.cliff_page(cast.secretary, EVERYTHING, TODAY).whole[YEAR].whole == whole
    browser.sign_in(cast.secretary)
    asked = f"?forvaltning={cast.other_department.id}&ar={YEAR}"
    page = browser.get(f"/drift/kostnader{asked}").text
    assert "En delad tjänst räknas på de förvaltningar" in page
    assert [row[0] for row in cells(page, f"Förvaltningar {YEAR}")] == [other, "Alla"]
    only = pages.cliff_page(cast.secretary, Wanted(cast.other_department.id, YEAR), TODAY)
    assert only.whole[YEAR].whole == expected[other]
    lines = browser.get(f"/drift/kostnader.csv{asked}").data.decode("utf-8-sig").splitlines()
    amount = f"{expected[other]:f}".replace(".", ",")
    assert lines[1].startswith(f"{other};{YEAR};{amount};0,00;{amount};")
    assert {line.partition(";")[0] for line in lines[1:]} == {other}


def test_what_a_department_bears_is_told_alike_by_the_programmes_report(
    cast: Cast, programme: Programme
) -> None:
    project = shared(cast, programme)
    answered(cast.other_manager, project, cast.other_department.id, ShareState.ACCEPTED)
    told = operating.figures(cast.secretary, programme.id, TODAY)
    rows = {row["name"]: Decimal(row["financed"]) + Decimal(row["unfinanced"]) for row in told["departments"]}
    assert rows == borne(cast, told["borne_in"])
    assert len(rows) == 2
    (year,) = [row for row in told["years"] if row["year"] == told["borne_in"]]
    assert sum(rows.values()) == Decimal(year["financed"]) + Decimal(year["unfinanced"])


def test_a_year_that_is_not_shared_any_more_is_the_payers_again(cast: Cast, programme: Programme) -> None:
    project = shared(cast, programme)
    answered(cast.other_manager, project, cast.other_department.id, ShareState.ACCEPTED)
    assert len(borne(cast, YEAR)) == 2
    with transaction():
        sharing.withdraw(cast.leader, year_of(cast.leader, project), "Bara en använder den.", PLANNED)
    assert borne(cast, YEAR) == borne(cast, YEAR + 1) == {cast.department.name: Decimal(310_000)}
