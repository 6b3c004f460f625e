"""Setting an installation up: its tables, and the first person."""

from __future__ import annotations

from app.accounts.models import Role
from app.accounts.queries import people_with_role
from tests.upkeep.conftest import Elsewhere, run

WORDS = ("add-administrator", "Chef@staden.example", "Administratören", "--password")


def test_an_empty_database_becomes_a_product_that_somebody_can_sign_in_to(elsewhere: Elsewhere) -> None:
    app = elsewhere("sqlite")
    assert run(app, "migrate").exit_code == 0
    assert run(app, "migrate").exit_code == 0, "once more changes nothing"
    made = run(app, *WORDS, "ett långt lösenord")
    assert (made.exit_code, made.output) == (0, "Administratören can sign in as chef@staden.example.\n")
    with app.app_context():
        assert [person.email for person in people_with_role(Role.ADMINISTRATOR)] == ["chef@staden.example"]
    answer = app.test_client().post(
        "/logga-in", data={"email": "chef@staden.example", "password": "ett långt lösenord"}
    )
    assert answer.status_code == 302
    assert run(app, "verify-history").exit_code == 0


def test_an_address_is_given_once_and_a_password_is_long(elsewhere: Elsewhere) -> None:
    app = elsewhere("sqlite")
    run(app, "migrate")
    assert "at least 12" in run(app, *WORDS, "kort").output
    assert run(app, *WORDS, "ett långt lösenord").exit_code == 0
    again = run(app, *WORDS, "ett annat långt lösenord")
    assert (again.exit_code, again.output) == (1, "Somebody has the address Chef@staden.example already.\n")
