"""Finding the drills, and running one of them."""

from __future__ import annotations

import traceback
from collections.abc import Iterator
from importlib import import_module
from pkgutil import iter_modules
from time import perf_counter
from types import ModuleType

import tools.drill
from tools.grounds import ground


def drills(names: list[str]) -> Iterator[ModuleType]:
    """The modules that hold a drill; only those named, if any are."""
    for found in iter_modules(tools.drill.__path__):
        if found.name == "__main__" or (names and found.name not in names):
            continue
        module = import_module(f"tools.drill.{found.name}")
        if hasattr(module, "drill"):
            yield module


def result_of(name: str, kind: str) -> tuple[bool, str]:
    """Whether this drill held, and its line of the table."""
    module, begun = import_module(name), perf_counter()
    try:
        with ground(kind) as place:
            held, found = True, module.drill(place)
    except Exception as failure:  # noqa: BLE001 - the other drills are run all the same
        traceback.print_exc()
        held, found = False, f"FAILED: {failure}"
    return held, f"| {module.TITLE} | {kind} | {perf_counter() - begun:.0f} | {found} |"
