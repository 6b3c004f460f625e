"""Measure documents: one of six pages, packs of 40 and 160 cases, and the same pack with two cases changed.

Wall-clock seconds, seconds of computing in the makers, and the most memory that web process and makers held
together. The cases are invented ones of the length of real ones: a summary and a memo of four pages.
"""

from __future__ import annotations

import os
import sys
import tempfile
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import wait
from contextlib import contextmanager
from dataclasses import replace
from functools import partial
from pathlib import Path
from time import perf_counter
from typing import cast

from app import pdf
from app.pdf.blocks import (
    Report,
)
from app.pdf.covers import PackCover, PackEntry
from app.web import paper
from tests.pdf import making, pack_samples, samples
from tools.measuring import keep

SIZES = (40, 80, 160)
FORTY = 40


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


def measured(what: str, make: Callable[[], bytes], seconds: float, megabytes: int | None = None) -> str:
    """Make it; a row of the table."""
    wall, cpu = perf_counter(), computed()
    made = make()
    wall, cpu = perf_counter() - wall, computed() - cpu
    memory = most_memory()
    promised = f"<= {seconds:g} s" + (f", {megabytes} MB" if megabytes else "")
    holds = wall <= seconds and memory <= (megabytes or memory)
    told = (f"{len(made) / 1e6:.1f} MB", f"{wall:.1f}", f"{cpu:.1f}", memory, promised)
    return f"| {what} | {' | '.join(map(str, told))} | {'yes' if holds else '**no**'} |"


def warm_up() -> None:
    """Let each of the two makers make a document."""
    with making.press().order() as order:
        begun = [order.begin(replace(samples.application(), version=version)) for version in ("0", "1")]
        wait([one.future for one in begun])


def rows(sizes: Sequence[int]) -> Iterator[str]:
    """The table, row by row. A longer pack than forty may take as much more as it is longer."""
    yield "| what | size | seconds | computing | memory, MB | target | holds |\n|---|--:|--:|--:|--:|---|---|"
    warm_up()
    for version in ("2", "3", "4"):
        document = replace(samples.application(), version=version)
        yield measured("application of six pages, warm", partial(making.render, document), 1.2)
    paper.workshop().close()  # their memory is not the packs'
    for cases in sizes:
        share = max(1, cases / FORTY)
        with tempfile.TemporaryDirectory() as folder, pack_press(Path(folder)) as press:
            whole, changed = partial(make_pack, press, cases), partial(make_pack, press, cases, 2)
            yield measured(f"pack of {cases} cases", whole, 25 * share, int(600 * share))
            yield measured(f"pack of {cases}, two changed", changed, 4 * share)


@contextmanager
def pack_press(folder: Path) -> Iterator[pdf.Press]:
    """A press with makers of its own, so that each pack's memory is seen by itself."""
    workshop = pdf.Workshop()
    Path("/proc/self/clear_refs").write_text("5")  # the most that this process has held is counted anew
    try:
        yield pdf.Press(making.environment(), workshop, pdf.KeptDocuments(folder))
    finally:
        workshop.close()


def main(sizes: Sequence[int]) -> None:
    """Print each row as it comes; what is measured in full is kept in docs/benchmarks.md."""
    lines = []
    for line in rows(sizes):
        print(line, flush=True)
        lines.append(line)
    if sizes == SIZES:
        keep("documents", lines)


if __name__ == "__main__":
    main(tuple(map(int, sys.argv[1:])) or SIZES)
