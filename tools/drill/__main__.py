"""Run every drill on both databases and print a table; ends with 1 when something did not hold."""

from __future__ import annotations

import sys
import traceback
from collections.abc import Iterator
from importlib import import_module
from pkgutil import iter_modules
from time import perf_counter
from types import ModuleType

import tools.drill
from tools.grounds import KINDS, ground


def drills(names: list[str]) -> Iterator[ModuleType]:
    """The modules that hold a drill; only those named, if any are."""
    for found in iter_modules(tools.drill.__path__):
        if found.name == "__main__" or (names and found.name not in names):
            continue
        module = import_module(f"tools.drill.{found.name}")
        if hasattr(module, "drill"):
            yield module


def result_of(module: ModuleType, kind: str) -> tuple[bool, str]:
    """Whether it held, and what it found."""
    try:
        with ground(kind) as place:
            return True, module.drill(place)
    except Exception as failure:  # noqa: BLE001 - the other drills are run all the same
        traceback.print_exc()
        return False, f"FAILED: {failure}"


def main() -> None:
    """All of them, or those named on the command line."""
    print("| drill | database | seconds | found |", "|---|---|---|---|", sep="\n", flush=True)
    held = True
    for module in drills(sys.argv[1:]):
        for kind in getattr(module, "KINDS", KINDS):
            begun = perf_counter()
            good, found = result_of(module, kind)
            held = held and good
            print(f"| {module.TITLE} | {kind} | {perf_counter() - begun:.0f} | {found} |", flush=True)
    if not held:
        sys.exit(1)


if __name__ == "__main__":
    main()
