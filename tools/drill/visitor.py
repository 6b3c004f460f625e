"""Somebody at a browser without a window, over HTTP, with nothing of the product imported."""

from __future__ import annotations

import http.client
from http.cookiejar import CookieJar
from urllib.error import HTTPError, URLError
from urllib.parse import urlencode
from urllib.request import HTTPCookieProcessor, HTTPRedirectHandler, Request, build_opener

from bs4 import BeautifulSoup, Tag

BROKEN = (URLError, http.client.HTTPException, OSError)
"""What a request ends with when nobody answers it."""


class SignedOutError(Exception):
    """The page leads to the sign-in."""


class _Stay(HTTPRedirectHandler):
    """Show where an answer leads instead of going there."""

    def redirect_request(self, *_all: object) -> None:
        return None


class Visitor:
    """A person with cookies of their own."""

    def __init__(self, base: str, email: str, password: str) -> None:
        self._base, self._email, self._password = base, email, password
        self._opener = build_opener(HTTPCookieProcessor(CookieJar()), _Stay())

    def sign_in(self) -> None:
        """Sign in through the page."""
        status = self.fill_in("/logga-in", {"email": self._email, "password": self._password}, "password")
        if status not in (302, 303):
            raise RuntimeError(f"{self._email} could not sign in: {status}")

    def fill_in(self, page: str, typed: dict[str, str], known_by: str) -> int:
        """Open a page, fill in the form that has this field, send it; the status of the answer."""
        status, content = self.ask(page)
        if status in (302, 303):
            raise SignedOutError(f"{self._email} is not signed in any more at {page}")
        if status != 200:
            return status
        forms = BeautifulSoup(content, "html.parser").select("form")
        form = next(form for form in forms if form.select(f"[name={known_by}]"))
        return self.ask(str(form.get("action") or page), {**_fields(form), **typed})[0]

    def ask(self, path: str, sent: dict[str, str] | None = None) -> tuple[int, bytes]:
        """Open a page, or send a form; the status and the content of the answer."""
        data = None if sent is None else urlencode(sent).encode()
        request = Request(self._base + path, data, headers={"Origin": self._base})  # noqa: S310 - our own server
        try:
            with self._opener.open(request, timeout=60) as answer:
                return answer.status, answer.read()
        except HTTPError as error:
            with error:
                return error.code, error.read()


def _fields(form: Tag) -> dict[str, str]:
    """What a browser would send of the form as it stands."""
    found: dict[str, str] = {}
    for field in form.select("input[name], textarea[name], select[name]"):
        if field.get("type") in ("radio", "checkbox") and not field.has_attr("checked"):
            continue
        source = field
        if field.name == "select":
            source = field.select_one("option[selected]") or field.select_one("option") or field
        found[str(field["name"])] = field.text if field.name == "textarea" else str(source.get("value", ""))
    return found
