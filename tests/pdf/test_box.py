"""The maker is boxed: nothing fetched, nothing read, and a bad document costs itself and nothing else."""

from __future__ import annotations

import os
import signal
import socket
import subprocess
import sys
import threading
import time
from collections.abc import Iterator
from itertools import islice
from pathlib import Path

import pytest

from app.pdf.errors import LostError, PdfError
from app.pdf.maker import Job, Limits, Made, Maker
from app.pdf.wire import BrokenTalkError, Wire
from tests.pdf import hostile, making, reading

ROOT = Path(__file__).resolve().parents[2]
SECRET = "hemligheten i filen"
IN_THE_SUITE = 40


class Server:
    """Listens, and counts who asks."""

    def __init__(self) -> None:
        self._socket = socket.create_server(("127.0.0.1", 0))
        self.address = f"http://127.0.0.1:{self._socket.getsockname()[1]}"
        self.asked = 0
        self._thread = threading.Thread(target=self._listen)
        self._thread.start()

    def _listen(self) -> None:
        while True:
            connection, _address = self._socket.accept()
            with connection:
                if connection.recv(100) == b"goodbye":
                    return
                self.asked += 1

    def close(self) -> None:
        with socket.create_connection(self._socket.getsockname()) as connection:
            connection.sendall(b"goodbye")
        self._thread.join()
        self._socket.close()


@pytest.fixture
def server() -> Iterator[Server]:
    made = Server()
    yield made
    made.close()


@pytest.fixture
def maker() -> Iterator[Maker]:
    made = Maker(Limits(seconds=20))
    yield made
    made.close()


def typeset(maker: Maker, page: str, css: str = "") -> Made:
    html = f'<html lang="sv"><title>x</title><body>{page}</body></html>'
    return maker.make(Job({"work": "typeset", "name": "x"}, (html.encode(errors="replace"), css.encode())))


def test_of_hostile_pages_nothing_is_fetched_and_nothing_read(server: Server, tmp_path: Path) -> None:
    (tmp_path / "secret.txt").write_text(SECRET)
    bait = hostile.Bait(str(tmp_path / "secret.txt"), server.address)
    limits = Limits(seconds=3)
    maker = Maker(limits)
    outcomes = []
    for page in islice(hostile.pages(bait), IN_THE_SUITE):
        if not maker.is_fit:
            maker.close()
            maker = Maker(limits)
        try:
            made = typeset(maker, page)
        except PdfError as error:
            outcomes.append(str(error))
        else:
            outcomes.append("made")
            assert SECRET not in reading.text(made.pdf)
            with reading.opened(made.pdf) as opened:
                assert "/Names" not in opened.Root or "/EmbeddedFiles" not in opened.Root.Names
    maker.close()
    assert server.asked == 0
    assert len(outcomes) == IN_THE_SUITE
    assert any("outside itself, which is refused" in outcome for outcome in outcomes)
    assert "made" in outcomes


def test_hostile_text_in_every_field_of_a_document_is_only_text(server: Server, tmp_path: Path) -> None:
    (tmp_path / "secret.txt").write_text(SECRET)
    bait = hostile.Bait(str(tmp_path / "secret.txt"), server.address)
    for document in islice(hostile.documents(bait), 3):  # one of each kind
        words = reading.text(making.render(document))
        assert SECRET not in words
        assert "<" in words
    assert server.asked == 0


PROBE = """
import os, socket, subprocess, sys
from app.pdf.boxed import walls
walls.close_in(os.getppid())
tries = {
    "read a file": lambda: open("/etc/hostname"),
    "write a file": lambda: open(sys.argv[1] + "/new", "w"),
    "ask a server": lambda: socket.create_connection(("127.0.0.1", int(sys.argv[2]))),
    "listen": lambda: socket.create_server(("127.0.0.1", 0)),
    "start a program": lambda: subprocess.run(["/bin/true"], check=True),
    "lift its limits": lambda: __import__("resource").setrlimit(7, (99, 99)),
}
for name, attempt in tries.items():
    try:
        attempt()
    except (OSError, ValueError):
        continue
    print(name)
"""


def test_inside_the_walls_there_is_no_file_no_network_and_no_way_out(server: Server, tmp_path: Path) -> None:
    tmp_path.chmod(0o777)
    port = server.address.rpartition(":")[2]
    done = subprocess.run(
        [sys.executable, "-c", PROBE, str(tmp_path), port],
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=True,
    )
    assert done.stdout == ""
    assert server.asked == 0


def test_the_maker_holds_nothing_of_its_web_worker(maker: Maker) -> None:
    process = Path(f"/proc/{maker.pid}")
    environment = (process / "environ").read_bytes()
    assert environment == b"LANG=C.UTF-8\0"
    assert "(deleted)" in str((process / "cwd").readlink())  # its folder is gone, and nothing was left in it
    assert len(list((process / "fd").iterdir())) <= 5


def test_a_document_that_computes_for_ever_is_stopped_and_the_next_one_is_made() -> None:
    maker = Maker(Limits(seconds=1))
    with pytest.raises(LostError, match="computed for more than 1 seconds"):
        typeset(maker, "<div>" * 50_000)
    assert not maker.is_fit
    maker = Maker(Limits(seconds=5))
    assert typeset(maker, "<p>Nästa</p>").pages == 1
    maker.close()


def test_a_document_that_needs_too_much_memory_is_refused_and_the_next_one_is_made() -> None:
    maker = Maker(Limits())
    with pytest.raises(LostError, match="more memory than"):
        typeset(maker, '<table><tr><td colspan="1000000000">x</td></tr></table>')
    assert not maker.is_fit
    maker = Maker(Limits())
    assert typeset(maker, "<p>Nästa</p>").pages == 1
    maker.close()


def test_a_maker_that_falls_says_what_felled_it(maker: Maker) -> None:
    os.kill(maker.pid, signal.SIGSEGV)
    with pytest.raises(LostError, match="SIGSEGV"):
        typeset(maker, "x")


def test_a_maker_that_is_stuck_is_given_up_after_its_time_on_the_clock() -> None:
    maker = Maker(Limits(patience=20))
    os.kill(maker.pid, signal.SIGSTOP)
    maker = replace_patience(maker, 0)
    with pytest.raises(LostError, match="not done within 0 seconds"):
        typeset(maker, "x")
    assert not Path(f"/proc/{maker.pid}").exists()


def replace_patience(maker: Maker, seconds: int) -> Maker:
    maker._limits = Limits(patience=seconds)
    return maker


WORKER = """
import sys
from app.pdf.maker import Job, Limits, Maker
maker = Maker(Limits(seconds=600, patience=600))
print(maker.pid, flush=True)
maker.make(Job({"work": "typeset", "name": "x"}, (b"<div>" * 200_000, b"")))
"""


def test_a_web_worker_that_is_killed_takes_its_maker_with_it() -> None:
    worker = subprocess.Popen(
        [sys.executable, "-c", WORKER], cwd=ROOT, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True
    )
    assert worker.stdout is not None
    maker = int(worker.stdout.readline())
    while computed(maker) < 1:  # the document is being made
        time.sleep(0.05)
    worker.kill()
    worker.wait()
    worker.stdout.close()
    while is_alive(maker):
        time.sleep(0.05)


def computed(process: int) -> float:
    """Seconds of computing so far, beyond those of getting ready."""
    numbers = Path(f"/proc/{process}/stat").read_text().rpartition(")")[2].split()
    return int(numbers[11]) / os.sysconf("SC_CLK_TCK") - 1


def is_alive(process: int) -> bool:
    try:
        return Path(f"/proc/{process}/stat").read_text().rpartition(")")[2].split()[0] not in "ZX"
    except FileNotFoundError:
        return False


def test_a_maker_that_is_let_go_leaves_no_zombie() -> None:
    maker = Maker(Limits())
    assert is_alive(maker.pid)
    maker.close()
    assert not Path(f"/proc/{maker.pid}").exists()


def test_a_maker_is_replaced_after_so_many_documents() -> None:
    maker = Maker(Limits(documents=2))
    fit = []
    for _document in range(2):
        typeset(maker, "x")
        fit.append(maker.is_fit)
    maker.close()
    assert fit == [True, False]


@pytest.mark.parametrize(
    ("sent", "told"),
    [
        (b"\0" * 7, "gone"),
        ((1 << 40).to_bytes(8) + b"x", "no head"),
        ((4).to_bytes(8) + b"null", "cannot be read"),
        ((15).to_bytes(8) + b'{"lengths":[9]}', "gone"),
        ((18).to_bytes(8) + b'{"lengths":[9999]}', "longer than agreed"),
        ((16).to_bytes(8) + b'{"lengths":[-1]}', "longer than agreed"),
    ],
)
def test_nothing_that_a_maker_says_is_believed(sent: bytes, told: str) -> None:
    ours, theirs = socket.socketpair()
    theirs.sendall(sent)
    theirs.close()
    with ours, pytest.raises(BrokenTalkError, match=told):
        Wire(ours, 1000).receive()


SERVED = """
import sys
from functools import partial
from pathlib import Path
from tests.pdf import making, samples
made = making.render(samples.application())
print(made[:5].decode(), *({"weasyprint", "pikepdf", "pydyf", "fontTools"} & sys.modules.keys()))
"""


def test_the_web_process_never_loads_what_makes_documents() -> None:
    done = subprocess.run(
        [sys.executable, "-c", SERVED], cwd=ROOT, capture_output=True, text=True, check=True
    )
    assert done.stdout.split() == ["%PDF-"]
