"""Run every drill on both databases and print a table; ends with 1 when something did not hold."""

from __future__ import annotations

import multiprocessing
import sys
from concurrent.futures import ProcessPoolExecutor, as_completed
from time import perf_counter

from tools.drill.running import drills, result_of
from tools.grounds import KINDS

AT_A_TIME = 2
"""Much of a drill is waiting, for a lock or a worker that starts again; another one computes meanwhile."""


def main() -> None:
    """All of them, or those named on the command line. Each has a process of its own."""
    begun, held = perf_counter(), True
    print("| drill | database | seconds | found |", "|---|---|---|---|", sep="\n", flush=True)
    apart = multiprocessing.get_context("spawn")
    with ProcessPoolExecutor(AT_A_TIME, mp_context=apart, max_tasks_per_child=1) as pool:
        waited_for = [
            pool.submit(result_of, module.__name__, kind)
            for module in drills(sys.argv[1:])
            for kind in getattr(module, "KINDS", KINDS)
        ]
        for done in as_completed(waited_for):
            good, line = done.result()
            held = held and good
            print(line, flush=True)
    print(f"\nAll of it took {perf_counter() - begun:.0f} seconds.")
    if not held:
        sys.exit(1)


if __name__ == "__main__":
    main()
