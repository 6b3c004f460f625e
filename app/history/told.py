"""What plain values say, field by field, as the history tells it: for records that are written as a whole."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from dataclasses import fields
from decimal import Decimal
from typing import TYPE_CHECKING, Any

from app.history.changes import Change, text_of

if TYPE_CHECKING:
    from _typeshed import DataclassInstance


def told(values: DataclassInstance) -> dict[str, str | None]:
    """Each field as text; each entry of a mapping (a cost's year) is a field of its own. A row's number is
    no news."""
    found: dict[str, str | None] = {}
    for item in fields(values):
        value = getattr(values, item.name)
        if item.name == "id":
            continue
        if isinstance(value, Mapping):
            found |= {f"{item.name}.{key}": _number(amount) for key, amount in sorted(value.items())}
        elif isinstance(value, tuple):
            found[item.name] = ", ".join(map(_number, value)) or None
        else:
            found[item.name] = (_number(value) if isinstance(value, Decimal) else text_of(value)) or None
    return found


def differences(before: DataclassInstance, after: DataclassInstance) -> list[Change]:
    """One change for each field that does not say the same."""
    old, new = told(before), told(after)
    names = dict.fromkeys((*old, *new))
    return [Change(name, old.get(name), new.get(name)) for name in names if old.get(name) != new.get(name)]


def differences_in(before: Mapping[str, Any], after: Mapping[str, Any]) -> list[Change]:
    """The same of two documents: one change for each text of theirs, named by the way to it."""
    old, new = dict(_texts_of(before)), dict(_texts_of(after))
    names = dict.fromkeys((*old, *new))
    return [Change(name, old.get(name), new.get(name)) for name in names if old.get(name) != new.get(name)]


def _texts_of(document: Mapping[str, Any], way: str = "") -> Iterator[tuple[str, str]]:
    for key, value in document.items():
        if isinstance(value, Mapping):
            yield from _texts_of(value, f"{way}{key}.")
        elif value:
            yield f"{way}{key}", str(value)


def begun(values: DataclassInstance) -> list[Change]:
    """The beginning of a record that says this."""
    return [Change(None, None, _as_text(values))]


def ended(values: DataclassInstance) -> list[Change]:
    """The end of a record that said this."""
    return [Change(None, _as_text(values), None)]


def _number(value: Any) -> str:
    """The same text for the same number, however many zeros it was typed with."""
    return f"{value.normalize():f}"


def _as_text(values: DataclassInstance) -> str:
    known = {name: value for name, value in told(values).items() if value is not None}
    return json.dumps(known, ensure_ascii=False, sort_keys=True)
