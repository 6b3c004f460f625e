"""Walking through the XML of a workbook's parts: a stream with a bound, and no document types."""

from __future__ import annotations

import zipfile
from collections.abc import Callable, Mapping
from typing import Any
from xml.parsers import expat

from app.accepted.bounded import BoundedReader
from app.accepted.tables.bounds import BROKEN, LARGEST_PART, TableError

PIECE = 1 << 16


def parser_of(
    begin: Callable[[str, Mapping[str, str]], None],
    end: Callable[[str], None] | None = None,
    text: Callable[[str], None] | None = None,
) -> expat.XMLParserType:
    """A parser that knows no namespaces by their addresses, and no document types at all."""
    parser = expat.ParserCreate()
    parser.buffer_text = True
    parser.StartElementHandler = lambda element, said: begin(_local(element), _locals(said))
    parser.StartDoctypeDeclHandler = _refuse
    if end is not None:
        parser.EndElementHandler = lambda element: end(_local(element))
    if text is not None:
        parser.CharacterDataHandler = text
    return parser


def walk(archive: zipfile.ZipFile, part: str, *handlers: Any) -> None:
    """Tell the handlers of every element of the part, up to the bound."""
    parser = parser_of(*handlers)
    with archive.open(part) as stream:
        bound = BoundedReader(stream, LARGEST_PART)
        while piece := bound.read(PIECE):
            parser.Parse(piece)
    parser.Parse(b"", True)


def _refuse(*_said: Any) -> None:
    raise TableError(BROKEN)


def _local(name: str) -> str:
    return name.rpartition(":")[2]


def _locals(said: Mapping[str, str]) -> Mapping[str, str]:
    return {_local(name): text for name, text in said.items()} if any(":" in name for name in said) else said
