"""Every redirect leads to a page of ours that has a name, whatever the request claims."""

from __future__ import annotations

import re
from urllib.parse import quote, unquote

import pytest
from flask import Flask
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from app.programmes.models import Programme
from tests.conftest import PASSWORD, Browser, Cast
from tests.test_routes import PUBLIC, address, rules

ONE_DATABASE_IS_ENOUGH = "Where a redirect leads is told from the request alone."

EVIL = "evil.example"
CRAFTED = (
    f"//{EVIL}",
    f"///{EVIL}/projekt//1",
    f"/%2f{EVIL}/..",
    f"/\\{EVIL}",
    f"/projekt//1?next=//{EVIL}",
    f"//{EVIL}/logga-in//",
    f"/.{EVIL}//",
    f"/logga-in?next=https://{EVIL}&after_sign_in=//{EVIL}",
)
PIECES = ("/", "\\", "\t", "\r\n", "..", "@", EVIL, "%2f", "projekt", ":")
LANGUAGE_FROM = st.one_of(
    st.text(max_size=30),
    st.sampled_from([f"//{EVIL}", f"/\t/{EVIL}", f"https:{EVIL}", "/projekt/1", "/projekt/1//", "/static/x"]),
    st.builds(
        "".join, st.lists(st.sampled_from(["/", "\\", "\t", "\r\n", "..", "@", EVIL, "%2f", "projekt", ":"]))
    ),
)


def leads_home(location: str) -> bool:
    """A path of our own: no host, nothing that a browser could take for one."""
    return bool(re.match(r"/(?![/\\])", location)) and not re.search(r"[\\\x00-\x20]", location)


@pytest.mark.parametrize("crafted", CRAFTED)
@pytest.mark.parametrize("host", ["localhost", EVIL, f"{EVIL}:8000", "localhost@evil.example", ""])
def test_a_crafted_address_leads_nowhere_else(browser: Browser, crafted: str, host: str) -> None:
    for method in ("GET", "POST"):
        answer = browser.open(crafted, method=method, headers={"Host": host})
        location = answer.headers.get("Location", "/")
        assert leads_home(location), location
        led = re.findall(r'(?:href|src|action|formaction)="([^"]*)"', answer.text)
        assert not [place for place in led if not (leads_home(place) or place.startswith("#"))]


@pytest.mark.parametrize(
    "prefix", [f"//{EVIL}", f"https://{EVIL}", "/\\evil", '/"><script>', "/a//b", "x.se"]
)
def test_a_made_up_prefix_leads_nowhere_else(browser: Browser, prefix: str) -> None:
    page = browser.get("/logga-in", environ_overrides={"SCRIPT_NAME": prefix})
    assert prefix not in page.text
    assert 'src="/static/js/' in page.text


def test_a_plain_prefix_is_kept(browser: Browser) -> None:
    page = browser.get("/logga-in", environ_overrides={"SCRIPT_NAME": "/hemtag"})
    assert 'src="/hemtag/static/js/' in page.text


def test_after_signing_in_one_comes_to_the_page_that_was_asked_for(
    app: Flask, browser: Browser, cast: Cast
) -> None:
    for rule in rules(app):
        if "GET" not in (rule.methods or ()) or rule.endpoint in PUBLIC:
            continue
        asked = address(rule)
        assert browser.get(f"{asked}?next=https://{EVIL}").status_code == 302
        answer = browser.post(
            "/logga-in", data={"email": "nobody@staden.example", "password": PASSWORD, "next": f"//{EVIL}"}
        )
        assert unquote(answer.headers["Location"]) == asked
        browser.post("/logga-ut")


@settings(max_examples=60, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(page=LANGUAGE_FROM)
def test_the_switch_of_language_leads_home(browser: Browser, cast: Cast, page: str) -> None:
    if browser.get("/mina-sessioner").status_code != 200:
        browser.sign_in(cast.leader)
    answer = browser.post("/sprak", data={"language": "sv", "page": page}, headers={"Host": EVIL})
    assert answer.status_code == 302
    assert leads_home(answer.headers["Location"]), answer.headers["Location"]


@settings(max_examples=60, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(path=st.text(max_size=40))
def test_no_address_at_all_leads_away(browser: Browser, path: str) -> None:
    # As a server hands it over: the test client would take the beginning of some of them for a host.
    asked = unquote(quote("/" + path, errors="replace"), "latin-1")
    answer = browser.get("/", environ_overrides={"PATH_INFO": asked}, headers={"Host": EVIL})
    assert answer.status_code < 500
    assert leads_home(answer.headers.get("Location", "/"))


@pytest.mark.parametrize(
    "odd", ["endpoint=x", "_external=1", "_scheme=javascript", "_anchor=x", "_method=POST"]
)
def test_what_a_list_is_asked_for_beside_its_own_changes_no_address_on_it(
    browser: Browser, cast: Cast, programme: Programme, odd: str
) -> None:
    browser.sign_in(cast.secretary)
    for page in ("/portfolj", "/arenden", "/drift", "/nyttor", "/lardomar"):
        plain, asked = browser.get(page), browser.get(f"{page}?{odd}")
        assert asked.status_code == 200, page
        assert "javascript:" not in asked.text
        assert "://" not in "".join(re.findall(r'href="([^"]*)"', asked.text))
        assert plain.status_code == 200
