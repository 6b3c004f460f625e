"""The only place that touches WeasyPrint.

`typeset` takes and gives plain bytes and text, so that a later version can run it in a process of its own
that may be killed; nothing of the request, the database or the template engine comes this far.
"""

from base64 import b64encode
from functools import lru_cache
from pathlib import Path
from threading import Lock

from weasyprint import CSS, HTML
from weasyprint.text.fonts import FontConfiguration
from weasyprint.urls import FatalURLFetchingError, URLFetcher

from app.pdf.errors import PdfError

FONT_FOLDER = Path(__file__).resolve().parents[2] / "static" / "fonts"
_FAMILY = "Source Sans 3"
_FACES = (
    ("SourceSans3-Regular.ttf", 400, "normal"),
    ("SourceSans3-It.ttf", 400, "italic"),
    ("SourceSans3-Semibold.ttf", 600, "normal"),
    ("SourceSans3-Bold.ttf", 700, "normal"),
)
# Pango's font map belongs to the cached stylesheet, is used by every page, and is not safe between threads.
_one_at_a_time = Lock()


def typeset(html: str, css: str) -> bytes:
    """Lay the page out and write it as tagged PDF/UA-1. Whatever it would have to fetch is refused."""
    fetcher = _data_only()
    with _one_at_a_time:
        stylesheet, fonts = _stylesheet(css)
        try:
            page = HTML(string=html, base_url=None, url_fetcher=fetcher)
            output: bytes = page.write_pdf(
                font_config=fonts,
                stylesheets=[stylesheet],
                presentational_hints=True,  # widths of columns stand on the col element
                pdf_variant="pdf/ua-1",
                pdf_identifier=b"hemtag",
                uncompressed_pdf=True,  # tags are completed afterwards, and compressed then
            )
        except FatalURLFetchingError as error:
            raise PdfError(
                f"The document asks for something outside itself, which is refused: {error}"
            ) from error
        except (ValueError, TypeError, AssertionError, RecursionError) as error:
            raise PdfError(f"The document could not be laid out: {error}") from error
    return output


def _data_only() -> URLFetcher:
    """No file, no network: only what the document itself carries. Anything else stops the work, loudly."""
    return URLFetcher(allowed_protocols=("data",), allow_redirects=False, fail_on_errors=True)


@lru_cache(maxsize=2)
def _stylesheet(css: str) -> tuple[CSS, FontConfiguration]:
    fonts = FontConfiguration()
    return CSS(string=_font_faces() + css, font_config=fonts, url_fetcher=_data_only()), fonts


def _font_faces() -> str:
    return "".join(_font_face(*face) for face in _FACES)


def _font_face(file: str, weight: int, style: str) -> str:
    try:
        data = b64encode((FONT_FOLDER / file).read_bytes()).decode("ascii")
    except OSError as error:
        raise PdfError(f"The font {file} cannot be read from {FONT_FOLDER}: {error.strerror}") from error
    source = f"url(data:font/ttf;base64,{data})"
    return f"@font-face{{font-family:'{_FAMILY}';font-weight:{weight};font-style:{style};src:{source}}}\n"
