"""The four real cases: what their public documents say must come out of the product, to the krona."""

from __future__ import annotations

from typing import Any

import pytest
from flask import Flask
from sqlalchemy import select

from app.applications.completeness import lacks
from app.db import db
from app.projects.models import Project
from tests.demo.conftest import DAY

Json = dict[str, Any]

CONTACT_CENTRE = "kontaktcenter-kommuncentral-information"
CHATBOT = "chatbot-for-automatiserad-kunddialog"
AUTOMATION = "plattform-for-automatisering-och-beslutsstod"
PRICE_MODEL = "reviderad-prismodell-inom-verksamhetsomrade-kontaktcenter"


@pytest.fixture(scope="session")
def project(exported: Json) -> Any:
    """A project of the export by its slug."""
    by_slug = {row["slug"]: row for row in exported["projects"]}
    return lambda slug: by_slug[slug]


def of(project: Json, rows: list[Json]) -> list[Json]:
    """The rows that belong to the project."""
    return [row for row in rows if row["project_id"] == project["id"]]


def test_the_programme_of_2007_has_its_frame_period_and_goals(exported: Json) -> None:
    programme = exported["programmes"][0]
    assert programme["name"] == "E-tjänstprogrammet"
    assert programme["decision_reference"] == "Kommunfullmäktige, oktober 2007"
    assert (programme["starts_on"], programme["ends_on"]) == ("2007-10-01", "2010-12-31")
    assert programme["frame"] == "650000000"
    assert programme["goals"] == [
        "ökad medborgarnytta",
        "ökad intern effektivitet",
        "Stockholm som IT-huvudstad",
    ]
    assert programme["available"] == "642000000"


def test_the_contact_centre_is_disposed_between_three_departments(exported: Json, project: Any) -> None:
    [decision] = of(project(CONTACT_CENTRE), exported["decisions"])
    assert {row["department"]: row["amount"] for row in decision["amounts"]} == {
        "Stadsledningskontoret": "3400000",
        "Hässelby-Vällingby stadsdelsförvaltning": "2800000",
        "Bromma stadsdelsförvaltning": "1800000",
    }
    assert (decision["amount"], decision["share_of_frame_percent"]) == ("8000000", "1.23")
    assert (decision["kind"], decision["decided_on"]) == ("approve", "2007-04-12")


def test_the_contact_centre_was_approved_with_two_separate_statements(exported: Json, project: Any) -> None:
    [opinion] = of(project(CONTACT_CENTRE), exported["opinions"])
    assert opinion["separate_statements"] == 2
    assert project(CONTACT_CENTRE)["state"] == "approved"


def test_the_contact_centre_costs_what_its_table_says(exported: Json, project: Any) -> None:
    [calculation] = of(project(CONTACT_CENTRE), exported["calculations"])
    assert {row["department"]: row["cost"] for row in calculation["by_department"]} == {
        "Bromma stadsdelsförvaltning": "1800000",
        "Hässelby-Vällingby stadsdelsförvaltning": "2800000",
        "Stadsledningskontoret": "3400000",
    }
    assert [line["total"] for line in calculation["benefit_lines"]] == [None, None]


def test_the_contact_centre_keeps_its_goals_and_its_source(project: Any) -> None:
    found = project(CONTACT_CENTRE)
    goals = {goal["indicator"]: goal for goal in found["effect_goals"]}
    assert goals["Andel ärenden som avslutas vid första kontakten"]["target"] == "70"
    assert goals["Tillgänglighet på telefon"]["baseline"] == "40"
    assert any("036-4971/2006" in remark["text"] + remark["source"] for remark in found["remarks"])


def test_the_automation_platform_has_the_capital_cost_of_its_source(exported: Json, project: Any) -> None:
    [calculation] = of(project(AUTOMATION), exported["calculations"])
    capital = calculation["capital_cost"]
    assert [row["interest"] for row in capital["years"]] == ["34500", "27600", "20700", "13800", "6900"]
    assert [row["depreciation"] for row in capital["years"]] == ["460000"] * 5
    assert [row["cost"] for row in capital["years"]] == ["494500", "487600", "480700", "473800", "466900"]
    assert (capital["total"]["interest"], capital["total"]["cost"]) == ("103500", "2403500")
    assert calculation["applied_amount"] == calculation["total_cost"] == "2300000"
    assert calculation["settings"]["internal_rate"] == "0.015"


def test_the_automation_platform_is_still_a_proposal(exported: Json, project: Any) -> None:
    found = project(AUTOMATION)
    assert found["state"] == "awaiting_decision"
    assert not of(found, exported["decisions"])
    assert any("292 500" in remark["text"] for remark in found["remarks"])


def test_the_chatbot_got_its_grant_on_a_condition(exported: Json, project: Any) -> None:
    found = project(CHATBOT)
    [decision] = of(found, exported["decisions"])
    assert decision["amount"] == "2025000"
    assert decision["decided_on"].startswith("2020-11")
    assert [row["text"] for row in decision["conditions"]] == ["En kontaktstrategianalys ska genomföras"]
    grant, returned = of(found, exported["ledger"])
    assert (grant["amount"], grant["department"]) == ("2025000", "Serviceförvaltningen")
    assert (returned["kind"], returned["amount"]) == ("return", "2025000")
    assert found["participating_departments"] == [
        "Arbetsmarknadsförvaltningen",
        "Skärholmens stadsdelsförvaltning",
    ]


def test_the_chatbot_was_applied_for_in_two_lines(exported: Json, project: Any) -> None:
    [calculation] = of(project(CHATBOT), exported["calculations"])
    assert [list(line["amounts"].values()) for line in calculation["cost_lines"]] == [["1725000"], ["300000"]]


def test_the_chatbots_reader_learns_of_the_two_dates(project: Any) -> None:
    remarks = [remark["text"] for remark in project(CHATBOT)["remarks"]]
    assert any("augusti 2022" in text and "augusti 2021" in text for text in remarks)


def test_the_price_model_has_a_plan_but_no_amounts(exported: Json, project: Any) -> None:
    found = project(PRICE_MODEL)
    [calculation] = of(found, exported["calculations"])
    assert (found["state"], found["case_number"], found["applied_amount"]) == ("draft", None, None)
    assert calculation["cost_lines"] == []
    assert found["period"] == ["2022-12-16", "2023-05-31"]
    assert [row["date"] for row in found["milestones"]] == [
        "2022-11-16",
        "2022-12-16",
        "2023-02-28",
        "2023-04-28",
        "2023-05-31",
        "2023-05-31",
        "2023-05-31",
    ]
    assert any("inga belopp" in remark["text"] for remark in found["remarks"])


def test_the_price_model_cannot_be_submitted_as_it_stands(city: Flask) -> None:
    draft = db.session.scalars(select(Project).where(Project.title.startswith("Reviderad prismodell"))).one()
    assert any(lack.section == "calculation" for lack in lacks(draft, DAY))
