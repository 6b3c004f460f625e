"""Documents on paper: their text, their tags, their pages, and that they fetch nothing."""

import subprocess
import sys
from dataclasses import replace
from datetime import date
from hashlib import sha256
from pathlib import Path

import pytest
from markupsafe import Markup
from pikepdf import Name

from app import pdf
from app.pdf.blocks import Block, Column, Figure, Paragraphs, Report, Section, Table
from app.pdf.maker import Limits, Maker
from tests.pdf import making, pack_samples, reading, samples

ROOT = Path(__file__).resolve().parents[2]


render = making.render


def report(*blocks: Block, summary: tuple[Block, ...] = ()) -> pdf.Document:
    body = Report("", (), None, summary, (Section("Avsnitt", blocks),), contents=False)
    return pdf.Document("pdf/decision_memo.html", "Titel", "sv", "2026-0001", "1", date(2026, 1, 2), body)


@pytest.fixture(scope="module")
def application() -> bytes:
    return render(samples.application())


def test_the_first_page_answers_what_which_version_when_and_what_is_proposed(application: bytes) -> None:
    first = reading.text(application, page=1)
    for expected in (
        "Ansökan om medel",
        "Diarienummer 2026-0031",
        "Version 2",
        "Datum 2026-02-16",
        "Förslag till beslut 6 230 000 kr",
        "Sammanfattning",
        "Innehåll",
    ):
        assert expected in first


def test_every_page_carries_the_case_number_and_its_own_number(
    application: bytes,
) -> None:
    count = reading.page_count(application)
    assert count >= 5
    for page in range(1, count + 1):
        words = reading.text(application, page=page)
        assert f"Sida {page} ({count})" in words
        assert "2026-0031" in words


def test_the_contents_name_the_page_on_which_each_section_stands(application: bytes) -> None:
    first = reading.text(application, page=1)
    for title in ("3 Kostnadsplan", "6 Drift och förvaltning"):
        page = int(first.split(title, 1)[1].strip(" .").split()[0])
        assert title in reading.text(application, page=page)
    with reading.opened(application) as opened:
        assert len(reading.tagged(opened, Name.Link)) >= 9


def test_bookmarks_list_numbered_sections(application: bytes) -> None:
    with reading.opened(application) as opened:
        titles = dict(reading.bookmarks(opened))
    assert titles["1 Bakgrund och behov"] == ["1.1 Nuläge", "1.2 Behov"]


def test_each_figure_says_its_finding(application: bytes) -> None:
    with reading.opened(application) as opened:
        alternatives = [str(figure.Alt) for figure in reading.tagged(opened, Name.Figure)]
    assert alternatives[:2] == [
        "Nyttan är större än kostnaden varje år från 2028.",
        "Projektet har betalat sig 2030.",
    ]
    assert len(alternatives) == 3


def test_equal_documents_give_equal_bytes_in_any_process(application: bytes) -> None:
    assert render(samples.application()) == application
    program = (
        "from hashlib import sha256; from tests.pdf import making, samples;"
        "print(sha256(making.render(samples.application())).hexdigest())"
    )
    other = subprocess.run(
        [sys.executable, "-c", program], cwd=ROOT, capture_output=True, check=True, text=True
    )
    assert other.stdout.strip() == sha256(application).hexdigest()


def test_another_version_gives_other_bytes(application: bytes) -> None:
    assert render(replace(samples.application(), version="3")) != application


HOSTILE = (
    '<img src="file:///etc/hostname"><img src="http://127.0.0.1:9/x.png">'
    '<link rel="attachment" href="file:///etc/passwd"><style>@import url(file:///etc/passwd)</style>'
    "{{ 7 * 7 }}{% include 'base.html' %}<script>alert(1)</script>"
)


def test_hostile_text_is_printed_as_text() -> None:
    table = Table(HOSTILE, (Column(HOSTILE), Column("b")), ((HOSTILE, HOSTILE),), note=HOSTILE)
    document = replace(
        report(Paragraphs.of(HOSTILE), table), title=HOSTILE, case_number=HOSTILE, version=HOSTILE
    )
    made = render(document)
    words = reading.text(made)
    assert "{{ 7 * 7 }}" in words
    assert "file:///etc/hostname" in words
    with reading.opened(made) as opened:
        assert "/Names" not in opened.Root or "/EmbeddedFiles" not in opened.Root.Names


@pytest.mark.parametrize(
    "address", ["file:///etc/hostname", "http://127.0.0.1:9/x.png", "https://example.org/x"]
)
def test_a_template_that_reaches_outside_is_stopped_with_a_reason(address: str) -> None:
    leak = Figure(Markup(f'<img src="{address}" alt="x">'), "c", "f")
    with pytest.raises(pdf.PdfError, match="outside itself, which is refused"):
        render(report(leak))


def test_a_long_table_repeats_its_header_splits_no_row_and_sums_once_at_the_end() -> None:
    tall = "början {0:03d}" + "\nmer" * 5 + "\nslutet {0:03d}"
    rows = tuple((f"Rad {n:03d}", tall.format(n), f"{n}") for n in range(1, 201))
    columns = (Column("Kostnadsrad", share=20), Column("Vad", share=60), Column("Belopp, kr", True, 20))
    made = render(report(Table("Alla rader", columns, rows, (("Summa", "", "20 100"),))))
    pages = [reading.text(made, page) for page in range(1, reading.page_count(made) + 1)]
    assert len(pages) >= 6
    assert all("Kostnadsrad" in page for page in pages)
    assert [("Summa" in page) for page in pages] == [False] * (len(pages) - 1) + [True]
    for number in range(1, 201):
        assert sum(f"början {number:03d}" in page and f"slutet {number:03d}" in page for page in pages) == 1
    with reading.opened(made) as opened:
        ids = [str(header.ID) for header in reading.tagged(opened, Name.TH)]
    assert len(ids) == len(set(ids))


def test_a_case_summary_is_one_page() -> None:
    made = render(pack_samples.summary())
    assert reading.page_count(made) == 1
    words = reading.text(made)
    for expected in (
        "Ärende 1, sida 1 (1)",
        "Förslag till beslut 5 430 000 kr",
        "Brytår 2030",
        "Att uppmärksamma",
    ):
        assert expected in words


def test_an_empty_answer_is_shown_as_empty(application: bytes) -> None:
    assert "Beroende av andra projekt Inget angivet" in reading.text(application)


def test_typed_paragraphs_and_line_breaks_are_kept() -> None:
    assert Paragraphs.of("ett\r\ntvå\r\n\r\n\r\ntre\n").texts == ("ett\ntvå", "tre")


def test_a_row_of_the_wrong_length_is_refused() -> None:
    with pytest.raises(ValueError, match="a row has 1 cells, not 2"):
        Table("T", (Column("a"), Column("b")), (("x",),))


def test_a_body_that_does_not_fit_its_template_is_refused_with_a_reason() -> None:
    with pytest.raises(pdf.PdfError, match=r"decision_memo\.html does not fit"):
        render(replace(report(), body=object()))


def test_a_missing_font_is_named(tmp_path: Path) -> None:
    with pytest.raises(pdf.PdfError, match=r"SourceSans3-Regular\.ttf cannot be read"):
        Maker(Limits(), font_folder=tmp_path)


def test_all_text_is_set_in_the_shipped_font(application: bytes) -> None:
    with reading.opened(application) as opened:
        fonts = {
            str(o.BaseFont)
            for o in opened.objects
            if getattr(o, "Type", None) == Name.Font and "/BaseFont" in o
        }
    assert fonts
    assert all("Source-Sans-3" in name or "SourceSans3" in name for name in fonts), fonts


def test_english_documents_say_so() -> None:
    with reading.opened(render(replace(report(), language="en"))) as opened:
        assert str(opened.Root.Lang) == "en"


def test_signs_without_a_space_between_them_break_within_the_page_and_cost_no_more_than_words() -> None:
    endless = "x" * 4_000
    table = Table("", (Column("a"), Column("b")), ((endless, endless),))
    made = render(report(table, Paragraphs.of(endless)))  # without places to break: half a minute, refused
    assert reading.text(made).replace("\u200b", "").replace(" ", "").count("x" * 40) > 100
