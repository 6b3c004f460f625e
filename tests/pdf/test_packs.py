"""Joined documents keep everything that makes their parts accessible."""

from datetime import date
from io import BytesIO

import pytest
from pikepdf import Array, Dictionary, Name, Object, Pdf

from app import pdf
from app.pdf.boxed.joining import Part, join
from tests.pdf import making, pack_samples, reading, samples

DAY = date(2026, 2, 16)


@pytest.fixture(scope="module")
def pack() -> bytes:
    return pack_samples.pack(pack_samples.cover, pack_samples.pack_documents())


def test_the_cover_answers_how_many_how_much_what_and_where(pack: bytes) -> None:
    first = reading.text(pack, page=1)
    for expected in (
        "Ärenden",
        "8 735 000 kr",
        "7 455 000 kr",
        "Bevilja med villkor",
        "Att uppmärksamma",
        "Innehåll",
    ):
        assert expected in first


def test_the_contents_lead_to_the_page_on_which_each_part_starts(pack: bytes) -> None:
    with reading.opened(pack) as opened:
        numbers = {page.obj.objgen: index for index, page in enumerate(opened.pages, start=1)}
        links = list(opened.pages[0].obj.Annots)
        targets = [numbers[link.Dest[0].objgen] for link in links]
        names = [str(link.Contents) for link in links]
    assert targets == [2, 5, 3, 7, 4, 9]
    assert names[:2] == ["Ärende 1: sammanfattning", "Ärende 1: beslutsunderlag"]
    assert "Ärende 3, sida 1 (2)" in reading.text(pack, page=9)


def test_pages_count_per_case_and_through_the_pack(pack: bytes) -> None:
    total = reading.page_count(pack)
    for page in range(1, total + 1):
        assert f"Handlingarnas sida {page} ({total})" in reading.text(pack, page=page)
    assert "Ärende 1, sida 2 (2)" in reading.text(pack, page=6)


def test_the_whole_has_language_title_and_pdf_ua_mark(pack: bytes) -> None:
    with reading.opened(pack) as opened:
        assert str(opened.Root.Lang) == "sv"
        assert bool(opened.Root.MarkInfo.Marked)
        assert bool(opened.Root.ViewerPreferences.DisplayDocTitle)
        assert str(opened.docinfo["/Title"]) == "Möteshandlingar 2026-03-04"
        metadata = opened.Root.Metadata.read_bytes().decode()
    assert "Möteshandlingar 2026-03-04" in metadata
    assert "http://www.aiim.org/pdfua/ns/id/" in metadata


def test_every_part_is_one_branch_under_one_document(pack: bytes) -> None:
    with reading.opened(pack) as opened:
        top = opened.Root.StructTreeRoot.K
        assert [str(element.S) for element in top] == ["/Document"]
        parts = list(top[0].K)
        assert [str(part.S) for part in parts] == ["/Part"] * 7
        assert str(parts[1].T) == "Ärende 1: sammanfattning"
        assert len(reading.tagged(opened, Name.H1)) == 7
        assert len(reading.tagged(opened, Name.Figure)) == 12


def test_every_element_speaks_of_a_page_of_the_pack(pack: bytes) -> None:
    with reading.opened(pack) as opened:
        pages = {page.obj.objgen for page in opened.pages}
        elements = [*reading.elements(opened.Root.StructTreeRoot.K)]
        assert len(elements) > 500
        assert all(element.Pg.objgen in pages for element in elements if "/Pg" in element)


def test_the_parent_tree_leads_from_every_page_and_link_back_to_its_element(pack: bytes) -> None:
    with reading.opened(pack) as opened:
        numbers = opened.Root.StructTreeRoot.ParentTree.Nums
        keys = [int(numbers[i]) for i in range(0, len(numbers), 2)]
        owners = dict(zip(keys, [numbers[i] for i in range(1, len(numbers), 2)], strict=True))
        assert keys == sorted(set(keys))
        for page in opened.pages:
            owned: list[Object | None] = [*owners[int(page.obj.StructParents)]]
            for mcid, owner in enumerate(owned):
                if owner is not None:
                    assert mcid in [kid for kid in owner.K if not isinstance(kid, Dictionary)]
                    assert owner.Pg.objgen == page.obj.objgen
            for link in list(page.obj.get("/Annots", Array())):
                assert Name.Link == owners[int(link.StructParent)].S


def test_header_ids_are_unique_through_the_pack(pack: bytes) -> None:
    with reading.opened(pack) as opened:
        ids = [str(header.ID) for header in reading.tagged(opened, Name.TH)]
        known = set(ids)
        for cell in reading.tagged(opened, Name.TD):
            assert {str(name) for name in cell.A.Headers} <= known
    assert len(ids) == len(known) > 100


def test_one_index_finds_every_header_of_the_pack(pack: bytes) -> None:
    with reading.opened(pack) as opened:
        names: list[str] = []
        for leaf in list(opened.Root.StructTreeRoot.IDTree.Kids):
            inside = [str(leaf.Names[at]) for at in range(0, len(leaf.Names), 2)]
            assert [str(limit) for limit in list(leaf.Limits)] == [inside[0], inside[-1]]
            names += inside
        assert names == sorted(str(header.ID) for header in reading.tagged(opened, Name.TH))


def test_a_reader_of_structure_finds_the_whole_pack_in_order(pack: bytes) -> None:
    outline = reading.structure(pack)
    assert [line for line in outline if line.startswith("Document")] == ["Document"]
    parts = [line for line in outline if line.startswith("  Part")]
    assert len(parts) == 7
    for kind in ("H1", "Table", "TH", "TD", "Figure", "L", "LI", "Link"):
        assert any(line.split()[0].rstrip(":") == kind for line in outline if line.strip()), kind


def test_what_is_joined_twice_has_ids_of_its_own_each_time() -> None:
    made = making.render(pack_samples.summary())
    _pages, joined = join([Part(made, "A"), Part(made, "B")], title="T", language="sv", date=DAY)
    with reading.opened(joined) as opened:
        ids = [str(header.ID) for header in reading.tagged(opened, Name.TH)]
    assert len(ids) == len(set(ids)) > 10


def test_bookmarks_list_the_parts_and_inside_them_their_sections(pack: bytes) -> None:
    with reading.opened(pack) as opened:
        titles = reading.bookmarks(opened)
        with opened.open_outline() as outline:
            destination = outline.root[4].children[1].destination
            assert isinstance(destination, Array)
            assert destination[0].objgen in {p.obj.objgen for p in list(opened.pages)[4:6]}
    assert [title for title, _ in titles][4] == "Ärende 1: beslutsunderlag"
    assert titles[4][1] == ["Sammanfattning", "1 Bedömning", "2 Kalkyl", "3 Yttranden"]


def test_the_same_pack_is_the_same_bytes(pack: bytes) -> None:
    assert pack_samples.pack(pack_samples.cover, pack_samples.pack_documents()) == pack


def test_links_inside_a_part_still_lead_inside_that_part() -> None:
    made = making.render(samples.application())
    _pages, joined = join([Part(made, "A"), Part(made, "B")], title="T", language="sv", date=DAY)
    with reading.opened(joined) as opened:
        half = len(opened.pages) // 2
        second = {page.obj.objgen for page in list(opened.pages)[half:]}
        names = opened.Root.Names.Dests.Names
        places = {str(names[i]): names[i + 1].D[0].objgen for i in range(0, len(names), 2)}
        links = list(opened.pages[half].obj.Annots)
        assert len(links) >= 9
        assert all(places[str(link.Dest)] in second for link in links)


def test_an_untagged_part_is_refused() -> None:
    blank = Pdf.new()
    blank.add_blank_page()
    with pytest.raises(pdf.PdfError, match="'Bilaga' has no tags"):
        join([Part(saved(blank), "Bilaga")], title="T", language="sv", date=DAY)


def saved(made: Pdf) -> bytes:
    output = BytesIO()
    made.save(output)
    return output.getvalue()


def test_a_broken_part_and_an_empty_pack_are_refused() -> None:
    with pytest.raises(pdf.PdfError, match="not a readable PDF"):
        join([Part(b"%PDF-nonsense", "x")], title="T", language="sv", date=DAY)
    with pytest.raises(pdf.PdfError, match="nothing to join"):
        join([], title="T", language="sv", date=DAY)


def test_a_cover_that_grows_with_its_numbers_is_set_again() -> None:
    seen: list[tuple[int, ...]] = []

    def long_cover(starts: tuple[int, ...]) -> pdf.Document:
        seen.append(starts)
        return pack_samples.long_cover(starts)

    made = pack_samples.pack(long_cover, pack_samples.pack_documents())
    assert seen == [(2, 3, 4, 5, 7, 9), (3, 4, 5, 6, 8, 10)]
    assert reading.page_count(made) == 11


def test_a_link_to_a_part_that_is_not_there_is_refused() -> None:
    with pytest.raises(pdf.PdfError, match="leads to part 4, but there are only 2 parts"):
        pack_samples.pack(pack_samples.cover_of_missing_parts, pack_samples.pack_documents()[:1])
