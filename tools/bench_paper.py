"""Measure documents: one of six pages, packs of 40 and 160 cases, and the same pack with two cases changed.

Wall-clock seconds, seconds of computing in the makers, and the most memory that web process and makers held
together. The cases are invented ones of the length of real ones: a summary and a memo of four pages.
"""

from __future__ import annotations

import os
import sys
import tempfile
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from time import perf_counter
from typing import cast

from app import pdf
from app.pdf.blocks import PackCover, PackEntry, Report
from app.web import paper
from tests.pdf import making, pack_samples, samples


def processes() -> list[str]:
    """This process and its makers."""
    children = [
        pid for task in Path("/proc/self/task").glob("*/children") for pid in task.read_text().split()
    ]
    return [str(os.getpid()), *children]


def computed() -> float:
    """Seconds of computing in the makers so far."""
    total = 0
    for pid in processes()[1:]:
        numbers = Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()
        total += int(numbers[11]) + int(numbers[12])
    return total / os.sysconf("SC_CLK_TCK")


def most_memory() -> int:
    """The most that each process held, added up, in MB."""
    status = [Path(f"/proc/{pid}/status").read_text().splitlines() for pid in processes()]
    peaks = [int(line.split()[1]) for lines in status for line in lines if line.startswith("VmHWM")]
    return sum(peaks) // 1024


def memo(number: int, version: str) -> pdf.Document:
    """A memo of four pages in a pack."""
    document = samples.application(f"Ärende {number}")
    body = cast(Report, document.body)
    short = replace(body, sections=body.sections[1:], contents=False, page_prefix=f"Ärende {number}")
    return replace(document, template="pdf/decision_memo.html", version=version, body=short)


def cover(cases: int, starts: tuple[int, ...]) -> pdf.Document:
    """The pages before the cases."""
    document = pack_samples.cover((2, 3, 4, 5, 7, 9))
    body = cast(PackCover, document.body)
    entries = tuple(
        PackEntry(
            n + 1, f"Ärende {n + 1}", f"2026-{n:04d}", "Trafikkontoret", "1", "1", "Bevilja", n, cases + n
        )
        for n in range(cases)
    )
    return replace(document, body=replace(body, entries=entries, start_pages=starts))


def make_pack(press: pdf.Press, cases: int, changed: int = 0) -> bytes:
    """A pack of so many cases, the first few in another version."""
    with press.order() as order:
        numbers = range(1, cases + 1)
        versions = {n: "2" if n <= changed else "1" for n in numbers}
        memos = [order.begin(memo(n, versions[n])) for n in numbers]
        pages = [order.begin(replace(pack_samples.summary(n), version=versions[n])) for n in numbers]
        parts = [
            pdf.PackPart(one, f"Ärende {n}: sammanfattning") for n, one in zip(numbers, pages, strict=True)
        ]
        parts += [pdf.PackPart(one, f"Ärende {n}: underlag") for n, one in zip(numbers, memos, strict=True)]
        return order.pack(lambda starts: cover(cases, starts), parts)


def report(what: str, make: Callable[[], bytes]) -> None:
    """Make it, and print a row."""
    wall, cpu = perf_counter(), computed()
    made = make()
    wall, cpu = perf_counter() - wall, computed() - cpu
    size = f"{len(made) / 1e6:.1f} MB"
    print(f"| {what} | {size} | {wall:.1f} | {cpu:.1f} | {most_memory()} |", flush=True)


def main(sizes: list[int]) -> None:
    """Print it as a table that can stand in a document."""
    print("| what | size | wall s | computing s | MB |\n|---|--:|--:|--:|--:|")
    making.render(samples.application())
    for version in ("2", "3", "4"):
        document = replace(samples.application(), version=version)
        report("application, warm", lambda document=document: making.render(document))  # type: ignore[misc]
    for cases in sizes:
        with tempfile.TemporaryDirectory() as folder:
            press = pdf.Press(making.environment(), paper.workshop(), pdf.KeptDocuments(Path(folder)))
            report(f"pack of {cases}", lambda: make_pack(press, cases))  # noqa: B023 - called at once
            report(f"pack of {cases}, two changed", lambda: make_pack(press, cases, 2))  # noqa: B023 - at once
            report(f"pack of {cases}, unchanged", lambda: make_pack(press, cases, 2))  # noqa: B023 - at once


if __name__ == "__main__":
    main([int(size) for size in sys.argv[1:]] or [40, 160])
