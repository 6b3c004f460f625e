"""The store of contents: durable once kept, nothing left of what was never finished."""

from __future__ import annotations

import hashlib
import os
import signal
import subprocess
import sys
from datetime import UTC, datetime, timedelta
from io import BytesIO
from pathlib import Path

import pytest

from app.files import LOCK, UNFINISHED, FileStore
from config import PROJECT_ROOT

NOW = datetime.now(UTC)
LATER = NOW + timedelta(days=2)
HALF_WRITTEN = """
import sys, time
from pathlib import Path
from app.files import FileStore

class Slow:
    def read(self, size):
        print("writing", flush=True)
        time.sleep(0.01)
        return b"x" * size

FileStore(Path(sys.argv[1])).keep(Slow())
"""


def files(store: FileStore) -> list[str]:
    found = (path.name for path in store.folder.rglob("*") if path.is_file())
    return sorted(name for name in found if name != LOCK)


def test_a_content_lies_under_its_hash_once(tmp_path: Path) -> None:
    store = FileStore(tmp_path / "files")
    kept = [store.keep(BytesIO(b"nytta")) for _time in range(2)]
    assert kept[0] == kept[1]
    assert kept[0].sha256 == hashlib.sha256(b"nytta").hexdigest() == store.fingerprint(kept[0].sha256)
    assert files(store) == [kept[0].sha256]


def test_a_content_that_cannot_be_read_to_its_end_leaves_nothing(tmp_path: Path) -> None:
    class Broken(BytesIO):
        def read(self, size: int | None = -1) -> bytes:
            raise OSError("gone")

    store = FileStore(tmp_path / "files")
    with pytest.raises(OSError, match="gone"):
        store.keep(Broken())
    assert files(store) == []


def test_what_a_killed_process_left_is_no_content_and_is_pruned(tmp_path: Path) -> None:
    store = FileStore(tmp_path / "files")
    writer = subprocess.Popen(
        [sys.executable, "-c", HALF_WRITTEN, str(store.folder)], cwd=PROJECT_ROOT, stdout=subprocess.PIPE
    )
    assert writer.stdout is not None
    for _line in range(3):
        writer.stdout.readline()
    writer.send_signal(signal.SIGKILL)
    writer.wait()
    writer.stdout.close()
    (left,) = files(store)
    assert left.startswith(UNFINISHED)
    assert store.prune(set(), NOW) == 0, "it may still be being written"
    assert store.prune(set(), LATER) == 1
    assert files(store) == []


def test_only_contents_that_nobody_refers_to_are_pruned(tmp_path: Path) -> None:
    store = FileStore(tmp_path / "files")
    wanted, orphan = (store.keep(BytesIO(content)).sha256 for content in (b"a", b"b"))
    other = store.folder / "README"
    other.write_text("not ours")
    assert store.prune({wanted}, LATER) == 1
    assert files(store) == sorted(["README", wanted])
    assert orphan not in files(store)


def test_what_is_sent_again_while_the_old_one_is_being_removed_stays(tmp_path: Path) -> None:
    store = FileStore(tmp_path / "files")
    kept = store.keep(BytesIO(b"a"))
    long_ago = (NOW - timedelta(days=9)).timestamp()
    os.utime(store.path(kept.sha256), (long_ago, long_ago))

    class SentMeanwhile(set[str]):
        def __contains__(self, name: object) -> bool:
            store.keep(BytesIO(b"a"))
            return False

    assert store.prune(SentMeanwhile(), NOW) == 0
    assert files(store) == [kept.sha256]
    os.utime(store.path(kept.sha256), (long_ago, long_ago))
    assert store.prune(set(), NOW) == 1


def test_a_content_is_durable_before_it_has_a_name_and_the_name_after(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    done: list[str] = []
    sync, replace = os.fsync, Path.replace

    def synced(descriptor: int) -> None:
        done.append("folder" if Path(f"/proc/self/fd/{descriptor}").is_dir() else "content")
        sync(descriptor)

    def replaced(path: Path, target: Path) -> Path:
        done.append("name")
        return replace(path, target)

    monkeypatch.setattr(os, "fsync", synced)
    monkeypatch.setattr(Path, "replace", replaced)
    FileStore(tmp_path).keep(BytesIO(b"nytta"))
    assert [done.index("content"), done.index("name")] == sorted([done.index("content"), done.index("name")])
    assert done[-2:] == ["name", "folder"]
