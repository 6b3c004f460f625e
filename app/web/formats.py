"""How numbers, money and dates are written: one way on every page, in every PDF and every language."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, datetime
from decimal import ROUND_HALF_UP, Decimal

from flask import Flask

from app.core.clock import LOCAL_TIME, local_day

NBSP = "\u00a0"
MINUS = "\u2212"


def number(value: Decimal | int | None, places: int = 0, language: str = "sv") -> str:
    """`1 234 567,50`: spaces between thousands, comma (Swedish) or point (English), a real minus."""
    if value is None:
        return "–"
    rounded = Decimal(value).quantize(Decimal(1).scaleb(-places), rounding=ROUND_HALF_UP)
    whole, _, part = f"{abs(rounded):,.{places}f}".partition(".")
    text = whole.replace(",", NBSP) + ("," if language == "sv" else ".") * bool(part) + part
    return (MINUS if rounded < 0 else "") + text


def decimal_text(value: Decimal | None, language: str = "sv") -> str:
    """A quantity or rate with as many decimals as it has: `2,5`."""
    if value is None:
        return "–"
    plain = f"{value.normalize():f}"
    places = len(plain.partition(".")[2])
    return number(value, places, language)


def kronor(value: Decimal | int | None, language: str = "sv") -> str:
    """`1 234 567 kr`, to the krona."""
    unit = "kr" if language == "sv" else "SEK"
    return "–" if value is None else f"{number(value, 0, language)}{NBSP}{unit}"


def exact(value: Decimal, language: str | None = None) -> str:
    """Kronor with the öre that they have: two amounts that differ look different."""
    from app.web.language import current_language

    said_in = language or current_language()
    places = 0 if value == value.to_integral_value() else 2
    return f"{number(value, places, said_in)}{NBSP}{'kr' if said_in == 'sv' else 'SEK'}"


def millions(value: Decimal | int | None, language: str = "sv") -> str:
    """`2,3 mnkr`."""
    unit = "mnkr" if language == "sv" else "MSEK"
    return "–" if value is None else f"{number(Decimal(value) / 1_000_000, 1, language)}{NBSP}{unit}"


def percent(value: Decimal | None, places: int | None = None, language: str = "sv") -> str:
    """A share as per cent: 0.035 is `3,5 %`. Without `places`, as many decimals as it has."""
    if value is None:
        return "–"
    scaled = Decimal(value) * 100
    text = decimal_text(scaled, language) if places is None else number(scaled, places, language)
    return f"{text}{NBSP}%"


def iso_date(value: date | datetime | None) -> str:
    """`2026-11-21`; a moment is shown as the day it was in Sweden."""
    if value is None:
        return "–"
    if isinstance(value, datetime):
        value = local_day(value)
    return value.isoformat()


def day_in(text: str) -> date | None:
    """The day that a parameter names; None when it names none."""
    try:
        return date.fromisoformat(text.strip())
    except ValueError:
        return None


def clock(value: datetime) -> str:
    """`14.32`, Swedish time."""
    return value.astimezone(LOCAL_TIME).strftime("%H.%M")


def moment(value: datetime | None) -> str:
    """`2026-11-21 14.32`, Swedish time."""
    return "–" if value is None else f"{iso_date(value)} {clock(value)}"


def file_size(size: int, language: str = "sv") -> str:
    """`1,2 MB`, `340 kB`."""
    if size >= 1_000_000:
        return f"{number(Decimal(size) / 1_000_000, 1, language)}{NBSP}MB"
    return f"{number(max(1, round(size / 1000)), 0, language)}{NBSP}kB"


def install(app: Flask) -> None:
    """Make the formats filters of the templates, in the reader's language."""
    from app.web.language import current_language

    def localised(function: Callable[..., str]) -> Callable[..., str]:
        return lambda value, *rest: function(value, *rest, language=current_language())

    in_language: dict[str, Callable[..., str]] = {
        "kronor": kronor, "millions": millions, "percent": percent, "number": number,
        "decimal": decimal_text, "file_size": file_size,
    }  # fmt: skip
    for name, function in in_language.items():
        app.jinja_env.filters[name] = localised(function)
    for name, plain in {"exact": exact, "iso_date": iso_date, "clock": clock, "moment": moment}.items():
        app.jinja_env.filters[name] = plain
