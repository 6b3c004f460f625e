"""Administering departments, people and roles through the pages."""

from __future__ import annotations

import pytest
from sqlalchemy import select, text
from sqlalchemy.exc import IntegrityError

from app.accounts import queries, service
from app.accounts.access import Viewer
from app.accounts.models import Department, Person, Role, RoleGrant
from app.core.verdict import RefusedError
from app.db import db
from tests.conftest import NOW, PASSWORD, Browser, Cast

LONG_PASSWORD = "fyra glada gröna grodor"
ADMINISTRATORS_PAGES = [
    "/admin/personer",
    "/admin/personer/ny",
    "/admin/personer/1",
    "/admin/personer/1/losenord",
    "/admin/forvaltningar",
    "/admin/forvaltningar/ny",
    "/admin/forvaltningar/1",
    "/admin/roller/1/avsluta",
]


def person_named(name: str) -> Person:
    return db.session.scalars(select(Person).where(Person.name == name)).one()


def grant_of(viewer: Viewer) -> RoleGrant:
    return db.session.scalars(select(RoleGrant).where(RoleGrant.person_id == viewer.id)).one()


@pytest.mark.parametrize("page", ADMINISTRATORS_PAGES)
def test_an_administrator_opens_every_page(page: str, browser: Browser, cast: Cast) -> None:
    assert browser.sign_in(cast.administrator).get(page).status_code == 200


@pytest.mark.parametrize("page", ADMINISTRATORS_PAGES)
@pytest.mark.parametrize("who", ["secretary", "auditor", "leader", "nobody"])
def test_nobody_else_does(page: str, who: str, browser: Browser, cast: Cast) -> None:
    """And nobody else learns which numbers somebody has."""
    numbered = any(letter.isdecimal() for letter in page)
    assert browser.sign_in(getattr(cast, who)).get(page).status_code == (404 if numbered else 403)


def test_services_ask_too(cast: Cast) -> None:
    with pytest.raises(RefusedError):
        service.create_department(cast.secretary, "Nya förvaltningen", NOW)
    with pytest.raises(RefusedError):
        service.grant_role(cast.leader, person_named("Leader"), Role.ADMINISTRATOR, None, NOW)


def test_a_new_person_gets_a_role_and_signs_in(browser: Browser, cast: Cast) -> None:
    browser.sign_in(cast.administrator)
    typed = {
        "name": "Ny Handläggare",
        "email": "Ny.Handlaggare@staden.example",
        "title": "handläggare",
        "password": LONG_PASSWORD,
    }
    made = browser.post("/admin/personer/ny", data=typed)
    assert made.status_code == 302
    granted = browser.post(
        f"{made.headers['Location']}/roller",
        data={"new-role-role": "project_leader", "new-role-department": str(cast.department.id)},
    )
    assert granted.status_code == 302
    assert "Projektledare, Miljöförvaltningen" in browser.get(made.headers["Location"]).text
    browser.post("/logga-ut")
    answer = browser.post(
        "/logga-in", data={"email": "ny.handlaggare@staden.example", "password": LONG_PASSWORD}
    )
    assert answer.status_code == 302


@pytest.mark.parametrize(
    ("field", "value", "fault"),
    [
        ("name", "   ", "Ange personens namn."),
        ("name", "x" * 121, "121 tecken lång"),
        ("email", "utan snabel-a", "Ange en e-postadress, till exempel"),
        ("email", "två@@staden.example", "Ange en e-postadress, till exempel"),
        ("email", "x" * 250 + "@a.se", "255 tecken lång"),
        ("email", "LEADER@staden.example", "Någon annan har redan den adressen."),
        ("title", "x" * 121, "121 tecken lång"),
        ("password", "elva tecken", "Ange minst 12 tecken."),
        ("password", "x" * 201, "201 tecken lång"),
    ],
)
def test_bad_particulars_are_refused_and_kept_in_the_form(
    field: str, value: str, fault: str, browser: Browser, cast: Cast
) -> None:
    typed = {"name": "Ny", "email": "ny@staden.example", "title": "", "password": LONG_PASSWORD}
    before = len(queries.people())
    answer = browser.sign_in(cast.administrator).post("/admin/personer/ny", data={**typed, field: value})
    assert answer.status_code == 422
    assert fault in answer.text
    assert "<title>Fel:" in answer.text
    assert "ny@staden.example" in answer.text or field == "email"
    assert len(queries.people()) == before


def test_hostile_text_in_a_name_stays_text(browser: Browser, cast: Cast) -> None:
    browser.sign_in(cast.administrator)
    hostile = "<script>alert(1)</script>{{ 7 * 7 }}"
    browser.post(
        "/admin/personer/ny",
        data={"name": hostile, "email": "h@staden.example", "title": hostile, "password": LONG_PASSWORD},
    )
    page = browser.get("/admin/personer").text
    assert "&lt;script&gt;alert(1)" in page
    assert "<script>alert" not in page
    assert "{{ 7 * 7 }}" in page


def test_a_person_who_left_is_signed_out_and_stays_out(browser: Browser, cast: Cast) -> None:
    other = browser.application.test_client()
    assert isinstance(other, Browser)
    other.sign_in(cast.leader)
    particulars = {"name": "Leader", "email": "leader@staden.example", "title": ""}
    browser.sign_in(cast.administrator).post(f"/admin/personer/{cast.leader.id}", data=particulars)
    assert not person_named("Leader").active
    assert other.get("/mina-sessioner").headers["Location"] == "/logga-in"
    again = other.post("/logga-in", data={"email": "leader@staden.example", "password": PASSWORD})
    assert again.status_code == 422


def test_a_new_password_signs_the_person_out_and_works(browser: Browser, cast: Cast) -> None:
    other = browser.application.test_client()
    assert isinstance(other, Browser)
    other.sign_in(cast.leader)
    browser.sign_in(cast.administrator)
    answer = browser.post(f"/admin/personer/{cast.leader.id}/losenord", data={"password": LONG_PASSWORD})
    assert answer.status_code == 302
    assert other.get("/mina-sessioner").status_code == 302
    signed_in = other.post("/logga-in", data={"email": "leader@staden.example", "password": LONG_PASSWORD})
    assert signed_in.status_code == 302


@pytest.mark.parametrize(
    ("role", "department", "fault"),
    [
        ("", "", "Välj en roll."),
        ("kung", "", "Välj ett av alternativen."),
        ("project_leader", "", "Välj vilken förvaltning rollen gäller för."),
        ("manager", "", "Välj vilken förvaltning rollen gäller för."),
        ("secretariat", "1", "Rollen gäller alltid för hela programmet."),
        ("manager", "999", "Välj ett av alternativen."),
        ("auditor", "", "Personen har redan den rollen."),
    ],
)
def test_a_role_that_does_not_fit_is_refused(
    role: str, department: str, fault: str, browser: Browser, cast: Cast
) -> None:
    answer = browser.sign_in(cast.administrator).post(
        f"/admin/personer/{cast.auditor.id}/roller",
        data={"new-role-role": role, "new-role-department": department},
    )
    assert answer.status_code == 422
    assert fault in answer.text
    assert len(queries.grants_of(cast.auditor.id)) == 1


def test_the_service_refuses_a_role_for_the_wrong_scope(cast: Cast) -> None:
    person = person_named("Nobody")
    for role, department_id in [(Role.MANAGER, None), (Role.COUNCIL, cast.department.id)]:
        with pytest.raises(service.WrongScopeError):
            service.grant_role(cast.administrator, person, role, department_id, NOW)


def test_a_changed_role_ends_the_sessions_that_held_the_old_ones(browser: Browser, cast: Cast) -> None:
    other = browser.application.test_client()
    assert isinstance(other, Browser)
    other.sign_in(cast.secretary)
    browser.sign_in(cast.administrator)
    grant = grant_of(cast.secretary)
    assert browser.post(f"/admin/roller/{grant.id}/avsluta").status_code == 302
    assert other.get("/mina-sessioner").status_code == 302
    assert queries.roles_of(cast.secretary.id) == frozenset()
    assert browser.get(f"/admin/roller/{grant.id}/avsluta").status_code == 404


def test_the_last_administrator_stays(browser: Browser, cast: Cast) -> None:
    browser.sign_in(cast.administrator)
    grant = grant_of(cast.administrator)
    answer = browser.post(f"/admin/roller/{grant.id}/avsluta")
    assert answer.status_code == 422
    assert "minst en administratör" in answer.text
    particulars = {"name": "Administrator", "email": "administrator@staden.example", "title": ""}
    answer = browser.post(f"/admin/personer/{cast.administrator.id}", data=particulars)
    assert answer.status_code == 422
    assert queries.roles_of(cast.administrator.id) == {(Role.ADMINISTRATOR, None)}
    assert person_named("Administrator").active


def test_one_of_two_administrators_may_leave(cast: Cast) -> None:
    service.grant_role(cast.administrator, person_named("Nobody"), Role.ADMINISTRATOR, None, NOW)
    service.end_role(cast.administrator, grant_of(cast.administrator), NOW)
    assert queries.roles_of(cast.administrator.id) == frozenset()


def test_a_department_is_renamed_and_closed(browser: Browser, cast: Cast) -> None:
    browser.sign_in(cast.administrator)
    browser.post("/admin/forvaltningar/ny", data={"name": "Idrottsförvaltningen"})
    made = db.session.scalars(select(Department).where(Department.name == "Idrottsförvaltningen")).one()
    browser.post(f"/admin/forvaltningar/{made.id}", data={"name": "Fritidsförvaltningen"})
    db.session.expire_all()
    assert (made.name, made.active) == ("Fritidsförvaltningen", False)
    assert "Fritidsförvaltningen" in browser.get("/admin/forvaltningar").text
    assert "Fritidsförvaltningen" not in browser.get(f"/admin/personer/{cast.leader.id}").text


@pytest.mark.parametrize(
    ("name", "fault"),
    [
        ("", "Ange förvaltningens namn."),
        ("x" * 121, "121 tecken lång"),
        ("Kulturförvaltningen", "Det finns redan en förvaltning med det namnet."),
    ],
)
def test_a_bad_name_of_a_department_is_refused(name: str, fault: str, browser: Browser, cast: Cast) -> None:
    browser.sign_in(cast.administrator)
    for address in ("/admin/forvaltningar/ny", f"/admin/forvaltningar/{cast.department.id}"):
        answer = browser.post(address, data={"name": name, "active": "y"})
        assert answer.status_code == 422
        assert fault in answer.text
    assert len(queries.departments(active_only=False)) == 2


def test_the_search_finds_swedish_letters_whatever_their_case(browser: Browser, cast: Cast) -> None:
    service.create_person(
        cast.administrator, email="o@staden.example", name="ÖRJAN PÅHITTAD", title="",
        password_hash="x", now=NOW,
    )  # fmt: skip
    db.session.commit()
    browser.sign_in(cast.administrator)
    assert "ÖRJAN PÅHITTAD" in browser.get("/admin/personer?sok=örjan").text
    assert "ÖRJAN PÅHITTAD" not in browser.get("/admin/personer?sok=leader").text
    assert "Ingen person hittades" in browser.get("/admin/personer?sok=%25").text


def test_the_database_refuses_the_same_role_twice(cast: Cast) -> None:
    grant = grant_of(cast.auditor)
    again = text(
        "insert into role_grant (person_id, role, department_id, granted_at) "
        "values (:person, 'auditor', null, '2027-01-01')"
    )
    with pytest.raises(IntegrityError, match="uq_role_grant_current"):
        db.session.execute(again, {"person": grant.person_id})
    db.session.rollback()
