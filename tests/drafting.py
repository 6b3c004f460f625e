"""What tests of drafts do: open a form as a page shows it, type in it, send it."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from html import unescape
from typing import Any

from bs4 import BeautifulSoup, Tag

from app import drafts
from app.accounts.access import Viewer
from app.db import db
from tests.conftest import Browser


def autosaved(browser: Browser, place: str, typed: Mapping[str, str], page: str = "tab", **key: Any) -> Any:
    """The answer to what the page's script sends while somebody writes in the form of this address."""
    sent = {**typed, "form_key": browser.key(page, stands_on=place, **key)}
    return browser.post("/utkast", query_string={"till": place}, data=sent)


def kept(person: Viewer, place: str) -> dict[str, str]:
    """What this person's newest draft of the form of this address holds; nothing when there is none."""
    db.session.expire_all()
    found: Sequence[drafts.Draft] = drafts.at(person.id, place)
    return {pair[0]: pair[1] for pair in found[0].fields} if found else {}


def form_on(text: str, action: str | None = None) -> Tag:
    """The form of a page: the one that is sent to this address, else the one in which people write."""
    forms = BeautifulSoup(text, "html.parser").select("main form[method=post]")
    if action is not None:
        return next(form for form in forms if form.get("action") == action)
    return next(form for form in forms if form.select_one("[data-autosave]"))


def filled_in(form: Tag) -> dict[str, str]:
    """What the form sends as it stands, files and buttons left out."""
    sent: dict[str, str] = {}
    for field in form.select("input[name], textarea[name], select[name]"):
        name = str(field["name"])
        if field.name == "textarea":
            sent[name] = re.sub(r"^\r?\n", "", field.get_text(), count=1)
        elif field.name == "select":
            chosen = field.select_one("option[selected]") or field.select_one("option")
            sent[name] = str(chosen["value"]) if chosen else ""
        elif field.get("type") in ("radio", "checkbox"):
            if field.has_attr("checked"):
                sent[name] = str(field.get("value", "y"))
        elif field.get("type") != "file":
            sent[name] = str(field.get("value", ""))
    return sent


def opened(browser: Browser, address: str, action: str | None = None) -> dict[str, str]:
    """What the form on this page sends as it is opened, its key among it."""
    return filled_in(form_on(browser.get(address).text, action))


def key_of(text: str) -> str:
    """The key of the form in which people write."""
    found = re.search(r'name="form_key" value="([^"]+)" data-autosave', text)
    assert found is not None
    return unescape(found[1])
