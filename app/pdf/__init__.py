"""The only door to PDF: a document dataclass in, an accessible PDF out (docs/adr/0006)."""

from app.pdf.documents import Document, PackPart, environment, html, pack, render
from app.pdf.errors import PdfError
from app.pdf.joining import Part, join, page_count

__all__ = [
    "Document",
    "PackPart",
    "Part",
    "PdfError",
    "environment",
    "html",
    "join",
    "pack",
    "page_count",
    "render",
]
