"""Addresses of the matrix's rows: which record stands for each part of an address."""

from __future__ import annotations

from typing import Any

from flask import Flask
from werkzeug.routing import Rule

from tests.access.city import City
from tests.access.matrix import UNKNOWN_NUMBER

OF_A_DRAFT = frozenset({"changes.reason", "changes.part", "changes.send", "changes.leave_out"})
"""Pages of a project's second request for changes, as long as it is being written."""
EVERYWHERE: dict[str, Any] = {
    "key": "scope",
    "name": "tid",
    "number": 1,
    "period_id": 1,
    "section": "sammanfattning",
}
"""What stands for these parts, whatever the case."""


def rules(app: Flask) -> list[Rule]:
    """Every route but that of the product's own fixed files."""
    return [rule for rule in app.url_map.iter_rules() if rule.endpoint != "static"]


def _arguments(app: Flask, endpoint: str) -> set[str]:
    return {name for rule in app.url_map.iter_rules(endpoint) for name in rule.arguments}


def _built(app: Flask, endpoint: str, values: dict[str, Any]) -> str:
    return app.url_map.bind("localhost").build(endpoint, values)


def of_case(app: Flask, city: City, endpoint: str, case_key: str) -> str:
    """The address of a page of this case."""
    parts = city.parts[case_key]
    line = parts["cost" if endpoint.endswith("cost") else "benefit"]
    known = {
        "project_id": city.ids[case_key],
        "line_id": line,
        "key": "scope",
        "name": "tid",
        "number": 1,
        "period_id": 1,
        "section": "sammanfattning",
        **parts,
    }
    if endpoint == "conditions.assess" and "reported_id" in parts:
        known["condition_id"] = parts["reported_id"]
    if endpoint in ("funds.change", "funds.pay", "funds.repay") and "file_id" in parts:
        known["requisition_id"] = parts["returned_id" if endpoint == "funds.change" else "checked_id"]
    known |= _of_a_draft(endpoint)
    asked = _arguments(app, endpoint)
    return _built(app, endpoint, {name: known.get(name, UNKNOWN_NUMBER) for name in asked})


def _of_a_draft(endpoint: str) -> dict[str, int]:
    return {"number": 2} if endpoint in OF_A_DRAFT else {}


def of_nothing(app: Flask, endpoint: str) -> str:
    """The same address for a case that there is not."""
    known = EVERYWHERE | _of_a_draft(endpoint)
    asked = _arguments(app, endpoint)
    return _built(app, endpoint, {name: known.get(name, UNKNOWN_NUMBER) for name in asked})


def of_place(app: Flask, city: City, endpoint: str) -> str:
    """The address of a page that belongs to no case, with a record that there is."""
    known = {
        "pack_id": city.pack_id,
        "notification_id": city.notification_id,
        "sign_in_id": 1,
        "person_id": city.viewers["expert"].id,
        "grant_id": city.grant_id,
        "feedback_id": city.feedback_id,
        "mail_id": city.mail_id,
        "job_id": city.job_id,
        "draft_id": UNKNOWN_NUMBER,
        "department_id": 1,
        "round_id": 1,
        "period_id": UNKNOWN_NUMBER,
        "part": "forms",
    }
    return _built(app, endpoint, {name: known[name] for name in _arguments(app, endpoint)})
