"""From a document dataclass to a finished PDF."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from io import BytesIO
from pathlib import Path
from typing import Any, Literal

from jinja2 import Environment, FileSystemLoader, StrictUndefined, TemplateError
from pikepdf import Pdf

from app.pdf.errors import PdfError
from app.pdf.joining import PART_LINK, Part, join, page_count, save
from app.pdf.tags import complete_tags

_STYLESHEET = "pdf/pdf.css"
_MOST_COVER_ATTEMPTS = 4


@dataclass(frozen=True)
class Document:
    """Everything that a document on paper needs to know; `body` is what its template shows."""

    template: str
    title: str
    language: Literal["sv", "en"]
    case_number: str | None
    version: str | None
    date: date
    body: object


@dataclass(frozen=True)
class PackPart:
    """A document in a pack, and the name under which the bookmarks list it.

    `rendered` is the document's PDF when it has been made already, to see how long it is.
    """

    document: Document
    bookmark: str
    rendered: bytes | None = None


@dataclass(frozen=True)
class _Numbers:
    """Body of the layer of page numbers through a pack."""

    count: int


def environment(
    template_folder: Path | str,
    *,
    gettext: Callable[..., str],
    ngettext: Callable[..., str],
    filters: Mapping[str, Callable[..., Any]] | None = None,
    constants: Mapping[str, Any] | None = None,
) -> Environment:
    """The template engine for paper: escapes everything, and fails on a missing value.

    It is not Flask's own, so that no template on paper can reach the request or the person signed in.
    """
    made = Environment(
        loader=FileSystemLoader(template_folder),
        autoescape=True,
        undefined=StrictUndefined,
        extensions=["jinja2.ext.i18n"],
        trim_blocks=True,
        lstrip_blocks=True,
    )
    made.install_gettext_callables(gettext, ngettext, newstyle=True)  # type: ignore[attr-defined] # its i18n extension adds it
    made.filters.update(filters or {})
    made.globals.update(constants or {})
    made.globals["part_link"] = PART_LINK
    return made


def render(document: Document, *, environment: Environment) -> bytes:
    """Make the PDF of one document. Equal documents give equal bytes."""
    from app.pdf.typesetting import typeset  # half a second and 30 MB that most workers never need

    with Pdf.open(BytesIO(typeset(html(document, environment=environment), _css(environment)))) as pdf:
        complete_tags(pdf)
        return save(pdf)


def html(document: Document, *, environment: Environment) -> str:
    """The page that is set on paper."""
    try:
        return environment.get_template(document.template).render(document=document, body=document.body)
    except TemplateError as error:
        raise PdfError(f"The template {document.template} does not fit its document: {error!r}") from error


def pack(
    cover: Callable[[tuple[int, ...]], Document], parts: Sequence[PackPart], *, environment: Environment
) -> bytes:
    """Join a cover and documents into one PDF, with page numbers through the whole.

    `cover` gets the page on which each part starts. As the cover's own length moves those pages, it is set
    again until they agree, usually at the first attempt or the second.
    """
    done = [
        Part(part.rendered or render(part.document, environment=environment), part.bookmark) for part in parts
    ]
    lengths = [page_count(part.pdf) for part in done]
    front, document = _fitted_cover(cover, lengths, environment)
    total = page_count(front) + sum(lengths)
    numbers = Document(
        "pdf/pack_numbers.html", document.title, document.language, None, None, document.date, _Numbers(total)
    )
    return join(
        [Part(front, document.title), *done],
        title=document.title,
        language=document.language,
        date=document.date,
        numbers=render(numbers, environment=environment),
    )


def _fitted_cover(
    cover: Callable[[tuple[int, ...]], Document], lengths: list[int], environment: Environment
) -> tuple[bytes, Document]:
    cover_pages = 1
    for _attempt in range(_MOST_COVER_ATTEMPTS):
        document = cover(_start_pages(cover_pages, lengths))
        front = render(document, environment=environment)
        if page_count(front) == cover_pages:
            return front, document
        cover_pages = page_count(front)
    raise PdfError("The cover of the pack changes its length with its page numbers")


def _start_pages(cover_pages: int, lengths: list[int]) -> tuple[int, ...]:
    return tuple(cover_pages + 1 + sum(lengths[:index]) for index in range(len(lengths)))


def _css(environment: Environment) -> str:
    return environment.get_template(_STYLESHEET).render()
