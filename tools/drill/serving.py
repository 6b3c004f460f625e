"""The product as people meet it: gunicorn with two workers of four threads."""

from __future__ import annotations

import os
import random
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from config import PROJECT_ROOT
from tools.grounds import Ground


@dataclass(frozen=True)
class Served:
    """A running server."""

    base: str
    master: int

    def workers(self) -> list[int]:
        """The workers that there are now."""
        children = Path(f"/proc/{self.master}/task/{self.master}/children").read_text()
        return [int(worker) for worker in children.split()]

    def kill_a_worker(self) -> bool:
        """Kill one of its workers, any of them; False when none was there to kill."""
        workers = self.workers()
        return bool(workers) and self.kill(random.choice(workers))  # noqa: S311 - chance, not a secret

    def kill(self, worker: int) -> bool:
        """Kill this one; False when it was gone already."""
        try:
            os.kill(worker, signal.SIGKILL)
        except ProcessLookupError:
            return False
        return True

    def wait_until_it_answers(self) -> None:
        """Give it a minute to start."""
        _host, port = self.base.removeprefix("http://").split(":")
        for _attempt in range(600):
            with socket.socket() as attempt:
                if attempt.connect_ex(("127.0.0.1", int(port))) == 0:
                    return
            time.sleep(0.1)
        raise RuntimeError("the server does not answer")


@contextmanager
def served(ground: Ground) -> Iterator[Served]:
    """The product on this ground for as long as the block lasts."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    command = [str(Path(sys.executable).parent / "gunicorn"), "wsgi:app"]
    environment = ground.environment | {"HOST": "127.0.0.1", "PORT": str(port), "WEB_WORKERS": "2"}
    with (ground.folder / "server.log").open("wb") as log:
        master = subprocess.Popen(
            command, cwd=PROJECT_ROOT, env=environment, stdout=log, stderr=log, start_new_session=True
        )
        try:
            running = Served(f"http://127.0.0.1:{port}", master.pid)
            running.wait_until_it_answers()
            yield running
        finally:
            master.terminate()
            master.wait()
