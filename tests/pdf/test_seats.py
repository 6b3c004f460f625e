"""On one machine only so many makers work at a time, and no web worker takes every turn."""

from __future__ import annotations

import fcntl
import os
import threading
import time
from pathlib import Path

import pytest

from app.pdf.seats import Seats


def somebody_waits(folder: Path) -> bool:
    door = os.open(folder / "door", os.O_RDWR)
    try:
        fcntl.flock(door, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        return True
    finally:
        os.close(door)
    return False


def test_whoever_gets_up_stands_behind_the_one_who_waits(tmp_path: Path) -> None:
    served: list[str] = []

    def another_worker() -> None:
        with Seats(1, tmp_path).taken():
            served.append("another")

    waiting = threading.Thread(target=another_worker)
    seats = Seats(1, tmp_path)
    with seats.taken():
        waiting.start()
        while not somebody_waits(tmp_path):
            time.sleep(0.001)
    with seats.taken():
        served.append("the first, again")
    waiting.join()
    assert served == ["another", "the first, again"]


def test_no_more_sit_than_there_are_seats(tmp_path: Path) -> None:
    at_work, most, lock = 0, 0, threading.Lock()

    def work() -> None:
        nonlocal at_work, most
        with Seats(2, tmp_path).taken():
            with lock:
                at_work += 1
                most = max(most, at_work)
            time.sleep(0.01)
            with lock:
                at_work -= 1

    workers = [threading.Thread(target=work) for _worker in range(8)]
    for worker in workers:
        worker.start()
    for worker in workers:
        worker.join()
    assert most == 2


def test_a_folder_of_somebody_else_is_not_trusted(tmp_path: Path) -> None:
    elsewhere = tmp_path / "elsewhere"
    elsewhere.mkdir()
    (tmp_path / "link").symlink_to(elsewhere)
    with pytest.raises(PermissionError), Seats(1, tmp_path / "link").taken():
        pass
