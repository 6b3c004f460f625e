"""Completes the structure that WeasyPrint writes, for the readers and checkers of PDF/UA.

WeasyPrint leaves four things open: headers and footers of a page are marked as content that belongs to
nothing (they must be artifacts), header cells say nothing about their direction (Scope), their ids repeat
when a table continues on the next page, and there is no index of ids.
"""

import re
from collections.abc import Iterator

from pikepdf import Array, Dictionary, Name, Object, Page, Pdf, String

_MARKED = re.compile(rb"/[A-Za-z0-9]+\s*<<\s*/MCID (\d+)\s*>>\s*BDC")
_ARTIFACT = b"/Artifact <</Type /Pagination>> BDC"


def complete_tags(pdf: Pdf, name: str) -> None:
    """Bring the tags of a whole document in order; `name` begins the ids of its header cells."""
    elements = [*_elements(pdf.Root.StructTreeRoot.K)]
    _release_margins(pdf, {element.objgen for element in elements})
    _name_headers(pdf, [element for element in elements if Name.Table == element.S], name)


def rename_headers(pdf: Pdf, name: str) -> None:
    """Give the header cells of a completed document ids that begin with another name."""
    tables = [element for element in _elements(pdf.Root.StructTreeRoot.K) if Name.Table == element.S]
    _name_headers(pdf, tables, name)


def _elements(kids: Object) -> Iterator[Object]:
    """Every structure element from here down, in reading order."""
    stack = [kids]
    while stack:
        node = stack.pop()
        if isinstance(node, Array):
            stack.extend(reversed([*node]))
        elif isinstance(node, Dictionary) and "/S" in node:
            yield node
            if "/K" in node:
                stack.append(node.K)


def _release_margins(pdf: Pdf, reachable: set[tuple[int, int]]) -> None:
    """Turn content that no element owns into artifacts: the running headers and page numbers."""
    numbers = pdf.Root.StructTreeRoot.ParentTree.Nums
    owners = {int(numbers[i]): numbers[i + 1] for i in range(0, len(numbers), 2)}
    for page in pdf.pages:
        entry = owners[int(page.obj.StructParents)]
        lost = {
            mcid for mcid, owner in enumerate(_items(entry)) if owner is None or owner.objgen not in reachable
        }
        if lost:
            _as_artifacts(pdf, page, lost)
            for mcid in lost:
                entry[mcid] = None


def _items(array: Object) -> list[Object | None]:
    return list(array)


def _as_artifacts(pdf: Pdf, page: Page, lost: set[int]) -> None:
    def replace(match: re.Match[bytes]) -> bytes:
        return _ARTIFACT if int(match[1]) in lost else match[0]

    page.obj.Contents = pdf.make_stream(_MARKED.sub(replace, page.obj.Contents.read_bytes()))


def _name_headers(pdf: Pdf, tables: list[Object], prefix: str) -> None:
    """Give each header cell a direction and an id of its own, and point the cells of its table to it."""
    index = Array()
    for table in tables:
        renamed: dict[str, str] = {}
        cells = [*_cells(table)]
        for cell, scope in cells:
            if cell.S == Name.TH:
                name = f"{prefix}-{len(index) // 2 + 1:05d}"
                renamed[str(cell.get("/ID", ""))] = name
                cell.ID = String(name)
                cell.A.Scope = scope
                index.extend([String(name), cell])
        for cell, _scope in cells:
            if "/Headers" in cell.A:
                known = [renamed[str(old)] for old in cell.A.Headers if str(old) in renamed]
                cell.A.Headers = Array([String(name) for name in known])
    if len(index):
        leaf = Dictionary(Names=index, Limits=Array([index[0], index[-2]]))
        pdf.Root.StructTreeRoot.IDTree = pdf.make_indirect(Dictionary(Kids=Array([pdf.make_indirect(leaf)])))


def _cells(table: Object) -> Iterator[tuple[Object, Name]]:
    """Cells with the direction in which a header there points."""
    for group in _elements(table.K):
        if group.S == Name.TR:
            scope = Name.Column if Name.THead == group.P.S else Name.Row
            for cell in _elements(group.K):
                if cell.S in (Name.TH, Name.TD) and "/A" in cell:
                    yield cell, scope
