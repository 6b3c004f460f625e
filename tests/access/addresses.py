"""Addresses of the matrix's rows: which record stands for each part of an address."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from flask import Flask
from werkzeug.routing import Rule

from tests.access import taking_home
from tests.access.city import City
from tests.access.matrix import UNKNOWN_NUMBER

REVISED = frozenset({"changes.reason", "changes.part", "changes.leave_out"})
"""Pages on which a request for changes is written: also the paused project's first, which a question is asked
about."""
OF_A_DRAFT = REVISED | {"changes.send"}
"""Pages of a project's second request for changes, as long as it is being written."""
OF_THE_SECOND = frozenset({"follow_up.give_back", "follow_up.approve"})
"""Pages of a project's second follow-up, which has come in where it is being followed up."""
EVERYWHERE: dict[str, Any] = {
    "key": "scope",
    "name": "tid",
    "number": 1,
    "part": "milstolpar",
    "period_id": 1,
    "section": "sammanfattning",
    "sent": 1,
    "lesson_id": 1,
    "year": 2027,
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
        "part": "milstolpar",
        "period_id": 1,
        "section": "sammanfattning",
        "sent": 1,
        "lesson_id": 1,
        "year": 2027,
        **parts,
    }
    if endpoint == "conditions.assess" and "reported_id" in parts:
        known["condition_id"] = parts["reported_id"]
    if endpoint in ("funds.change", "funds.pay", "funds.repay") and "file_id" in parts:
        known["requisition_id"] = parts["returned_id" if endpoint == "funds.change" else "checked_id"]
    if endpoint in taking_home.PAGES and "effect_id" in parts:
        known["effect_id"] = parts[f"{taking_home.PAGES[endpoint]}_effect_id"]
    known |= _of_a_draft(endpoint, case_key) | _of_the_shared(endpoint, parts)
    asked = _arguments(app, endpoint)
    return _built(app, endpoint, {name: known.get(name, UNKNOWN_NUMBER) for name in asked})


def _of_a_draft(endpoint: str, case_key: str) -> dict[str, int]:
    revised = case_key == "paused" and endpoint in REVISED
    return {"number": 2} if endpoint in OF_A_DRAFT | OF_THE_SECOND and not revised else {}


def _of_the_shared(endpoint: str, parts: Mapping[str, int]) -> dict[str, int]:
    """The year whose cost is shared."""
    asks = endpoint.startswith("operations.shar") and "shared_year" in parts
    return {"year": parts["shared_year"]} if asks else {}


def of_nothing(app: Flask, city: City, endpoint: str, case_key: str) -> str:
    """The same address as of this case, for one that there is not."""
    known = EVERYWHERE | _of_a_draft(endpoint, case_key) | _of_the_shared(endpoint, city.parts[case_key])
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
        "view_id": city.view_id,
        "job_id": city.job_id,
        "draft_id": UNKNOWN_NUMBER,
        "department_id": 1,
        "round_id": 1,
        "period_id": UNKNOWN_NUMBER,
        "report_id": UNKNOWN_NUMBER,
        "number": 1,
        "part": "forms",
    }
    return _built(app, endpoint, {name: known[name] for name in _arguments(app, endpoint)})
