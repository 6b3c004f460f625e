"""How long things take, as rows of a table that can stand in a document."""

from __future__ import annotations

import os
import platform
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from statistics import median, quantiles
from time import perf_counter

RUNS = 20
DOCUMENT = Path("docs/benchmarks.md")
HEAD = "| what | size | runs | median | p95 | target | holds |\n|---|---|--:|--:|--:|---|---|"


@dataclass(frozen=True)
class Row:
    """One line of the table. What is measured is in milliseconds unless `unit` says otherwise."""

    what: str
    size: str
    runs: int
    median: float
    p95: float | None = None
    target: str = ""
    holds: bool | None = None
    unit: str = "ms"

    def __str__(self) -> str:
        """Write it in Markdown."""
        p95 = "" if self.p95 is None else f"{self.p95:.1f}"
        holds = "" if self.holds is None else "yes" if self.holds else "**no**"
        middle = f"{self.median:.1f}{'' if self.unit == 'ms' else f' {self.unit}'}"
        return f"| {self.what} | {self.size} | {self.runs} | {middle} | {p95} | {self.target} | {holds} |"


@dataclass(frozen=True)
class Target:
    """What is promised, in milliseconds."""

    median: float | None = None
    p95: float | None = None

    def __str__(self) -> str:
        """Write it in words."""
        parts = [f"{name} <= {limit:g}" for name, limit in (("p50", self.median), ("p95", self.p95)) if limit]
        return ", ".join(parts)

    def met(self, middle: float, high: float) -> bool:
        """Whether the promise is kept."""
        return middle <= (self.median or middle) and high <= (self.p95 or high)


def seconds(action: Callable[[], object]) -> float:
    """How long it takes once, in milliseconds."""
    begun = perf_counter()
    action()
    return (perf_counter() - begun) * 1000


def measured(
    what: str, size: str, actions: Iterable[Callable[[], object]], target: Target | None = None
) -> Row:
    """Do everything once, in this order."""
    return of_times(what, size, [seconds(action) for action in actions], target)


def of_times(what: str, size: str, times: Sequence[float], target: Target | None = None) -> Row:
    """What has been timed elsewhere."""
    if len(times) < 2:
        return Row(what, size, len(times), float("nan"), None, str(target or ""), False)
    middle, high = median(times), quantiles(times, n=20)[-1]
    holds = target.met(middle, high) if target else None
    return Row(what, size, len(times), middle, high, str(target or ""), holds)


def repeated(
    what: str, size: str, action: Callable[[], object], runs: int = RUNS, target: Target | None = None
) -> Row:
    """Do it once to warm up, then `runs` times."""
    action()
    return measured(what, size, [action] * runs, target)


def keep(name: str, lines: Iterable[str]) -> None:
    """Put what was measured in its place in the document, between the two marks with its name."""
    begins, ends = f"<!-- measured: {name} -->\n", "<!-- end -->"
    before, found, rest = DOCUMENT.read_text().partition(begins)
    if not found:
        raise LookupError(f"{DOCUMENT} has no place for {name}")
    day = f"Measured on {date.today()}: {machine()}."  # noqa: DTZ011 - the machine's day
    text = "\n".join((day, "", *lines, ""))
    DOCUMENT.write_text(f"{before}{begins}{text}{ends}{rest.partition(ends)[2]}")


def machine() -> str:
    """What it was measured on."""
    lines = Path("/proc/cpuinfo").read_text().splitlines() if Path("/proc/cpuinfo").exists() else []
    model = next((line.partition(": ")[2] for line in lines if line.startswith("model name")), "")
    load = f"load {os.getloadavg()[0]:.1f}"
    return (
        f"{model or platform.processor()}, {os.cpu_count()} cores, Python {platform.python_version()}, {load}"
    )
