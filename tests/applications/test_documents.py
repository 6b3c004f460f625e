"""An application on paper says what the page says, to those who may read it, whenever it is printed."""

from __future__ import annotations

from datetime import timedelta
from functools import partial
from html.parser import HTMLParser

import pytest
from flask import Flask
from pikepdf import Name
from werkzeug.http import parse_options_header

from app.applications import queries
from app.applications.documents import application, application_pdf, edition_of
from app.applications.sections import SECTIONS, sections_for
from app.benefits import results
from app.benefits.snapshot import inputs_from_json
from app.db import transaction
from app.pdf import Document, Order, PdfError
from app.pdf.documents import html
from app.programmes.models import Programme
from app.projects import service as projects
from app.projects.models import Project, ProjectKind
from app.web import paper
from tests.conftest import NOW, TODAY, Browser, Cast
from tests.pdf import reading
from tests.review_story import LATER, resubmitted, returned, taken_in
from tests.story import filled_application, started, submitted

HOSTILE = '<script>alert(1)</script> {{ 7 * 7 }} {% raw %} & <img src="file:///etc/passwd"> %(x)s \u202e'


def printed(project: Project, version: str = "", *, language: str = "sv") -> bytes:
    edition = edition_of(project, version, sees_draft=True, today=TODAY)
    assert edition is not None
    return paper.made(partial(application_pdf, edition, "en" if language == "en" else "sv"))


class Words(HTMLParser):
    """The words of a page, as somebody reads them."""

    def __init__(self) -> None:
        super().__init__()
        self.said: list[str] = []

    def handle_data(self, data: str) -> None:
        self.said.append(data)


def words_of(page: str) -> str:
    reader = Words()
    reader.feed(page)
    return " ".join(" ".join(reader.said).split())


def test_every_declared_section_and_question_is_printed(cast: Cast, programme: Programme) -> None:
    project = submitted(cast, programme)
    edition = edition_of(project, "", sees_draft=False, today=TODAY)
    assert edition is not None
    said = words_of(html(application(edition, "sv"), paper.environment()))
    for section in sections_for(project.kind):
        if section.key == "summary":
            continue  # on the first page, without its questions: see below
        assert str(section.title) in said
        for spec in section.fields_for(ProjectKind(project.kind)):
            assert str(spec.label) in said
        if section.key != "risks":  # its table is made for paper
            for table in section.tables_for(ProjectKind(project.kind)):
                assert all(str(spec.label) in said for spec in table.columns)


def test_the_first_page_shows_all_that_the_summary_declares(cast: Cast, programme: Programme) -> None:
    project = submitted(cast, programme)
    first = reading.text(printed(project), page=1)
    declared = next(section for section in SECTIONS if section.key == "summary")
    answers = queries.contents_of(project.id)["summary"]
    assert {spec.key for spec in declared.fields} == answers.keys()
    assert all(str(answer) in first for answer in answers.values())


def test_paper_and_page_show_the_same_figures(cast: Cast, programme: Programme, browser: Browser) -> None:
    project = submitted(cast, programme)
    version = queries.newest_version(project.id)
    assert version is not None
    page = words_of(browser.sign_in(cast.leader).get(f"/projekt/{project.id}/ansokan/las?version=1").text)
    answer = browser.get(f"/projekt/{project.id}/ansokan.pdf?version=1")
    text = reading.text(answer.data)
    shown = results.key_figures(inputs_from_json(version.content["calculation"]), "sv")[:4]
    for figure in shown:
        value = " ".join(figure.value.split())
        assert value in page
        assert value in text


def test_a_version_is_the_same_bytes_whatever_happens_to_the_case_later(
    cast: Cast, programme: Programme
) -> None:
    project = taken_in(cast, programme)
    first = printed(project, "1")
    resubmitted(cast, returned(cast, project))
    with transaction():
        projects.remark(cast.secretary, project, "Summan stämmer inte.", source="", now=LATER)
    again = printed(project, "1")
    assert again == first
    assert "Version 2" in reading.text(printed(project))


def test_remarks_that_stood_on_the_case_are_printed_with_their_source(
    cast: Cast, programme: Programme
) -> None:
    project = filled_application(cast, programme)
    with transaction():
        projects.remark(cast.leader, project, "Summan stämmer inte.", source="Tabell 4", now=NOW)
    text = reading.text(printed(project))
    assert "Summan stämmer inte." in text
    assert "Källa: Tabell 4" in text


def test_a_draft_says_on_every_page_that_it_is_one(cast: Cast, programme: Programme) -> None:
    made = printed(started(cast, programme))
    for page in range(1, reading.page_count(made) + 1):
        assert "Version Utkast" in reading.text(made, page)
    assert "Ansökan är inte inskickad." in reading.text(made, 1)


def test_what_is_written_during_a_completion_is_the_departments_own(
    cast: Cast, programme: Programme, browser: Browser
) -> None:
    address = f"/projekt/{returned(cast, taken_in(cast, programme)).id}/ansokan.pdf?version=utkast"
    assert browser.sign_in(cast.leader).get(address).status_code == 200
    browser.post("/logga-ut")
    assert browser.sign_in(cast.secretary).get(address).status_code == 404


@pytest.mark.parametrize(
    ("who", "status"),
    [
        ("leader", 200),
        ("manager", 200),
        ("secretary", 200),
        ("auditor", 200),
        ("council", 404),
        ("other_leader", 404),
        ("administrator", 404),
        ("nobody", 404),
    ],
)
def test_who_may_read_the_project_gets_its_application(
    cast: Cast, programme: Programme, browser: Browser, who: str, status: int
) -> None:
    project = submitted(cast, programme)
    browser.sign_in(getattr(cast, who))
    assert browser.get(f"/projekt/{project.id}/ansokan.pdf").status_code == status


@pytest.mark.parametrize("version", ["2", "0", "-1", "x", "1'--"])
def test_a_version_that_does_not_exist_is_not_found(
    cast: Cast, programme: Programme, browser: Browser, version: str
) -> None:
    project = submitted(cast, programme)
    browser.sign_in(cast.leader)
    answer = browser.get(f"/projekt/{project.id}/ansokan.pdf", query_string={"version": version})
    assert answer.status_code == 404


def test_the_file_has_a_name_that_any_computer_takes(
    cast: Cast, programme: Programme, browser: Browser
) -> None:
    project = taken_in(cast, programme)
    answer = browser.sign_in(cast.leader).get(f"/projekt/{project.id}/ansokan.pdf")
    assert answer.mimetype == "application/pdf"
    assert answer.headers["Content-Disposition"] == "inline; filename=ansokan-2027-0001-version-1.pdf"


def test_no_name_of_a_file_can_leave_its_header(app: Flask) -> None:
    with app.test_request_context():
        header = paper.pdf_response(b"", 'a"; filename="b.exe\r\nX: å.pdf').headers["Content-Disposition"]
    kind, options = parse_options_header(header)
    assert kind == "inline"
    assert options == {"filename": 'a"; filename="b.exeX: å.pdf'}


def test_hostile_text_is_printed_as_it_was_typed(cast: Cast, programme: Programme) -> None:
    project = submitted(cast, programme, title=HOSTILE[:120])
    text = reading.text(printed(project))
    assert "<script>alert(1)</script>" in text
    assert "{{ 7 * 7 }}" in text
    assert "49" not in text.partition("Innehåll")[0]


def test_it_is_tagged_and_names_its_language_and_title(cast: Cast, programme: Programme) -> None:
    project = taken_in(cast, programme)
    for language in ("sv", "en"):
        opened = reading.opened(printed(project, language=language))
        assert str(opened.Root.Lang) == language
        assert opened.Root.MarkInfo.Marked
        assert str(opened.docinfo.Title).endswith(project.title)
        assert len(reading.tagged(opened, Name.Table)) > 5
        assert all("/Alt" in figure for figure in reading.tagged(opened, Name.Figure))


def test_in_english_numbers_are_written_as_in_english(cast: Cast, programme: Programme) -> None:
    text = reading.text(printed(submitted(cast, programme), language="en"), page=1)
    assert "1 500 000 SEK" in text
    assert " kr " not in text.replace("kr per", "")


def test_a_document_that_cannot_be_made_is_a_page_that_says_so(
    cast: Cast, programme: Programme, browser: Browser, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fails(self: Order, document: Document) -> bytes:
        raise PdfError("no font")

    monkeypatch.setattr(Order, "render", fails)
    project = submitted(cast, programme, now=NOW - timedelta(days=1))
    answer = browser.sign_in(cast.leader).get(f"/projekt/{project.id}/ansokan.pdf")
    assert answer.status_code == 500
    assert "Dokumentet gick inte att göra" in answer.text
    assert "no font" not in answer.text
