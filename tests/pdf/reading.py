"""Looks into a PDF as a screen reader would."""

import shutil
import subprocess
from collections.abc import Iterator
from io import BytesIO

from pikepdf import Array, Dictionary, Name, Object, Pdf


def opened(pdf: bytes) -> Pdf:
    return Pdf.open(BytesIO(pdf))


def page_count(pdf: bytes) -> int:
    with opened(pdf) as found:
        return len(found.pages)


def text(pdf: bytes, page: int | None = None) -> str:
    """The text in reading order, with ordinary spaces."""
    program = shutil.which("pdftotext")
    assert program is not None
    pages = [] if page is None else ["-f", str(page), "-l", str(page)]
    read = subprocess.run([program, "-layout", *pages, "-", "-"], input=pdf, capture_output=True, check=True)
    return " ".join(read.stdout.decode().split())


def structure(pdf: bytes) -> list[str]:
    """The tags as another program reads them, each line indented by its depth."""
    program = shutil.which("pdfinfo")
    assert program is not None
    read = subprocess.run([program, "-struct", "-"], input=pdf, capture_output=True, check=True)
    assert not read.stderr, read.stderr
    return read.stdout.decode(errors="replace").splitlines()


def elements(node: Object) -> Iterator[Object]:
    """Every structure element, in reading order."""
    if isinstance(node, Array):
        for kid in node:
            yield from elements(kid)
    elif isinstance(node, Dictionary) and "/S" in node:
        yield node
        yield from elements(node.get("/K", Array()))


def tagged(pdf: Pdf, *kinds: Name) -> list[Object]:
    """The structure elements of these kinds."""
    return [element for element in elements(pdf.Root.StructTreeRoot.K) if element.S in kinds]


def bookmarks(pdf: Pdf) -> list[tuple[str, list[str]]]:
    """Titles of the first two levels."""
    with pdf.open_outline() as outline:
        return [(item.title, [child.title for child in item.children]) for item in outline.root]
