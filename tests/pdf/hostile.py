"""Documents that want to read, to ask, to fill and to break: whole pages, and texts for our own fields."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, fields, is_dataclass, replace
from itertools import count
from typing import Any

from markupsafe import Markup

from app import pdf
from tests.pdf import pack_samples, samples


@dataclass(frozen=True)
class Bait:
    """What no document may reach: a file with a secret, and a server that notes who asks."""

    file: str
    server: str


def addresses(bait: Bait) -> tuple[str, ...]:
    """The bait, written in the ways that have fooled others."""
    return (
        f"file://{bait.file}",
        f"FILE://localhost{bait.file}",
        bait.file,
        f"../../../../../../../..{bait.file}",
        f"{bait.server}/asked",
        bait.server.replace("http:", ""),
        bait.server.replace("127.0.0.1", "2130706433"),
        f"{bait.server}@example.org/",
    )


def _quoted(svg: str) -> str:
    """A drawing as it stands in an address inside an attribute."""
    return svg.replace("SVG", "http://www.w3.org/2000/svg").replace('"', "&quot;").replace("#", "%23")


_ENTITY = '<!DOCTYPE svg [<!ENTITY x SYSTEM "{0}">]><svg xmlns="SVG"><text>&amp;x;</text></svg>'
_FETCHING = (
    '<img src="{0}" alt="x">',
    '<link rel="stylesheet" href="{0}">',
    '<link rel="attachment" href="{0}">',
    '<a rel="attachment" href="{0}">x</a>',
    '<object data="{0}"></object>',
    '<embed src="{0}">',
    '<iframe src="{0}"></iframe>',
    '<base href="{0}"><img src="x" alt="x">',
    '<input type="image" src="{0}">',
    "<style>@import url({0});</style>",
    "<style>@import '{0}';</style>",
    "<style>@font-face{{font-family:x;src:url({0})}} p{{font-family:x}}</style><p>x</p>",
    "<style>@font-face{{font-family:x;src:local(x),url({0})}}</style><p>x</p>",
    "<style>@color-profile device-cmyk{{src:url({0})}}</style><p>x</p>",
    '<p style="background:url({0})">x</p>',
    '<p style="content:url({0})">x</p>',
    '<p style="border-image-source:url({0})">x</p>',
    '<p style="mask-image:url({0})">x</p>',
    '<ul style="list-style-image:url({0})"><li>x</li></ul>',
    "<style>p::before{{content:url({0})}}</style><p>x</p>",
    "<style>@page{{background:url({0});@top-left{{content:url({0})}}}}</style><p>x</p>",
    "<style>p::before{{content:target-text('{0}#x')}}</style><p>x</p>",
    '<svg viewBox="0 0 9 9"><image href="{0}" width="9" height="9"/></svg>',
    '<svg viewBox="0 0 9 9"><image xlink:href="{0}" width="9" height="9"/></svg>',
    '<svg viewBox="0 0 9 9"><use href="{0}#x"/></svg>',
    '<svg viewBox="0 0 9 9"><style>@import url({0});</style><rect fill="url({0}#x)"/></svg>',
    '<svg viewBox="0 0 9 9"><linearGradient id="g" href="{0}#g"/><rect fill="url(#g)"/></svg>',
    '<svg viewBox="0 0 9 9"><foreignObject><img src="{0}"/></foreignObject></svg>',
    '<img alt="x" src="data:image/svg+xml,' + _quoted('<svg xmlns="SVG"><image href="{0}"/></svg>') + '">',
    '<img alt="x" src="data:image/svg+xml,' + _quoted(_ENTITY) + '">',
    "<link rel='stylesheet' href='data:text/css,@import url({0});'>",
    '<meta http-equiv="refresh" content="0;url={0}">',
    '<script src="{0}"></script>',
)

_LAUGHS = "".join(f'<!ENTITY l{i} "{f"&amp;l{i - 1};" * 10}">' for i in range(1, 10))
_LAUGHING = f'<!DOCTYPE s [<!ENTITY l0 "ha">{_LAUGHS}]><svg xmlns="SVG"><text>&amp;l9;</text></svg>'
_RECT = '<rect fill="url(#p)" width="9" height="9"/>'
_CRUSHING = (
    "<div>" * 20_000 + "x",
    "<table><tr><td>" * 300 + "x",
    '<svg viewBox="0 0 9 9">' + "<g>" * 5_000 + "</svg>",
    '<span style="font-size:9999999pt">x</span>',
    f"<p>{'x' * 200_000}</p>",
    f"<p>{'x ' * 20_000}</p>",
    '<img alt="x" src="data:image/svg+xml,' + _quoted(_LAUGHING) + '">',
    '<svg viewBox="0 0 9 9"><g id="a"><use href="#a"/><use href="#a"/></g></svg>',
    f'<svg viewBox="0 0 9 9"><pattern id="p" width="1e-9" height="1e-9">{_RECT}</pattern>{_RECT}</svg>',
    '<table><tr><td colspan="1000000000" rowspan="1000000000">x</td></tr></table>',
    '<ol start="99999999999999999999"><li style="list-style-type:lower-roman">x</li></ol>',
    "<style>p{{width:calc(" + "(1px + " * 500 + "1px" + ")" * 500 + ")}}</style><p>x</p>",
    "<style>:root{{--a:var(--b) var(--b);--b:var(--a)}} p{{margin:var(--a)}}</style><p>x</p>",
    "<style>@page{{size:1px 1px;margin:0}}</style><p>x x x x x x</p>",
    "<style>p{{break-before:page;height:100000000px}}</style><p>x</p>",
    "\x00\x01\ufffe\ud7ff\u202e" + "\u0301" * 5_000,
    "<a href='javascript:alert(1)'>x</a><a href='#" + "x" * 60_000 + "'>x</a>",
)
_TEMPLATES = ("{{ 7 * 7 }}", "{% include 'base.html' %}", "{{ cycler.__init__.__globals__ }}", "%(x)s %s {0}")


def pages(bait: Bait) -> Iterator[str]:
    """Whole pages, as somebody might write them who found a way past our templates."""
    targets = addresses(bait)
    for number, (fetching, turn) in enumerate((one, turn) for turn in count() for one in _FETCHING):
        yield fetching.format(targets[(number + turn) % len(targets)])
        if number % 4 == 3:
            yield _CRUSHING[number // 4 % len(_CRUSHING)].replace("{{", "{").replace("}}", "}")


def documents(bait: Bait) -> Iterator[pdf.Document]:
    """Our own documents, every text in them hostile, another one each time."""
    texts = [
        *_TEMPLATES,
        *(text[:2_000] for text in _CRUSHING),
        *(one.format(bait.server) for one in _FETCHING),
    ]
    for number in count():
        document = (samples.application(), pack_samples.memo(), pack_samples.summary())[number % 3]
        turn = count(number)
        poisoned = _poisoned(document, lambda turn=turn: texts[next(turn) % len(texts)])
        yield replace(poisoned, language=document.language, template=document.template)


def _poisoned(value: Any, text: Any) -> Any:
    """The same shape with every text in it exchanged; drawings are made by us and stay."""
    if isinstance(value, Markup):
        return value
    if isinstance(value, str):
        return text()
    if isinstance(value, tuple):
        return tuple(_poisoned(one, text) for one in value)
    if is_dataclass(value) and not isinstance(value, type):
        inside = {field.name: _poisoned(getattr(value, field.name), text) for field in fields(value)}
        return replace(value, **inside)
    return value
