"""A sheet to draw on: SVG written by hand, so that it stays small and obeys the page's strict CSP.

Shapes stand in groups. A group carries a class (the page's stylesheet colours it, dark mode included) and a
presentation attribute with the paper colour (the PDF uses those, and any stylesheet rule wins over them).
Shapes of one kind that are drawn after each other share a group. No ids, no style attributes, no scripts:
the same chart may stand twice on a page. A drawing without a sentence of its own stands beside words that say
the same: nobody is told of it, and it is never on paper alone.
"""

import re
import textwrap
from collections.abc import Sequence
from decimal import Decimal

from markupsafe import Markup, escape

TEXT_SIZE = 15
_PAPER: dict[str, str] = {
    "chart-benefit": 'fill="#0f5257" stroke="#0f5257"',
    "chart-cost": 'fill="#e3b98a" stroke="#7a4a12"',
    "chart-label": 'fill="#1b2a2e"',
    "chart-label-strong": 'fill="#1b2a2e" font-weight="600"',
    "chart-benefit-label": 'fill="#0f5257" font-weight="600"',
    "chart-cost-label": 'fill="#7a4a12" font-weight="600"',
    "chart-grid": 'stroke="#d5dadb"',
    "chart-axis": 'stroke="#4a585c"',
    "chart-line": 'fill="none" stroke="#0f5257" stroke-width="2.5" stroke-linejoin="round"',
    "chart-point": 'fill="#0f5257" stroke="#0f5257" stroke-width="2"',
    "chart-point-below": 'fill="#ffffff" stroke="#0f5257" stroke-width="2"',
    "chart-mark": 'stroke="#1b2a2e" stroke-dasharray="3 3"',
    "chart-thin": 'fill="none" stroke="#0f5257" stroke-width="1.3" stroke-linejoin="round"',
    "chart-coming": 'fill="none" stroke="#0f5257" stroke-width="2.5" stroke-dasharray="7 5"',
    "chart-planned": 'fill="none" stroke="#4a585c" stroke-width="1.5" stroke-linejoin="round"',
    "chart-before": 'fill="none" stroke="#4a585c" stroke-width="1.5" stroke-dasharray="1.5 4"',
    "chart-plan": 'fill="#ffffff" stroke="#4a585c" stroke-width="1.5"',
    "chart-late": 'fill="#1b2a2e" stroke="#1b2a2e"',
    "chart-thread": 'fill="none" stroke="#8a9599" stroke-width="0.8"',
    "chart-cross": 'stroke="#1b2a2e" stroke-width="2"',
    "chart-red": 'fill="#a8171b" stroke="var(--paper, #ffffff)"',
    "chart-yellow": 'fill="none" stroke="#96420a" stroke-width="3"',
    "chart-green": 'fill="none" stroke="#1c6a3a" stroke-width="1.5"',
}
_COLOUR = re.compile(r' ?(fill|stroke)="#\w+"')

Length = Decimal | int | float


def _short(value: Length) -> str:
    """One decimal is a tenth of a unit: invisible, and it halves the size of the drawing."""
    return f"{float(value):.1f}".removesuffix(".0").replace("-0", "0" if abs(float(value)) < 0.05 else "-0")


def _joined(points: Sequence[tuple[Length, Length]]) -> str:
    return " ".join(f"{_short(x)},{_short(y)}" for x, y in points)


def _look(kind: str) -> str:
    return f'class="{kind}" {_PAPER[kind]}'


def _bare(look: str) -> str:
    """Without the colours, which the page's stylesheet has too."""
    return _COLOUR.sub("", look)


def _dressed(look: str, shapes: Sequence[str]) -> str:
    """A look that one shape has alone needs no group."""
    if len(shapes) == 1:
        name, rest = shapes[0].split(" ", 1)
        return f"{name} {look} {rest}"
    return f"<g {look}>{''.join(shapes)}</g>"


class Canvas:
    """Collects shapes and gives them as one SVG element without fixed size."""

    def __init__(self, width: int, height: int, alternative: str = "") -> None:
        """`alternative` is the sentence that a screen reader says instead of the picture, or, where it has
        links, before them."""
        self.width = width
        self.height = height
        self._alternative = alternative
        self._groups: list[tuple[str, list[str]]] = []
        self._has_links = False

    def _draw(self, look: str, shape: str) -> None:
        """Draw on top of what is there; `look` is what the shape has in common with others of its kind."""
        if not self._groups or self._groups[-1][0] != look:
            self._groups.append((look, []))
        self._groups[-1][1].append(shape)

    def line(self, kind: str, x1: Length, y1: Length, x2: Length, y2: Length) -> None:
        """Draw a straight line."""
        ends = f'x1="{_short(x1)}" y1="{_short(y1)}" x2="{_short(x2)}" y2="{_short(y2)}"'
        self._draw(_look(kind), f"<line {ends}/>")

    def bar(self, kind: str, x: Length, y: Length, width: Length, height: Length) -> None:
        """Draw a bar; a bar of no height is not drawn."""
        if float(width) <= 0 or float(height) <= 0:
            return
        box = f'x="{_short(x)}" y="{_short(y)}" width="{_short(width)}" height="{_short(height)}"'
        self._draw(_look(kind), f"<rect {box}/>")

    def path(self, kind: str, points: Sequence[tuple[Length, Length]]) -> None:
        """Draw a line through all points."""
        self._draw(_look(kind), f'<polyline points="{_joined(points)}"/>')

    def dot(self, kind: str, x: Length, y: Length, radius: Length) -> None:
        """Draw a round mark."""
        self._draw(_look(kind), f'<circle cx="{_short(x)}" cy="{_short(y)}" r="{_short(radius)}"/>')

    def corners(self, kind: str, points: Sequence[tuple[Length, Length]]) -> None:
        """Draw a closed shape with these corners."""
        self._draw(_look(kind), f'<polygon points="{_joined(points)}"/>')

    def text(self, kind: str, x: Length, y: Length, text: str, anchor: str = "start") -> None:
        """Write one line of text with its baseline at y."""
        look = _look(kind) if anchor == "start" else f'{_look(kind)} text-anchor="{anchor}"'
        self._draw(look, f'<text x="{_short(x)}" y="{_short(y)}">{escape(text)}</text>')

    def shape(self, kind: str, path: str) -> None:
        """Draw what SVG's own language of paths says; nothing of an empty one."""
        if path:
            self._draw(_look(kind), f'<path d="{path}"/>')

    def link(self, kind: str, href: str, name: str, shape: str) -> None:
        """Draw a shape that leads to a page; the numbers in it stand in the middle of where they are put."""
        self._has_links = True
        linked = f'<a href="{escape(href)}"><title>{escape(name)}</title>{shape}</a>'
        self._draw(f'{_look(kind)} text-anchor="middle"', linked)

    def aside(self, x: Length, y: Length, text: str) -> None:
        """Write what the links say too: nobody is told of it, and nobody points at it."""
        look = f'{_look("chart-label")} aria-hidden="true" pointer-events="none"'
        self._draw(look, f'<text x="{_short(x)}" y="{_short(y)}">{escape(text)}</text>')

    def svg(self) -> Markup:
        """The whole drawing, safe to place in a page."""
        if not self._alternative:
            return self._untold()
        drawn = "".join(f"<g {look}>{''.join(shapes)}</g>" for look, shapes in self._groups)
        head = (
            f'<svg xmlns="http://www.w3.org/2000/svg" class="chart" '
            f'role="{"group" if self._has_links else "img"}" viewBox="0 0 {self.width} {self.height}" '
            f'font-family="Source Sans 3" font-size="{TEXT_SIZE}">'
        )
        title = f"<title>{escape(self._alternative)}</title>"
        return Markup(head + title + drawn + "</svg>")  # noqa: S704 - every text above is escaped

    def _untold(self) -> Markup:
        """For a table with many of them: in few bytes."""
        head = f'<svg class="chart" viewBox="0 0 {self.width} {self.height}" font-size="{TEXT_SIZE}"'
        drawn = "".join(_dressed(_bare(look), shapes) for look, shapes in self._groups)
        return Markup(f'{head} aria-hidden="true">{drawn}</svg>')  # noqa: S704 - every text above is escaped


def text_width(text: str) -> float:
    """About how wide a label is; Source Sans 3 figures are 0.5 em, letters slightly narrower on average."""
    return len(text) * TEXT_SIZE * 0.5


def shortened(text: str, room: float) -> str:
    """A text wider than the room ends in an ellipsis; the table of the chart has it in full."""
    longest = _signs(room)
    return text if len(text) <= longest else text[: longest - 1].rstrip() + "\u2026"


def wrapped(text: str, room: float) -> list[str]:
    """The whole text in lines that fit the room; a word that is wider than it goes on in the next line."""
    return textwrap.wrap(text, _signs(room)) or [""]


def _signs(room: float) -> int:
    return max(int(room / (TEXT_SIZE * 0.5)), 1)
