"""The server as people run it: how many pages a second, how much memory, how fast it starts."""

from __future__ import annotations

import http.client
import os
import signal
import socket
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from itertools import cycle, islice
from pathlib import Path

from flask import Flask

from tools import trial
from tools.bench_pages import ASKED
from tools.measuring import Row, of_times

CLIENTS, PAGES_EACH = 8, 60
WORKERS, THREADS = 2, 4
MEMORY_KB = 120 * 1024
PAGES_A_SECOND = 200
START_SECONDS = 3


@contextmanager
def gunicorn(port: int, workers: int = WORKERS, threads: int = THREADS) -> Iterator[int]:
    """The product served on the database of the environment; the master's process id."""
    command = [
        str(Path(sys.executable).parent / "gunicorn"), "--bind", f"127.0.0.1:{port}", "--log-level", "error",
        "--worker-class", "gthread", "--workers", str(workers), "--threads", str(threads),
        "--no-control-socket", "wsgi:app",
    ]  # fmt: skip
    process = subprocess.Popen(command, start_new_session=True, stdout=subprocess.DEVNULL)
    try:
        wait_for(port)
        yield process.pid
    finally:
        process.send_signal(signal.SIGTERM)
        process.wait()


def free_port() -> int:
    """A port that nobody uses now."""
    with socket.socket() as found:
        found.bind(("127.0.0.1", 0))
        return int(found.getsockname()[1])


def wait_for(port: int, patience: float = 60) -> None:
    """Until the server answers."""
    for _ in range(int(patience / 0.05)):
        try:
            Reader(port, "").get("/logga-in")
        except OSError:
            time.sleep(0.05)
        else:
            return
    raise TimeoutError(f"nothing answers at port {port}")


class Reader:
    """One person's browser, as far as a server can tell: one connection, kept open."""

    def __init__(self, port: int, cookie: str) -> None:
        self._connection = http.client.HTTPConnection("127.0.0.1", port, timeout=60)
        self._headers = {"Cookie": cookie} if cookie else {}

    def get(self, address: str) -> tuple[int, float]:
        """The answer's status, and how long it took in milliseconds."""
        begun = time.perf_counter()
        self._connection.request("GET", address, headers=self._headers)
        answer = self._connection.getresponse()
        answer.read()
        return answer.status, (time.perf_counter() - begun) * 1000


def server(app: Flask) -> Iterator[Row]:
    """Many readers at once, and what a worker holds afterwards."""
    client = trial.signed_in(app, trial.people(app)["secretariat"])
    cookie = trial.cookies(client)
    port = free_port()
    with gunicorn(port) as master:
        _crowd(port, cookie, 10)
        begun = time.perf_counter()
        times = _crowd(port, cookie, PAGES_EACH)
        rate = len(times) / (time.perf_counter() - begun)
        size = f"{CLIENTS} clients, {WORKERS} workers x {THREADS} threads"
        target = f">= {PAGES_A_SECOND} a second"
        holds = rate >= PAGES_A_SECOND
        yield Row("list of cases, served", size, len(times), rate, None, target, holds, "a second")
        yield of_times("list of cases, as each client waits", size, times)
        memory = max(_resident(child) for child in _children(master))
        holds = memory <= MEMORY_KB
        yield Row("memory of a worker", "before PDF work", 1, memory / 1024, None, "<= 120 MB", holds, "MB")


def _crowd(port: int, cookie: str, pages: int) -> list[float]:
    """Everybody asks for pages as fast as they come."""

    def one(number: int) -> list[float]:
        reader = Reader(port, cookie)
        addresses = islice(cycle(ASKED), number, number + pages)
        answers = [reader.get(f"/arenden?{query}") for query in addresses]
        if any(status != 200 for status, _time in answers):
            raise RuntimeError("a page failed")
        return [took for _status, took in answers]

    with ThreadPoolExecutor(CLIENTS) as pool:
        return [took for times in pool.map(one, range(CLIENTS)) for took in times]


def _children(process: int) -> list[int]:
    found = Path(f"/proc/{process}/task/{process}/children").read_text().split()
    return [int(child) for child in found]


def _resident(process: int) -> int:
    status = Path(f"/proc/{process}/status").read_text().splitlines()
    return next(int(line.split()[1]) for line in status if line.startswith("VmRSS"))


def second_start() -> Row:
    """From `make run` to the first page, when everything is set up and the database is full."""
    with tempfile.TemporaryDirectory() as folder:
        first, second = (_started(folder) for _ in range(2))
    size = f"the first took {first:.1f} s"
    return Row(
        "second `make run`", size, 1, second, None, f"< {START_SECONDS} s", second < START_SECONDS, "s"
    )


def _started(folder: str) -> float:
    port = free_port()
    environment = {key: value for key, value in os.environ.items() if key != "DATABASE_URL"}
    environment |= {"DATA_FOLDER": folder, "PORT": str(port)}
    begun = time.perf_counter()
    process = subprocess.Popen(
        ["make", "--silent", "run"], env=environment, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL,
        start_new_session=True,
    )  # fmt: skip
    try:
        wait_for(port, 300)
        return time.perf_counter() - begun
    finally:
        os.killpg(process.pid, signal.SIGTERM)
        process.wait()
