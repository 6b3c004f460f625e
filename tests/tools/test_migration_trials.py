"""The trial of migrations sees what a bad migration would do."""

from __future__ import annotations

from types import SimpleNamespace

from tools.check_migrations import Row, Rows, differences, lost, without_forgotten


def test_rows_that_disappear_are_seen() -> None:
    assert lost({"project": [{"id": 1}, {"id": 2}]}, {"project": [{"id": 1}]})


def test_values_that_change_are_seen() -> None:
    assert lost({"project": [{"id": 1, "title": "a"}]}, {"project": [{"id": 1, "title": "b"}]})


def test_the_order_of_rows_and_a_column_that_goes_do_not_count() -> None:
    before = [{"id": 1, "title": "a"}, {"id": 2, "title": "b"}]
    assert not lost({"project": before}, {"project": [{"id": 2}, {"id": 1}]})


def test_a_table_that_goes_with_its_migration_does_not_count() -> None:
    assert not lost({"project": [{"id": 1}]}, {})


def test_only_what_a_migration_says_that_it_forgets_may_go() -> None:
    entries: list[Row] = [{"id": 1, "kind": "grant"}, {"id": 2, "kind": "payment"}]
    before: Rows = {"entry": entries, "sum": [{"id": 1, "left": 5}]}
    says = SimpleNamespace(FORGETS={"entry": ("kind", ("payment",))}, RECKONS_ANEW={"sum": ("left",)})
    kept = without_forgotten(before, says)
    after: Rows = {"entry": entries[:1], "sum": [{"id": 1, "left": 7}]}
    assert not lost(kept, after)
    assert lost(before, after)
    assert lost(kept, after | {"entry": []})
    assert lost(kept, after | {"entry": [{"id": 1, "kind": "frame"}]})
    assert without_forgotten(before, SimpleNamespace()) == before


def test_a_constraint_that_does_not_come_back_is_seen() -> None:
    wanted = {"project": {"checks": ["title_given"], "columns": ["id"]}}
    assert differences(wanted, {"project": {"checks": [], "columns": ["id"]}}) == ["project: other checks"]


def test_a_table_that_is_left_behind_is_seen() -> None:
    assert differences({}, {"project": {"columns": ["id"]}}) == ["project: other columns"]
