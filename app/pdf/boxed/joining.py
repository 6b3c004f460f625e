"""Completes tagged PDFs, and joins them into one that is as accessible as its parts (docs/adr/0006)."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from io import BytesIO

from pikepdf import (
    Array,
    Dictionary,
    Name,
    Object,
    ObjectStreamMode,
    OutlineItem,
    Page,
    Pdf,
    String,
)
from pikepdf import PdfError as PikePdfError

from app.pdf.boxed.archiving import Attached, archived
from app.pdf.boxed.tags import complete_tags, rename_headers
from app.pdf.errors import PdfError
from app.pdf.links import PART_LINK


@dataclass(frozen=True)
class Part:
    """A finished PDF and the name under which the bookmarks list it."""

    pdf: bytes
    bookmark: str


@dataclass(frozen=True)
class _Placed:
    """A part that stands in the joined document. Its own file is closed again: a pack has hundreds."""

    bookmark: str
    pages: tuple[Page, ...]
    tree: Object
    outline: tuple[OutlineItem, ...]


def completed(pdf: bytes, name: str) -> tuple[int, bytes]:
    """What was typeset, with its tags in order; the number of its pages, and the file.

    `name` is unlike that of any other document: the ids inside begin with it, and meet no others when joined.
    """
    with _open(pdf) as opened:
        complete_tags(opened, name)
        return len(opened.pages), _saved(opened, recompress=True)


def join(
    parts: Sequence[Part],
    *,
    title: str,
    language: str,
    date: date,
    numbers: bytes | None = None,
    attached: Sequence[Attached] | None = None,
) -> tuple[int, bytes]:
    """Join completed parts in order; the pages of the PDF `numbers` are laid over the result, one on each.

    With `attached`, even with none, it is made to last: PDF/A with these files in it.
    """
    if not parts:
        raise PdfError("There is nothing to join: no parts were given")
    joined = Pdf.new()
    leaves: dict[str, Object] = {}
    placed = [_place(joined, part, leaves) for part in parts]
    _join_structure(joined, placed, leaves)
    _join_links(placed)
    _join_bookmarks(joined, placed)
    _describe(joined, title, language, date)
    if numbers is not None:
        _lay_over(joined, numbers)
    if attached is not None:
        return len(joined.pages), archived(joined, attached)
    return len(joined.pages), _saved(joined, recompress=False)


def _saved(pdf: Pdf, *, recompress: bool) -> bytes:
    """Write the file so that equal documents are equal bytes."""
    output = BytesIO()
    if recompress:
        pdf.remove_unreferenced_resources()
    pdf.save(
        output,
        min_version="1.7",
        deterministic_id=True,
        object_stream_mode=ObjectStreamMode.generate,
        recompress_flate=recompress,
    )
    return output.getvalue()


def _open(pdf: bytes) -> Pdf:
    try:
        return Pdf.open(BytesIO(pdf))
    except PikePdfError as error:
        raise PdfError(f"A part is not a readable PDF: {error}") from error


def _place(joined: Pdf, part: Part, leaves: dict[str, Object]) -> _Placed:
    """Copy all that the whole needs of a part; its index of ids joins `leaves`."""
    with _open(part.pdf) as source:
        if "/StructTreeRoot" not in source.Root:
            raise PdfError(f"The part {part.bookmark!r} has no tags, the whole would not be accessible")
        first = len(joined.pages)
        joined.add_pages_from(source, forms="strip")  # takes links by name along, renamed where they meet
        pages = tuple(joined.pages[index] for index in range(first, len(joined.pages)))
        _avoid_ids(source, leaves)
        tree = joined.copy_foreign(source.Root.StructTreeRoot)
        leaves |= {str(leaf.Limits[0]): leaf for leaf in _leaves(tree)}
        numbers = {page.obj.objgen: index for index, page in enumerate(source.pages)}
        with source.open_outline() as own:
            outline = tuple(_moved(item, part.bookmark, pages, numbers) for item in own.root)
    return _Placed(part.bookmark, pages, tree, outline)


def _join_structure(joined: Pdf, placed: list[_Placed], leaves: dict[str, Object]) -> None:
    """One Document above the parts, one parent tree and one index of ids for all."""
    root = joined.make_indirect(Dictionary(Type=Name.StructTreeRoot))
    top = joined.make_indirect(Dictionary(Type=Name.StructElem, S=Name.Document, P=root, K=Array()))
    numbers = Array()
    next_key = 0
    for part in placed:
        element = part.tree.K[0]
        element.S, element.P, element.T = Name.Part, top, String(part.bookmark)
        top.K.append(element)
        next_key = _renumber(part.pages, part.tree.ParentTree.Nums, numbers, next_key)
    root.K = Array([top])
    root.ParentTree = joined.make_indirect(Dictionary(Nums=numbers))
    root.ParentTreeNextKey = next_key
    if leaves:
        in_order = Array([leaves[first] for first in sorted(leaves)])
        root.IDTree = joined.make_indirect(Dictionary(Kids=in_order))
    joined.Root.StructTreeRoot = root


def _leaves(tree: Object) -> list[Object]:
    """The parts of the index of ids."""
    return [*tree.IDTree.Kids] if "/IDTree" in tree else []


def _avoid_ids(source: Pdf, taken: dict[str, Object]) -> None:
    """Let a document that is joined twice have ids of its own each time."""
    if any(str(leaf.Limits[0]) in taken for leaf in _leaves(source.Root.StructTreeRoot)):
        rename_headers(source, f"again-{len(taken):05d}")


def _renumber(pages: tuple[Page, ...], own: Object, numbers: Array, offset: int) -> int:
    for page in pages:
        page.obj.StructParents = int(page.obj.StructParents) + offset
        for annotation in _annotations(page):
            if "/StructParent" in annotation:
                annotation.StructParent = int(annotation.StructParent) + offset
    highest = offset
    for i in range(0, len(own), 2):
        key = int(own[i]) + offset
        numbers.append(key)
        numbers.append(own[i + 1])
        highest = max(highest, key + 1)
    return highest


def _annotations(page: Page) -> list[Object]:
    return list(page.obj.get("/Annots", Array()))


def _join_links(placed: list[_Placed]) -> None:
    """Links to a part become links to its first page."""
    for part in placed:
        for annotation in (found for page in part.pages for found in _annotations(page)):
            if str(annotation.get("/A", Dictionary()).get("/URI", "")).startswith(PART_LINK):
                target = _linked_part(placed, str(annotation.A.URI))
                del annotation.A
                annotation.Dest = Array([target.pages[0].obj, Name.Fit])
                annotation.Contents = String(target.bookmark)


def _linked_part(placed: list[_Placed], address: str) -> _Placed:
    number = int(address.removeprefix(PART_LINK))
    if number >= len(placed):
        raise PdfError(f"A link leads to part {number}, but there are only {len(placed)} parts")
    return placed[number]


def _join_bookmarks(joined: Pdf, placed: list[_Placed]) -> None:
    with joined.open_outline() as outline:
        for part in placed:
            entry = OutlineItem(part.bookmark, Array([part.pages[0].obj, Name.Fit]))
            entry.children.extend(part.outline)
            entry.is_closed = True
            outline.root.append(entry)


def _moved(
    item: OutlineItem, bookmark: str, pages: Sequence[Page], numbers: Mapping[tuple[int, int], int]
) -> OutlineItem:
    """A part's bookmark, leading to the same place in the whole; `numbers` are those of the part's pages."""
    wanted = item.destination
    if not isinstance(wanted, Array):
        raise PdfError(f"The bookmark {item.title!r} of {bookmark!r} leads to no page")
    page = pages[numbers[wanted[0].objgen]]
    moved = OutlineItem(item.title, Array([page.obj, *[wanted[i] for i in range(1, len(wanted))]]))
    moved.children.extend(_moved(child, bookmark, pages, numbers) for child in item.children)
    return moved


def _describe(joined: Pdf, title: str, language: str, date: date) -> None:
    root = joined.Root
    root.Lang = String(language)
    root.MarkInfo = Dictionary(Marked=True)
    root.ViewerPreferences = Dictionary(DisplayDocTitle=True)
    root.PageMode = Name.UseOutlines
    root.PageLabels = Dictionary(Nums=Array([0, Dictionary(S=Name.D)]))
    joined.docinfo["/Title"] = title
    joined.docinfo["/CreationDate"] = f"D:{date:%Y%m%d}"
    with joined.open_metadata(set_pikepdf_as_editor=False, update_docinfo=False) as metadata:
        metadata["dc:title"] = title
        metadata["dc:language"] = {language}
        metadata["xmp:CreateDate"] = date.isoformat()
        metadata["{http://www.aiim.org/pdfua/ns/id/}part"] = "1"


def _lay_over(joined: Pdf, numbers: bytes) -> None:
    before = joined.make_stream(b"q\n")
    with _open(numbers) as layer:
        if len(layer.pages) != len(joined.pages):
            raise PdfError(f"There are {len(layer.pages)} page numbers for {len(joined.pages)} pages")
        for index, page in enumerate(joined.pages):
            # Named here: pikepdf's own overlay draws a name at random, and no two packs would be equal.
            name = Name(f"/PackNumber{index}")
            form = layer.make_indirect(layer.pages[index].as_form_xobject())
            page.add_resource(joined.copy_foreign(form), Name.XObject, name)
            after = joined.make_stream(b"\nQ\n%b Do" % str(name).encode())
            page.obj.Contents = Array([before, page.obj.Contents, after])
