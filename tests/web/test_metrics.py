"""What is counted, and who may read it."""

from __future__ import annotations

import re

import pytest
from flask import Flask

from app.programmes.models import Programme
from tests.conftest import Browser, Cast
from tests.review_story import in_council
from tests.web.test_once import RAISE, key_on

ONE_DATABASE_IS_ENOUGH = "What is counted is counted in the process, not in the database."


def counted(browser: Browser, name: str) -> float:
    """The sum of a counter over its labels that are asked for."""
    text = browser.application.test_client().get("/metrics").text
    return sum(float(value) for value in re.findall(rf"^{name}(?:\{{.*\}})? (\S+)$", text, re.MULTILINE))


def test_requests_are_counted_by_page_and_status(browser: Browser) -> None:
    asked = r'hemtag_requests_total\{endpoint="accounts.sign_in",method="GET",status="200"\}'
    before, times = counted(browser, asked), r'hemtag_request_seconds_count\{endpoint="accounts.sign_in"\}'
    measured = counted(browser, times)
    for _time in range(3):
        browser.get("/logga-in")
    assert counted(browser, asked) == before + 3
    assert counted(browser, times) == measured + 3


def test_addresses_that_lead_nowhere_are_one_page(browser: Browser) -> None:
    """Otherwise anybody could fill the memory with names."""
    unknown = r'hemtag_requests_total\{endpoint="unknown",method="ANY",status="404"\}'
    before = counted(browser, unknown)
    for number in range(3):
        browser.open(f"/finns-inte/{number}", method=("GET", "POST", "BREW")[number])
    assert counted(browser, unknown) == before + 3


def test_failed_sign_ins_are_counted(browser: Browser, cast: Cast) -> None:
    before = counted(browser, "hemtag_sign_in_failures_total")
    browser.post("/logga-in", data={"email": "leader@staden.example", "password": "fel"})
    browser.sign_in(cast.leader)
    assert counted(browser, "hemtag_sign_in_failures_total") == before + 1


def test_forms_that_are_answered_from_their_receipt_are_counted(
    browser: Browser, cast: Cast, programme: Programme
) -> None:
    before = counted(browser, "hemtag_form_receipts_reused_total")
    browser.sign_in(cast.administrator)
    sent = RAISE | key_on(browser, "/program/ram")
    for _click in range(3):
        browser.post("/program/ram", data=sent)
    assert counted(browser, "hemtag_form_receipts_reused_total") == before + 2


def test_refused_acts_are_counted_by_page(browser: Browser, cast: Cast, programme: Programme) -> None:
    project = in_council(cast, programme)
    name = r'hemtag_refusals_total\{endpoint="decisions.decide"\}'
    before = counted(browser, name)
    browser.sign_in(cast.secretary)
    assert browser.post(f"/projekt/{project.id}/beslut").status_code == 403
    assert counted(browser, name) == before + 1


def test_documents_are_counted_and_timed(browser: Browser, cast: Cast, programme: Programme) -> None:
    project = in_council(cast, programme)
    made = counted(browser, r'hemtag_documents_total\{outcome="made"\}')
    timed = counted(browser, "hemtag_document_seconds_count")
    browser.sign_in(cast.secretary)
    assert browser.get(f"/projekt/{project.id}/beslutsunderlag.pdf").mimetype == "application/pdf"
    assert counted(browser, r'hemtag_documents_total\{outcome="made"\}') == made + 1
    assert counted(browser, "hemtag_document_seconds_count") == timed + 1


def test_this_machine_itself_may_read_them(browser: Browser) -> None:
    answer = browser.get("/metrics")
    assert answer.status_code == 200
    assert answer.content_type.startswith("text/plain")


@pytest.mark.parametrize("address", ["10.0.0.7", "192.168.1.2", "::2"])
def test_others_find_nothing(address: str, browser: Browser) -> None:
    assert browser.get("/metrics", environ_base={"REMOTE_ADDR": address}).status_code == 404


def test_what_a_proxy_brings_is_not_this_machines_own(browser: Browser) -> None:
    assert browser.get("/metrics", headers={"X-Forwarded-For": "127.0.0.1"}).status_code == 404


def test_a_token_opens_and_only_the_token(app: Flask, browser: Browser) -> None:
    app.config["METRICS_TOKEN"] = "a long secret"
    far = {"REMOTE_ADDR": "10.0.0.7"}
    right, wrong = {"Authorization": "Bearer a long secret"}, {"Authorization": "Bearer a long"}
    assert browser.get("/metrics", headers=right, environ_base=far).status_code == 200
    assert browser.get("/metrics", headers=wrong, environ_base=far).status_code == 404
    assert browser.get("/metrics", headers=wrong).status_code == 404
    assert browser.get("/metrics").status_code == 404, "this machine needs it too"
