"""The export: plain decimal strings and ISO dates, in a fixed order, of what was fixed when it was fixed."""

from __future__ import annotations

import json
from datetime import timedelta
from decimal import Decimal

import pytest
from flask import Flask

from app.applications.snapshot import sha256_of
from app.core.programme_report import ReportKind
from app.db import transaction
from app.export.cases import slug
from app.export.everything import everything
from app.export.plain import amount, day, number
from app.programme_report import service as reports
from app.programme_report.queries import report_for
from app.programmes import service as programmes
from app.programmes.models import Programme
from tests import story
from tests.conftest import NOW, TODAY, Cast
from tests.programme_report.report_story import ISSUED, issued_twice
from tests.programme_report.report_story import TODAY as OVER


@pytest.mark.parametrize(
    ("value", "written"),
    [
        (Decimal("8000000.00"), "8000000"),
        (Decimal("494500.25"), "494500.25"),
        (Decimal("0.005"), "0.01"),
        (Decimal("-1.5"), "-1.50"),
        (Decimal("0E+2"), "0"),
        (Decimal("1E+6"), "1000000"),
        (None, None),
    ],
)
def test_an_amount_is_a_plain_decimal_string(value: Decimal | None, written: str | None) -> None:
    assert amount(value) == written


def test_a_rate_keeps_its_decimals_and_no_more() -> None:
    assert [number(Decimal(text)) for text in ("0.035000", "100", "2.46504849")] == [
        "0.035",
        "100",
        "2.465048",
    ]


def test_a_moment_is_exported_as_its_day_in_sweden() -> None:
    late_in_the_evening = NOW.replace(hour=23, minute=30)
    assert day(late_in_the_evening) == (TODAY + timedelta(days=1)).isoformat()


def test_a_slug_has_only_plain_letters() -> None:
    assert slug("Förstudie: språkstöd, två & ett") == "forstudie-sprakstod-tva-ett"


def test_an_empty_product_exports_empty_lists(app: Flask) -> None:
    exported = everything(TODAY)
    assert exported["exported_on"] == TODAY.isoformat()
    assert exported["projects"] == exported["ledger"] == exported["programmes"] == []


def test_the_same_content_is_exported_alike_twice(cast: Cast, programme: Programme) -> None:
    for title in ("Första", "Andra"):
        story.submitted(cast, programme, title=title)
    first, second = (json.dumps(everything(TODAY)) for _ in range(2))
    assert first == second
    assert [row["title"] for row in json.loads(first)["projects"]] == ["Första", "Andra"]


def test_a_draft_is_calculated_as_it_stands_and_a_version_as_it_was(cast: Cast, programme: Programme) -> None:
    story.submitted(cast, programme, title="Inskickad")
    story.filled_application(cast, programme, title="Utkast")
    with transaction():
        programmes.set_calculation(
            cast.administrator,
            programme,
            valid_from=TODAY,
            discount_rate=Decimal("0.06"),
            internal_rate=Decimal("0.02"),
            price_year=2026,
            payroll_overhead=Decimal("0.40"),
            horizon_years=10,
            reference="Ny kalkylränta",
            now=NOW,
        )
    fixed, working = everything(TODAY)["calculations"]
    assert (fixed["version"], fixed["settings"]["discount_rate"]) == (1, "0.035")
    assert (working["version"], working["settings"]["discount_rate"]) == (None, "0.06")
    assert fixed["total_cost"] == working["total_cost"]
    assert fixed["net_present_value"] != working["net_present_value"]


def test_yearly_amounts_add_up_to_the_totals(cast: Cast, programme: Programme) -> None:
    story.submitted(cast, programme)
    [calculation] = everything(TODAY)["calculations"]
    for name, total in (("cost", "total_cost"), ("benefit", "total_benefit"), ("net", "net")):
        assert sum(Decimal(row[name]) for row in calculation["years"]) == Decimal(calculation[total])
    applied = sum(Decimal(row["amount"]) for row in calculation["applied"])
    assert applied == Decimal(calculation["applied_amount"]) == 1_500_000


def test_the_ledger_tells_what_is_left_after_each_line(cast: Cast, programme: Programme) -> None:
    with transaction():
        programmes.change_frame(
            cast.administrator,
            programme,
            Decimal(-1_000_000),
            reference="KF 2027-01-25 § 3",
            booked_on=TODAY,
            now=NOW,
        )
    exported = everything(TODAY)
    assert [row["available_after"] for row in exported["ledger"]] == ["100000000", "99000000"]
    assert exported["programmes"][0]["available"] == "99000000"


def test_the_command_prints_json_with_swedish_letters(app: Flask, programme: Programme) -> None:
    printed = app.test_cli_runner().invoke(args=["export", "--format", "json"])
    assert printed.exit_code == 0
    assert "ökad" in printed.output.lower()
    assert json.loads(printed.output)["programmes"][0]["name"] == programme.name


def test_every_issued_version_of_a_programmes_report_is_exported_as_it_was_frozen(
    cast: Cast, programme: Programme
) -> None:
    report_id = issued_twice(cast, programme)
    with transaction():
        reports.begin(cast.secretary, programme, ReportKind.FINAL, 0, today=OVER, now=ISSUED)
    first, second = everything(OVER)["programme_reports"]
    assert (first["kind"], first["ends_on"], first["version"], second["version"]) == (
        "year", "2028-12-31", 1, 2,
    )  # fmt: skip
    assert (first["reason"], second["reason"]) == ("", "En rapport kom sent.")
    for exported in (first, second):
        assert exported["document"]["number"] == exported["version"]
        assert sha256_of(exported["document"]) == exported["sha256"]
    assert report_for(cast.council, report_id) is not None, "what is exported is what its readers have"
