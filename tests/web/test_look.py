"""The look keeps its promises: contrast, weight, and macros that lead the reader to what is wrong."""

from __future__ import annotations

import re
from itertools import product
from pathlib import Path

import pytest
from bs4 import BeautifulSoup, Tag
from flask import Flask, render_template_string

from app.web import styleguide

ONE_DATABASE_IS_ENOUGH = "Colours, words and macros know of no records."

STATIC = Path(__file__).parents[2] / "static"
TOKENS = (STATIC / "css/tokens.css").read_text()
GROUNDS = ("paper", "tint")
TEXTS = ("ink", "ink-soft", "brand", "brand-hover", "warm", "good", "bad")
ON_THEIR_OWN_GROUND = (
    ("warm", "warm-tint"),
    ("ink", "warm-tint"),
    ("ink", "good-tint"),
    ("ink", "bad-tint"),
    ("brand", "warm-tint"),
    ("ink", "brand-tint"),
    ("on-brand", "brand"),
    ("on-bad", "bad"),
)


def colour(name: str, scheme: int) -> tuple[float, ...]:
    """Red, green and blue of a token, 0 to 1; scheme 0 is light, 1 is dark."""
    found = re.search(rf"--{name}: light-dark\(#(\w+), #(\w+)\)", TOKENS)
    assert found, name
    text = found[scheme + 1]
    pairs = [c * 2 for c in text] if len(text) == 3 else [text[i : i + 2] for i in (0, 2, 4)]
    return tuple(int(pair, 16) / 255 for pair in pairs)


def contrast(one: tuple[float, ...], other: tuple[float, ...]) -> float:
    """The contrast ratio of WCAG 2."""

    def luminance(rgb: tuple[float, ...]) -> float:
        linear = [c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in rgb]
        return sum(weight * c for weight, c in zip((0.2126, 0.7152, 0.0722), linear, strict=True))

    lighter, darker = sorted((luminance(one), luminance(other)), reverse=True)
    return (lighter + 0.05) / (darker + 0.05)


@pytest.mark.parametrize("scheme", [0, 1], ids=["light", "dark"])
@pytest.mark.parametrize(("text", "ground"), [*product(TEXTS, GROUNDS), *ON_THEIR_OWN_GROUND])
def test_every_text_can_be_read(text: str, ground: str, scheme: int) -> None:
    assert contrast(colour(text, scheme), colour(ground, scheme)) >= 4.5


@pytest.mark.parametrize("scheme", [0, 1], ids=["light", "dark"])
@pytest.mark.parametrize(("control", "ground"), [*product(("line-strong", "focus"), GROUNDS)])
def test_every_control_can_be_seen(control: str, ground: str, scheme: int) -> None:
    assert contrast(colour(control, scheme), colour(ground, scheme)) >= 3


def test_a_first_visit_leaves_room_for_the_page_itself() -> None:
    sheets = sum(path.stat().st_size for path in STATIC.rglob("*.css"))
    fonts = sum(path.stat().st_size for path in STATIC.rglob("*.woff2"))
    frame = (STATIC.parent / "templates/base.html").read_text()
    scripts = sum((STATIC / name).stat().st_size for name in re.findall(r"js/\w+\.js", frame))
    assert sheets <= 35_000
    assert sheets + fonts + scripts <= 70_000


def test_every_name_that_a_sheet_uses_is_given_a_value() -> None:
    """The browser says nothing of one that is not: it leaves the property as it was."""
    sheets = {path: path.read_text() for path in STATIC.rglob("*.css")}
    used = "".join(text for path, text in sheets.items() if "vendor" not in path.parts)
    given = "".join(sheets.values())
    assert set(re.findall(r"var\((--[\w-]+)\)", used)) <= set(re.findall(r"(--[\w-]+):", given))


def test_no_sheet_has_a_colour_of_its_own() -> None:
    """White on the band is the one exception: the band is dark in both schemes."""
    for sheet in (STATIC / "css").glob("*.css"):
        if sheet.name not in ("tokens.css", "print.css"):
            assert set(re.findall(r"#[0-9a-f]{3,6}\b", sheet.read_text())) <= {"#fff"}, sheet.name


def page(source: str, app: Flask) -> BeautifulSoup:
    """What the template source becomes, with the sample forms at hand."""
    with app.test_request_context("/"):
        return BeautifulSoup(render_template_string(source, **styleguide.samples()), "html.parser")


def test_every_error_leads_to_a_field_on_the_page(app: Flask) -> None:
    shown = page(
        """{% from "components/errors.html" import error_summary_for %}
        {% from "components/forms.html" import field %}{% from "components/rows.html" import row_table %}
        {{ error_summary_for(failed_form) }}
        {% for f in failed_form if f.entries is not defined %}{{ field(f) }}{% endfor %}
        {{ row_table(failed_form.milestones, "Milstolpar") }}""",
        app,
    )
    links = [link["href"] for link in shown.select(".error-summary a")]
    assert "#failed-title" in links
    assert "#failed-category-0" in links
    assert "#failed-milestones-0-due" in links
    assert all(shown.find(id=str(link)[1:]) for link in links)


def the(shown: BeautifulSoup, selector: str) -> Tag:
    """The one element that the selector finds."""
    [found] = shown.select(selector)
    return found


def test_every_input_has_a_label_and_refers_to_its_error(app: Flask) -> None:
    shown = page(
        """{% from "components/forms.html" import field %}{% from "components/rows.html" import row_table %}
        {% for f in failed_form if f.entries is not defined %}{{ field(f) }}{% endfor %}
        {{ row_table(failed_form.milestones, "Milstolpar") }}""",
        app,
    )
    for control in shown.select(".input"):
        assert shown.find("label", attrs={"for": control["id"]}), control
        for described in str(control.get("aria-describedby", "")).split():
            assert shown.find(id=described), described
    assert "failed-amount-error" in str(the(shown, "#failed-amount")["aria-describedby"])


def test_the_rows_buttons_say_which_row_and_leave_the_check_for_later(app: Flask) -> None:
    shown = page(
        """{% from "components/rows.html" import row_table %}
        {{ row_table(sample_form.milestones, "Milstolpar", row_name="Milstolpe") }}""",
        app,
    )
    remove = shown.select("button[name=remove]")
    assert [button["value"] for button in remove] == ["milestones-0", "milestones-1"]
    assert remove[1].get_text(" ", strip=True).split() == ["Ta", "bort", "milstolpe", "2"]
    assert the(shown, "button[name=add]")["value"] == "milestones"
    assert all(button.has_attr("formnovalidate") for button in shown.select("button"))


def test_a_table_says_how_it_is_sorted_and_names_its_cells_for_a_phone(app: Flask) -> None:
    shown = page(
        """{% from "components/table.html" import data_table %}
        {{ data_table("Ärenden", [{"key": "a", "label": "Namn"},
            {"key": "b", "label": "Belopp", "unit": "kr", "numeric": True, "sortable": True}],
            [{"a": "Bygglov", "href": "/b", "b": None}], footer={"a": "Summa", "b": "1 000"},
            sort={"key": "b", "descending": True, "url": sort_url}) }}""",
        app,
    )
    assert the(shown, "thead th[aria-sort=descending] a")["href"] == "#b"
    assert the(shown, "table.right-2 tbody td[data-label='Belopp, kr']").text == "–"
    assert the(shown, "tbody th[scope=row] a").text.strip() == "Bygglov"
    assert the(shown, "[role=region][tabindex='0']")["aria-label"] == "Ärenden"


def test_what_people_write_stays_text(app: Flask) -> None:
    shown = page(
        """{% from "components/summary.html" import summary_list %}
        {% from "components/table.html" import data_table %}
        {% from "components/timeline.html" import timeline %}
        {{ summary_list([{"key": "Namn", "value": hostile}]) }}
        {{ data_table(hostile, [{"key": "a", "label": hostile}], [{"a": hostile}]) }}
        {{ timeline([{"time": sample_events[0].time, "time_text": "i dag", "who": hostile, "what": hostile,
                      "changes": [{"field": hostile, "from": hostile, "to": hostile}]}]) }}""".replace(
            "hostile", "'<script>alert(1)</script>{{ 7 * 7 }}'"
        ),
        app,
    )
    assert not shown.find("script")
    assert "{{ 7 * 7 }}" in shown.text


def test_a_page_with_errors_says_so_in_its_title(app: Flask) -> None:
    def title(form: str) -> str:
        source = "{% extends 'base.html' %}{% block title %}Mål{% endblock %}{% set form = " + form + " %}"
        found = page(source, app).title
        assert found
        return found.text

    assert title("failed_form") == "Fel: Mål – Hemtag"
    assert title("sample_form") == "Mål – Hemtag"
