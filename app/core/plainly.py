"""Values as a kept document writes them, and back: dates ISO, numbers as decimal strings. Pure."""

from __future__ import annotations

from datetime import date
from decimal import Decimal


def day_text(value: date | None) -> str | None:
    """`2028-06-30`; None for none."""
    return value.isoformat() if value else None


def day_of(text: str | None) -> date | None:
    """The day again."""
    return date.fromisoformat(text) if text else None


def number_text(value: Decimal | None) -> str | None:
    """As few decimals as it has, on every database; None for none."""
    return None if value is None else f"{value.normalize():f}"


def number_of(text: str | None) -> Decimal | None:
    """The number again."""
    return None if text is None else Decimal(text)
