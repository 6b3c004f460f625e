"""Finished documents are kept by their content, found again by nobody else, and go when they are old."""

from __future__ import annotations

import os
from collections.abc import Iterator
from contextlib import closing
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

import pytest
import time_machine

from app import pdf
from app.pdf import recipe
from app.pdf.keeping import Keeping, KeptDocuments
from app.pdf.maker import Made
from app.pdf.workshop import Queue, Workshop
from tests.conftest import PAPER
from tests.pdf import making, pack_samples
from tests.pdf.test_workshop import Counted

DAY = 86_400
KEYS = ("aa01", "bb02", "cc03")


@pytest.fixture(scope="module")
def workshop() -> Iterator[Workshop]:
    with closing(Workshop(Queue(makers=1))) as made:
        yield made


def files(folder: Path) -> list[str]:
    return sorted(path.name for path in folder.glob("??/*"))


def test_what_is_kept_is_found_with_its_pages_and_byte_for_byte(tmp_path: Path) -> None:
    made = Made(b"%PDF-1.7\nwith\nlines\0", 12)
    shelf = KeptDocuments(tmp_path)
    assert shelf.find("aa01") is None
    shelf.keep("aa01", made)
    assert shelf.find("aa01") == made
    assert shelf.find("aa02") is None


@pytest.mark.parametrize("damage", [b"", b"x", b"hemtag-kept-1 x y\n", b"hemtag-kept-1 2 00\n%PDF"])
def test_what_is_damaged_is_made_anew(tmp_path: Path, damage: bytes) -> None:
    shelf = KeptDocuments(tmp_path)
    shelf.keep("aa01", Made(b"%PDF-1.7", 1))
    (tmp_path / "aa" / "aa01").write_bytes(damage)
    assert shelf.find("aa01") is None
    shelf.keep("aa01", Made(b"%PDF-1.7", 1))
    assert shelf.find("aa01") == Made(b"%PDF-1.7", 1)


def test_one_changed_byte_is_damage(tmp_path: Path) -> None:
    shelf = KeptDocuments(tmp_path)
    shelf.keep("aa01", Made(b"%PDF-1.7 Bevilja 100", 1))
    path = tmp_path / "aa" / "aa01"
    path.write_bytes(path.read_bytes().replace(b"100", b"900"))
    assert shelf.find("aa01") is None


def test_nobody_else_on_the_machine_may_read_what_is_kept(tmp_path: Path) -> None:
    KeptDocuments(tmp_path).keep("aa01", Made(b"%PDF", 1))
    assert (tmp_path / "aa" / "aa01").stat().st_mode & 0o077 == 0


def test_a_full_disk_hinders_nobody() -> None:
    KeptDocuments(Path("/dev/full")).keep("aa01", Made(b"%PDF", 1))


def test_what_nobody_asked_for_in_a_long_time_goes(tmp_path: Path) -> None:
    shelf = KeptDocuments(tmp_path, Keeping(days=30))
    for key in KEYS:
        shelf.keep(key, Made(b"%PDF", 1))
    now = (tmp_path / "aa" / "aa01").stat().st_mtime
    os.utime(tmp_path / "bb" / "bb02", (now, now - 31 * DAY))
    shelf.prune(now)
    assert files(tmp_path) == ["aa01", "cc03"]


def test_what_was_asked_for_lately_stays_when_room_is_short(tmp_path: Path) -> None:
    shelf = KeptDocuments(tmp_path, Keeping(megabytes=2))
    for key in KEYS:
        shelf.keep(key, Made(b"x" * 900_000, 1))
    now = (tmp_path / "aa" / "aa01").stat().st_mtime
    for age, key in enumerate(KEYS):
        os.utime(tmp_path / key[:2] / key, (now, now - age * DAY))
    assert shelf.find("cc03") is not None  # asked for just now
    shelf.prune(now + 1)
    assert files(tmp_path) == ["aa01", "cc03"]


def test_old_ones_go_by_themselves_when_something_is_kept(tmp_path: Path) -> None:
    shelf = KeptDocuments(tmp_path)
    shelf.keep("aa01", Made(b"%PDF", 1))
    for path in (tmp_path / "aa" / "aa01", tmp_path / "pruned"):
        os.utime(path, (0, 0))
    shelf.keep("bb02", Made(b"%PDF", 1))
    assert files(tmp_path) == ["bb02"]


def test_the_name_of_what_is_kept_depends_on_all_that_goes_into_it(monkeypatch: pytest.MonkeyPatch) -> None:
    name = recipe.key_of("page", "style")
    assert recipe.key_of("page", "style") == name
    assert recipe.key_of("page ", "style") != name
    assert recipe.key_of("page", " style") != name
    assert recipe.key_of("pagestyle") != name
    recipe._recipe.cache_clear()
    monkeypatch.setattr(recipe, "version", lambda _library: "next")
    assert recipe.key_of("page", "style") != name
    recipe._recipe.cache_clear()


def packed(press: pdf.Press, documents: list[tuple[pdf.Document, str]]) -> bytes:
    with press.order() as order:
        parts = [pdf.PackPart(order.begin(document), name) for document, name in documents]
        return order.pack(pack_samples.cover, parts)


def test_of_a_pack_with_two_changed_cases_only_those_are_made(workshop: Workshop, tmp_path: Path) -> None:
    shelf = Counted(tmp_path)
    press = pdf.Press(making.environment(), workshop, shelf)
    documents = pack_samples.pack_documents()
    first = packed(press, documents)
    assert len(shelf.made) == 6 + 3  # the parts, the cover, the page numbers, the whole

    shelf.made.clear()
    assert packed(press, documents) == first
    assert shelf.made == []

    for changed in (1, 4):
        document, name = documents[changed]
        documents[changed] = (replace(document, version="2"), name)
    again = packed(press, documents)
    assert again != first
    assert len(shelf.made) == 2 + 1  # both, and the whole; the cover says the same as before
    fresh = pdf.Press(making.environment(), workshop, KeptDocuments(Path(os.devnull)))
    assert packed(fresh, documents) == again


def test_who_travels_in_time_removes_nothing_that_the_other_processes_of_a_run_keep(
    request: pytest.FixtureRequest,
) -> None:
    shelf, made = KeptDocuments(request.config.stash[PAPER]), Made(b"%PDF", 1)
    shelf.keep("aa of today", made)
    with time_machine.travel(datetime(2029, 1, 1, tzinfo=UTC)):
        shelf.keep("bb of later", made)
    assert shelf.find("aa of today") == made
