"""The programme's pages: who reads and who writes, what is saved, and what bad input leads to."""

from __future__ import annotations

from decimal import Decimal

import pytest

from app.db import db
from app.programmes import queries
from app.programmes.models import CalculationSettings, DelegationLimit, HourlyRate, Programme
from tests.conftest import TODAY, Browser, Cast
from tests.programmes.test_price_index import price_index

ONE_DATABASE_IS_ENOUGH = "What its pages ask is asked of both databases in tests/web/test_both_databases.py."

READ = ["/program", "/program/installningar", "/program/omgangar"]
MANAGE = [
    "/program/nytt",
    "/program/andra",
    "/program/ram",
    "/program/installningar/kalkyl",
    "/program/installningar/timkostnad",
    "/program/installningar/delegation",
    "/program/installningar/kriterier",
    "/program/installningar/prisindex",
]
ROUNDS = ["/program/omgangar/ny", "/program/omgangar/1"]

PROGRAMME = {
    "name": "Nya programmet", "decision_reference": "KF § 1", "starts_on": "2030-01-01",
    "ends_on": "2033-12-31", "goals": "Första målet\n\nAndra målet", "description": "",
    "frame": "1 000 000,50 kr",
}  # fmt: skip
FRAME = {"direction": "lower", "amount": "1000000", "booked_on": "2027-03-01", "reference": "KF § 2"}
CALCULATION = {
    "valid_from": "2028-01-01", "discount_rate": "3,75", "internal_rate": "2,5 %", "price_year": "2028",
    "payroll_overhead": "40,15", "horizon_years": "8", "reference": "KF § 3",
}  # fmt: skip
HOURLY_RATE = {"staff_category": "Chef", "rate": "812,50", "valid_from": "2028-01-01"}
DELEGATION = {"decider": "Nämnden", "limit": "5 000 000", "valid_from": "2028-01-01", "reference": "KF § 4"}
ROUND = {"name": "Hösten", "opens_on": "2027-08-01", "closes_on": "2027-09-30", "answer_within_days": "90"}


def criteria(*weights: str, **changes: str) -> dict[str, str]:
    typed = {"valid_from": "2028-01-01"}
    for row, weight in enumerate(weights):
        typed |= {f"criteria-{row}-name": f"Kriterium {row}", f"criteria-{row}-weight": weight}
        typed |= {f"criteria-{row}-anchor_{score}": f"betyg {score}" for score in range(1, 6)}
    return typed | changes


FORMS = {
    "/program/ram": FRAME,
    "/program/installningar/kalkyl": CALCULATION,
    "/program/installningar/timkostnad": HOURLY_RATE,
    "/program/installningar/delegation": DELEGATION,
    "/program/installningar/kriterier": criteria("55", "45"),
    "/program/installningar/prisindex": price_index("2027", "2028"),
    "/program/omgangar/ny": ROUND,
    "/program/omgangar/1": ROUND,
    "/program/nytt": PROGRAMME,
}


@pytest.mark.parametrize("page", READ)
@pytest.mark.parametrize("who", ["administrator", "leader", "nobody"])
def test_everybody_reads_the_programme(
    page: str, who: str, browser: Browser, cast: Cast, programme: Programme
) -> None:
    assert browser.sign_in(getattr(cast, who)).get(page).status_code == 200


@pytest.mark.parametrize("page", [*MANAGE, *ROUNDS])
def test_who_may_change_what(page: str, browser: Browser, cast: Cast, programme: Programme) -> None:
    allowed = {"administrator", "secretary"} if page in ROUNDS else {"administrator"}
    for who in ("administrator", "secretary", "controller", "auditor", "leader"):
        browser.sign_in(getattr(cast, who))
        expected = {200, 302, 422} if who in allowed else {403}
        assert browser.get(page).status_code in expected, who
        assert browser.post(page, data={}).status_code in expected, who


def test_buttons_are_only_for_those_who_may_press_them(
    browser: Browser, cast: Cast, programme: Programme
) -> None:
    browser.sign_in(cast.leader)
    for page in READ:
        assert "/program/installningar/kalkyl" not in browser.get(page).text
        assert "/program/omgangar/ny" not in browser.get(page).text


@pytest.mark.parametrize("page", FORMS)
def test_a_form_without_faults_is_saved(
    page: str, browser: Browser, cast: Cast, programme: Programme
) -> None:
    browser.sign_in(cast.administrator)
    answer = browser.post(page, data=FORMS[page])
    assert answer.status_code == 302, answer.text
    assert browser.get(answer.headers["Location"]).status_code == 200


def test_what_was_typed_is_what_is_kept(browser: Browser, cast: Cast, programme: Programme) -> None:
    browser.sign_in(cast.administrator)
    for page, typed in FORMS.items():
        browser.post(page, data=typed)
    newest = queries.all_of(CalculationSettings, programme.id)[-1]
    assert (newest.discount_rate, newest.internal_rate) == (Decimal("0.0375"), Decimal("0.025"))
    assert (newest.payroll_overhead, newest.horizon_years) == (Decimal("0.4015"), 8)
    assert queries.all_of(HourlyRate, programme.id)[-1].rate == Decimal("812.50")
    assert queries.all_of(DelegationLimit, programme.id)[-1].limit == Decimal(5_000_000)
    assert [row.weight for row in queries.criteria(programme.id)] == [60, 40, 55, 45]
    made = next(row for row in queries.programmes() if row.name == "Nya programmet")
    assert [goal.text for goal in queries.goals_of(made.id)] == ["Första målet", "Andra målet"]
    balance = queries.frame_balance(made.id)
    assert balance is not None
    assert balance.frame == Decimal("1000000.50")


def test_the_programme_is_revised_goal_by_goal(browser: Browser, cast: Cast, programme: Programme) -> None:
    browser.sign_in(cast.administrator)
    page = browser.get("/program/andra").text
    assert "Ökad medborgarnytta\nÖkad intern effektivitet" in page
    revised = PROGRAMME | {"name": "E-tjänstprogrammet", "goals": "Ökad medborgarnytta"}
    assert browser.post("/program/andra", data=revised).status_code == 302
    db.session.expire_all()
    assert [goal.text for goal in queries.goals_of(programme.id)] == ["Ökad medborgarnytta"]
    assert programme.decision_reference == "KF § 1"


BAD = [
    ("/program/nytt", {"name": " "}, "Ange programmets namn."),
    ("/program/nytt", {"name": "x" * 161}, "161 tecken lång"),
    ("/program/nytt", {"name": "E-tjänstprogrammet"}, "Det finns redan ett program med det namnet."),
    ("/program/nytt", {"ends_on": "2030-01-01"}, "Ange en sista dag som kommer efter den första."),
    ("/program/nytt", {"starts_on": "1 januari"}, "Ange ett datum med år, månad och dag"),
    ("/program/nytt", {"frame": "0"}, "Ange minst 1."),
    ("/program/nytt", {"frame": "mycket"}, "Ange ett belopp i kronor, till exempel 1 250 000."),
    ("/program/nytt", {"goals": "\n \n"}, "Ange minst ett mål."),
    ("/program/nytt", {"goals": "x" * 401}, "Korta varje mål till högst 400 tecken."),
    ("/program/nytt", {"goals": "\n".join("x" * 21)}, "Ange högst 20 mål."),
    ("/program/nytt", {"description": "x" * 4001}, "4001 tecken lång"),
    ("/program/ram", {"direction": ""}, "Välj om ramen höjs eller sänks."),
    ("/program/ram", {"direction": "double"}, "Välj ett av alternativen."),
    ("/program/ram", {"amount": "-"}, "Ange ett belopp i kronor, till exempel 1 250 000."),
    ("/program/ram", {"amount": "-5"}, "Ange minst 1."),
    ("/program/ram", {"amount": "1,005"}, "Ange högst 2 decimaler."),
    ("/program/ram", {"amount": "100 000 001"}, "Ange högst det."),
    ("/program/ram", {"booked_on": ""}, "Ange ett datum, till exempel 2027-01-01."),
    ("/program/installningar/kalkyl", {"valid_from": "2026-01-01"}, "Ange ett senare datum än 2026-01-01"),
    ("/program/installningar/kalkyl", {"valid_from": "2101-01-01"}, "Ange ett datum mellan 1990 och 2100."),
    ("/program/installningar/kalkyl", {"discount_rate": "20,1"}, "Ange högst 20."),
    ("/program/installningar/kalkyl", {"discount_rate": "-1"}, "Ange minst 0."),
    ("/program/installningar/kalkyl", {"discount_rate": "tre"}, "Ange en procentsats, till exempel 3,5."),
    ("/program/installningar/kalkyl", {"payroll_overhead": "101"}, "Ange högst 100."),
    ("/program/installningar/kalkyl", {"price_year": "1999"}, "Ange minst 2000."),
    ("/program/installningar/kalkyl", {"price_year": "i år"}, "Ange ett år, till exempel 2027."),
    ("/program/installningar/kalkyl", {"horizon_years": "31"}, "Ange högst 30."),
    ("/program/installningar/kalkyl", {"horizon_years": "2,5"}, "Ange ett heltal, till exempel 12."),
    ("/program/installningar/kalkyl", {"reference": "x" * 201}, "201 tecken lång"),
    ("/program/installningar/timkostnad", {"staff_category": ""}, "Ange vilken personal det gäller."),
    ("/program/installningar/timkostnad", {"rate": "10 001"}, "Ange högst 10"),
    ("/program/installningar/delegation", {"limit": ""}, "Ange ett högsta belopp, eller markera"),
    ("/program/installningar/delegation", {"unlimited": "y"}, "inte båda."),
    ("/program/installningar/delegation", {"valid_until": "2027-12-31"}, "inte är före den första."),
    ("/program/omgangar/ny", {"closes_on": "2027-07-31"}, "Ange en dag som inte är före den första."),
    ("/program/omgangar/ny", {"answer_within_days": "0"}, "Ange minst 1."),
    ("/program/omgangar/ny", {"answer_within_days": "731"}, "Ange högst 730."),
]


@pytest.mark.parametrize(("page", "changes", "fault"), BAD)
def test_bad_input_is_refused_with_what_to_do_and_kept_in_the_form(
    page: str, changes: dict[str, str], fault: str, browser: Browser, cast: Cast, programme: Programme
) -> None:
    answer = browser.sign_in(cast.administrator).post(page, data=FORMS[page] | changes)
    assert answer.status_code == 422
    shown = answer.text.replace("\xa0", " ")
    assert fault in shown
    assert "<title>Fel:" in shown
    kept = next(iter(value for name, value in FORMS[page].items() if name not in changes and len(value) > 3))
    assert kept.splitlines()[0] in shown


@pytest.mark.parametrize(
    ("typed", "fault"),
    [
        (criteria("55", "44"), "Vikterna är 99 procent tillsammans."),
        (criteria("55", "x"), "Ange ett heltal, till exempel 12."),
        (criteria("100", "0"), "Ange minst 1."),
        (criteria(), "Lägg till minst ett kriterium."),
        (criteria("50", "50", **{"criteria-1-name": "KRITERIUM 0"}), "Två kriterier har samma namn."),
        (criteria("50", "50", **{"criteria-1-anchor_3": " "}), "Beskriv vad betyget betyder."),
        (criteria("50", "50", **{"criteria-0-anchor_5": "x" * 401}), "401 tecken lång"),
        (criteria("50", "50", valid_from="2026-01-01"), "Ange ett senare datum än 2026-01-01"),
    ],
)
def test_bad_criteria_are_refused(
    typed: dict[str, str], fault: str, browser: Browser, cast: Cast, programme: Programme
) -> None:
    answer = browser.sign_in(cast.administrator).post("/program/installningar/kriterier", data=typed)
    assert answer.status_code == 422
    assert fault in answer.text
    assert len(queries.criteria(programme.id)) == 2


def test_criteria_are_added_and_removed_without_losing_what_is_typed(
    browser: Browser, cast: Cast, programme: Programme
) -> None:
    browser.sign_in(cast.administrator)
    page = "/program/installningar/kriterier"
    assert "Genomförbarhet" in browser.get(page).text
    added = browser.post(page, data=criteria("55", "45", add="criteria"))
    assert added.status_code == 200
    assert 'name="criteria-2-name"' in added.text
    assert "Kriterium 1" in added.text
    removed = browser.post(page, data=criteria("55", "45", remove="criteria-0"))
    assert 'value="Kriterium 0"' not in removed.text
    assert 'value="Kriterium 1"' in removed.text
    assert len(queries.criteria(programme.id)) == 2


def test_an_unlimited_delegation_has_no_limit(browser: Browser, cast: Cast, programme: Programme) -> None:
    browser.sign_in(cast.administrator)
    typed = DELEGATION | {"limit": "", "unlimited": "y"}
    assert browser.post("/program/installningar/delegation", data=typed).status_code == 302
    assert queries.all_of(DelegationLimit, programme.id)[-1].limit is None


def test_hostile_text_stays_text(browser: Browser, cast: Cast, programme: Programme) -> None:
    browser.sign_in(cast.administrator)
    hostile = "<script>alert(1)</script>{{ 7 * 7 }}%(x)s"
    browser.post("/program/installningar/timkostnad", data=HOURLY_RATE | {"staff_category": hostile})
    browser.post("/program/omgangar/ny", data=ROUND | {"name": hostile, "closes_on": ""})
    browser.post(
        "/program/andra", data=PROGRAMME | {"name": hostile, "goals": hostile, "description": hostile}
    )
    for page in (*READ, "/program/installningar/timkostnad", "/program/andra"):
        shown = browser.get(page).text
        assert "<script>alert" not in shown
        assert "&lt;script&gt;alert(1)&lt;/script&gt;{{ 7 * 7 }}%(x)s" in shown


def test_the_same_programme_is_spoken_of_all_the_way(
    browser: Browser, cast: Cast, programme: Programme
) -> None:
    browser.sign_in(cast.administrator)
    browser.post("/program/nytt", data=PROGRAMME)
    older = f"?program={programme.id}"
    assert "<h1>Nya programmet</h1>" in browser.get("/program").text
    assert "<h1>E-tjänstprogrammet</h1>" in browser.get(f"/program{older}").text
    answer = browser.post(f"/program/installningar/timkostnad{older}", data=HOURLY_RATE)
    assert answer.headers["Location"] == f"/program/installningar{older}"
    assert [row.rate for row in queries.hourly_rates_on(programme.id, TODAY)] == [Decimal(450)]
    assert len(queries.all_of(HourlyRate, programme.id)) == 2


@pytest.mark.parametrize("named", ["999", "x", "-1", "9" * 40])
def test_a_programme_that_does_not_exist_is_not_found(
    named: str, browser: Browser, cast: Cast, programme: Programme
) -> None:
    assert browser.sign_in(cast.leader).get(f"/program/omgangar?program={named}").status_code == 404


def test_before_the_first_programme_the_page_says_what_to_do(browser: Browser, cast: Cast) -> None:
    assert "/program/nytt" in browser.sign_in(cast.administrator).get("/program").text
    assert "/program/nytt" not in browser.sign_in(cast.leader).get("/program").text
    assert browser.get("/program/installningar").status_code == 404
