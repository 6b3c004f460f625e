"""From document dataclasses to PDFs: what has been made before is kept, the rest is ordered from makers."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import Future
from contextlib import contextmanager
from dataclasses import dataclass
from time import monotonic

from jinja2 import Environment

from app.pdf.documents import Document, PackNumbers, html, stylesheet
from app.pdf.errors import NotYetError, PdfError
from app.pdf.keeping import KeptDocuments
from app.pdf.maker import Job, Made
from app.pdf.recipe import key_of
from app.pdf.workshop import Workshop

_MOST_COVER_ATTEMPTS = 4


@dataclass(frozen=True)
class Press:
    """The templates, the makers, and the shelf with what is made already."""

    environment: Environment
    workshop: Workshop
    shelf: KeptDocuments

    @contextmanager
    def order(self, patience: float = 600) -> Iterator[Order]:
        """Somebody who wants a document and waits for at most so many seconds."""
        yield Order(self, monotonic() + patience)


@dataclass(frozen=True)
class Ordered:
    """A document that is made, or will be."""

    order: Order
    key: str
    future: Future[Made]

    @property
    def made(self) -> Made:
        """The document, as soon as there is one. NotYetError when patience ends before."""
        return self.order.wait_for(self.future)


@dataclass(frozen=True)
class PackPart:
    """A document in a pack, and the name under which the bookmarks list it."""

    document: Ordered
    bookmark: str


@dataclass(frozen=True)
class AttachedFile:
    """A text file that goes with a document that is to last: the data that it shows."""

    name: str
    media_type: str
    description: str
    content: bytes
    """In UTF-8."""


class Order:
    """What one person asks for at one time: one document, or all those of a pack."""

    def __init__(self, press: Press, until: float) -> None:
        """`until` is the moment of the monotonic clock at which patience ends."""
        self._press = press
        self._until = until
        self._asked: dict[str, Ordered] = {}

    def render(self, document: Document) -> bytes:
        """The PDF of one document. Equal documents give equal bytes."""
        return self.begin(document).made.pdf

    def begin(self, document: Document) -> Ordered:
        """Let the document be made while more is being written."""
        page, css = html(document, self._press.environment), stylesheet(self._press.environment)
        key = key_of(page, css)
        head = {"work": "typeset", "name": key[:12]}
        return self._begin(key, lambda: Job(head, (page.encode(), css.encode())))

    def pack(
        self,
        cover: Callable[[tuple[int, ...]], Document],
        parts: Sequence[PackPart],
        attached: Sequence[AttachedFile] | None = None,
    ) -> bytes:
        """Join a cover and documents into one PDF, with page numbers through the whole.

        `cover` gets the page on which each part starts. As the cover's own length moves those pages, it is
        set again until they agree, usually at the first attempt or the second. With `attached`, even with
        none, the whole is PDF/A-3b with these files in it.
        """
        lengths = [part.document.made.pages for part in parts]
        front, document = self._fitted_cover(cover, lengths)
        total = front.made.pages + sum(lengths)
        numbers = self.begin(
            Document(
                "pdf/pack_numbers.html",
                document.title,
                document.language,
                None,
                None,
                document.date,
                PackNumbers(total),
            )
        )
        return self._joined([PackPart(front, document.title), *parts], document, numbers, attached)

    def wait_for(self, future: Future[Made]) -> Made:
        """The result, within what is left of patience; BusyError when too many wait already."""
        if future.done():
            return future.result()
        with self._press.workshop.place():
            try:
                return future.result(max(0.0, self._until - monotonic()))
            except TimeoutError as error:
                raise NotYetError(*self.progress()) from error

    def progress(self) -> tuple[int, int]:
        """How many of the parts that are known so far are made, and how many there are."""
        asked = list(self._asked.values())
        return sum(ordered.future.done() for ordered in asked), len(asked)

    def _begin(self, key: str, job: Callable[[], Job]) -> Ordered:
        if key not in self._asked:
            future: Future[Made] = Future()
            kept = self._press.shelf.find(key)
            if kept is not None:
                future.set_result(kept)
            else:
                future = self._press.workshop.order(self, key, job(), self._press.shelf)
            self._asked[key] = Ordered(self, key, future)
        return self._asked[key]

    def _fitted_cover(
        self, cover: Callable[[tuple[int, ...]], Document], lengths: list[int]
    ) -> tuple[Ordered, Document]:
        cover_pages = 1
        for _attempt in range(_MOST_COVER_ATTEMPTS):
            document = cover(_start_pages(cover_pages, lengths))
            front = self.begin(document)
            if front.made.pages == cover_pages:
                return front, document
            cover_pages = front.made.pages
        raise PdfError("The cover of the pack changes its length with its page numbers")

    def _joined(
        self,
        parts: Sequence[PackPart],
        document: Document,
        numbers: Ordered,
        attached: Sequence[AttachedFile] | None,
    ) -> bytes:
        head = {
            "work": "join",
            "title": document.title,
            "language": document.language,
            "date": document.date.isoformat(),
            "bookmarks": [part.bookmark for part in parts],
            "numbered": True,
        }
        files: list[bytes] = []
        if attached is not None:
            head["attached"] = [(file.name, file.media_type, file.description) for file in attached]
            files = [file.content for file in attached]
        ordered = [*(part.document for part in parts), numbers]
        key = key_of(repr(head), *(one.key for one in ordered), *(file.decode() for file in files))
        return self._begin(key, lambda: Job(head, [*(one.made.pdf for one in ordered), *files])).made.pdf


def _start_pages(cover_pages: int, lengths: list[int]) -> tuple[int, ...]:
    return tuple(cover_pages + 1 + sum(lengths[:index]) for index in range(len(lengths)))
