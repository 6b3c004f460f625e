"""The pages of budget effects, as the people of the story see them; the register, and what waits for whom."""

from __future__ import annotations

import json
from collections.abc import Callable
from dataclasses import replace
from datetime import date
from decimal import Decimal
from urllib.parse import parse_qsl

import pytest

from app.budget_effects import policy, register, waiting
from app.budget_effects.listing import asked_for
from app.budget_effects.register import Wanted
from app.core.budget_effects import EffectState, Form, Sums
from app.core.verdict import Verdict
from app.export.everything import everything
from app.programmes.models import Programme
from app.projects.models import Project
from tests.budget_effects.effect_story import (
    agree,
    each_step,
    effect,
    enter,
    promise,
    promised,
    taken_home,
    verified,
    verify,
)
from tests.conftest import Browser, Cast
from tests.drafting import opened
from tests.realisation.measuring_story import AFTERWARDS, TODAY, measured, of

PROMISED = {
    "form": "posts",
    "year": "2029",
    "cost_centre": "1234",
    "item": "Tjänst 7",
    "amount": "310 000,50",
    "staff_years": "0,5",
}


def place_of(project: Project, cast: Cast, rest: str = "") -> str:
    return f"/projekt/{project.id}/nyttor/{of(cast.leader, project).benefit.id}{rest}"


def test_from_a_promise_to_what_is_taken_home(browser: Browser, cast: Cast, programme: Programme) -> None:
    project = measured(cast, programme)
    browser.sign_in(cast.manager)
    page = browser.get(place_of(project, cast)).text
    assert "Inget är utlovat till någon budget än." in page
    new = place_of(project, cast, "/budgeteffekter/ny")
    assert new in page, "the one thing to do"
    form = opened(browser, new)
    faults = browser.post(new, data=form | PROMISED | {"staff_years": "", "form": "capacity"})
    for words in ("Ange hur många årsarbetare.", "Skriv vad tiden används till."):
        assert words in faults.text
    assert browser.post(new, data=form | PROMISED).status_code == 302
    one = place_of(project, cast, f"/budgeteffekter/{effect(cast.manager, project).effect.id}")
    assert "Den andra parten ska svara." in browser.get(one).text
    again = browser.post(new, data=opened(browser, new) | PROMISED)
    assert again.status_code == 422
    assert "har redan den här posten, i projektet" in again.text
    browser.sign_in(cast.controller)
    assert f"{one}/svara" in browser.get("/").text
    assert f"{one}/svara" in browser.get(place_of(project, cast)).text
    answer = opened(browser, f"{one}/svara")
    assert "Skriv varför." in browser.post(f"{one}/svara", data=answer | {"answer": "decline"}).text
    assert browser.post(f"{one}/svara", data=answer | {"answer": "agree"}).status_code == 302
    browser.sign_in(cast.manager)
    entered = opened(browser, f"{one}/budget") | {"reference": "Verksamhetsplan 2029"}
    late = browser.post(f"{one}/budget", data=entered | {"booked_on": "2029-01-16"})
    assert "Ange en dag som har varit." in late.text
    assert browser.post(f"{one}/budget", data=entered | {"booked_on": "2029-01-15"}).status_code == 302
    browser.sign_in(cast.secretary)
    assert f"{one}/kontrollera" in browser.get("/").text
    verdict = opened(browser, f"{one}/kontrollera")
    assert "Verksamhetsplan 2029" in browser.get(f"{one}/kontrollera").text
    assert browser.post(f"{one}/kontrollera", data=verdict | {"answer": "verify"}).status_code == 302
    browser.sign_in(cast.controller)
    take = opened(browser, f"{one}/hemtagning")
    assert (take["amount"], take["booked_on"]) == ("310\xa0000,50", "2029-01-15")
    take |= {"reference": "Månadsuppföljning"}
    much = browser.post(f"{one}/hemtagning", data=take | {"amount": "310 000,51"})
    assert "Ange högst 310\xa0000,50\xa0kr." in much.text
    assert browser.post(f"{one}/hemtagning", data=take).status_code == 302
    page = browser.get(place_of(project, cast)).text
    for words in ("310\xa0000,50\xa0kr", "Hemtagen", "69\xa0499,50\xa0kr är kvar att ta hem"):
        assert words in page
    back = opened(browser, f"{one}/aterfor") | {"amount": "0,50", "words": "Avrundat."}
    assert browser.post(f"{one}/aterfor", data=back).status_code == 302
    assert "Avrundat." in browser.get(one).text
    told = browser.get(f"/projekt/{project.id}/historik").text
    for words in ("utlovade en budgeteffekt", "kom överens om", "bokförde en budgeteffekt som hemtagen"):
        assert words in told


def test_an_early_withdrawal_is_seen_wherever_the_effect_is(
    browser: Browser, cast: Cast, programme: Programme
) -> None:
    project = promised(cast, programme)
    agree(cast, project)
    enter(cast, project)
    browser.sign_in(cast.secretary)
    one = f"/budgeteffekter/{effect(cast.manager, project).effect.id}"
    for page in (place_of(project, cast), place_of(project, cast, one), "/budgeteffekter"):
        assert "Tidigt uttag" in browser.get(page).text
    assert "1 budgeteffekt<" in browser.get("/budgeteffekter?tidigt=1").text
    verify(cast, project)
    page = browser.sign_in(cast.controller).get(place_of(project, cast, one)).text
    assert "Nyttan måste mätas innan mer kan tas hem." in page


def test_who_hesitates_is_told_that_somebody_was_first(
    browser: Browser, cast: Cast, programme: Programme
) -> None:
    project = promised(cast, programme)
    one = place_of(project, cast, f"/budgeteffekter/{effect(cast.manager, project).effect.id}")
    browser.sign_in(cast.manager)
    form = opened(browser, f"{one}/ta-tillbaka") | {"words": "Fel år."}
    agree(cast, project)
    answer = browser.post(f"{one}/ta-tillbaka", data=form)
    assert answer.status_code == 409
    assert "Någon annan hann före" in answer.text
    form = opened(browser, f"{one}/ta-tillbaka") | {"words": "Fel år."}
    assert browser.post(f"{one}/ta-tillbaka", data=form).status_code == 302
    assert "Budgetposten är fri." in browser.get(one).text


# --- the register ----------------------------------------------------------------------------------------


def test_the_register_adds_up_by_every_filter_to_the_ore(cast: Cast, programme: Programme) -> None:
    project = measured(cast, programme)
    each_step(cast, project, AFTERWARDS)
    promise(cast, project, year=2030, amount=Decimal("0.01"))
    viewer = cast.auditor
    count, total = register.sums(viewer, Wanted())
    assert (count, total) == (5, Sums(
        promised=Decimal("800000.51"), agreed=Decimal(550_000), in_budget=Decimal(510_000),
        verified=Decimal(200_000), taken_home=Decimal(100_000),
    ))  # fmt: skip
    parts: list[list[Wanted]] = [
        [Wanted(state=state) for state in EffectState],
        [Wanted(year=year) for year in register.years(viewer)],
        [Wanted(department_id=row.id) for row in (cast.department, cast.other_department)],
    ]
    for part in parts:
        found = [register.sums(viewer, wanted) for wanted in part]
        assert sum(number for number, _sums in found) == count
        assert sum((sums for _number, sums in found), Sums()) == total
    counts, early = register.counts(viewer, Wanted(state=EffectState.AGREED, early=True))
    assert (sum(counts.values()), early) == (5, 0), "whatever is chosen, the choices tell what there is"
    listed = register.listed(viewer, Wanted(), limit=30, offset=0)
    assert sum(row.amount for row in listed) == total.promised
    assert register.sums(cast.other_manager, Wanted())[0] == 5, "takes part in the case"
    outside = replace(cast.other_manager, roles=frozenset())
    assert register.sums(outside, Wanted()) == (0, Sums())
    assert register.years(outside) == []


@pytest.mark.parametrize(
    "address", ["?lage=verified&ar=2029&forvaltning=1", "?lage=x&ar=9999&tidigt=x&page=9"]
)
def test_what_an_address_asks_for_is_shown_and_nonsense_asks_for_nothing(
    browser: Browser, cast: Cast, programme: Programme, address: str
) -> None:
    verified(cast, programme)
    page = browser.sign_in(cast.council).get(f"/budgeteffekter{address}").text
    assert "250\xa0000,50\xa0kr" in page
    assert "1 budgeteffekt<" in page


def test_what_is_taken_along_adds_up_to_what_the_register_says(
    browser: Browser, cast: Cast, programme: Programme
) -> None:
    each_step(cast, measured(cast, programme), AFTERWARDS)
    browser.sign_in(cast.council)
    for asked in ("", "?lage=verified", "?ar=2029", "?ar=1999"):
        count, sums = register.sums(cast.council, asked_for(dict(parse_qsl(asked.removeprefix("?")))))
        lines = browser.get(f"/budgeteffekter.csv{asked}").data.decode("utf-8-sig").splitlines()
        head, *rows = [line.split(";") for line in lines]
        amounts = [Decimal(row[head.index("Hemtaget, kr")].replace(",", ".") or 0) for row in rows]
        assert sum(amounts) == sums.taken_home, asked
        assert len(rows) == count
    assert browser.get("/budgeteffekter.xlsx").data.startswith(b"PK")
    assert "/budgeteffekter.csv?lage=verified" in browser.get("/budgeteffekter?lage=verified").text


# --- what waits ------------------------------------------------------------------------------------------

WAITING: dict[str, tuple[Callable[..., list[waiting.WaitingEffect]], Callable[..., Verdict], bool]] = {
    "answer": (waiting.to_answer, policy.may_answer, False),
    "enter": (waiting.to_enter, policy.may_enter, True),
    "verify": (waiting.to_verify, policy.may_verify, False),
    "take": (waiting.to_take, policy.may_take, True),
}


def test_what_waits_is_what_the_policies_allow(cast: Cast, programme: Programme) -> None:
    project = measured(cast, programme)
    steps = each_step(cast, project, AFTERWARDS)
    numbers = [*steps.values(), promise(cast, project, viewer=cast.controller, item="x").effect.id]
    both = replace(cast.manager, roles=cast.manager.roles | cast.controller.roles)
    leads = replace(cast.leader, roles=cast.leader.roles | cast.controller.roles)
    for viewer in (cast.manager, cast.controller, cast.secretary, cast.leader, both, leads, cast.auditor):
        for verb, (waits, allows, with_day) in WAITING.items():
            rows = waits(viewer, TODAY, limit=9) if with_day else waits(viewer, limit=9)
            allowed = {one for one in numbers if allows(viewer, effect(viewer, project, one))}
            if verb == "enter" and policy.side_of(viewer, project, cast.department.id) != "controller":
                allowed = set()  # the manager may too, and is not reminded of it
            assert {row.effect_id for row in rows} == allowed, (viewer.name, verb)


def test_what_belongs_to_a_later_budget_waits_until_then(cast: Cast, programme: Programme) -> None:
    project = measured(cast, programme)
    number = promise(cast, project, year=2031).effect.id
    agree(cast, project, number)
    assert waiting.to_enter(cast.controller, TODAY, limit=9) == []
    assert [row.effect_id for row in waiting.to_enter(cast.controller, date(2030, 1, 1), limit=9)] == [number]


def test_the_export_tells_every_step_in_plain_text(cast: Cast, programme: Programme) -> None:
    project = measured(cast, programme)
    taken_home(cast, project)
    kept, money = everything(TODAY)["budget_effects"]
    assert (money["state"], money["taken"], money["early"]) == ("verified", "1", False)
    steps = ["promise", "agree", "enter", "return", "enter", "verify", "take"]
    assert [row["step"] for row in money["entries"]] == steps
    assert (kept["form"], kept["state"]) == (Form.CAPACITY, "taken_home")
    assert (kept["used_for"], kept["staff_years"]) == ("Fler besök.", "0.25")
    assert json.loads(json.dumps([money, kept])) == [money, kept]


def test_nobody_else_is_led_to_a_step(browser: Browser, cast: Cast, programme: Programme) -> None:
    project = verified(cast, programme)
    one = place_of(project, cast, f"/budgeteffekter/{effect(cast.manager, project).effect.id}")
    for viewer in (cast.leader, cast.council, cast.auditor):
        page = browser.sign_in(viewer).get(one).text
        assert "En controller kan bokföra det som är mätt." in page
        for step in ("hemtagning", "aterfor", "budget", "svara"):
            assert f"{one}/{step}" not in page
            assert browser.get(f"{one}/{step}").status_code == 403
