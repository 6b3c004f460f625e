"""Passwords: kept as Argon2id hashes, and hashed one at a time."""

from __future__ import annotations

from threading import Lock

from argon2 import PasswordHasher
from argon2.exceptions import InvalidHashError, VerificationError

hasher = PasswordHasher()
"""The second of the two settings that RFC 9106 recommends: 64 MiB, 3 passes. Tests put a cheap one here."""

SHORTEST = 12
"""Length keeps a guesser out better than odd characters do."""

_ONE_AT_A_TIME = Lock()
"""A hash takes 64 MiB while it is made. However many sign in at once, a process has memory for one."""


def hashed(password: str) -> str:
    """The hash, with its parameters and salt."""
    with _ONE_AT_A_TIME:
        return hasher.hash(password)


def fits(password_hash: str, password: str) -> bool:
    """Whether the password is the one that was hashed."""
    try:
        with _ONE_AT_A_TIME:
            return hasher.verify(password_hash, password)
    except (VerificationError, InvalidHashError):
        return False


def is_outdated(password_hash: str) -> bool:
    """Whether it was hashed with other parameters than those of today."""
    return hasher.check_needs_rehash(password_hash)


def of_nobody() -> str:
    """A hash that no password has made: checking against it takes as long as against somebody's."""
    return _of_nobody(hasher)


def _of_nobody(maker: PasswordHasher) -> str:
    if maker not in _NOBODY:
        with _ONE_AT_A_TIME:
            _NOBODY[maker] = maker.hash("nobody has this password")
    return _NOBODY[maker]


_NOBODY: dict[PasswordHasher, str] = {}
