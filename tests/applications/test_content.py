"""What a section holds is kept in one form, and told apart answer by answer."""

from __future__ import annotations

from typing import Any

import pytest

from app.applications.content import MOST_ROWS, ContentError, canonical, differences
from app.applications.sections import section_by_key
from app.projects.models import ProjectKind

KIND = ProjectKind.IMPLEMENTATION
OPERATION, RISKS, SECURITY = map(section_by_key, ("operation", "risks", "security"))


def test_nothing_answered_is_nothing_kept() -> None:
    assert canonical(OPERATION, KIND, {"owner": "", "yearly_cost": ""}) == {}
    assert canonical(RISKS, KIND, {"risks": [{"risk": "", "owner": ""}]}) == {}


def test_numbers_and_days_are_kept_as_plain_text() -> None:
    kept = canonical(OPERATION, KIND, {"yearly_cost": "1E+3", "financed_until": "2031-12-31"})
    assert kept == {"yearly_cost": "1000", "financed_until": "2031-12-31"}


@pytest.mark.parametrize(
    ("section", "content"),
    [
        (OPERATION, {"salary": "1"}),
        (OPERATION, {"yearly_cost": "mycket"}),
        (OPERATION, {"financed_until": "2031-13-01"}),
        (OPERATION, {"owner": 7}),
        (OPERATION, {"owner_department": "Miljöförvaltningen"}),
        (SECURITY, {"confidentiality": "5"}),
        (SECURITY, {"personal_data": "kanske"}),
        (RISKS, {"risks": [{"danger": "Stor"}]}),
        (RISKS, {"risks": [{"risk": "En"}] * (MOST_ROWS + 1)}),
    ],
)
def test_what_is_not_declared_is_refused(section: Any, content: dict[str, Any]) -> None:
    with pytest.raises(ContentError):
        canonical(section, KIND, content)


def test_rows_keep_their_ids_and_new_ones_get_one() -> None:
    first = canonical(RISKS, KIND, {"risks": [{"risk": "A"}, {"risk": "B"}]})["risks"]
    again = canonical(RISKS, KIND, {"risks": [*reversed(first), {"risk": "C"}]})["risks"]
    assert [row["id"] for row in again[:2]] == [first[1]["id"], first[0]["id"]]
    assert len({row["id"] for row in again}) == 3


def test_a_row_that_is_sent_twice_gets_an_id_of_its_own() -> None:
    rows = canonical(
        RISKS, KIND, {"risks": [{"id": "aaaaaaaa", "risk": "A"}, {"id": "aaaaaaaa", "risk": "B"}]}
    )
    assert rows["risks"][0]["id"] == "aaaaaaaa"
    assert rows["risks"][1]["id"] != "aaaaaaaa"


def test_every_answer_that_differs_is_told_once() -> None:
    before = {"owner": "Chefen", "payer": "Budgeten"}
    after = {"owner": "Chefen", "payer": "Fonden", "supplier": "Staden"}
    found = [(change.path, change.before, change.after) for change in differences(OPERATION, before, after)]
    assert found == [("operation.payer", "Budgeten", "Fonden"), ("operation.supplier", "", "Staden")]


def test_a_row_that_only_moved_is_no_difference() -> None:
    one, two = {"id": "1", "risk": "A"}, {"id": "2", "risk": "B"}
    assert not list(differences(RISKS, {"risks": [one, two]}, {"risks": [two, one]}))


def test_rows_that_come_go_and_change_are_told_by_their_columns() -> None:
    before = {"risks": [{"id": "1", "risk": "A"}, {"id": "2", "risk": "B"}]}
    after = {"risks": [{"id": "2", "risk": "B!"}, {"id": "3", "risk": "C"}]}
    found = {change.row_id: (change.before, change.after) for change in differences(RISKS, before, after)}
    assert found == {"1": ("A", ""), "2": ("B", "B!"), "3": ("", "C")}
