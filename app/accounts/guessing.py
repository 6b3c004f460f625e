"""Slowing down those who guess passwords, without letting them shut anybody out.

Each sign-in uses up something of an allowance before the password is looked at, and a right password gives it
back. What is used comes back by itself, little by little. See docs/adr for why there are three allowances.
"""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from ipaddress import IPv4Address, IPv6Address, ip_address, ip_network

from sqlalchemy import delete, select

from app.accounts import queries
from app.accounts.models import SignInAllowance
from app.db import db, insert

BROWSER_REMEMBERED = timedelta(days=180)
"""How long a browser is known to have been used by a person."""


@dataclass(frozen=True, slots=True)
class Allowance:
    """So many attempts at once; each comes back after so long."""

    at_once: int
    comes_back_after: timedelta

    def wait(self, restored_at: datetime, now: datetime) -> timedelta:
        """How long until one more attempt is allowed."""
        used = max(restored_at, now) - now
        return used + self.comes_back_after * (1 - self.at_once)


PER_PAIR = Allowance(10, timedelta(seconds=90))
"""One account from one address, or from a browser that the account has been signed in with before."""
PER_ACCOUNT = Allowance(50, timedelta(minutes=3))
"""One account from all browsers that it has not been signed in with before."""
PER_ADDRESS = Allowance(100, timedelta(seconds=9))
"""All accounts from one address: a whole city may share one."""


@dataclass(frozen=True, slots=True)
class Origin:
    """Where an attempt comes from."""

    address: str
    """Of the network."""
    browser: str = ""
    """What the browser says of itself."""
    browser_token: str = ""
    """What the browser was given at an earlier sign-in, to be known by."""

    @property
    def browser_key(self) -> str:
        """What the tables keep of the token."""
        return queries.token_hash(self.browser_token) if self.browser_token else ""


class TooManyAttemptsError(Exception):
    """Somebody is guessing: wait this long."""

    def __init__(self, wait: timedelta) -> None:
        super().__init__(f"wait {wait}")
        self.wait = wait

    @property
    def minutes(self) -> int:
        """The wait in whole minutes, at least one."""
        return max(1, -(-int(self.wait.total_seconds()) // 60))


def use_up(email: str, origin: Origin, now: datetime) -> None:
    """Count one attempt. To be committed before the password is looked at, so that parallel guesses count
    each other. Raises TooManyAttemptsError, and then counts nothing."""
    _use_up(_allowances(email, origin, now), now)


def use_up_of_network(what: str, address: str, allowance: Allowance, now: datetime) -> None:
    """Count something else that anybody may do from a network address. Raises TooManyAttemptsError."""
    _use_up({_key(what, network_of(address)): allowance}, now)


def _use_up(asked: Mapping[str, Allowance], now: datetime) -> None:
    rows = _locked(asked, now)
    wait = max(allowance.wait(rows[key].restored_at, now) for key, allowance in asked.items())
    if wait > timedelta(0):
        raise TooManyAttemptsError(wait)
    for key, allowance in asked.items():
        rows[key].restored_at = max(rows[key].restored_at, now) + allowance.comes_back_after
    db.session.flush()
    _forget_the_restored(now)


def give_back(email: str, origin: Origin, now: datetime) -> None:
    """The password was right. Only the pair starts afresh: whoever knows one password must not be able to
    buy more guesses at others with it."""
    asked = _allowances(email, origin, now)
    for key, row in _locked(asked, now).items():
        allowance = asked[key]
        row.restored_at = now if allowance is PER_PAIR else row.restored_at - allowance.comes_back_after


def _allowances(email: str, origin: Origin, now: datetime) -> dict[str, Allowance]:
    """What is asked, by key. A browser that the account has been signed in with is asked for itself alone:
    nothing that strangers do stands in its way."""
    since = now - BROWSER_REMEMBERED
    if queries.has_signed_in_with(origin.browser_key, email, since=since):
        return {_key("browser", email, origin.browser_key): PER_PAIR}
    network = network_of(origin.address)
    return {
        _key("pair", email, network): PER_PAIR,
        _key("account", email): PER_ACCOUNT,
        _key("address", network): PER_ADDRESS,
    }


def network_of(address: str) -> str:
    """The address as it is counted: of IPv6 the network, since each customer has a whole one."""
    try:
        known: IPv4Address | IPv6Address = ip_address(address)
    except ValueError:
        return address
    if isinstance(known, IPv6Address):
        return str(known.ipv4_mapped or ip_network((known, 64), strict=False))
    return str(known)


def _key(*parts: str) -> str:
    return hashlib.sha256("\n".join(parts).encode(errors="surrogatepass")).hexdigest()


def _locked(keys: Mapping[str, Allowance], now: datetime) -> dict[str, SignInAllowance]:
    """The rows, made if they are missing and held until the transaction ends; always in the same order."""
    rows = [{"key": key, "restored_at": now} for key in sorted(keys)]
    db.session.execute(insert(SignInAllowance).values(rows).on_conflict_do_nothing())
    query = select(SignInAllowance).where(SignInAllowance.key.in_(keys)).order_by(SignInAllowance.key)
    found = db.session.scalars(query.with_for_update().execution_options(populate_existing=True))
    return {row.key: row for row in found}


def _forget_the_restored(now: datetime) -> None:
    """Remove rows that no longer say anything; those that another process holds wait for the next time."""
    old = select(SignInAllowance.key).where(SignInAllowance.restored_at < now - timedelta(hours=1))
    keys = db.session.scalars(old.limit(500).with_for_update(skip_locked=True)).all()
    db.session.execute(delete(SignInAllowance).where(SignInAllowance.key.in_(keys)))
