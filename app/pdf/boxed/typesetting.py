"""The only place that touches WeasyPrint.

Fonts are read once, before the walls close; they are the only ones there are, so that a document looks the
same on every machine and no file of the machine is ever asked for.
"""

from __future__ import annotations

import logging
import os
from base64 import b64encode
from functools import lru_cache
from pathlib import Path
from typing import TYPE_CHECKING

from app.pdf.errors import PdfError

if TYPE_CHECKING:
    from weasyprint import CSS
    from weasyprint.text.fonts import FontConfiguration
    from weasyprint.urls import URLFetcher

_FAMILY = "Source Sans 3"
_FACES = (
    ("SourceSans3-Regular.ttf", 400, "normal"),
    ("SourceSans3-It.ttf", 400, "italic"),
    ("SourceSans3-Semibold.ttf", 600, "normal"),
    ("SourceSans3-Bold.ttf", 700, "normal"),
)
_NO_OTHER_FONTS = "<fontconfig><cachedir>{folder}</cachedir></fontconfig>"
_SAMPLE = (
    '<html lang="sv" style="font-family: Source Sans 3"><title>x</title><body><p>a <i>a</i> <b>a</b></p>'
    '<p style="font-weight: 600">a</p><svg viewBox="0 0 9 9"><title>x</title><text x="1" y="1">a</text></svg>'
    '<table style="hyphens: auto"><tr><td>kontaktcenter<td lang="en">internationalization</table>'
    "</body></html>"
)
"""Uses every face and both languages, so that all that is read from files is read."""


class Typesetter:
    """Lays out pages and writes them as tagged PDF/UA-1."""

    def __init__(self, font_folder: Path, own_folder: Path) -> None:
        """Read the fonts; `own_folder` is empty and may be removed as soon as this is done."""
        (own_folder / "fonts.conf").write_text(_NO_OTHER_FONTS.format(folder=own_folder))
        os.environ["FONTCONFIG_FILE"] = str(own_folder / "fonts.conf")
        logging.getLogger("weasyprint").addHandler(logging.NullHandler())  # a document may not fill our logs
        self._fonts = _read_fonts(font_folder)
        self._stylesheet = lru_cache(maxsize=2)(self._parsed)
        self.typeset(_SAMPLE, "")

    def typeset(self, html: str, css: str) -> bytes:
        """Lay the page out. Whatever it would have to fetch is refused."""
        from weasyprint import HTML
        from weasyprint.urls import FatalURLFetchingError

        try:
            page = HTML(string=html, base_url=None, url_fetcher=_data_only())
            output: bytes = page.write_pdf(
                font_config=self._fonts,
                stylesheets=[self._stylesheet(css)],
                presentational_hints=True,  # widths of columns stand on the col element
                pdf_variant="pdf/ua-1",
                pdf_identifier=b"hemtag",
                uncompressed_pdf=True,  # tags are completed afterwards, and compressed then
            )
        except FatalURLFetchingError as error:
            raise PdfError(
                f"The document asks for something outside itself, which is refused: {error}"
            ) from error
        return output

    def _parsed(self, css: str) -> CSS:
        from weasyprint import CSS

        return CSS(string=css, font_config=self._fonts, url_fetcher=_data_only())


def _data_only() -> URLFetcher:
    """No file, no network: only what the document itself carries. Anything else stops the work, loudly."""
    from weasyprint.urls import URLFetcher

    return URLFetcher(allowed_protocols=("data",), allow_redirects=False, fail_on_errors=True)


def _read_fonts(folder: Path) -> FontConfiguration:
    from weasyprint import CSS
    from weasyprint.text.fonts import FontConfiguration

    fonts = FontConfiguration()
    faces = "".join(_font_face(folder / file, weight, style) for file, weight, style in _FACES)
    CSS(string=faces, font_config=fonts, url_fetcher=_data_only())
    return fonts


def _font_face(file: Path, weight: int, style: str) -> str:
    try:
        data = b64encode(file.read_bytes()).decode("ascii")
    except OSError as error:
        raise PdfError(f"The font {file.name} cannot be read from {file.parent}: {error.strerror}") from error
    source = f"url(data:font/ttf;base64,{data})"
    return f"@font-face{{font-family:'{_FAMILY}';font-weight:{weight};font-style:{style};src:{source}}}\n"
