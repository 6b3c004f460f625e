"""The server as it is started in earnest: its lines, its counters over all processes, its end."""

from __future__ import annotations

import json
import os
import re
import signal
import socket
import subprocess
import sys
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any
from urllib.request import urlopen

import pytest

from config import PROJECT_ROOT


@dataclass
class Started:
    """A running server and every line that it has written."""

    process: subprocess.Popen[str]
    lines: list[dict[str, Any]] = field(default_factory=list)
    address: str = ""

    def read_until(self, *words: str) -> dict[str, Any]:
        """Read lines until one tells this."""
        assert self.process.stdout is not None
        for text in self.process.stdout:
            self.lines.append(json.loads(text))
            if all(word in self.lines[-1]["event"] for word in words):
                return self.lines[-1]
        raise AssertionError(f"ended without {words}: {self.lines}")

    def get(self, path: str) -> Any:
        return urlopen(self.address + path)

    def read(self, path: str) -> str:
        with self.get(path) as answer:
            return str(answer.read().decode())

    def send(self, asked: str) -> str:
        """Everything that is answered to something that need not be a request."""
        host, port = self.address.removeprefix("http://").split(":")
        with socket.create_connection((host, int(port))) as line:
            line.sendall(f"{asked}\r\nHost: {host}\r\n\r\n".encode())
            with line.makefile("rb") as answer:
                return answer.read().decode()

    def end(self) -> None:
        self.process.send_signal(signal.SIGTERM)
        assert self.process.stdout is not None
        self.lines += [json.loads(text) for text in self.process.stdout]
        assert self.process.wait() == 0


@pytest.fixture
def server(empty_database: Path, tmp_path: Path) -> Iterator[Started]:
    """Gunicorn with its own settings, two processes, on a free port."""
    process = subprocess.Popen(
        [Path(sys.executable).parent / "gunicorn", "wsgi:app"],
        cwd=PROJECT_ROOT,
        env=os.environ
        | {
            "DATABASE_URL": f"sqlite:///{empty_database}",
            "DATA_FOLDER": str(tmp_path),
            "PORT": "0",
            "WEB_WORKERS": "2",
            "TMPDIR": str(tmp_path),
        },
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
    )
    started = Started(process)
    try:
        heard = started.read_until("Listening at")
        found = re.search(r"http://\S+", heard["event"])
        assert found is not None
        started.address = found[0]
        yield started
    finally:
        process.kill()
        process.wait()
        assert process.stdout is not None
        process.stdout.close()


def test_every_line_of_the_server_is_json_and_its_counters_are_of_all_processes(
    server: Started, tmp_path: Path
) -> None:
    for _time in range(40):
        assert json.loads(server.read("/healthz")) == {"alive": True}
    counted = server.read("/metrics")
    assert 'hemtag_requests_total{endpoint="upkeep.healthz",method="GET",status="200"} 40.0' in counted
    server.end()
    asked = [line for line in server.lines if line["event"] == "request"]
    assert [line["endpoint"] for line in asked] == ["upkeep.healthz"] * 40 + ["upkeep.metrics"]
    assert {line["queries"] for line in asked[:-1]} == {0}, "the process lives, whatever the database does"
    assert all({"time", "level", "event"} <= line.keys() for line in server.lines)
    assert any("Booting worker" in line["event"] for line in server.lines)
    assert not list(tmp_path.glob("hemtag-metrics-*")), "nothing is left behind"


def computed(process: int) -> float:
    """The seconds that a process has computed since it began."""
    said = Path(f"/proc/{process}/stat").read_text().rpartition(")")[2].split()
    return sum(map(int, said[11:13])) / os.sysconf("SC_CLK_TCK")


def test_a_worker_that_dies_is_replaced_by_one_that_need_not_load_the_product(server: Started) -> None:
    killed = server.read_until("Booting worker")["event"].rpartition(" ")[2]
    server.read_until("Booting worker")
    loading = computed(server.process.pid)
    os.kill(int(killed), signal.SIGKILL)
    new = int(server.read_until("Booting worker")["event"].rpartition(" ")[2])
    for _time in range(40):
        assert json.loads(server.read("/healthz")) == {"alive": True}
    assert computed(new) < loading / 4, "it has computed next to nothing: only its part of these answers"


def test_nothing_is_open_when_the_product_is_loaded(tmp_path: Path) -> None:
    ask = (
        "import threading, wsgi\n"
        "from app.db import db\n"
        "with wsgi.app.app_context():\n"
        "    print(db.engine.pool.status(), threading.active_count())"
    )
    told = subprocess.run(
        [sys.executable, "-c", ask],
        cwd=PROJECT_ROOT,
        env=os.environ
        | {"DATABASE_URL": f"sqlite:///{tmp_path / 'none.sqlite3'}", "DATA_FOLDER": str(tmp_path)},
        capture_output=True,
        text=True,
        check=True,
    ).stdout
    assert "Connections in pool: 0" in told
    assert told.endswith(" 1\n"), "one thread"


UNREADABLE = {
    f"GET /?q={'hemligt' * 1_500} HTTP/1.1": (414, "Adressen är för lång"),
    f"GET / HTTP/1.1\r\nCookie: {'hemligt' * 3_000}": (431, "Rensa kakorna"),
    "GET /hemligt": (400, "Ladda om sidan"),
    "GET / HTTP/1.1\r\nhemligt": (400, "Ladda om sidan"),
    "hemligt /hemligt HTTP/1.1": (400, "Ladda om sidan"),
    "POST / HTTP/1.1\r\nTransfer-Encoding: hemligt": (400, "Ladda om sidan"),
}


def test_what_cannot_be_read_is_answered_plainly_and_none_of_it_is_in_a_line(server: Started) -> None:
    with server.get("/healthz") as answer:
        assert "Server" not in answer.headers
    server.read("/logga-in?q=hemligt")
    for asked, (status, advice) in UNREADABLE.items():
        head, _end, page = server.send(asked).partition("\r\n\r\n")
        assert head.startswith(f"HTTP/1.1 {status} "), asked[:40]
        assert "Content-Security-Policy: default-src 'none'" in head
        assert "unicorn" not in head
        assert f"Content-Length: {len(page.encode())}" in head
        assert '<html lang="sv">' in page
        assert advice in page
    server.end()
    assert [line for line in server.lines if line.get("endpoint") == "accounts.sign_in"]
    told = [line["event"] for line in server.lines if line["event"].startswith("Answered")]
    assert told[:2] == ["Answered 414: LimitRequestLine", "Answered 431: LimitRequestHeaders"]
    assert len(told) == len(UNREADABLE)
    assert "hemligt" not in json.dumps(server.lines, ensure_ascii=False)
