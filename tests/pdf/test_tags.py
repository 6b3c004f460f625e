"""What makes a document readable for those who do not see it, held against each kind of document."""

from __future__ import annotations

from collections.abc import Callable
from itertools import pairwise

import pytest
from pikepdf import Array, Name, Object

from app import pdf
from tests.pdf import making, pack_samples, reading, samples

CASE = "2026-0031 E-tjänst för parkeringstillstånd för rörelsehindrade"
KINDS: dict[str, tuple[Callable[[], pdf.Document], str]] = {
    "application": (samples.application, CASE),
    "memo": (pack_samples.memo, CASE),
    "summary": (pack_samples.summary, CASE),
    "cover": (lambda: pack_samples.cover((2, 3, 4, 5, 7, 9)), "Möteshandlingar 2026-03-04"),
}
"""How each is made, and how its title begins."""
FEWEST_HEADERS = {"application": 41, "memo": 20, "summary": 7, "cover": 20}
RUNNING = {"application": 2, "memo": 2, "summary": 2, "cover": 1}
"""What each page repeats: its number, and the number of its case, which a cover has none of."""


@pytest.fixture(scope="module", params=KINDS)
def kind(request: pytest.FixtureRequest) -> str:
    return str(request.param)


@pytest.fixture(scope="module")
def made(kind: str) -> bytes:
    make, _title = KINDS[kind]
    return making.render(make())


def test_it_says_its_language_and_title_and_is_tagged_as_pdf_ua(kind: str, made: bytes) -> None:
    with reading.opened(made) as opened:
        root = opened.Root
        assert str(root.Lang) == "sv"
        assert bool(root.MarkInfo.Marked)
        assert bool(root.ViewerPreferences.DisplayDocTitle)
        assert str(opened.docinfo["/Title"]).startswith(KINDS[kind][1])
        assert b"pdfuaid:part" in root.Metadata.read_bytes()


def test_headings_step_down_one_level_at_a_time(made: bytes) -> None:
    with reading.opened(made) as opened:
        levels = [int(str(e.S)[2:]) for e in reading.tagged(opened, Name.H1, Name.H2, Name.H3, Name.H4)]
    assert levels[0] == 1
    assert levels.count(1) == 1
    assert len(levels) > 1
    assert all(after - before <= 1 for before, after in pairwise(levels))


def test_header_cells_have_a_direction_and_an_id_of_their_own(kind: str, made: bytes) -> None:
    with reading.opened(made) as opened:
        headers = reading.tagged(opened, Name.TH)
        ids = [str(header.ID) for header in headers]
        assert len(ids) == len(set(ids)) >= FEWEST_HEADERS[kind]
        assert {str(header.A.Scope) for header in headers} == {"/Row", "/Column"}
        index = opened.Root.StructTreeRoot.IDTree.Kids[0].Names
        assert [str(index[i]) for i in range(0, len(index), 2)] == sorted(ids)
        for cell in reading.tagged(opened, Name.TD):
            assert {str(name) for name in cell.A.Headers} <= set(ids)


def test_running_headers_and_page_numbers_are_artifacts(kind: str, made: bytes) -> None:
    with reading.opened(made) as opened:
        owned = {element.objgen for element in reading.elements(opened.Root.StructTreeRoot.K)}
        numbers = opened.Root.StructTreeRoot.ParentTree.Nums
        for page in opened.pages:
            assert page.obj.Contents.read_bytes().count(b"/Type /Pagination") >= RUNNING[kind]
        for i in range(1, len(numbers), 2):
            found = numbers[i]
            owners: list[Object | None] = [*found] if isinstance(found, Array) else [found]
            assert all(owner is None or owner.objgen in owned for owner in owners)


def test_every_drawing_and_every_link_is_told_in_words(made: bytes) -> None:
    with reading.opened(made) as opened:
        assert all(str(figure.Alt).strip() for figure in reading.tagged(opened, Name.Figure))
        links = [link for page in opened.pages for link in page.obj.get("/Annots", Array())]
        assert all(str(link.Contents).strip() for link in links)


def test_another_program_reads_the_same_order(made: bytes) -> None:
    outline = reading.structure(made)
    kinds = [line.split()[0].rstrip(":") for line in outline if line.strip()]
    assert kinds[0] == "Document"
    assert kinds.index("H1") < kinds.index("Table")
