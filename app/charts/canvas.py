"""A sheet to draw on: SVG written by hand, so that it stays small and obeys the page's strict CSP.

Shapes stand in groups. A group carries a class (the page's stylesheet colours it, dark mode included) and a
presentation attribute with the paper colour (the PDF uses those, and any stylesheet rule wins over them).
Shapes of one kind that are drawn after each other share a group. No ids, no style attributes, no scripts:
the same chart may stand twice on a page.
"""

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
}

Length = Decimal | int | float


def _short(value: Length) -> str:
    """One decimal is a tenth of a unit: invisible, and it halves the size of the drawing."""
    return f"{float(value):.1f}".removesuffix(".0").replace("-0", "0" if abs(float(value)) < 0.05 else "-0")


def _joined(points: Sequence[tuple[Length, Length]]) -> str:
    return " ".join(f"{_short(x)},{_short(y)}" for x, y in points)


def _look(kind: str) -> str:
    return f'class="{kind}" {_PAPER[kind]}'


class Canvas:
    """Collects shapes and gives them as one SVG element without fixed size."""

    def __init__(self, width: int, height: int, alternative: str) -> None:
        """`alternative` is the sentence that a screen reader says instead of the picture."""
        self.width = width
        self.height = height
        self._alternative = alternative
        self._groups: list[tuple[str, list[str]]] = []

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

    def svg(self) -> Markup:
        """The whole drawing, safe to place in a page."""
        head = (
            f'<svg xmlns="http://www.w3.org/2000/svg" class="chart" role="img" '
            f'viewBox="0 0 {self.width} {self.height}" '
            f'font-family="Source Sans 3" font-size="{TEXT_SIZE}">'
        )
        title = f"<title>{escape(self._alternative)}</title>"
        drawn = "".join(f"<g {look}>{''.join(shapes)}</g>" for look, shapes in self._groups)
        return Markup(head + title + drawn + "</svg>")  # noqa: S704 - every text above is escaped


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
