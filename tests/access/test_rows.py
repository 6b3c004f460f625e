"""The matrix and the product have the same routes."""

from __future__ import annotations

from tests.access import addresses
from tests.access.conftest import Place
from tests.access.matrix import CASE_ROWS, ROWS


def test_every_route_has_a_row_and_every_row_a_route(place: Place) -> None:
    routes = {
        (method, rule.endpoint)
        for rule in addresses.rules(place.app)
        for method in (rule.methods or set()) - {"HEAD", "OPTIONS"}
    }
    rows = [(row.method, row.endpoint) for row in CASE_ROWS] + [(row.method, row.endpoint) for row in ROWS]
    assert len(rows) == len(set(rows)), "a route has two rows"
    assert routes - set(rows) == set(), "say in tests/access/matrix.py who may"
    assert set(rows) - routes == set(), "the product has no such route any more"


def test_every_route_to_a_case_is_held_against_every_case(place: Place) -> None:
    of_a_case = {"project_id", "service_id"}
    to_a_case = {rule.endpoint for rule in addresses.rules(place.app) if of_a_case & rule.arguments}
    assert to_a_case == {row.endpoint for row in CASE_ROWS}
