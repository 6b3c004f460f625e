"""From a document dataclass to the page that is set on paper."""

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any, Literal

from jinja2 import Environment, FileSystemLoader, StrictUndefined, TemplateError

from app.pdf.errors import PdfError
from app.pdf.links import PART_LINK

_STYLESHEET = "pdf/pdf.css"
_TOO_LONG = re.compile(r"[^\s\u00ad\u200b-]{41,}")
_LONGEST_PIECE = 30
_BREAK = "\u200b"


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
class PackNumbers:
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
        finalize=_with_places_to_break,
    )
    made.install_gettext_callables(gettext, ngettext, newstyle=True)  # type: ignore[attr-defined] # its i18n extension adds it
    made.filters.update(filters or {})
    made.globals.update(constants or {})
    made.globals["part_link"] = PART_LINK
    return made


def _with_places_to_break(value: object) -> object:
    """What a template prints, with places to break in what is too long to be a word.

    It would run over the edge, and trying the syllables of a thousand signs takes half a minute.
    """
    return _TOO_LONG.sub(_breakable, value) if type(value) is str else value


def _breakable(word: re.Match[str]) -> str:
    return _BREAK.join(word[0][at : at + _LONGEST_PIECE] for at in range(0, len(word[0]), _LONGEST_PIECE))


def html(document: Document, environment: Environment) -> str:
    """The page that is set on paper."""
    try:
        return environment.get_template(document.template).render(document=document, body=document.body)
    except TemplateError as error:
        raise PdfError(f"The template {document.template} does not fit its document: {error!r}") from error


def stylesheet(environment: Environment) -> str:
    """How everything on paper looks."""
    return environment.get_template(_STYLESHEET).render()
