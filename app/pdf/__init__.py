"""The only door to PDF: a document dataclass in, an accessible PDF out (docs/adr/0006, 0012, 0013)."""

from app.pdf.documents import Document, environment
from app.pdf.errors import BusyError, LostError, NotYetError, PdfError
from app.pdf.keeping import Keeping, KeptDocuments
from app.pdf.maker import Limits
from app.pdf.press import AttachedFile, Order, Ordered, PackPart, Press
from app.pdf.workshop import Queue, Workshop

__all__ = [
    "AttachedFile",
    "BusyError",
    "Document",
    "Keeping",
    "KeptDocuments",
    "Limits",
    "LostError",
    "NotYetError",
    "Order",
    "Ordered",
    "PackPart",
    "PdfError",
    "Press",
    "Queue",
    "Workshop",
    "environment",
]
