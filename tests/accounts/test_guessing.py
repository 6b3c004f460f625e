"""Guessing passwords is slow, and shuts nobody out."""

from __future__ import annotations

import re
from collections import Counter
from concurrent.futures import ThreadPoolExecutor
from datetime import datetime, timedelta
from threading import Barrier

import pytest
from argon2 import PasswordHasher
from flask import Flask
from sqlalchemy import func, select

from app.accounts import guessing, passwords, sessions
from app.accounts.guessing import PER_ACCOUNT, PER_ADDRESS, PER_PAIR, Origin, TooManyAttemptsError
from app.accounts.models import Person, SignIn, SignInAllowance
from app.db import db, transaction
from app.history.models import HistoryEvent
from tests.conftest import NOW, PASSWORD, Browser, Cast

LEADER, MANAGER = "leader@staden.example", "manager@staden.example"
AT_WORK, STRANGER = Origin("192.0.2.10"), Origin("198.51.100.7")


def attempt(
    email: str, password: str, origin: Origin, now: datetime = NOW
) -> sessions.Started | TooManyAttemptsError | None:
    """What the sign-in answers; committed, as at the edge of a request."""
    try:
        with transaction():
            return sessions.start(email, password, origin=origin, now=now)
    except TooManyAttemptsError as error:
        return error


def guesses_allowed(email: str, origin: Origin, most: int, now: datetime = NOW) -> int:
    """How many wrong passwords are looked at before the guesser must wait."""
    for count in range(most):
        if isinstance(attempt(email, "fel", origin, now), TooManyAttemptsError):
            return count
    return most


def test_ten_guesses_then_one_for_each_minute_and_a_half(cast: Cast) -> None:
    assert guesses_allowed(LEADER, STRANGER, 20) == PER_PAIR.at_once == 10
    refused = attempt(LEADER, PASSWORD, STRANGER)
    assert isinstance(refused, TooManyAttemptsError), "not even the right one is looked at"
    assert (refused.wait, refused.minutes) == (timedelta(seconds=90), 2)
    later = NOW + refused.wait
    assert guesses_allowed(LEADER, STRANGER, 20, later) == 1
    assert guesses_allowed(LEADER, STRANGER, 20, NOW + timedelta(days=1)) == PER_PAIR.at_once


def test_who_waits_is_not_made_to_wait_longer_by_asking(cast: Cast) -> None:
    guesses_allowed(LEADER, STRANGER, 10)
    waits = {
        answer.wait
        for _again in range(5)
        if isinstance(answer := attempt(LEADER, "fel", STRANGER), TooManyAttemptsError)
    }
    assert waits == {timedelta(seconds=90)}


def test_a_colleague_at_the_same_address_cannot_shut_somebody_out(cast: Cast) -> None:
    known = attempt(LEADER, PASSWORD, AT_WORK)
    assert isinstance(known, sessions.Started)
    guesses_allowed(LEADER, AT_WORK, 200)
    own_browser = Origin(AT_WORK.address, browser_token=known.browser_token)
    assert isinstance(attempt(LEADER, PASSWORD, own_browser), sessions.Started)


def test_many_strangers_cannot_shut_somebody_out(cast: Cast) -> None:
    known = attempt(LEADER, PASSWORD, AT_WORK)
    assert isinstance(known, sessions.Started)
    guessed = sum(guesses_allowed(LEADER, Origin(f"203.0.113.{host}"), 10) for host in range(8))
    assert guessed == PER_ACCOUNT.at_once - 1 + 1, "the right password gave back what it used"
    own_browser = Origin("192.0.2.99", browser_token=known.browser_token)
    assert isinstance(attempt(LEADER, PASSWORD, own_browser), sessions.Started)
    assert isinstance(attempt(LEADER, PASSWORD, AT_WORK), TooManyAttemptsError), "a browser that is not known"


def test_a_browser_that_is_known_to_one_account_is_a_stranger_to_another(cast: Cast) -> None:
    known = attempt(LEADER, PASSWORD, AT_WORK)
    assert isinstance(known, sessions.Started)
    colleague = Origin(AT_WORK.address, browser_token=known.browser_token)
    guesses_allowed(MANAGER, colleague, 20)
    assert isinstance(attempt(MANAGER, PASSWORD, AT_WORK), TooManyAttemptsError)


def test_a_known_browser_guesses_no_faster_than_a_stranger(cast: Cast) -> None:
    known = attempt(LEADER, PASSWORD, AT_WORK)
    assert isinstance(known, sessions.Started)
    assert guesses_allowed(LEADER, Origin("192.0.2.1", browser_token=known.browser_token), 50) == 10


def test_one_address_tries_many_accounts_only_slowly(cast: Cast) -> None:
    tried = sum(guesses_allowed(f"person{number}@staden.example", STRANGER, 9) for number in range(20))
    assert tried == PER_ADDRESS.at_once
    assert isinstance(attempt(LEADER, PASSWORD, STRANGER), TooManyAttemptsError)
    assert isinstance(attempt(LEADER, PASSWORD, AT_WORK), sessions.Started)


def test_knowing_one_password_buys_no_guesses_at_others(cast: Cast) -> None:
    tried = 0
    for number in range(40):
        assert isinstance(attempt(LEADER, PASSWORD, STRANGER), sessions.Started) or tried >= 100
        tried += guesses_allowed(f"person{number}@staden.example", STRANGER, 9)
    assert tried <= PER_ADDRESS.at_once


@pytest.mark.parametrize(
    ("address", "network"),
    [
        ("192.0.2.1", "192.0.2.1"),
        ("2001:db8:1:2:3:4:5:6", "2001:db8:1:2::/64"),
        ("::ffff:192.0.2.1", "192.0.2.1"),
        ("", ""),
        ("unix:", "unix:"),
    ],
)
def test_a_network_of_the_new_kind_counts_as_one(address: str, network: str) -> None:
    assert guessing.network_of(address) == network


def test_twenty_guesses_at_once_get_no_further_than_ten(app: Flask, cast: Cast) -> None:
    db.session.rollback()  # the guesses come by threads of their own
    together = Barrier(20)

    def guess(number: int) -> str:
        client = app.test_client()
        together.wait()
        return client.post("/logga-in", data={"email": LEADER, "password": f"fel {number}"}).text

    with ThreadPoolExecutor(20) as pool:
        pages = list(pool.map(guess, range(20)))
    said = Counter("För många försök" in page for page in pages)
    assert said == {False: 10, True: 10}
    assert sum("hör inte ihop" in page for page in pages) == 10


def test_the_database_is_free_while_a_password_is_hashed(
    app: Flask, cast: Cast, monkeypatch: pytest.MonkeyPatch
) -> None:
    free: list[bool] = []

    def fits(password_hash: str, password: str) -> bool:
        free.append(not db.session().in_transaction())
        return False

    monkeypatch.setattr(passwords, "fits", fits)
    app.test_client().post("/logga-in", data={"email": LEADER, "password": "fel"})
    assert free == [True]


def test_the_answer_is_the_same_whether_there_is_such_a_person_or_not(browser: Browser, cast: Cast) -> None:
    def answers(email: str) -> list[str]:
        pages = (browser.post("/logga-in", data={"email": email, "password": "fel"}) for _ in range(12))
        return [re.sub(r'name="form_key" value="[^"]+"', "", page.text.replace(email, "")) for page in pages]

    real, invented = answers(LEADER), answers("zzzzzz@staden.example")
    assert real == invented
    assert "Vänta 2 minuter och försök igen." in real[-1]


def test_a_password_is_hashed_for_somebody_who_does_not_exist_too(
    cast: Cast, monkeypatch: pytest.MonkeyPatch
) -> None:
    looked_at: list[str] = []

    def fits(password_hash: str, password: str) -> bool:
        looked_at.append(password_hash.rpartition("$")[0].rpartition("$")[0])
        return False

    monkeypatch.setattr(passwords, "fits", fits)
    for email in (LEADER, "ingen@staden.example"):
        attempt(email, "fel", STRANGER)
    assert len(looked_at) == 2
    assert len(set(looked_at)) == 1, "with the same parameters"


def test_nothing_that_was_typed_stands_in_the_table(cast: Cast) -> None:
    attempt("hemligt lösenord på fel rad", "x", STRANGER)
    assert all(len(key) == 64 for key in db.session.scalars(select(SignInAllowance.key)))


def test_what_has_come_back_is_forgotten(cast: Cast) -> None:
    for number in range(5):
        attempt(f"person{number}@staden.example", "fel", STRANGER)
    attempt(LEADER, "fel", AT_WORK, NOW + timedelta(days=1))
    assert db.session.scalar(select(func.count()).select_from(SignInAllowance)) == 3


def test_sessions_of_long_ago_are_forgotten(cast: Cast) -> None:
    attempt(LEADER, PASSWORD, AT_WORK)
    attempt(LEADER, PASSWORD, AT_WORK, NOW + timedelta(days=181))
    assert db.session.scalar(select(func.count()).select_from(SignIn)) == 1


def test_an_old_hash_is_renewed_when_its_person_signs_in(cast: Cast, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(passwords, "hasher", PasswordHasher(time_cost=2, memory_cost=16, parallelism=1))
    before = db.session.get_one(Person, cast.leader.id).password_hash
    db.session.rollback()
    assert attempt(LEADER, "fel", AT_WORK) is None
    assert db.session.get_one(Person, cast.leader.id).password_hash == before
    db.session.rollback()
    assert isinstance(attempt(LEADER, PASSWORD, AT_WORK), sessions.Started)
    after = db.session.get_one(Person, cast.leader.id).password_hash
    assert "m=16,t=2" in after
    assert passwords.fits(after, PASSWORD)
    told = db.session.scalars(select(HistoryEvent).where(HistoryEvent.verb == "renew_password_hash")).one()
    assert after not in f"{told.from_value}{told.to_value}"


def test_a_password_that_was_changed_meanwhile_opens_nothing(
    cast: Cast, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fits(password_hash: str, password: str) -> bool:
        with transaction():
            db.session.execute(db.update(Person).values(password_hash="another"))
        return True

    monkeypatch.setattr(passwords, "fits", fits)
    assert attempt(LEADER, PASSWORD, AT_WORK) is None
